"""One slot: a key pair whose public half takes the store key, and whose private half a password or a paper guards.

A slot's secrets are tied to its store, user, cost, salt and public key: moved or changed, they do not open.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace

from misam_desktop.domain.ids import UserId
from misam_desktop.keys.primitives import (
    KEY_BYTES,
    SALT_BYTES,
    Cost,
    derive,
    lock_up,
    new_private_key,
    open_up,
    public_of,
    seal_to,
    stretch,
    unseal,
)

FORMAT = 1


@dataclass(frozen=True, slots=True)
class StoreKey:
    """The 256 bits that encrypt the store; never shown."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise ValueError("a store key has 32 bytes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way to the store key. ``cost`` None marks the recovery slot, whose secret needs no stretching."""

    user_id: UserId
    login: str = field(repr=False)
    cost: Cost | None
    salt: bytes = field(repr=False)
    public: bytes = field(repr=False)
    wrapped_private: bytes = field(repr=False, default=b"")
    sealed_key: bytes = field(repr=False, default=b"")


def password_slot(store_id: str, key: StoreKey, *, user_id: UserId, login: str, password: str, cost: Cost) -> Slot:
    """A slot with a fresh key pair that the password opens."""
    private = new_private_key()
    slot = Slot(user_id=user_id, login=login, cost=cost, salt=_salt(), public=public_of(private))
    return _filled(store_id, slot, private, key, _from_password(store_id, slot.salt, cost, password))


def recovery_slot(store_id: str, key: StoreKey, recovery_secret: bytes) -> Slot:
    """A slot with a fresh key pair that the recovery key opens."""
    private = new_private_key()
    slot = Slot(user_id=UserId(""), login="", cost=None, salt=_salt(), public=public_of(private))
    return _filled(store_id, slot, private, key, _from_paper(store_id, slot.salt, recovery_secret))


def open_with_password(store_id: str, slot: Slot, password: str) -> bytes | None:
    """The slot's private key, or None when the password is another. Raises MemoryShort."""
    if slot.cost is None:
        return None
    secret = _from_password(store_id, slot.salt, slot.cost, password)
    return open_up(secret, slot.wrapped_private, _bound(store_id, slot))


def open_with_paper(store_id: str, slot: Slot, recovery_secret: bytes) -> bytes | None:
    """The recovery slot's private key, or None when the paper is another."""
    secret = _from_paper(store_id, slot.salt, recovery_secret)
    return open_up(secret, slot.wrapped_private, _bound(store_id, slot))


def store_key_in(store_id: str, slot: Slot, private: bytes) -> StoreKey | None:
    """The store key that was sealed to the slot, or None when something else stands there."""
    raw = unseal(private, slot.sealed_key, _bound(store_id, slot))
    return StoreKey(raw) if raw is not None else None


def sealed_anew(store_id: str, slot: Slot, key: StoreKey) -> Slot:
    """The same slot with another store key; what opens it stays."""
    return replace(slot, sealed_key=seal_to(slot.public, key.raw, _bound(store_id, slot)))


def _filled(store_id: str, slot: Slot, private: bytes, key: StoreKey, secret: bytes) -> Slot:
    wrapped = lock_up(secret, private, _bound(store_id, slot))
    return sealed_anew(store_id, replace(slot, wrapped_private=wrapped), key)


def _from_password(store_id: str, salt: bytes, cost: Cost, password: str) -> bytes:
    return derive(stretch(password, salt, cost), "misam password", store_id.encode())


def _from_paper(store_id: str, salt: bytes, recovery_secret: bytes) -> bytes:
    return derive(recovery_secret, "misam recovery", salt + store_id.encode())


def _bound(store_id: str, slot: Slot) -> bytes:
    cost = asdict(slot.cost) if slot.cost else None
    tied = [FORMAT, store_id, slot.user_id, slot.login, cost, slot.salt.hex(), slot.public.hex()]
    return json.dumps(tied, sort_keys=True).encode()


def _salt() -> bytes:
    return os.urandom(SALT_BYTES)
