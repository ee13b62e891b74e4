"""Files that the user names: read within a limit, written whole or not at all, and their owner's alone."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from misam_desktop.domain.errors import UserError, WorldError
from misam_desktop.transfer.limits import MOST_BYTES, FileTooLarge


class FileUnreadable(WorldError):
    """The file is not there, or the disk or its permissions do not let it be read."""

    code = "file_unreadable"


class FileTaken(UserError):
    """There is a file already, and nobody has said that it shall be written over."""

    code = "file_taken"


class FileNotWritten(WorldError):
    """The disk did not take the file; what lay there before is untouched."""

    code = "file_not_written"


def read_file(path: Path) -> bytes:
    """The content of a list, up to the size that a list may have. Raises FileUnreadable, FileTooLarge."""
    try:
        with path.open("rb") as source:
            content = source.read(MOST_BYTES + 1)
    except OSError as error:
        raise FileUnreadable from error
    if len(content) > MOST_BYTES:
        raise FileTooLarge
    return content


def must_be_free(path: Path, *, replace: bool = False) -> None:
    """Raises FileTaken, FileNotWritten: asked before an export, so that nothing is logged that was not handed over."""
    try:
        taken = path.exists()
    except OSError as error:  # a name too long, or a folder that may not be looked into
        raise FileNotWritten from error
    if taken and not replace:
        raise FileTaken


def write_file(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write a file with mode 0600. Raises FileTaken, FileNotWritten."""
    try:
        if replace:
            _put_in_place(path, content)
        else:
            _make(path, content)
    except FileExistsError as error:
        raise FileTaken from error
    except OSError as error:
        raise FileNotWritten from error


def _make(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        _fill(handle, content)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _put_in_place(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".misam-")  # made with mode 0600
    try:
        _fill(handle, content)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):  # the first failure is the one to tell
            Path(name).unlink()
        raise


def _fill(handle: int, content: bytes) -> None:
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
