"""Where the tour stops in the help: the page about a screen, what is sought in it, and how files are put together."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from misam_desktop.gui.driver import Driver
from misam_desktop.gui.help import HelpWindow
from misam_desktop.gui.tour_stop import Stop, stop

_KARIN = "Karin, koordinator"


def _help(driver: Driver) -> HelpWindow:
    found = driver.help
    assert found is not None
    return found


def _of_today(driver: Driver, _aside: Path) -> None:
    driver.go("today")
    driver.press(driver.work.here, Qt.Key.Key_F1)


def _sought(driver: Driver, _aside: Path) -> None:
    driver.type(_help(driver).text, "återkalla")
    driver.press(_help(driver).line, Qt.Key.Key_Return)


def _files(driver: Driver, _aside: Path) -> None:
    _help(driver).show_page("report_files")


def _close(driver: Driver, _aside: Path) -> None:
    driver.press(_help(driver).text, Qt.Key.Key_Escape)


STOPS = (
    stop(_of_today, "hjalp", "Hjälp om det man har framför sig", _KARIN),
    stop(_sought, "hjalp-sok", "Sök i hjälpen", _KARIN),
    stop(_files, "hjalp-filer", "Hjälp: rapporter som filer", _KARIN),
    Stop(act=_close),
)
