"""The real window on a real store, unlocked by the koordinator or by a handläggare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication

from misam_desktop.gui import appearance
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.opening import Opening
from misam_desktop.gui.window import Window
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from tests.conftest import NOW, PASSWORD, TODAY, WEAK, WEAK_BOUNDS
from tests.gui.nafs_worlds import LENA, NORA, TEAM, Desks
from tests.vault.worlds import JONAS, KARIN, make, open_up

OPENING = Opening(now=lambda: NOW, today=lambda: TODAY, cost=WEAK, bounds=WEAK_BOUNDS)


@pytest.fixture
def settings(tmp_path: Path, qapp: QApplication) -> QSettings:
    """What the program remembers between days, in the test's own folder."""
    made = QSettings(str(tmp_path / "program.ini"), QSettings.Format.IniFormat)
    appearance.dress(made)
    return made


@pytest.fixture
def open_window(settings: QSettings) -> Iterator[Callable[[Path | None], Driver]]:
    """Opens windows, and closes them at the end of the test."""
    windows: list[Window] = []

    def opened(store: Path | None) -> Driver:
        window = Window(OPENING, settings, store=store)
        windows.append(window)
        window.show()
        window.activateWindow()  # on a screen without a window manager nobody else does
        driver = Driver(window)
        driver.settle()
        return driver

    yield opened
    for window in windows:
        window.close()
        window.deleteLater()  # or each later test would dress the widgets of all those before it
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def as_karin(founded: Path, open_window: Callable[[Path | None], Driver]) -> Driver:
    """The window unlocked by the koordinator, who is administratör too."""
    driver = open_window(founded)
    driver.unlock(PASSWORD, login="karin")
    return driver


@pytest.fixture
def as_jonas(founded: Path, open_window: Callable[[Path | None], Driver]) -> Driver:
    """The window unlocked by the handläggare at Af."""
    driver = open_window(founded)
    driver.unlock(PASSWORD, login="jonas")
    return driver


@pytest.fixture
def unlocked(founded: Path, open_window: Callable[[Path | None], Driver]) -> Callable[[str], Driver]:
    """Opens the window as one of the two, once the store is as the test wants it."""

    def opened(login: str) -> Driver:
        driver = open_window(founded)
        driver.unlock(PASSWORD, login=login)
        return driver

    return opened


@pytest.fixture(scope="module")
def nafs_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a NAFS team, made once."""
    path = tmp_path_factory.mktemp("nafs") / "nafs.misam"
    make(path, KARIN, JONAS, NORA, LENA)
    karin = open_up(path)
    with writing(karin._engine) as conn:
        rows.activities.add(conn, founding.reference_activity("nafs", activity_id=TEAM, name="NAFS Norr"))
    karin.close()
    return path


@pytest.fixture
def at(nafs_store: Path, tmp_path: Path, open_window: Callable[[Path | None], Driver]) -> Iterator[Desks]:
    """The desks at a copy of that store."""
    for file in nafs_store.parent.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    desks = Desks(tmp_path / nafs_store.name, open_window)
    yield desks
    for vault in desks.vaults.values():
        vault.close()
