"""The few cryptographic steps that slots are made of, all from ``cryptography``; nothing here knows files or users."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

# cryptography is imported inside the functions: the unlock window must be up before it is loaded

KEY_BYTES = 32
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
            self.least_kib <= cost.memory_kib <= self.most_kib
            and 1 <= cost.passes <= self.most_passes
            and 1 <= cost.lanes <= self.most_lanes
        )


STRONG = Cost()
LIMITS = Bounds()


def random_key() -> bytes:
    """256 random bits."""
    return secrets.token_bytes(KEY_BYTES)


def stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    """A key out of a password, slow on purpose (Argon2id)."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(password.encode())


def derive(secret: bytes, purpose: str, context: bytes = b"") -> bytes:
    """A key for one purpose out of a secret that is already random (HKDF-SHA256)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt=context, info=purpose.encode()).derive(secret)


def lock_up(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Encrypt and authenticate; ``bound_to`` must be the same when it is opened."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, bound_to)


def open_up(key: bytes, sealed: bytes, bound_to: bytes) -> bytes | None:
    """What was locked up, or None when the key or anything else is not the same."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    if len(sealed) < _NONCE_BYTES:
        return None
    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
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
    key = derive(_agree(ephemeral, public), "misam seal", sender + public)
    return sender + lock_up(key, plain, bound_to)


def unseal(private: bytes, sealed: bytes, bound_to: bytes) -> bytes | None:
    """What was sealed to the public key of ``private``, or None."""
    sender, rest = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    if len(sender) != KEY_BYTES:
        return None
    try:
        shared = _agree(private, sender)
    except ValueError:  # a damaged public key of low order has no shared secret
        return None
    return open_up(derive(shared, "misam seal", sender + public_of(private)), rest, bound_to)


def _agree(private: bytes, public: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return _private(private).exchange(X25519PublicKey.from_public_bytes(public))


def _private(raw: bytes) -> X25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(raw)


def mac(key: bytes, content: bytes) -> bytes:
    """A keyed fingerprint of the whole content."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.hmac import HMAC

    fingerprint = HMAC(key, SHA256())
    fingerprint.update(content)
    return fingerprint.finalize()
