"""What the tour does with the log: what has happened, what is reviewed, who has looked, and a log that is cut off."""

from __future__ import annotations

from pathlib import Path

from misam_desktop.domain.codes import ReviewGround, ReviewVerdict
from misam_desktop.gui.case_parts.looked import LookedCard
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.gap import tell_gap
from misam_desktop.gui.log_parts.review import ReviewPart
from misam_desktop.gui.screens.case import CaseScreen
from misam_desktop.gui.screens.cases import CasesScreen
from misam_desktop.gui.screens.log import LogScreen
from misam_desktop.keys.heads import Gap, GapKind


def entries(driver: Driver, _aside: Path) -> None:
    """What has happened."""
    close(driver, _aside)
    driver.go("log")


def review(driver: Driver, _aside: Path) -> None:
    """What of last month there is to look at, the worth a look first."""
    entries(driver, _aside)
    driver.click_text("Loggkontroll")


def reviewed(driver: Driver, _aside: Path) -> None:
    """One read, and what is written down about it."""
    page = driver.work.here
    assert isinstance(page, LogScreen)
    part = page.shown
    assert isinstance(part, ReviewPart)
    mine = (one for one in part.table.rows if one.ground is ReviewGround.NO_REASON and not one.is_own)
    part.open(next(mine))
    driver.settle()
    driver.fill(verdict=ReviewVerdict.FRAGA_STALLD, note="Har frågat vad läsningen gällde.")


def looked(driver: Driver, _aside: Path) -> None:
    """Who has looked, on the page of a case."""
    close(driver, _aside)
    driver.go("cases")
    cases = driver.work.here
    assert isinstance(cases, CasesScreen)
    driver.work.open_case(next(row.id for row in cases.table.rows if row.name.endswith("Hedlund")))
    driver.settle()
    page = driver.work.here
    assert isinstance(page, CaseScreen)
    driver.click(page.stepper.buttons[Step.INFORMATION])


def all_who_looked(driver: Driver, _aside: Path) -> None:
    """All of it."""
    driver.click_text("Visa allt …", within=driver.seen(LookedCard)[0])


def extract(driver: Driver, _aside: Path) -> None:
    """The same for the person."""
    driver.click_text("Skriv ut utdrag …")


def cut_off(driver: Driver, _aside: Path) -> None:
    """The log ends earlier than this machine has seen it."""
    close(driver, _aside)
    newest = 6120
    tell_gap(driver.work, Gap(GapKind.CUT, newest, newest - 48, f"{newest}-9F3A22C1"))


def explained(driver: Driver, _aside: Path) -> None:
    """Who administers says why."""
    driver.click_text("Ange orsaken …")


def close(driver: Driver, _aside: Path) -> None:
    """Close what is in front."""
    if driver.dialog is not None:
        driver.dialog.reject()
        driver.settle()
