"""Nothing that is written on a whole day stands in clear, at its end or in the midst of it, nor in any other file."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from misam_desktop.keys import key_file
from misam_desktop.vault import Vault
from tests import canaries
from tests.commands.worlds import content, entries
from tests.project.worlds import CODE, builders
from tests.vault.day import NEEDLES, TYPED, whole_day
from tests.vault.worlds import JONAS, KARIN, make, open_up

BEFORE_A_DAY = {"seed", "_unlocked", "_gap_found", "gap_accepted"}
"""Made-up teams are seeded by ``demo`` alone, and unlocking is what every day begins with."""


class Watch:
    """What the process writes, runs and calls while it is watched: one hook for ever, since none can be taken away."""

    def __init__(self) -> None:
        self.seen: set[str] | None = None
        sys.addaudithook(self._hook)

    def _hook(self, name: str, args: tuple[Any, ...]) -> None:
        if self.seen is None:
            return
        if name == "open" and not isinstance(args[0], int):
            path, _, flags = args
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND):
                self.seen.add(os.fsdecode(path))
        elif name in {"subprocess.Popen", "socket.connect", "os.system", "os.exec", "os.posix_spawn"}:
            self.seen.add(name)

    @contextmanager
    def watching(self) -> Iterator[set[str]]:
        """What is seen within."""
        self.seen = seen = set[str]()
        try:
            yield seen
        finally:
            self.seen = None


WATCH = Watch()


def open_files() -> set[str]:
    return {str(one.readlink()) for one in Path("/proc/self/fd").iterdir() if one.exists()}


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder that nobody else writes to."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Where the day's store lies, alone with its key file."""
    path = tmp_path / "store" / "prov.misam"
    path.parent.mkdir()
    return path


@contextmanager
def unlocked(store: Path) -> Iterator[tuple[Vault, Vault]]:
    """The store opened by the koordinator and by a handläggare at Af."""
    make(store, KARIN, JONAS)
    karin, jonas = open_up(store), open_up(store, "jonas")
    yield karin, jonas
    jonas.close()
    karin.close()


def test_the_day_holds_every_command_and_question() -> None:
    files = ("day.py", "sip_day.py", "report_day.py", "asked_day.py")
    said = {word for file in files for word in re.findall(r"\w+", CODE[Path("tests/vault", file)])}
    assert {one.name for one in builders()} - said == BEFORE_A_DAY


def test_what_is_looked_for_stands_in_the_store(store: Path) -> None:
    with unlocked(store) as (karin, jonas):
        whole_day(karin, jonas, store)
        stored = repr(content(karin))
    missing = [needle for needle in TYPED if needle not in stored]
    assert missing == []


def test_the_log_holds_none_of_it(store: Path) -> None:
    with unlocked(store) as (karin, jonas):
        whole_day(karin, jonas, store)
        logged = repr(entries(karin))
    assert [needle for needle in [*NEEDLES, "Karin", "karin", "Kim Kontakt"] if needle in logged] == []


def test_nothing_of_it_stands_in_clear_afterwards(store: Path, own_temporary_folder: Path) -> None:
    with unlocked(store) as (karin, jonas):
        whole_day(karin, jonas, store)
        assert canaries.search(NEEDLES, store.parent, own_temporary_folder) == []
    assert canaries.search(NEEDLES, store.parent, own_temporary_folder) == []
    assert sorted(store.parent.iterdir()) == [store, key_file.path_beside(store)]
    assert list(own_temporary_folder.iterdir()) == []


def test_nothing_of_it_stands_in_clear_in_the_midst_of_a_change(store: Path, tmp_path: Path) -> None:
    caught = tmp_path / "caught"
    caught.mkdir()
    journal = store.with_name(f"{store.name}-journal")

    def catch(_conn: Connection) -> None:
        if journal.exists():
            shutil.copyfile(journal, caught / f"{len(list(caught.iterdir()))}")

    with unlocked(store) as (karin, jonas):
        for vault in (karin, jonas):
            event.listen(vault._engine, "commit", catch)
        whole_day(karin, jonas, store)
    assert sum(path.stat().st_size for path in caught.iterdir()) > 100_000
    assert canaries.search(NEEDLES, caught) == []


def test_making_opening_and_using_a_store_writes_nothing_beside_it(store: Path) -> None:
    with WATCH.watching() as seen, unlocked(store) as (karin, jonas):
        whole_day(karin, jonas, store)
    where = {(path.parent, path.name.partition(".nycklar")[0].removeprefix(".")) for path in map(Path, seen)}
    assert where == {(store.parent, store.name)}


@pytest.mark.skipif(sys.platform != "linux", reason="open files are listed by Linux")
def test_no_other_file_is_open_in_the_midst_of_a_change(store: Path) -> None:
    """SQLite opens its files itself, where no Python hook sees it."""
    found: set[str] = set()

    def look(_conn: Connection) -> None:
        found.update(open_files())

    with unlocked(store) as (karin, jonas):
        before = open_files()
        for vault in (karin, jonas):
            event.listen(vault._engine, "commit", look)
        whole_day(karin, jonas, store)
    assert {path for path in found - before if path.startswith("/")} == {f"{store}-journal"}


def test_the_watch_sees_what_it_is_there_to_see(tmp_path: Path) -> None:
    with WATCH.watching() as seen:
        (tmp_path / "a").write_text("x")
        tempfile.mkstemp(dir=tmp_path, prefix="b")
        (tmp_path / "a").read_text()
    assert {Path(path).name[0] for path in seen} == {"a", "b"}
    assert len(seen) == 2
