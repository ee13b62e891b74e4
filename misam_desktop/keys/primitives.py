"""The few cryptographic steps that slots are made of, all from ``cryptography``; nothing here knows files or users.

The library is imported inside the functions: the unlock window must be up before it is loaded.
"""

from __future__ import annotations

import hmac
import os
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from misam_desktop.keys.errors import MemoryShort

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

KEY_BYTES = 32
SALT_BYTES = 16
LOCKED_EXTRA_BYTES = 12 + 16
"""By how much ``lock_up`` lengthens: nonce and tag."""
SEALED_EXTRA_BYTES = KEY_BYTES + LOCKED_EXTRA_BYTES
"""By how much ``seal_to`` lengthens: the sender's public key as well."""
_NONCE_BYTES = 12
_MIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess of a password costs: memory in KiB, passes, lanes."""

    memory_kib: int = 256 * _MIB
    passes: int = 3
    lanes: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a key file may ask for; outside it the file is refused before any memory is taken."""

    least_kib: int = 64 * _MIB
    most_kib: int = 2048 * _MIB
    most_passes: int = 20
    most_lanes: int = 16

    def admits(self, cost: Cost) -> bool:
        """Whether the cost is neither too weak nor a way to choke the machine."""
        return (
            max(self.least_kib, 8 * cost.lanes) <= cost.memory_kib <= self.most_kib
            and 1 <= cost.passes <= self.most_passes
            and 1 <= cost.lanes <= self.most_lanes
        )


STRONG = Cost()
LIMITS = Bounds()
LIGHT = Cost(memory_kib=LIMITS.least_kib, passes=1, lanes=2)
"""The least that a key file may ask for: for the made-up team, whose password is shown and guards nobody real."""


def random_key() -> bytes:
    """256 random bits."""
    return os.urandom(KEY_BYTES)  # what secrets.token_bytes gives, without all that it loads


def stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    """A key out of a password, slow on purpose (Argon2id).

    The same letters give the same key whether å comes as one character or two. Raises MemoryShort.
    """
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    # a lone surrogate, which a broken paste can hold, is a character like any other
    secret = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    try:
        return kdf.derive(secret)
    except MemoryError as error:
        raise MemoryShort(mib=cost.memory_kib // _MIB) from error


def derive(secret: bytes, purpose: str, context: bytes) -> bytes:
    """A key for one purpose in one context, out of a secret that is hard to guess already (HKDF-SHA256)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt=context, info=purpose.encode()).derive(secret)


def hmac_of(key: bytes, content: bytes) -> str:
    """A seal that only who has the key can make, as hexadecimal text."""
    return hmac.digest(key, content, "sha256").hex()


def same(one: str, other: str) -> bool:
    """Whether two seals are equal, taking as long whatever they are."""
    return hmac.compare_digest(one.encode(), other.encode())


def lock_up(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Encrypt and authenticate (ChaCha20-Poly1305); ``bound_to`` must be the same when it is opened."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, bound_to)


def open_up(key: bytes, locked: bytes, bound_to: bytes) -> bytes | None:
    """What was locked up, or None when the key or anything else is not the same."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(key).decrypt(locked[:_NONCE_BYTES], locked[_NONCE_BYTES:], bound_to)
    except InvalidTag:
        return None


def new_private_key() -> bytes:
    """A fresh X25519 private key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public key of a private one."""
    return _private(private).public_key().public_bytes_raw()


def seal_to(public: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Encrypt so that only the holder of the private key can open it; no password is needed for that."""
    ephemeral = new_private_key()
    sender = public_of(ephemeral)
    return sender + lock_up(_shared_key(ephemeral, public, sender + public), plain, bound_to)


def unseal(private: bytes, sealed: bytes, bound_to: bytes) -> bytes | None:
    """What was sealed to the public key of ``private``, or None."""
    sender, locked = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    try:
        key = _shared_key(private, sender, sender + public_of(private))
    except ValueError:  # a public key of low order, put there to force a known secret
        return None
    return open_up(key, locked, bound_to)


def _shared_key(private: bytes, public: bytes, context: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    agreed = _private(private).exchange(X25519PublicKey.from_public_bytes(public))
    return derive(agreed, "misam seal", context)


def _private(raw: bytes) -> X25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(raw)
