"""Ärenden: what goes on, what has ended, narrowed by typing, opened by Enter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt

from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.cases import CasesScreen
from misam_desktop.vault import Vault
from tests.commands.worlds import contact_of, discharged, enrolled, somebody, waiting
from tests.conftest import TODAY
from tests.gui.worlds import cells


def screen(driver: Driver) -> CasesScreen:
    driver.go("cases")
    page = driver.work.here
    assert isinstance(page, CasesScreen)
    return page


def second(karin: Vault) -> None:
    """Another person's case beside the first."""
    enrolled(karin, waiting(karin, somebody(981, given_name="Şükrü", family_name="Älvdal")))


def test_a_case_says_who_has_it_and_when_it_is_followed_up(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    enrolled(karin, day=date(2026, 8, 10), case_worker_id=contact_of(jonas), case_lead_id=contact_of(karin))
    row = cells(screen(unlocked("karin")).table, 0)
    assert row == [
        "Malin Provlund", "850312-••••", "MISAM", "IFO", "Jonas Vall", "Karin Ekdal", "10 aug", "10 nov · försenad",
    ]  # fmt: skip


def test_typing_narrows_the_list_by_every_column(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    enrolled(karin)
    second(karin)
    driver = unlocked("karin")
    page = screen(driver)
    assert page.beside_heading.text() == "2 ärenden"
    driver.type(page.filter, "älv")
    assert [row.name for row in page.table.rows] == ["Şükrü Älvdal"]
    assert page.beside_heading.text() == "1 ärende"


def test_a_filter_without_a_hit_says_where_to_search_instead(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    enrolled(karin)
    driver = unlocked("karin")
    page = screen(driver)
    driver.type(page.filter, "zz")
    assert not page.table.isVisible()
    assert page.nothing.text() == "Inget ärende stämmer med «zz». Sök i hela registret med Ctrl+K."


def test_enter_opens_the_case(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin)
    driver = unlocked("karin")
    driver.press(screen(driver).table, Qt.Key.Key_Return)
    driver.settle()
    assert driver.work.here.subject == episode.id


def test_what_has_ended_within_a_year_stands_behind_a_toggle(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    discharged(karin, began=date(2026, 1, 12), day=TODAY)
    driver = unlocked("karin")
    page = screen(driver)
    assert page.table.rows == []
    driver.click(page.toggles[1])
    assert cells(page.table, 0)[-1] == "24 nov"
    driver.click(page.toggles[0])
    assert page.nothing.text() == "Inga ärenden pågår. Ett ärende börjar när en antagen remiss skrivs in."


def test_what_ended_longer_ago_is_left_out(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    discharged(karin, began=date(2025, 1, 9), day=date(2025, 11, 20))
    driver = unlocked("karin")
    page = screen(driver)
    driver.click(page.toggles[1])
    assert page.nothing.text() == "Inga ärenden har avslutats det senaste året."
