"""A NAFS meeting with more than it has time for: the last ones are moved to the next, all at once or one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QPushButton

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.nafs_case import NafsCaseScreen
from misam_desktop.store import rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.worlds import all_of
from tests.conftest import TODAY
from tests.gui.nafs_worlds import TEAM, Desks, meeting_page, of, on_agenda, page, planned, raised
from tests.gui.worlds import says

NEXT = date(2027, 1, 13)


def has_time_for(vault: Vault, cases: int) -> None:
    with writing(vault._engine) as conn:
        team = rows.activities.get(conn, TEAM)
        rhythm = replace(team.settings.rhythm, capacity=cases)
        rows.activities.save(conn, replace(team, settings=replace(team.settings, rhythm=rhythm)))


def told(driver: Driver) -> str:
    return driver.work.status.message.text()


def test_what_there_is_no_time_for_is_moved_from_the_banner(at: Desks) -> None:
    meeting, later = planned(at.nora), planned(at.nora, NEXT)
    has_time_for(at.nora, 1)
    first, last = (
        on_agenda(at.jonas, meeting, raised(at.jonas, of(serial, name)))
        for serial, name in ((981, "Anna"), (982, "Bea"))
    )
    driver = at.window("nora")
    shown = meeting_page(driver, meeting)
    driver.click_text("Flytta till nästa möte …")
    driver.save()
    assert told(driver) == "1 punkt flyttad till onsdag 13 januari 2027."
    there = {one.case_id: one.meeting_id for one in all_of(at.nora, rows.agenda_items)}
    assert there == {first.case_id: meeting.id, last.case_id: later.id}
    assert not shown.too_many.isVisible()


def test_one_item_is_moved_from_its_own_pane_and_what_could_not_says_why(at: Desks) -> None:
    meeting = planned(at.nora)
    planned(at.nora, NEXT)
    item = on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    meeting_page(driver, meeting)
    for consent in all_of(at.jonas, rows.consents):
        at.jonas.do(withdraw_consent(consent.id, on=TODAY))
    driver.click_text("Flytta till nästa möte")
    driver.settle()
    assert "kunde inte flyttas: " in told(driver)
    assert [one.id for one in all_of(at.nora, rows.agenda_items)] == [item.id]


def test_who_does_not_lead_moves_nothing(at: Desks) -> None:
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("jonas")
    meeting_page(driver, meeting)
    assert not any(one.text().startswith("Flytta till nästa möte") for one in driver.seen(QPushButton))


def test_who_puts_a_case_on_one_more_meeting_is_told_where_it_stands(at: Desks) -> None:
    meeting, case = planned(at.nora), raised(at.jonas)
    planned(at.nora, NEXT)
    on_agenda(at.jonas, meeting, case)
    driver = at.window("jonas")
    page(driver, NafsCaseScreen, "nafs_case", case.id)
    driver.click_text("Sätt upp på dagordningen …")
    assert says(driver, "Ärendet står redan på mötet onsdag 16 december 2026, och står kvar där.")
    driver.save()
    assert len(all_of(at.nora, rows.agenda_items)) == 2
