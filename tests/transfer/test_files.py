"""Files that the user names: read within a limit, written whole and for their owner, or not at all."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from misam_desktop.transfer.files import (
    FileNotWritten,
    FileTaken,
    FileUnreadable,
    must_be_free,
    read_file,
    write_file,
)
from misam_desktop.transfer.limits import MOST_BYTES, FileTooLarge

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions another way")


def _fails(*_arguments: object) -> None:
    raise OSError("no room")


def test_a_file_is_read_whole_up_to_what_a_list_may_have(tmp_path: Path) -> None:
    place = tmp_path / "lista.csv"
    place.write_bytes(b"a" * MOST_BYTES)
    assert len(read_file(place)) == MOST_BYTES
    with place.open("ab") as more:
        more.write(b"a")
    with pytest.raises(FileTooLarge):
        read_file(place)


@pytest.mark.parametrize("name", ["saknas.csv", "", "a" * 300], ids=["missing", "a folder", "a name too long"])
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileUnreadable):
        read_file(tmp_path / name)


@posix
@pytest.mark.parametrize("replace", [False, True])
def test_what_is_written_is_its_owners_alone(tmp_path: Path, replace: bool) -> None:
    place = tmp_path / "ut.csv"
    write_file(place, b"namn", replace=replace)
    assert place.read_bytes() == b"namn"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_not_written_over_unasked(tmp_path: Path) -> None:
    place = tmp_path / "ut.csv"
    place.write_bytes(b"innan")
    with pytest.raises(FileTaken):
        must_be_free(place)
    with pytest.raises(FileTaken):
        write_file(place, b"nytt")
    assert place.read_bytes() == b"innan"


def test_it_is_written_over_when_asked(tmp_path: Path) -> None:
    place = tmp_path / "ut.csv"
    place.write_bytes(b"innan")
    must_be_free(place, replace=True)
    write_file(place, b"nytt", replace=True)
    assert place.read_bytes() == b"nytt"


@pytest.mark.parametrize("replace", [False, True])
def test_a_disk_that_fails_leaves_what_was_there_and_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    place = tmp_path / "ut.csv"
    if replace:
        place.write_bytes(b"innan")
    monkeypatch.setattr(os, "fsync", _fails)
    with pytest.raises(FileNotWritten):
        write_file(place, b"nytt", replace=replace)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == ({"ut.csv": b"innan"} if replace else {})


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotWritten):
        write_file(tmp_path / "saknas" / "ut.csv", b"namn")


def test_a_name_that_no_disk_takes_is_told_before_anything_is_logged(tmp_path: Path) -> None:
    with pytest.raises(FileNotWritten):
        must_be_free(tmp_path / ("a" * 300))
