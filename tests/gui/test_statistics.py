"""Statistik on the screen: figures of a period, their checks, and the list behind each number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea

from misam_desktop.domain.codes import Role
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.goal import GoalRating
from misam_desktop.domain.period import PeriodKind
from misam_desktop.domain.report import ReportKind
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.behind import BehindScreen
from misam_desktop.gui.screens.statistics import StatisticsScreen
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from misam_desktop.wording import section_title
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
    assert number(driver, "Deltagare under perioden: 1").text() == "1"
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


@pytest.mark.parametrize("written", ["2026-02-30", "", "9999-12-31", "0001-01-01"])
def test_days_that_no_figures_are_of_leave_none_in_sight(
    episode: Episode, unlocked: Callable[[str], Driver], written: str
) -> None:
    driver = unlocked("karin")
    screen = page(driver)
    screen.chosen.compares.set_value(True)
    screen.chosen.kind.set_value(None)
    driver.settle()
    driver.put(screen.chosen.last if written > "2027" else screen.chosen.first, written)
    driver.settle()
    assert screen.banner.isVisible()
    assert screen.report is None
    assert screen.beside_heading.text() == ""


def test_figures_are_not_frozen_while_the_days_are_unclear(episode: Episode, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    screen = page(driver)
    screen.chosen.kind.set_value(None)
    driver.put(screen.chosen.first, "2026-02-30")
    driver.settle()
    driver.click_text("Frys …")
    assert driver.dialog is None


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


def choose(driver: Driver, kind: ReportKind) -> StatisticsScreen:
    """The page with another report."""
    screen = page(driver)
    screen.chosen.report.set_value(kind)
    driver.settle()
    return screen


@pytest.mark.parametrize("kind", [kind for kind in ReportKind if kind is not ReportKind.NAFS])
def test_every_report_is_shown_whole(episode: Episode, unlocked: Callable[[str], Driver], kind: ReportKind) -> None:
    driver = unlocked("karin")
    screen = choose(driver, kind)
    assert screen.report is not None
    assert screen.report.id == kind.value
    assert says(driver, "Kontroller")
    assert says(driver, section_title(screen.report.sections[0].id))
    assert not screen.banner.isVisible()
    assert cut(driver) == []


def test_the_year_before_stands_beside_when_asked_for(episode: Episode, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    screen = page(driver)
    screen.chosen.compares.set_value(True)
    driver.settle()
    assert screen._earlier is not None
    assert screen._earlier.first == date(2025, 1, 1)
    assert says(driver, "2025")


def test_a_period_that_goes_on_or_has_not_begun_says_so(episode: Episode, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    screen = page(driver)
    assert screen.told.text().endswith("Perioden är inte slut.")
    driver.click(screen.chosen.after)
    assert "Perioden har inte börjat" in screen.told.text()
    screen.chosen.kind.set_value(None)
    driver.put(screen.chosen.first, "2025-01-01")
    driver.put(screen.chosen.last, "2025-12-31")
    driver.settle()
    assert "Perioden" not in screen.told.text().removeprefix(
        "Det finns inget att räkna för verksamheten under perioden."
    )


def test_what_is_wider_than_the_window_can_be_scrolled_to(episode: Episode, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    screen = choose(driver, ReportKind.UPPFOLJNINGAR)
    screen.chosen.compares.set_value(True)
    driver.window.resize(driver.window.minimumSizeHint().width(), 600)
    driver.settle()
    [area] = [one for one in driver.seen(QScrollArea, screen) if one.verticalScrollBar().isVisible()]
    assert area.horizontalScrollBar().isVisible()
    assert area.horizontalScrollBar().maximum() > 0


def test_a_month_stands_beside_the_same_month_of_the_year_before(
    episode: Episode, karin: Vault, unlocked: Callable[[str], Driver]
) -> None:
    with writing(karin._engine) as conn:
        rows.episodes.save(conn, replace(episode, enrolled_on=date(2025, 11, 3)))
    driver = unlocked("karin")
    screen = page(driver)
    screen.chosen.report.set_value(ReportKind.FLODE)
    screen.chosen.kind.set_value(PeriodKind.MANAD)
    screen.chosen.compares.set_value(True)
    driver.settle()
    told = [one.text() for one in driver.seen(QLabel)]
    at = told.index("november 2026", told.index(section_title("flode_manad")))
    assert told[at + 1] == "–"
    assert told[at + 2 : at + 6] == ["1", "–", "–", "1"]


def test_what_is_missing_is_mended_in_the_case_and_counted(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    referral = waiting(jonas, support_months=None)
    episode = enrolled(karin, referral)
    driver = unlocked("karin")
    page(driver)
    assert says(driver, "Tid i offentlig försörjning: uppgift saknas, 1 ärende")
    driver.click(next(one for one in driver.seen(QPushButton) if one.text() == "Komplettera …"))
    listed = driver.work.here
    assert isinstance(listed, BehindScreen)
    driver.click(listed.opening)
    driver.settle()
    assert driver.work.here.subject == episode.id
    driver.click(driver.work.here.stepper.buttons[Step.NEEDS])  # type: ignore[attr-defined]  # the page of a case
    driver.click(button_of(driver, "Komplettera …"))
    driver.fill(support_months="30")
    driver.save()
    assert driver.dialog is None
    assert says(driver, "30 månader (2,5 år)")
    page(driver)
    assert number(driver, "2 till under 5 år: 1").text() == "1"
    assert not says(driver, "Uppgifter som saknas")


def test_a_red_check_is_told_before_the_figures(
    karin: Vault, episode: Episode, unlocked: Callable[[str], Driver]
) -> None:
    with writing(karin._engine) as conn:
        conn.exec_driver_sql("UPDATE referral SET outcome = NULL, outcome_on = NULL")
    driver = unlocked("karin")
    screen = choose(driver, ReportKind.FORUM)
    assert screen.banner.isVisible()
    assert screen.banner.text.startswith("1 är inskrivna utan att forumets bedömning är noterad.")


def test_a_period_without_anybody_says_so(episode: Episode, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    screen = choose(driver, ReportKind.FINSAM)
    driver.click(screen.chosen.before)
    assert screen.told.text().startswith("Det finns inget att räkna")


def test_a_goal_is_made_judged_changed_and_taken_away(episode: Episode, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    choose(driver, ReportKind.MAL)
    assert says(driver, "Verksamheten har inga mål än.")
    driver.click(button_of(driver, "Nytt mål …"))
    fill(driver, name="Till arbete", target=35)
    assert says(driver, "Till arbete – i arbete eller studier, av remitterade, minst 35 %")
    driver.click(number(driver, "Bedöm Till arbete"))
    fill(driver, rating=GoalRating.DELVIS, comment="På väg")
    assert says(driver, "Målet delvis uppfyllt")
    driver.click(number(driver, "Ändra Till arbete"))
    fill(driver, target=0)
    assert says(driver, "Skriv målet i hela procent, från 1 till 100.")
    driver.click(button_of(driver, "Ta bort målet"))
    driver.settle()
    assert driver.dialog is None
    assert says(driver, "Verksamheten har inga mål än.")


def button_of(driver: Driver, words: str) -> QPushButton:
    return next(one for one in driver.seen(QPushButton) if one.text() == words)


def fill(driver: Driver, **said: object) -> None:
    """Fill in the form in front and save it."""
    dialog = driver.dialog
    assert isinstance(dialog, FormDialog)
    for name, value in said.items():
        dialog.form[name].set_value(value)
    driver.click(dialog.primary)
    driver.settle()


def test_a_nafs_koordinator_reads_her_teams_alone(
    karin: Vault, episode: Episode, unlocked: Callable[[str], Driver]
) -> None:
    with writing(karin._engine) as conn:
        rows.activities.add(conn, founding.reference_activity("nafs", activity_id="norr", name="NAFS Norr"))
        jonas = next(one for one in rows.users.where(conn) if one.login == "jonas")
        rows.users.save(conn, replace(jonas, roles=(Role.NAFS_KOORDINATOR,)))
    driver = unlocked("jonas")
    screen = page(driver)
    assert screen.chosen.activity.words() == "NAFS Norr"
    assert screen.chosen.report_kind is ReportKind.NAFS
    assert says(driver, "Inga att räkna under perioden.")
    assert screen.report is not None
    assert screen.report.id == "nafs"


def test_who_has_no_activity_is_told_so(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    with writing(karin._engine) as conn:
        jonas = next(one for one in rows.users.where(conn) if one.login == "jonas")
        rows.users.save(conn, replace(jonas, roles=(Role.NAFS_KOORDINATOR,)))
    driver = unlocked("jonas")
    assert page(driver).told.text().startswith("Du läser inga siffror än.")
