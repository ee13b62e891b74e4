"""Where the tour stops at the calendar of the NAFS teams: what is planned, moved, and kept about it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.nafs import NafsScreen
from misam_desktop.gui.screens.nafs_ledger import NafsLedgerScreen
from misam_desktop.gui.screens.nafs_meeting import NafsMeetingScreen
from misam_desktop.gui.tour_stop import Stop, after, enter, here, stop


def _list(driver: Driver) -> NafsScreen:
    driver.go("nafs")
    return here(driver, NafsScreen)


def _series(driver: Driver, _aside: Path) -> None:
    driver.click(_list(driver).plan)
    driver.fill(team="nafs-norsjo-psyk", how="series")


def _move(driver: Driver) -> None:
    first = next(one for one in _list(driver).meetings.rows if one.on > driver.work.desk.today)
    driver.work.go("nafs_meeting", first.id)
    driver.settle()
    driver.click(here(driver, NafsMeetingScreen).postpone)
    driver.fill(on=date(first.on.year, 12, 24).isoformat())


def _months(driver: Driver) -> None:
    driver.click(_list(driver).to_months)


def _ledger(driver: Driver) -> None:
    driver.click(_list(driver).register)


def _kept(driver: Driver, _aside: Path) -> None:
    driver.click(here(driver, NafsLedgerScreen).to_meetings)


def _teams(driver: Driver) -> None:
    driver.click(_list(driver).to_teams)


def _team(driver: Driver, _aside: Path) -> None:
    driver.click_row(here(driver, NafsScreen).teams, 0, twice=True)


_YLVA = "Ylva, NAFS-koordinator"
STOPS = (
    stop(enter("ylva"), "idag-nafs-moten", "Idag: nästa NAFS-möte och vad det saknar", _YLVA),
    stop(_series, "nafs-planera", "En serie möten, innan den planeras", _YLVA),
    stop(after(_move), "nafs-flytta-mote", "Ett möte flyttas: vilka dagar som följer", _YLVA),
    stop(after(_months), "nafs-manader", "Månader och team: ett halvår av möten", _YLVA),
    stop(after(_ledger), "nafs-fragor", "NAFS-register: vem som fick frågan, och när svaret kom", _YLVA),
    stop(_kept, "nafs-register", "NAFS-register: möten som hållits, ställts in och vem som deltog", _YLVA),
    stop(after(_teams), "nafs-team", "NAFS-teamen: när de möts och vilka som kommer", _YLVA),
    stop(_team, "nafs-team-installningar", "Ett teams inställningar", _YLVA),
    Stop(act=after(lambda driver: driver.go("today"))),
)
