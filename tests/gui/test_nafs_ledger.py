"""The NAFS registers on the screen: questions with their answers, and meetings with who came."""

from __future__ import annotations

from pathlib import Path

from misam_desktop.commands.forum import close_forum, open_forum, record_attendance
from misam_desktop.commands.nafs_calendar import cancel_and_move, plan_outside
from misam_desktop.commands.nafs_cases import answer_question
from misam_desktop.domain.codes import Agency, ExportPurpose, Presence
from misam_desktop.gui.dialogs.export import ExportDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.nafs import NafsScreen
from misam_desktop.gui.screens.nafs_case import NafsCaseScreen
from misam_desktop.gui.screens.nafs_ledger import NafsLedgerScreen
from misam_desktop.gui.screens.nafs_meeting import NafsMeetingScreen
from misam_desktop.transfer.sheets import read_sheet
from tests.commands.worlds import FK, entries
from tests.conftest import TODAY
from tests.gui.nafs_worlds import TEAM, Desks, asked, meeting_page, of, on_agenda, page, planned, raised
from tests.gui.worlds import cells, says


def register(driver: Driver) -> NafsLedgerScreen:
    """Reached from the meetings."""
    driver.click(page(driver, NafsScreen, "nafs").register)
    screen = driver.work.here
    assert isinstance(screen, NafsLedgerScreen)
    return screen


def test_who_was_asked_and_when_it_was_answered(at: Desks) -> None:
    case = raised(at.jonas)
    on_agenda(at.jonas, planned(at.nora), case)
    at.lena.do(answer_question(asked(at.jonas, case)[FK].id, "Ja"))
    nora = at.window("nora")
    screen = register(nora)
    assert screen.beside_heading.text() == "2 frågor · 1 besvarad · svar inom 0 dagar i median"
    told = cells(screen.questions, 0)
    assert told[0] == "Kan sjukpenning prövas på nytt?"
    assert "24 nov" in told
    screen.answered.set_value(False)
    nora.settle()
    assert [one.unit for one in screen.questions.rows] == ["IFO"]
    screen.answered.set_value(None)
    screen.authority.set_value(Agency.FK)
    nora.settle()
    assert [one.agency for one in screen.questions.rows] == [Agency.FK]
    nora.click_row(screen.questions, 0, twice=True)
    assert isinstance(nora.work.here, NafsCaseScreen)


def test_a_ledger_without_questions_says_where_they_come_from(at: Desks) -> None:
    nora = at.window("nora")
    screen = register(nora)
    assert says(nora, "Inga frågor än. De kommer hit när ett ärende lämnas till ett team.")
    assert screen.beside_heading.text() == ""
    nora.click(screen.to_meetings)
    assert says(nora, "Inget möte har hållits eller ställts in än.")


def test_others_see_only_the_questions_within_their_reach_and_no_meetings(at: Desks) -> None:
    case = raised(at.jonas)
    lena = at.window("lena")
    screen = register(lena)
    assert (screen.questions.rows, screen.to_meetings.isVisible()) == ([], False)
    on_agenda(at.jonas, planned(at.nora), case)
    screen.refresh()
    lena.settle()
    assert {one.case_id for one in screen.questions.rows} == {case.id}


def test_the_register_counts_meetings_and_who_came(at: Desks) -> None:
    meeting = at.nora.do(plan_outside(TEAM, on=TODAY)).value
    on_agenda(at.jonas, meeting, raised(at.jonas, of(981, "Anna")))
    at.nora.do(open_forum(TEAM, on=TODAY))
    at.nora.do(record_attendance(meeting.id, Agency.AF, Presence.VIDEO))
    at.nora.do(record_attendance(meeting.id, Agency.FK, Presence.FRANVARANDE))
    at.nora.do(close_forum(meeting.id))
    at.nora.do(cancel_and_move(planned(at.nora).id, why="Sjukdom"))
    nora = at.window("nora")
    screen = register(nora)
    nora.click(screen.to_meetings)
    assert screen.beside_heading.text() == "1 hållet · 1 inställt · 1 utanför strukturen · 1 ärende"
    assert cells(screen.years, 0) == ["NAFS Norr", "2026", "1", "1", "1", "1", "1 av 1", "0 av 1", "0 av 1", "0 av 1"]
    held = next(at for at, one in enumerate(screen.kept.rows) if one.id == meeting.id)
    assert cells(screen.kept, held)[2] == "Hållet, utanför"
    assert "Af video, FK frånvarande" in cells(screen.kept, held)
    assert any("Sjukdom" in cells(screen.kept, at) for at in range(len(screen.kept.rows)))
    nora.click_row(screen.kept, held, twice=True)
    assert isinstance(nora.work.here, NafsMeetingScreen)
    assert nora.work.here.id == meeting.id
    assert meeting_page(nora, meeting).days.outside.isVisible()


def test_the_meetings_are_taken_out_as_a_list_of_no_persons(at: Desks, tmp_path: Path) -> None:
    on_agenda(at.jonas, planned(at.nora), raised(at.jonas))
    nora = at.window("nora")
    screen = register(nora)
    assert not screen.export.isVisible()
    nora.click(screen.to_meetings)
    nora.click(screen.export)
    dialog = nora.dialog
    assert isinstance(dialog, ExportDialog)
    dialog.form["purpose"].set_value(ExportPurpose.KVALITET)
    path = tmp_path / "moten.csv"
    dialog.save_to(path)
    nora.settle()
    sheet = read_sheet(path.read_bytes())
    [(_, row)] = sheet.rows
    assert row[:5] == ("2026-12-16", "NAFS Norr", "Planerat", "Nej", "1")
    assert [one.action for one in entries(at.nora)].count("nafs.meetings_exported") == 1
