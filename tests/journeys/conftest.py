"""The whole journey, gone once for all that is asked about it; and a team with a window for each who sits down."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from misam_desktop.gui.driver import Driver
from misam_desktop.keys import key_file
from misam_desktop.queries.verify import CheckRow, verify
from misam_desktop.store import log
from misam_desktop.unlocking import unlock
from tests.commands.worlds import content, entries
from tests.conftest import PASSWORD, WEAK_BOUNDS
from tests.journeys.journey import Walk, whole_journey
from tests.journeys.machine import Machine, machine_of_its_own, values_in_memory, words_within_reach
from tests.journeys.people import PASSWORDS
from tests.journeys.worlds import EVELINA, Calendar, Open, lock, windows
from tests.vault.worlds import JONAS, KARIN, make


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """What was within reach before the last lock and after it, and how many of the store's values were left."""

    words_before: list[str]
    words_after: list[str]
    values_before: int
    values_after: int
    clipboard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """What there is to ask when it is over. ``stored`` is all that stands in the store, as text."""

    machine: Machine
    shown: dict[str, list[str]]
    locked: Locked
    log: list[log.Written]
    stored: str
    checks: list[CheckRow]


@pytest.fixture(scope="session")
def journey(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """The whole journey, its last lock and unlock, and the store as it was left."""
    calendar = Calendar()
    with machine_of_its_own(tmp_path_factory.mktemp("journey")) as machine:
        with windows(calendar, machine.settings) as opened:
            walk = Walk(opened(None), calendar)
            whole_journey(walk, machine.store, machine.own_files)
            locked = _lock(walk.driver)
            walk.driver.unlock(PASSWORDS["karin"], login="karin")
            walk.note("unlocked")
        return _asked(machine, walk, locked, calendar)


def _lock(driver: Driver) -> Locked:
    words, values = words_within_reach(), values_in_memory()
    lock(driver)
    gc.collect()
    return Locked(
        words_before=words,
        words_after=words_within_reach(),
        values_before=values,
        values_after=values_in_memory(),
        clipboard=QApplication.clipboard().text(),
    )


def _asked(machine: Machine, walk: Walk, locked: Locked, calendar: Calendar) -> Journey:
    clock, password = calendar.opening.clock, PASSWORDS["karin"]
    vault = unlock(machine.store, login="karin", password=password, clock=clock, bounds=WEAK_BOUNDS)
    try:
        return Journey(
            machine=machine,
            shown=walk.shown,
            locked=locked,
            log=entries(vault)[:-1],  # the last one is ours
            stored=repr(content(vault)),
            checks=vault.ask(verify(key_file_beside=key_file.path_beside(machine.store).read_bytes())),
        )
    finally:
        vault.close()


@pytest.fixture
def founded(store_path: Path) -> Path:
    """A new store of two koordinatorer, at IFO and at the region, and a handläggare at Af."""
    make(store_path, KARIN, JONAS, EVELINA)
    return store_path


@pytest.fixture
def open_window(qapp: QApplication, tmp_path: Path) -> Iterator[Open]:
    """Opens windows on the same day, and closes them at the end of the test."""
    with windows(Calendar(), tmp_path / "program.ini") as opened:
        yield opened


@pytest.fixture
def seat(founded: Path, open_window: Open) -> Callable[[str], Driver]:
    """Seats somebody at a window of their own on the team's store, unlocked."""

    def seated(login: str) -> Driver:
        driver = open_window(founded)
        driver.unlock(PASSWORD, login=login)
        return driver

    return seated
