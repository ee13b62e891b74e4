"""The system's keyring: a convenience that remembers a password, and never the only way in.

Whatever it answers, the password works. Only the keyrings of the operating systems are used: others keep passwords in
plain files. A locked keyring may ask the user to open it, so these functions wait and belong on the worker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "misam-desktop"
TRUSTED = frozenset(
    {
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
        "keyring.backends.macOS",
        "keyring.backends.Windows",
    }
)
_NONE_AT_ALL = frozenset({"keyring.backends.fail", "keyring.backends.null", "keyring.backends.chainer"})


class RingState(StrEnum):
    """How the keyring answered."""

    DONE = "done"
    NOTHING_KEPT = "nothing_kept"
    ABSENT = "absent"
    LOCKED = "locked"
    INSECURE = "insecure"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Remembered:
    """A remembered password, or why there is none; ``detail`` names the type of an error, never its text."""

    password: str | None = field(repr=False)
    state: RingState
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """Whether the keyring did what it was asked, or why not."""

    state: RingState
    detail: str = ""

    def __bool__(self) -> bool:
        return self.state is RingState.DONE


def remembered_password(store_id: str, login: str, *, trusted: frozenset[str] = TRUSTED) -> Remembered:
    """What the keyring remembers for this user of this store."""
    password, noted = _asked(lambda ring: ring.get_password(SERVICE, _name(store_id, login)), trusted)
    if noted and password is None:
        return Remembered(None, RingState.NOTHING_KEPT)
    return Remembered(password, noted.state, noted.detail)


def remember(store_id: str, login: str, password: str, *, trusted: frozenset[str] = TRUSTED) -> Noted:
    """Let the keyring remember a password; the user has asked for it."""
    return _asked(lambda ring: ring.set_password(SERVICE, _name(store_id, login), password), trusted)[1]


def forget(store_id: str, login: str, *, trusted: frozenset[str] = TRUSTED) -> Noted:
    """Take the password out of the keyring."""
    return _asked(lambda ring: ring.delete_password(SERVICE, _name(store_id, login)), trusted)[1]


def _name(store_id: str, login: str) -> str:
    return f"{store_id}/{login}"


def _asked(ask: Callable[[KeyringBackend], T], trusted: frozenset[str]) -> tuple[T | None, Noted]:
    try:
        ring, missing = _ring(trusted)
        return (None, Noted(missing)) if ring is None else (ask(ring), Noted(RingState.DONE))
    except Exception as error:  # noqa: BLE001 – every system's keyring has errors of its own; the answer says which
        return None, Noted(_state_of(error), type(error).__name__)


def _state_of(error: Exception) -> RingState:
    if isinstance(error, ImportError):
        return RingState.ABSENT
    from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError

    if isinstance(error, PasswordDeleteError):
        return RingState.NOTHING_KEPT
    if isinstance(error, NoKeyringError):
        return RingState.ABSENT
    return RingState.LOCKED if isinstance(error, KeyringLocked | InitError) else RingState.FAILED


def _ring(trusted: frozenset[str]) -> tuple[KeyringBackend | None, RingState]:
    """The first keyring that can be trusted, or why there is none."""
    import keyring

    chosen = keyring.get_keyring()
    rings: list[KeyringBackend] = [*getattr(chosen, "backends", ()), chosen]
    for ring in rings:
        if type(ring).__module__ in trusted:
            return ring, RingState.DONE
    if all(type(ring).__module__ in _NONE_AT_ALL for ring in rings):
        return None, RingState.ABSENT
    return None, RingState.INSECURE
