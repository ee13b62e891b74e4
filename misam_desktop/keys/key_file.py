"""The key file beside the store (``<store>.nycklar``): who can unlock it, and how the store's key is kept for each.

A random store key is sealed to one X25519 key pair a user. The private key is wrapped by what Argon2id makes of the
user's password, the recovery slot's by the recovery key. So an administrator can seal a new store key to everybody
without anybody's password. The whole file is fingerprinted under the store key.
"""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from misam_desktop.keys.errors import (
    KeyFileDamaged,
    KeyFileForeign,
    KeyFileMissing,
    KeyFileTooNew,
    RecoveryKeyWrong,
    UserHasSlot,
    WrongPassword,
)
from misam_desktop.keys.passwords import check_password
from misam_desktop.keys.primitives import (
    LIMITS,
    STRONG,
    Bounds,
    Cost,
    derive,
    lock_up,
    mac,
    new_private_key,
    open_up,
    public_of,
    seal_to,
    stretch,
    unseal,
)
from misam_desktop.keys.recovery import parse_recovery_key

FORMAT = 1
_MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class StoreKey:
    """The 256 bits that encrypt the store; never shown."""

    raw: bytes

    def __repr__(self) -> str:
        return "StoreKey(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way to the store key. ``cost`` None marks the recovery slot, whose secret needs no stretching."""

    user_id: str
    login: str
    cost: Cost | None
    salt: bytes
    public: bytes
    wrapped_private: bytes
    sealed_key: bytes

    def __repr__(self) -> str:
        return f"Slot({self.user_id})"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """All slots of one store, and the fingerprint that only a holder of the store key can make."""

    store_id: str
    slots: tuple[Slot, ...]
    fingerprint: bytes = b""


RECOVERY = "recovery"


def path_beside(store: Path) -> Path:
    """Where the key file of a store lies."""
    return store.with_name(store.name + ".nycklar")


def new_key_file(store_id: str, key: StoreKey, *, recovery_text: str) -> KeyFile:
    """A key file with nothing but the recovery slot."""
    secret = derive(parse_recovery_key(recovery_text), "misam recovery", store_id.encode())
    slot = _new_slot(store_id, key, user_id=RECOVERY, login="", cost=None, secret=secret, salt=b"")
    return _sealed(KeyFile(store_id=store_id, slots=(slot,)), key)


def add_user(file: KeyFile, key: StoreKey, *, user_id: str, login: str, password: str, cost: Cost = STRONG) -> KeyFile:
    """The key file with one more user. Raises UserHasSlot, PasswordTooShort, PasswordCommon."""
    if login in logins(file):
        raise UserHasSlot(field="login")
    check_password(password)
    salt = secrets.token_bytes(16)
    secret = derive(stretch(password, salt, cost), "misam password", file.store_id.encode())
    slot = _new_slot(file.store_id, key, user_id=user_id, login=login, cost=cost, secret=secret, salt=salt)
    return _sealed(replace(file, slots=(*file.slots, slot)), key)


def remove_user(file: KeyFile, key: StoreKey, *, login: str) -> KeyFile:
    """The key file without a user; to shut them out the store must be re-keyed too."""
    return _sealed(replace(file, slots=tuple(slot for slot in file.slots if slot.login != login)), key)


def set_password(file: KeyFile, key: StoreKey, *, login: str, password: str, cost: Cost = STRONG) -> KeyFile:
    """The key file with another password for a user, by somebody who holds the store key."""
    slot = _slot_of(file, login)
    without = remove_user(file, key, login=login)
    return add_user(without, key, user_id=slot.user_id, login=login, password=password, cost=cost)


def rekey(file: KeyFile, new_key: StoreKey) -> KeyFile:
    """The key file with another store key sealed to everybody; all passwords and the recovery key stay."""
    slots = tuple(
        replace(slot, sealed_key=seal_to(slot.public, new_key.raw, _bound(file.store_id, slot))) for slot in file.slots
    )
    return _sealed(replace(file, slots=slots), new_key)


def unlock(file: KeyFile, *, login: str, password: str) -> tuple[StoreKey, str]:
    """The store key and the user's id. Raises WrongPassword (also for an unknown user) and KeyFileForeign."""
    slot = _slot_of(file, login)
    assert slot.cost is not None
    secret = derive(stretch(password, slot.salt, slot.cost), "misam password", file.store_id.encode())
    key = _opened(file, slot, secret)
    if key is None:
        raise WrongPassword(field="password")
    return key, slot.user_id


def unlock_with_recovery(file: KeyFile, text: str) -> StoreKey:
    """The store key by the paper. Raises RecoveryKeyMistyped, RecoveryKeyWrong, KeyFileForeign."""
    secret = derive(parse_recovery_key(text), "misam recovery", file.store_id.encode())
    for slot in file.slots:
        if slot.user_id == RECOVERY and (key := _opened(file, slot, secret)) is not None:
            return key
    raise RecoveryKeyWrong(field="recovery_key")


