"""Where the tour stops among the figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from misam_desktop.domain.report import ReportKind
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.statistics import StatisticsScreen
from misam_desktop.gui.tour_stop import Stop, after, enter, here, stop

_KARIN, _YLVA, _TORSTEN = "Karin, koordinator", "Ylva, NAFS-koordinator", "Torsten, ledning"


def _press(begins: str) -> Callable[[Driver, Path], None]:
    """The first button in sight that a screen reader calls so."""

    def act(driver: Driver, _aside: Path) -> None:
        driver.click(next(one for one in driver.seen(QPushButton) if one.accessibleName().startswith(begins)))

    return act


def _report(kind: ReportKind, *, compares: bool = False, down: float = 0.0) -> Callable[[Driver, Path], None]:
    """Another report, from its top or further down."""

    def act(driver: Driver) -> None:
        driver.go("statistics")
        driver.settle()
        page = here(driver, StatisticsScreen)
        page.chosen.compares.set_value(compares)
        page.chosen.report.set_value(kind)
        driver.settle()
        page.scroll_to(down)

    return after(act)


def _own_days(driver: Driver) -> None:
    driver.go("statistics")
    driver.settle()
    page = here(driver, StatisticsScreen)
    page.chosen.kind.set_value(None)
    page.chosen.last.set_value(date(2020, 1, 1))


STOPS = (
    Stop(act=enter("karin")),
    stop(after(lambda driver: driver.go("statistics")), "statistik", "Statistik: årets siffror och kontroller", _KARIN),
    stop(_press("30 - 44 år"), "bakom-siffran", "Listan bakom en siffra", _KARIN),
    stop(_report(ReportKind.ARSREDOVISNING, compares=True), "statistik-jamfor", "Jämförelse med året före", _KARIN),
    stop(_report(ReportKind.ARSREDOVISNING, down=1.0), "statistik-saknas", "Uppgifter som saknas", _KARIN),
    stop(_report(ReportKind.FORUM), "statistik-forum", "Samverkansforum i siffror", _KARIN),
    stop(_report(ReportKind.UPPFOLJNINGAR), "statistik-uppfoljningar", "Uppföljningar i siffror", _KARIN),
    stop(_report(ReportKind.FLODE), "statistik-flode", "Flöde och beläggning", _KARIN),
    stop(_report(ReportKind.MAL), "statistik-mal", "Måluppfyllelse", _KARIN),
    stop(_press("Bedöm"), "statistik-bedom", "Ett mål bedöms", _KARIN),
    stop(_report(ReportKind.STEG), "statistik-steg", "Stegförflyttning", _KARIN),
    stop(_report(ReportKind.STEG, down=0.6), "statistik-forsorjning", "Försörjning före och efter", _KARIN),
    stop(after(_own_days), "statistik-bakvand", "En period som slutar innan den börjar", _KARIN),
    Stop(act=enter("ylva")),
    stop(_report(ReportKind.NAFS), "statistik-nafs", "NAFS i siffror", _YLVA),
    Stop(act=enter("torsten")),
    stop(_report(ReportKind.FINSAM), "statistik-ledning", "Ledningens siffror, utan listor bakom", _TORSTEN),
)
