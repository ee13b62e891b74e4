"""The key file beside the store (``<store>.nycklar``): who can unlock it, and how they come in, change and go.

A random store key is sealed to one key pair a user, and to one for the recovery key. So an administrator can seal a
new store key to everybody without anybody's password. Whoever changes the file holds the store key and has first seen
that the file is whole: a slot smuggled in from outside is never taken along.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from misam_desktop.domain.ids import UserId
from misam_desktop.domain.text import clean, sort_key
from misam_desktop.keys.coding import KeyFile, from_bytes, signed_part, to_bytes
from misam_desktop.keys.errors import (
    KeyFileChanged,
    KeyFileDamaged,
    KeyFileForeign,
    KeyFileMissing,
    KeyFileNotWritten,
    KeyFileUnreadable,
    RecoveryKeyWrong,
    UserHasSlot,
    WrongPassword,
)
from misam_desktop.keys.passwords import check_password_strength
from misam_desktop.keys.primitives import LIMITS, STRONG, Bounds, Cost, derive
from misam_desktop.keys.recovery import parse_recovery_key
from misam_desktop.keys.slots import (
    Slot,
    StoreKey,
    open_with_paper,
    open_with_password,
    password_slot,
    recovery_slot,
    sealed_anew,
    store_key_in,
)

__all__ = [
    "KeyFile",
    "StoreKey",
    "UnlockedKey",
    "add_user",
    "change_password",
    "from_bytes",
    "logins",
    "new_key_file",
    "path_beside",
    "read_key_file",
    "read_key_file_of",
    "rekey",
    "remove_user",
    "replace_recovery_key",
    "set_password_with_store_key",
    "to_bytes",
    "unlock",
    "unlock_with_recovery",
    "write_key_file",
]

_MOST_BYTES = 1 << 20
_ID_BYTES = 16
_CANNOT_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}


class UnlockedKey(NamedTuple):
    """What a password gave: the store key, and whose password it was."""

    store_key: StoreKey
    user_id: UserId


def new_key_file(store_id: str, key: StoreKey, *, recovery_text: str) -> KeyFile:
    """A key file with nothing but the recovery slot. Raises RecoveryKeyMistyped."""
    slot = recovery_slot(store_id, key, parse_recovery_key(recovery_text))
    return _signed(KeyFile(store_id=store_id, slots=(slot,)), key)


def add_user(
    file: KeyFile, key: StoreKey, *, user_id: UserId, login: str, password: str, cost: Cost = STRONG
) -> KeyFile:
    """The key file with one more user. Raises UserHasSlot, PasswordTooShort, PasswordCommon, KeyFileForeign."""
    if not user_id:
        raise ValueError("a user has an id")
    _require_whole(file, key)
    if any(slot.user_id == user_id or _folded(slot.login) == _folded(login) for slot in _users(file)):
        raise UserHasSlot(field="login")
    check_password_strength(password, login=login)
    slot = password_slot(file.store_id, key, user_id=user_id, login=clean(login), password=password, cost=cost)
    return _with(file, key, (*file.slots, slot))


def remove_user(file: KeyFile, key: StoreKey, *, login: str) -> KeyFile:
    """The key file without a user, or the same if they are not there. Raises KeyFileForeign.

    They still know the store key: ``rekey`` shuts them out.
    """
    _require_whole(file, key)
    slot = _slot_of(file, login)
    return file if slot is None else _with(file, key, tuple(other for other in file.slots if other != slot))


def change_password(file: KeyFile, *, login: str, old: str, new: str, cost: Cost = STRONG) -> KeyFile:
    """The key file with a new password that the user chose, who knows the old one.

    Raises WrongPassword, PasswordTooShort, PasswordCommon, KeyFileForeign.
    """
    key = unlock(file, login=login, password=old).store_key
    return set_password_with_store_key(file, key, login=login, new=new, cost=cost)


def set_password_with_store_key(file: KeyFile, key: StoreKey, *, login: str, new: str, cost: Cost = STRONG) -> KeyFile:
    """The key file with a new password for a user, by somebody who holds the store key: after recovery.

    The key pair is new too, so that the old password opens no store key sealed later.
    Raises WrongPassword for an unknown user, PasswordTooShort, PasswordCommon, KeyFileForeign.
    """
    _require_whole(file, key)
    old = _slot_of(file, login)
    if old is None:
        raise WrongPassword(field="login")
    check_password_strength(new, login=login)
    slot = password_slot(file.store_id, key, user_id=old.user_id, login=old.login, password=new, cost=cost)
    return _with(file, key, tuple(slot if other == old else other for other in file.slots))


def replace_recovery_key(file: KeyFile, key: StoreKey, *, recovery_text: str) -> KeyFile:
    """The key file with another paper; the one before opens it no more. Raises KeyFileForeign."""
    _require_whole(file, key)
    slot = recovery_slot(file.store_id, key, parse_recovery_key(recovery_text))
    return _with(file, key, (slot, *_users(file)))


def rekey(file: KeyFile, *, old: StoreKey, new: StoreKey) -> KeyFile:
    """The key file with a new store key for everybody in it; all passwords and the recovery key stay.

    ``old`` shows that the file is whole before anything is sealed to the public keys in it. Raises KeyFileForeign.
    """
    _require_whole(file, old)
    return _with(file, new, tuple(sealed_anew(file.store_id, slot, new) for slot in file.slots))


def unlock(file: KeyFile, *, login: str, password: str) -> UnlockedKey:
    """What a user's password opens. Raises WrongPassword (also for an unknown user), KeyFileForeign, MemoryShort."""
    slot = _slot_of(file, login)
    private = open_with_password(file.store_id, slot, password) if slot else None
    if slot is None or private is None:
        raise WrongPassword(field="password")
    return UnlockedKey(_store_key(file, slot, private), slot.user_id)


