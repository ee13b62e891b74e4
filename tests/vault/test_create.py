"""Making a store: two files, their owner's alone, or nothing at all."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from misam_desktop.domain.ids import UserId
from misam_desktop.keys import key_file
from misam_desktop.keys.errors import KeyFileChanged, KeyFileNotWritten, PasswordCommon, PasswordTooShort, UserHasSlot
from misam_desktop.store import checks, founding, log, rows
from misam_desktop.store.engine import reading
from misam_desktop.store.place import StoreExists
from misam_desktop.unlocking import Founder
from misam_desktop.vault import Clock
from tests.conftest import PASSWORD, TODAY, WEAK_BOUNDS
from tests.store.worlds import engine_of
from tests.vault.worlds import JONAS, KARIN, make, open_up


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the new store shall lie."""
    return tmp_path / "prov.misam"


def test_it_is_a_store_and_its_key_file_and_nothing_else(path: Path) -> None:
    make(path)
    assert sorted(path.parent.iterdir()) == [path, key_file.path_beside(path)]


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")
def test_both_files_are_their_owners_alone_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        make(path)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_the_recovery_key_opens_it(path: Path) -> None:
    paper = make(path)
    file = key_file.read_key_file(key_file.path_beside(path), bounds=WEAK_BOUNDS)
    key = key_file.unlock_with_recovery(file, paper)
    with engine_of(path, key.raw) as engine, reading(engine) as conn:
        assert founding.setting(conn, "team") == "Provlaget"


def test_it_begins_with_the_id_that_its_key_file_names(path: Path) -> None:
    make(path)
    file = key_file.read_key_file(key_file.path_beside(path), bounds=WEAK_BOUNDS)
    assert path.read_bytes()[:16].hex() == file.store_id


def test_every_founder_can_unlock_it(path: Path) -> None:
    make(path, KARIN, JONAS)
    for login in ("karin", "jonas"):
        open_up(path, login).close()


def test_the_key_file_lies_inside_it_too(path: Path) -> None:
    make(path)
    vault = open_up(path)
    with reading(vault._engine) as conn:
        assert checks.kept_key_file(conn) == key_file.path_beside(path).read_bytes()
    vault.close()


def test_its_making_is_the_first_entry_of_the_log(path: Path) -> None:
    make(path, KARIN, JONAS)
    vault = open_up(path, "jonas")
    with reading(vault._engine) as conn:
        first, users = log.entries(conn)[0], {user.id: user.login for user in rows.users.where(conn)}
    assert (first.action, users[UserId(first.user_id)]) == ("store.made", "karin")
    vault.close()


@pytest.mark.parametrize("taken", ["prov.misam", "prov.misam.nycklar"])
def test_what_lies_there_is_never_written_over(path: Path, taken: str) -> None:
    other = path.with_name(taken)
    other.write_bytes(b"another's")
    with pytest.raises(StoreExists):
        make(path)
    assert (list(path.parent.iterdir()), other.read_bytes()) == ([other], b"another's")


def test_a_link_to_nowhere_is_not_followed(path: Path) -> None:
    path.symlink_to(path.parent / "elsewhere")
    with pytest.raises(StoreExists):
        make(path)
    assert list(path.parent.iterdir()) == [path]


def test_a_key_file_that_comes_there_meanwhile_is_not_written_over(path: Path) -> None:
    beside = key_file.path_beside(path)

    def now() -> datetime:  # asked once the store is there
        beside.write_bytes(b"another's")
        return datetime.fromisoformat("2026-11-24T08:00:00+00:00")

    with pytest.raises(KeyFileChanged):
        make(path, clock=Clock(now=now, today=lambda: TODAY))
    assert (list(path.parent.iterdir()), beside.read_bytes()) == ([beside], b"another's")


@pytest.mark.parametrize(
    ("founders", "error"),
    [
        ([replace(KARIN, password="kort")], PasswordTooShort),
        ([replace(KARIN, password="sommar2026!!")], PasswordCommon),
        ([KARIN, replace(JONAS, password="")], PasswordTooShort),
        ([KARIN, replace(JONAS, login="KARIN")], UserHasSlot),
    ],
)
def test_founders_who_cannot_be_taken_leave_nothing(
    path: Path, founders: list[Founder], error: type[Exception]
) -> None:
    with pytest.raises(error):
        make(path, *founders)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("stage", ["file", "folder"])
def test_a_key_file_that_cannot_be_made_safe_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    def sync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode) == (stage == "folder"):
            raise OSError(errno.EIO, "disk")

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(KeyFileNotWritten):
        make(path)
    assert list(path.parent.iterdir()) == []


def test_a_making_that_is_broken_off_leaves_nothing(path: Path) -> None:
    def break_off() -> datetime:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(path, clock=Clock(now=break_off, today=lambda: TODAY))
    assert list(path.parent.iterdir()) == []


def test_no_password_stands_in_either_file(path: Path) -> None:
    make(path)
    for file in path.parent.iterdir():
        assert PASSWORD.encode() not in file.read_bytes()
