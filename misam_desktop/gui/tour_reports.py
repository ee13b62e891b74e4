"""Where the tour stops when reports are taken out and frozen."""

from __future__ import annotations

from pathlib import Path

from misam_desktop.domain.codes import ExportPurpose
from misam_desktop.gui.dialogs.report_out import ReportOut
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.tour_stop import Stop, after, enter, stop

_KARIN = "Karin, koordinator"


def _take_out(driver: Driver) -> None:
    driver.go("statistics")
    driver.settle()
    driver.click_text("Spara eller skriv ut …")


def _look_first(driver: Driver, _aside: Path) -> None:
    dialog = driver.dialog
    assert isinstance(dialog, ReportOut)
    dialog.form["purpose"].set_value(ExportPurpose.KVALITET)
    dialog.form["covered"].set_value(True)
    driver.click(dialog.look_first)


def _freeze(driver: Driver) -> None:
    driver.go("statistics")
    driver.settle()
    driver.click_text("Frys …")


def _frozen(driver: Driver, _aside: Path) -> None:
    driver.click_text("Frys")


def _frozen_list(driver: Driver) -> None:
    driver.go("statistics")
    driver.settle()
    driver.click_text("Frysta rapporter")


STOPS = (
    Stop(act=enter("karin")),
    stop(after(_take_out), "rapport-ut", "En rapport tas ut", _KARIN),
    stop(_look_first, "rapport-papper", "Rapporten som papper, med små tal dolda", _KARIN),
    stop(after(_freeze), "rapport-frys", "Rapporten fryses", _KARIN),
    stop(_frozen, "rapport-fryst", "En fryst rapport", _KARIN),
    stop(after(_frozen_list), "rapport-frysta", "Frysta rapporter", _KARIN),
)
