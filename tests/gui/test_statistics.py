"""Statistik on the screen: figures of a period, their checks, and the list behind each number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from misam_desktop.domain.codes import Role
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.period import PeriodKind
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.behind import BehindScreen
from misam_desktop.gui.screens.statistics import StatisticsScreen
from misam_desktop.store import rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.worlds import enrolled, waiting
from tests.gui.worlds import cells, cut, says


@pytest.fixture
def episode(karin: Vault, jonas: Vault) -> Episode:
    """One woman whom Af referred, enrolled today."""
    return enrolled(karin, waiting(jonas))


def page(driver: Driver) -> StatisticsScreen:
    driver.go("statistics")
    driver.settle()
    found = driver.work.here
    assert isinstance(found, StatisticsScreen)
    return found


def number(driver: Driver, name: str) -> QPushButton:
    """The number that a screen reader calls so."""
    return next(one for one in driver.seen(QPushButton) if one.accessibleName() == name)


def test_the_year_is_counted_with_its_checks(episode: Episode, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    screen = page(driver)
    assert screen.beside_heading.text() == "2026"
    assert number(driver, "Deltagare under året: 1").text() == "1"
    assert number(driver, "Af, kvinnor: 1").text() == "1"
    assert says(driver, "«Remittent» summerar till 1, som det ska.")
    assert not screen.banner.isVisible()
    assert cut(driver) == []


def test_a_number_opens_its_list_and_the_list_the_case(episode: Episode, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    page(driver)
    driver.click(number(driver, "Af, kvinnor: 1"))
    listed = driver.work.here
    assert isinstance(listed, BehindScreen)
    assert listed.heading.text() == "Remittent: Af, kvinnor"
    assert listed.table is not None
    assert cells(listed.table, 0)[0] == "Malin Provlund"
    driver.press(listed.table, Qt.Key.Key_Return)
    driver.settle()
    assert driver.work.here.subject == episode.id


def test_another_period_is_a_click_away(episode: Episode, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    screen = page(driver)
    driver.click(screen.chosen.before)
    assert screen.beside_heading.text() == "2025"
    assert screen.report is not None
    assert screen.report.sections[0].rows[0].figures["total"] == 0
    screen.chosen.kind.set_value(PeriodKind.KVARTAL)
    driver.settle()
    assert screen.beside_heading.text() == "oktober–december 2025"


def test_own_days_that_end_before_they_begin_are_told(episode: Episode, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    screen = page(driver)
    screen.chosen.kind.set_value(None)
    driver.settle()
    assert screen.chosen.first.isVisible()
    driver.put(screen.chosen.last, date(2025, 1, 1).isoformat())
    screen.chosen.last.changed.emit()
    driver.settle()
    assert screen.banner.isVisible()
    assert screen.report is None


def test_ledning_reads_figures_and_reaches_nobody(
    karin: Vault, episode: Episode, unlocked: Callable[[str], Driver]
) -> None:
    with writing(karin._engine) as conn:
        jonas = next(one for one in rows.users.where(conn) if one.login == "jonas")
        rows.users.save(conn, replace(jonas, roles=(Role.LEDNING,)))
    driver = unlocked("jonas")
    screen = page(driver)
    assert screen.report is not None
    assert screen.report.sections[0].rows[0].figures["total"] == 1
    assert not any(one.accessibleName().endswith(": 1") for one in driver.seen(QPushButton))
