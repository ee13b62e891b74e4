"""The settings of a NAFS team on the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from misam_desktop.domain.ids import ContactId
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.nafs import NafsScreen
from misam_desktop.gui.tables import Table
from misam_desktop.store import rows
from tests.commands.worlds import AF, FK, all_of, contact_of
from tests.gui.nafs_worlds import Desks, page, planned
from tests.gui.worlds import cells, says


def told(driver: Driver, words: str) -> bool:
    return any(words in one.text() for one in driver.seen(QLabel))


def opened(driver: Driver) -> NafsScreen:
    """The settings of the one team, from the list of teams."""
    screen = page(driver, NafsScreen, "nafs")
    driver.click(screen.to_teams)
    table: Table[object] = screen.teams  # type: ignore[assignment]  # any rows can be clicked
    driver.click_row(table, 0, twice=True)
    return screen


def test_a_team_without_contact_persons_says_so_until_it_has_some(at: Desks) -> None:
    nora = at.window("nora")
    screen = opened(nora)
    assert "Inga kontaktpersoner" in cells(screen.teams, 0)
    assert told(nora, "Teamet har inga kontaktpersoner. Det står på dagordningen.")
    jonas: ContactId = contact_of(at.jonas)
    nora.fill(unit_ids=(AF, FK))
    nora.fill(**{f"contact_{AF}": jonas})
    assert told(nora, "1 enhet utan kontaktperson.")
    nora.save()
    assert "1 av 2 enheter" in cells(screen.teams, 0)
    assert {one.unit_id: one.contact_id for one in all_of(at.nora, rows.team_parts)} == {AF: jonas, FK: None}


def test_a_teams_rhythm_is_changed_and_told(at: Desks) -> None:
    planned(at.nora)
    nora = at.window("nora")
    screen = opened(nora)
    nora.fill(name="NAFS Kust", weekday=3, every_weeks="2", starts="9:30", capacity="8")
    nora.save()
    assert cells(screen.teams, 0)[:2] == ["NAFS Kust", "Torsdagar varannan vecka klockan 09.30"]
    assert screen.meetings.rows[0].team == "NAFS Kust"


def test_a_number_out_of_range_and_a_personal_number_are_told_beside_their_fields(at: Desks) -> None:
    nora = at.window("nora")
    opened(nora)
    nora.fill(minutes="0", place="https://mote.example/19800101-9804")
    assert told(nora, "Det här ser ut som ett personnummer.")
    nora.save()
    assert nora.form.form.error_at("minutes") == "Skriv ett tal från 5 till 480."


def test_only_who_leads_teams_has_their_tab(at: Desks) -> None:
    lena = at.window("lena")
    screen = page(lena, NafsScreen, "nafs")
    assert not screen.to_teams.isVisible()
    assert not says(lena, "Team")
