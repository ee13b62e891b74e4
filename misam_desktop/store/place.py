"""Where a store lies: whether it is there, and a new file for it that is its owner's alone."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from misam_desktop.domain.errors import WorldError
from misam_desktop.store.engine import StoreDiskFull, StoreMissing, StoreReadOnly

_FULL = {errno.ENOSPC, errno.EDQUOT}


class StoreExists(WorldError):
    """There is a file where the new store should be."""

    code = "store_exists"


def must_be_there(path: Path) -> None:
    """Raises StoreMissing, and StoreReadOnly when the folder does not even tell."""
    try:
        if not path.is_file():
            raise StoreMissing
    except OSError as error:
        raise StoreReadOnly from error


def must_be_free(*paths: Path) -> None:
    """Raises StoreExists, and StoreReadOnly when the folder does not even tell."""
    try:
        if any(path.exists() for path in paths):
            raise StoreExists
    except OSError as error:
        raise StoreReadOnly from error


def make_private(path: Path) -> None:
    """An empty file that is its owner's before anything stands in it.

    Raises StoreExists, StoreReadOnly, StoreDiskFull.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise StoreExists from error
    except OSError as error:
        raise (StoreDiskFull if error.errno in _FULL else StoreReadOnly) from error


def take_away(path: Path, beside: Path, *, content: bytes) -> None:
    """Remove what the making of a store has left: its file, its journal, and the key file unless it is another's."""
    with suppress(OSError):  # the first failure is the one to tell
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        if beside.read_bytes() == content:
            beside.unlink()