def logins(file: KeyFile) -> list[str]:
    """Who can unlock the store with a password."""
    return [slot.login for slot in file.slots if slot.user_id != RECOVERY]


def _slot_of(file: KeyFile, login: str) -> Slot:
    for slot in file.slots:
        if slot.login == login and slot.user_id != RECOVERY:
            return slot
    raise WrongPassword(field="password")


def _new_slot(
    store_id: str, key: StoreKey, *, user_id: str, login: str, cost: Cost | None, secret: bytes, salt: bytes
) -> Slot:
    private = new_private_key()
    slot = Slot(
        user_id=user_id,
        login=login,
        cost=cost,
        salt=salt,
        public=public_of(private),
        wrapped_private=b"",
        sealed_key=b"",
    )
    bound = _bound(store_id, slot)
    return replace(
        slot, wrapped_private=lock_up(secret, private, bound), sealed_key=seal_to(slot.public, key.raw, bound)
    )


def _bound(store_id: str, slot: Slot) -> bytes:
    """What a slot's secrets are tied to: they open in no other slot, store or cost."""
    cost = asdict(slot.cost) if slot.cost else None
    tied = [FORMAT, store_id, slot.user_id, slot.login, cost, slot.salt.hex(), slot.public.hex()]
    return json.dumps(tied, sort_keys=True).encode()


def _opened(file: KeyFile, slot: Slot, secret: bytes) -> StoreKey | None:
    bound = _bound(file.store_id, slot)
    private = open_up(secret, slot.wrapped_private, bound)
    if private is None:
        return None
    raw = unseal(private, slot.sealed_key, bound)
    if raw is None or not secrets.compare_digest(_fingerprint(file, StoreKey(raw)), file.fingerprint):
        raise KeyFileForeign
    return StoreKey(raw)


def _sealed(file: KeyFile, key: StoreKey) -> KeyFile:
    return replace(file, fingerprint=_fingerprint(file, key))


def _fingerprint(file: KeyFile, key: StoreKey) -> bytes:
    content = json.dumps(_as_data(replace(file, fingerprint=b"")), sort_keys=True).encode()
    return mac(derive(key.raw, "misam key file", file.store_id.encode()), content)


def _as_data(file: KeyFile) -> dict[str, Any]:
    def text(value: Any) -> Any:
        return b64encode(value).decode() if isinstance(value, bytes) else value

    slots = [{name: text(value) for name, value in asdict(slot).items()} for slot in file.slots]
    return {"format": FORMAT, "store_id": file.store_id, "slots": slots, "fingerprint": text(file.fingerprint)}


def to_bytes(file: KeyFile) -> bytes:
    """The file's content; a copy is kept inside the store."""
    return json.dumps(_as_data(file), indent=1, sort_keys=True).encode()


def from_bytes(content: bytes, *, bounds: Bounds = LIMITS) -> KeyFile:
    """A key file out of its content. Raises KeyFileDamaged, KeyFileTooNew."""
    try:
        data = json.loads(content)
        if data["format"] > FORMAT:
            raise KeyFileTooNew
        slots = tuple(_slot_from(entry) for entry in data["slots"])
        file = KeyFile(store_id=str(data["store_id"]), slots=slots, fingerprint=b64decode(data["fingerprint"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KeyFileDamaged from error
    if not all(slot.cost is None or bounds.admits(slot.cost) for slot in slots):
        raise KeyFileDamaged
    if any((slot.cost is None) != (slot.user_id == RECOVERY) for slot in slots):
        raise KeyFileDamaged
    return file


def _slot_from(entry: dict[str, Any]) -> Slot:
    cost = entry["cost"]
    return Slot(
        user_id=str(entry["user_id"]),
        login=str(entry["login"]),
        cost=None if cost is None else Cost(**{name: int(value) for name, value in cost.items()}),
        salt=b64decode(entry["salt"], validate=True),
        public=b64decode(entry["public"], validate=True),
        wrapped_private=b64decode(entry["wrapped_private"], validate=True),
        sealed_key=b64decode(entry["sealed_key"], validate=True),
    )


def read_key_file(path: Path, *, bounds: Bounds = LIMITS) -> KeyFile:
    """The key file at a path. Raises KeyFileMissing, KeyFileDamaged, KeyFileTooNew."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise KeyFileMissing from error
    except OSError as error:
        raise KeyFileDamaged from error
    if len(content) > _MOST_BYTES:
        raise KeyFileDamaged
    return from_bytes(content, bounds=bounds)


def write_key_file(path: Path, file: KeyFile) -> None:
    """Put the key file in place whole or not at all, readable by its owner only."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:  # noqa: PTH123 – the mode must be there from the start
            out.write(to_bytes(file))
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            beside.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
