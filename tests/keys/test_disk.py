"""The key file on disk: whole or not at all, its owner's alone, and never written over another's change."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import nullcontext
from pathlib import Path

import pytest

from misam_desktop.keys import key_file
from misam_desktop.keys.errors import (
    KeyFileChanged,
    KeyFileDamaged,
    KeyFileForeign,
    KeyFileMissing,
    KeyFileNotWritten,
    KeyFileUnreadable,
)
from misam_desktop.keys.key_file import read_key_file, read_key_file_of, remove_user, write_key_file
from tests.keys.worlds import STORE_ID, WEAK_BOUNDS, Keys, make_keys


@pytest.fixture
def path(tmp_path: Path, keys: Keys) -> Path:
    """Where the fixture's key file lies."""
    path = key_file.path_beside(tmp_path / "skelleftea.misam")
    write_key_file(path, keys.file)
    return path


def test_it_lies_beside_the_store() -> None:
    assert key_file.path_beside(Path("/h/skelleftea.misam")) == Path("/h/skelleftea.misam.nycklar")


def test_it_reads_back_as_it_was_written(path: Path, keys: Keys) -> None:
    assert read_key_file(path, store_id=STORE_ID, bounds=WEAK_BOUNDS) == keys.file


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")
def test_it_is_its_owners_alone(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_else_is_left_in_the_folder(path: Path) -> None:
    assert list(path.parent.iterdir()) == [path]


def test_a_missing_one_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(KeyFileMissing) as caught:
        read_key_file(tmp_path / "a.misam.nycklar")
    assert caught.value.params == {"file": "a.misam.nycklar"}


def test_another_stores_is_foreign(path: Path) -> None:
    with pytest.raises(KeyFileForeign):
        read_key_file(path, store_id="lager-2", bounds=WEAK_BOUNDS)


def test_a_folder_in_its_place_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(KeyFileUnreadable):
        read_key_file(tmp_path)


def test_a_huge_one_is_damaged_without_being_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.nycklar"
    with huge.open("wb") as out:
        out.truncate(1 << 40)
    with pytest.raises(KeyFileDamaged):
        read_key_file(huge)


def test_a_change_replaces_what_it_was_made_from(path: Path, keys: Keys) -> None:
    changed = remove_user(keys.file, keys.key, login="jonas")
    write_key_file(path, changed, seen=keys.file)
    assert read_key_file(path, bounds=WEAK_BOUNDS) == changed


def test_a_new_key_file_never_lands_on_another(path: Path, keys: Keys) -> None:
    with pytest.raises(KeyFileChanged):
        write_key_file(path, make_keys().file)
    assert read_key_file(path, bounds=WEAK_BOUNDS) == keys.file


def test_somebody_elses_change_is_not_written_over(path: Path, keys: Keys) -> None:
    theirs = remove_user(keys.file, keys.key, login="jonas")
    write_key_file(path, theirs, seen=keys.file)
    with pytest.raises(KeyFileChanged):
        write_key_file(path, remove_user(keys.file, keys.key, login="karin"), seen=keys.file)
    assert read_key_file(path, bounds=WEAK_BOUNDS) == theirs


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failing_disk_leaves_the_old_file(path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "no room")

    changed = remove_user(keys.file, keys.key, login="jonas")
    monkeypatch.setattr(*((os, "fsync", fail) if step == "fsync" else (Path, "replace", fail)))
    with pytest.raises(KeyFileNotWritten):
        write_key_file(path, changed, seen=keys.file)
    monkeypatch.undo()
    assert [*path.parent.iterdir()] == [path]
    assert read_key_file(path, bounds=WEAK_BOUNDS) == keys.file


@pytest.mark.skipif(os.name != "posix", reason="folders are synced on POSIX only")
@pytest.mark.parametrize(("number", "is_told"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_folder_that_cannot_sync_is_fine_but_one_that_fails_is_told(
    path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch, number: int, is_told: bool
) -> None:
    def sync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, "folder")

    changed = remove_user(keys.file, keys.key, login="jonas")
    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(KeyFileNotWritten) if is_told else nullcontext():
        write_key_file(path, changed, seen=keys.file)
    assert read_key_file(path, bounds=WEAK_BOUNDS) == changed


def test_it_is_read_with_the_store_that_begins_with_its_id(tmp_path: Path) -> None:
    store = tmp_path / "a.misam"
    file = make_keys("00112233445566778899aabbccddeeff").file
    write_key_file(key_file.path_beside(store), file)
    store.write_bytes(bytes.fromhex(file.store_id) + b"pages")
    assert read_key_file_of(store, bounds=WEAK_BOUNDS) == file


def test_a_store_that_begins_with_another_id_makes_it_foreign(path: Path) -> None:
    store = path.with_name("skelleftea.misam")
    store.write_bytes(bytes(16))
    with pytest.raises(KeyFileForeign):
        read_key_file_of(store, bounds=WEAK_BOUNDS)


@pytest.mark.parametrize("content", [None, b"", b"short"])
def test_a_store_that_tells_no_id_is_left_for_its_opening_to_tell(
    path: Path, keys: Keys, content: bytes | None
) -> None:
    store = path.with_name("skelleftea.misam")
    if content is not None:
        store.write_bytes(content)
    assert read_key_file_of(store, bounds=WEAK_BOUNDS) == keys.file
