"""Where the tour stops among the figures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from misam_desktop.gui.driver import Driver
from misam_desktop.gui.tour_stop import Stop, after, enter, stop

_KARIN = "Karin, koordinator"


def _behind(driver: Driver, _aside: Path) -> None:
    """The first number of the second section that opens a list."""
    found = [one for one in driver.seen(QPushButton) if one.accessibleName().startswith("30 - 44 år")]
    driver.click(found[0])


STOPS = (
    Stop(act=enter("karin")),
    stop(after(lambda driver: driver.go("statistics")), "statistik", "Statistik: årets siffror och kontroller", _KARIN),
    stop(_behind, "bakom-siffran", "Listan bakom en siffra", _KARIN),
)
