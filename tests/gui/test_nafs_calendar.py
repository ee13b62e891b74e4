"""When a NAFS team meets, on the screen: a series, one meeting, one beside them, one moved; the days before each."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from misam_desktop.commands.meeting_papers import mark_sent
from misam_desktop.commands.nafs_calendar import cancel_and_move, plan_outside
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.nafs import NafsScreen
from misam_desktop.gui.screens.nafs_case import NafsCaseScreen
from misam_desktop.gui.screens.nafs_meeting import NafsMeetingScreen
from misam_desktop.gui.screens.today import TodayScreen
from misam_desktop.store import rows
from tests.commands.worlds import all_of
from tests.conftest import TODAY
from tests.gui.nafs_worlds import MEETS, TEAM, Desks, meeting_page, owing, page, planned, raised
from tests.gui.worlds import cells

NEAR = date(2026, 11, 30)


def told(driver: Driver, words: str) -> bool:
    """Whether something visible in front holds these words."""
    return any(words in one.text() for one in driver.seen(QLabel))


def status(driver: Driver) -> str:
    """What has just been done."""
    return driver.work.status.message.text()


def days(at: Desks) -> set[date]:
    """The days on which a meeting is planned."""
    return {one.on for one in all_of(at.nora, rows.meetings)}


def test_a_series_is_seen_before_it_is_planned_with_why_a_day_is_skipped(at: Desks) -> None:
    planned(at.nora, date(2026, 12, 1))
    nora = at.window("nora")
    screen = page(nora, NafsScreen, "nafs")
    nora.click(screen.plan)
    nora.fill(how="series")
    assert (nora.form.form["first"].raw(), nora.form.form["until"].raw()) == ("2026-12-29", "2027-12-28")
    nora.fill(first="2026-12-01", until="2027-02-28")
    assert told(nora, "Tisdagar var 4:e vecka klockan 14.00, 60 minuter, högst 10 ärenden")
    assert told(nora, "3 möten planeras: 29 dec, 26 jan 2027, 23 feb. 1 möte finns redan.")
    nora.save()
    assert days(at) == {date(2026, 12, 1), date(2026, 12, 29), date(2027, 1, 26), date(2027, 2, 23)}
    assert status(nora) == "3 möten är planerade."
    assert len(screen.meetings.rows) == 4


def test_a_day_that_a_series_skips_is_told_by_its_holiday(at: Desks) -> None:
    nora = at.window("nora")
    nora.click(page(nora, NafsScreen, "nafs").plan)
    nora.fill(how="series", first="2027-01-05", until="2027-04-01")
    nora.fill(first="2026-01-06", until="2026-02-05")
    assert told(nora, "1 möte planeras: 3 feb. Hoppas över: 6 jan (trettondedag jul).")
    nora.save()
    assert status(nora) == "1 möte är planerat. Hoppas över: 6 jan (trettondedag jul)."


def test_a_series_that_would_plan_nothing_says_so(at: Desks) -> None:
    nora = at.window("nora")
    nora.click(page(nora, NafsScreen, "nafs").plan)
    nora.fill(how="series", first="2026-12-02", until="2026-12-04")
    assert told(nora, "Inget möte planeras.")
    nora.save()
    assert status(nora) == "Inget nytt möte är planerat."
    assert days(at) == set()


def test_a_series_of_years_is_told_beside_its_end(at: Desks) -> None:
    nora = at.window("nora")
    nora.click(page(nora, NafsScreen, "nafs").plan)
    nora.fill(how="series", first="2026-12-02", until="2036-12-04")
    nora.save()
    assert nora.form.form.error_at("until")


def test_one_meeting_on_a_holiday_is_warned_about_and_planned(at: Desks) -> None:
    planned(at.nora)
    nora = at.window("nora")
    nora.click(page(nora, NafsScreen, "nafs").plan)
    nora.fill(on=MEETS.isoformat())
    assert told(nora, "Teamet har redan ett möte den dagen.")
    nora.fill(on="2026-12-24")
    assert told(nora, "Ingen arbetsdag: julafton. Mötet kan planeras ändå. Nästa arbetsdag är måndag 28 december 2026.")
    nora.fill(on="2026-12-27")
    assert told(nora, "Ingen arbetsdag: söndag.")
    nora.save()
    assert days(at) == {MEETS, date(2026, 12, 27)}
    assert isinstance(nora.work.here, NafsMeetingScreen)


def test_a_meeting_outside_the_structure_has_its_own_hour_and_place(at: Desks) -> None:
    nora = at.window("nora")
    nora.click(page(nora, NafsScreen, "nafs").plan)
    nora.fill(how="outside", on="2026-12-03", starts="09.30", place="19800101-9804")
    assert told(nora, "Det här ser ut som ett personnummer.")
    nora.fill(place="Rum 4")
    assert not told(nora, "Det här ser ut som ett personnummer.")
    nora.save()
    screen = nora.work.here
    assert isinstance(screen, NafsMeetingScreen)
    assert screen.days.outside.isVisible()
    assert screen.beside_heading.text() == "09.30 · Rum 4"
    assert cells(page(nora, NafsScreen, "nafs").meetings, 0)[2] == "Planerat, utanför"


def test_the_days_before_a_meeting_stand_on_its_page_and_in_the_list(at: Desks) -> None:
    meeting = planned(at.nora)
    nora = at.window("nora")
    assert cells(page(nora, NafsScreen, "nafs").meetings, 0)[4:6] == ["7 dec", "Skickas 9 dec"]
    screen = meeting_page(nora, meeting)
    assert screen.days.last.text() == "Sista dag för ärenden 7 dec"
    assert screen.days.sent.text() == "Dagordningen ska skickas 9 dec"
    at.nora.do(mark_sent(meeting.id))
    screen.refresh()
    nora.settle()
    assert screen.days.sent.text() == "Dagordningen skickades 24 nov"


def test_what_should_have_been_done_by_now_is_said(at: Desks) -> None:
    meeting = planned(at.nora, NEAR)
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    assert screen.days.last.text() == "Sista dag för ärenden var 19 nov"
    assert screen.days.sent.text() == "Dagordningen skulle ha skickats 23 nov"


def test_a_meeting_is_moved_and_what_follows_is_told(at: Desks) -> None:
    meeting = planned(at.nora)
    at.nora.do(mark_sent(meeting.id))
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    nora.click(screen.postpone)
    assert told(nora, "Dagordningen är redan skickad: en ny behöver skickas.")
    nora.fill(on="2027-01-06", starts="15.00")
    assert told(nora, "Ingen arbetsdag: trettondedag jul.")
    assert told(nora, "Sista dag för ärenden 22 dec.")
    nora.fill(on="2027-01-13")
    nora.save()
    assert days(at) == {date(2027, 1, 13)}
    assert status(nora).startswith("Mötet är flyttat till 13 jan 2027. Sista dag för ärenden 30 dec.")
    assert status(nora).endswith("Skicka en ny dagordning.")
    assert screen.beside_heading.text() == "15.00 · Video"


def test_a_meeting_is_not_moved_to_a_day_that_has_one(at: Desks) -> None:
    meeting = planned(at.nora)
    planned(at.nora, date(2027, 1, 13))
    nora = at.window("nora")
    nora.click(meeting_page(nora, meeting).postpone)
    nora.fill(on="2027-01-13")
    nora.save()
    assert nora.form.form.error_at("on") == "Teamet har redan ett möte den dagen. Välj en annan dag."


def test_nobody_but_who_leads_moves_a_meeting_and_only_before_it_begins(at: Desks) -> None:
    meeting = planned(at.nora, TODAY)
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    assert screen.postpone.isVisible()
    nora.click(screen.start)
    assert not screen.postpone.isVisible()


def test_a_case_after_the_last_day_is_taken_with_a_notice(at: Desks) -> None:
    planned(at.nora, NEAR)
    sent = planned(at.nora, MEETS)
    at.nora.do(mark_sent(sent.id))
    case = raised(at.jonas)
    jonas = at.window("jonas")
    page(jonas, NafsCaseScreen, "nafs_case", case.id)
    jonas.click_text("Sätt upp på dagordningen")
    assert told(jonas, "Sista dag för ärenden var 19 nov.")
    jonas.fill(meeting_id=sent.id)
    assert told(jonas, "Dagordningen är redan skickad. Ärendet kommer på en tilläggsdagordning.")
    jonas.save()
    assert [one.meeting_id for one in all_of(at.nora, rows.agenda_items)] == [sent.id]


# Idag


def test_idag_of_who_leads_nafs_shows_her_next_meeting_and_leads_there(at: Desks) -> None:
    meeting = planned(at.nora)
    planned(at.nora, date(2027, 1, 13))
    raised(at.jonas)
    nora = at.window("nora")
    screen = page(nora, TodayScreen, "today")
    assert told(nora, "Nästa NAFS-möte")
    assert told(nora, "ons 16 dec 14.00 · NAFS Norr · Video")
    chips = ("0 av 10 ärenden", "1 ärende väntar", "Sista dag för ärenden 7 dec", "Dagordningen ska skickas 9 dec")
    assert all(told(nora, words) for words in chips)
    assert not told(nora, "Nästa samverkansforum")
    assert "Nästa NAFS-möte är onsdag 16 december 2026." in screen.nothing.text()
    nora.click_text("Förbered mötet")
    assert isinstance(nora.work.here, NafsMeetingScreen)
    assert nora.work.here.id == meeting.id


def test_the_place_of_who_only_leads_nafs_comes_first(at: Desks) -> None:
    places = list(at.window("nora").work.navigation.buttons)
    assert places[:2] == ["today", "nafs"]
    assert set(places) == {
        "today", "nafs", "referrals", "cases", "follow_ups", "statistics", "deviations", "contacts", "log",
    }  # fmt: skip
    assert list(at.window("jonas").work.navigation.buttons)[:2] == ["today", "referrals"]


# Months and teams


def test_half_a_year_shows_each_meeting_as_a_tile_that_leads_to_it(at: Desks) -> None:
    meeting = planned(at.nora)
    held = owing(at.jonas, at.nora)
    nora = at.window("nora")
    screen = page(nora, NafsScreen, "nafs")
    nora.click(screen.to_months)
    assert screen.months.period.text() == "Juli–december 2026"
    assert screen.months.tiles[meeting.id].text() == "ons 16 dec 14.00\n0 av 10 ärenden"
    assert screen.months.tiles[held.meeting_id].text() == "fre 20 nov 14.00\nHållet, 1 ärende"
    assert not screen.filter.isVisible()
    nora.press(screen.months.tiles[meeting.id], Qt.Key.Key_Space)
    nora.settle()
    assert isinstance(nora.work.here, NafsMeetingScreen)
    assert nora.work.here.id == meeting.id


def test_one_goes_to_the_half_years_before_and_after(at: Desks) -> None:
    planned(at.nora)
    later = planned(at.nora, date(2027, 1, 13))
    outside = at.nora.do(plan_outside(TEAM, on=date(2027, 1, 20))).value
    at.nora.do(cancel_and_move(later.id, why="Sjukdom"))
    nora = at.window("nora")
    screen = page(nora, NafsScreen, "nafs")
    nora.click(screen.to_months)
    assert later.id not in screen.months.tiles
    nora.click(screen.months.later)
    assert screen.months.period.text() == "Januari–juni 2027"
    assert screen.months.tiles[later.id].text() == "ons 13 jan 14.00\nInställt"
    assert screen.months.tiles[outside.id].text() == "ons 20 jan 14.00\n0 av 10 ärenden, utanför"
    nora.click(screen.months.earlier)
    nora.click(screen.months.earlier)
    assert screen.months.period.text() == "Januari–juni 2026"
    assert screen.months.tiles == {}


def test_where_there_is_little_room_each_tile_says_its_team(at: Desks) -> None:
    meeting = planned(at.nora)
    nora = at.window("nora")
    screen = page(nora, NafsScreen, "nafs")
    nora.click(screen.to_months)
    screen.months.resize(200, 400)
    nora.settle()
    assert screen.months.tiles[meeting.id].text() == "NAFS Norr\nons 16 dec 14.00\n0 av 10 ärenden"
    screen.months.resize(1000, 400)
    nora.settle()
    assert screen.months.tiles[meeting.id].text() == "ons 16 dec 14.00\n0 av 10 ärenden"