def unlock_with_recovery(file: KeyFile, text: str) -> StoreKey:
    """What the recovery key on paper opens. Raises RecoveryKeyMistyped, RecoveryKeyWrong, KeyFileForeign."""
    secret = parse_recovery_key(text)
    for slot in file.slots:
        if slot.cost is None and (private := open_with_paper(file.store_id, slot, secret)) is not None:
            return _store_key(file, slot, private)
    raise RecoveryKeyWrong(field="recovery_key")


def logins(file: KeyFile) -> list[str]:
    """Who can unlock the store with a password, in Swedish order; known without any."""
    return sorted((slot.login for slot in _users(file)), key=sort_key)


def _users(file: KeyFile) -> list[Slot]:
    return [slot for slot in file.slots if slot.cost is not None]


def _slot_of(file: KeyFile, login: str) -> Slot | None:
    return next((slot for slot in _users(file) if _folded(slot.login) == _folded(login)), None)


def _folded(login: str) -> str:
    return clean(login).casefold()


def _store_key(file: KeyFile, slot: Slot, private: bytes) -> StoreKey:
    key = store_key_in(file.store_id, slot, private)
    if key is None:
        raise KeyFileForeign
    _require_whole(file, key)
    return key


def _with(file: KeyFile, key: StoreKey, slots: Sequence[Slot]) -> KeyFile:
    return _signed(replace(file, slots=tuple(slots), revision=file.revision + 1), key)


def _signed(file: KeyFile, key: StoreKey) -> KeyFile:
    return replace(file, fingerprint=_fingerprint(file, key))


def _require_whole(file: KeyFile, key: StoreKey) -> None:
    if not hmac.compare_digest(_fingerprint(file, key), file.fingerprint):
        raise KeyFileForeign


def _fingerprint(file: KeyFile, key: StoreKey) -> bytes:
    own_key = derive(key.raw, "misam key file", file.store_id.encode())
    return hmac.digest(own_key, signed_part(file), hashlib.sha256)


def path_beside(store: Path) -> Path:
    """Where the key file of a store lies."""
    return store.with_name(store.name + ".nycklar")


def read_key_file(path: Path, *, store_id: str | None = None, bounds: Bounds = LIMITS) -> KeyFile:
    """The key file at a path; with ``store_id``, only that store's.

    Raises KeyFileMissing, KeyFileUnreadable, KeyFileDamaged, KeyFileTooNew, KeyFileForeign.
    """
    content = _content(path)
    if content is None:
        raise KeyFileMissing(file=path.name)
    return from_bytes(content, store_id=store_id, bounds=bounds)


def read_key_file_of(store: Path, *, bounds: Bounds = LIMITS) -> KeyFile:
    """The key file beside a store, and that store's: every store begins with its id.

    Not while this process has the store open: a look at the file would let go of SQLite's locks on it (POSIX).
    Raises KeyFileMissing, KeyFileUnreadable, KeyFileDamaged, KeyFileTooNew, KeyFileForeign.
    """
    file = read_key_file(path_beside(store), bounds=bounds)
    if _beginning(store) not in {file.store_id, ""}:
        raise KeyFileForeign
    return file


def _beginning(store: Path) -> str:
    """The id at the beginning of a store; nothing when none can be read, which opening it will tell about."""
    try:
        with store.open("rb") as source:
            beginning = source.read(_ID_BYTES)
    except OSError:
        return ""
    return beginning.hex() if len(beginning) == _ID_BYTES else ""


def write_key_file(path: Path, file: KeyFile, *, seen: KeyFile | None = None) -> None:
    """Put the key file in place whole or not at all, readable by its owner only.

    ``seen`` is what the change was made from; None means that no file may lie there yet.
    Raises KeyFileChanged, KeyFileUnreadable, KeyFileNotWritten; then what was there is untouched, unless it was the
    last step, making the new name last through a power cut, that failed.
    """
    if _content(path) != (to_bytes(seen) if seen else None):
        raise KeyFileChanged
    try:
        _put_in_place(path, to_bytes(file))
    except OSError as error:
        raise KeyFileNotWritten from error


def _content(path: Path) -> bytes | None:
    try:
        with path.open("rb") as source:
            content = source.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyFileUnreadable from error
    if len(content) > _MOST_BYTES:
        raise KeyFileDamaged
    return content


def _put_in_place(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):  # the first failure is the one to tell
            Path(name).unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:  # some shares have no such operation
            raise
    finally:
        os.close(handle)
