"""NAFS meetings on the screen: the agenda and its order, the meeting itself, and the feedback afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton

from misam_desktop.commands.agenda import give_feedback, put_general
from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.forum import open_forum
from misam_desktop.domain.codes import Agency, FeedbackWay, Presence
from misam_desktop.domain.meeting import Meeting, MeetingState, state_of
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui.screens.nafs import NafsScreen
from misam_desktop.gui.screens.nafs_case import NafsCaseScreen
from misam_desktop.gui.screens.nafs_meeting import NafsMeetingScreen
from misam_desktop.gui.screens.new_nafs_case import NewNafsCaseScreen
from misam_desktop.gui.screens.today import TodayScreen
from misam_desktop.queries.task_rows import Task
from misam_desktop.store import rows
from misam_desktop.store.engine import writing
from tests.commands.worlds import FK, IFO, all_of, contact_of, one, somebody
from tests.conftest import TODAY
from tests.gui.nafs_worlds import (
    TEAM,
    Desks,
    asked,
    meeting_page,
    of,
    on_agenda,
    owing,
    page,
    planned,
    raised,
)
from tests.gui.worlds import cells, cut, says

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def names(screen: NafsMeetingScreen) -> list[str]:
    return [screen.agenda.words(line)[0].split()[1] for line in screen.agenda.lines]


def three(at: Desks, meeting: Meeting) -> None:
    """Three cases in the order they came."""
    for serial, name in ((981, "Anna"), (982, "Bo"), (983, "Cleo")):
        on_agenda(at.jonas, meeting, raised(at.jonas, of(serial, name)))


def marks(screen: NafsMeetingScreen) -> list[str]:
    return [screen.agenda.mark(line)[0] for line in screen.agenda.lines]


# Answers on the case


def test_who_comes_to_lead_reads_the_questions_once_they_stand_on_an_agenda(at: Desks) -> None:
    case = raised(at.jonas)
    with writing(at.nora._engine) as conn:
        nora = next(one for one in rows.users.where(conn) if one.login == "nora")
        rows.users.save(conn, replace(nora, unit_id=FK))
    nora_in = at.window("nora")
    screen = page(nora_in, NafsCaseScreen, "nafs_case", case.id)
    assert screen.unread.isVisible()
    assert all(row.form is None for row in screen.questions.rows.values())
    assert not any(one.text() == "Ta bort" for one in nora_in.seen(QPushButton))


def test_an_answer_in_one_window_is_seen_in_the_other(at: Desks) -> None:
    meeting = planned(at.nora)
    case = raised(at.jonas)
    on_agenda(at.jonas, meeting, case)
    lena, nora = at.window("lena"), at.window("nora")
    led = meeting_page(nora, meeting)
    nora.work.session.listen()
    nora.settle()
    screen = page(lena, NafsCaseScreen, "nafs_case", case.id)
    row = screen.questions.rows[asked(at.jonas, case)[FK].id]
    assert row.form is not None
    lena.put(row.form["answer"], "Ja, i januari")
    lena.click(row.save)
    nora.work.session.listen()
    nora.settle()
    assert led.item.answered.text() == "1 av 2 besvarade"


def test_an_answer_is_written_where_the_question_stands(at: Desks) -> None:
    case = raised(at.jonas)
    on_agenda(at.jonas, planned(at.nora), case)
    lena = at.window("lena")
    screen = page(lena, NafsCaseScreen, "nafs_case", case.id)
    rows_by_unit = {unit_id: screen.questions.rows[one.id] for unit_id, one in asked(at.jonas, case).items()}
    assert rows_by_unit[IFO].form is None
    form = rows_by_unit[FK].form
    assert form is not None
    lena.put(form["answer"], "Ja, i januari")
    edit = form["answer"].focusProxy()
    assert edit is not None
    lena.press(edit, Qt.Key.Key_Return, CTRL)
    lena.settle()
    assert asked(at.jonas, case)[FK].answer == "Ja, i januari"
    assert says(lena, "1 av 2 besvarade")


def test_a_half_written_answer_stays_when_somebody_else_answers(at: Desks) -> None:
    case = raised(at.jonas)
    on_agenda(at.jonas, planned(at.nora), case)
    lena = at.window("lena")
    screen = page(lena, NafsCaseScreen, "nafs_case", case.id)
    row = screen.questions.rows[asked(at.jonas, case)[FK].id]
    assert row.form is not None
    lena.put(row.form["answer"], "Halvskrivet")
    screen.refresh()
    lena.settle()
    assert screen.questions.rows[asked(at.jonas, case)[FK].id] is row


def test_who_has_jav_steps_aside_and_the_page_is_gone(at: Desks) -> None:
    case = raised(at.jonas)
    on_agenda(at.jonas, planned(at.nora), case)
    lena = at.window("lena")
    screen = page(lena, NafsScreen, "nafs")
    page(lena, NafsCaseScreen, "nafs_case", case.id)
    lena.click_text("Jag är jävig")
    lena.save()
    assert lena.work.here is screen
    assert (screen.cases.rows, screen.meetings.rows) == ([], [])


# The list


def test_who_leads_a_team_sees_its_meetings_and_plans_more(at: Desks) -> None:
    planned(at.nora)
    nora = at.window("nora")
    screen = page(nora, NafsScreen, "nafs")
    assert cells(screen.meetings, 0) == [
        "ons 16 dec 14.00",
        "NAFS Norr",
        "Planerat",
        "0 av 10",
        "7 dec",
        "Skickas 9 dec",
        "Video",
    ]
    nora.click(screen.plan)
    nora.fill(on="2027-01-13")
    nora.save()
    assert isinstance(nora.work.here, NafsMeetingScreen)
    assert {one.on for one in all_of(at.nora, rows.meetings)} == {date(2026, 12, 16), date(2027, 1, 13)}


def test_others_see_the_meetings_that_a_case_of_theirs_stands_on(at: Desks) -> None:
    meeting = planned(at.nora)
    lena = at.window("lena")
    screen = page(lena, NafsScreen, "nafs")
    assert (screen.meetings.rows, screen.plan.isVisible()) == ([], False)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    screen.refresh()
    lena.settle()
    assert [row.id for row in screen.meetings.rows] == [meeting.id]


def test_who_begins_nafs_cases_alone_is_offered_that_on_idag(at: Desks) -> None:
    driver = at.window("nora")
    driver.click_text("Nytt NAFS-ärende")
    assert isinstance(driver.work.here, NewNafsCaseScreen)


# The agenda


def test_an_item_shows_its_code_name_unit_and_answers(at: Desks) -> None:
    meeting = planned(at.nora)
    item = on_agenda(at.jonas, meeting, raised(at.jonas))
    screen = meeting_page(at.window("nora"), meeting)
    assert item.code is not None
    said = screen.agenda.words(screen.agenda.lines[0])
    assert said == (f"{shown(item.code)}  Malin Provlund", "Af · 0 av 2 besvarade")
    assert marks(screen) == [""]


def test_alt_and_an_arrow_move_an_item(at: Desks) -> None:
    meeting = planned(at.nora)
    three(at, meeting)
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    nora.press(screen.agenda, Qt.Key.Key_Down, ALT)
    nora.settle()
    assert names(screen) == ["Bo", "Anna", "Cleo"]
    nora.press(screen.agenda, Qt.Key.Key_Down, ALT)
    nora.settle()
    assert names(screen) == ["Bo", "Cleo", "Anna"]
    nora.press(screen.agenda, Qt.Key.Key_Up, ALT)
    nora.settle()
    assert names(screen) == ["Bo", "Anna", "Cleo"]


def test_an_item_is_dragged_to_another_place(at: Desks) -> None:
    meeting = planned(at.nora)
    three(at, meeting)
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    agenda = screen.agenda
    onto = agenda.visualItemRect(agenda.item(2)).center()
    action, button = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    data = agenda.model().mimeData([agenda.model().index(0, 0)])
    agenda.dropEvent(QDropEvent(QPointF(onto), action, data, button, Qt.KeyboardModifier.NoModifier))
    nora.settle()
    assert names(screen) == ["Bo", "Cleo", "Anna"]


def test_who_does_not_lead_moves_nothing(at: Desks) -> None:
    meeting = planned(at.nora)
    three(at, meeting)
    jonas = at.window("jonas")
    screen = meeting_page(jonas, meeting)
    jonas.press(screen.agenda, Qt.Key.Key_Down, ALT)
    jonas.settle()
    assert names(screen) == ["Anna", "Bo", "Cleo"]
    assert not any(button.isVisible() for button in (screen.general, screen.cancel, screen.start))


def test_a_general_question_stands_among_the_cases(at: Desks) -> None:
    meeting = planned(at.nora)
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    nora.click(screen.general)
    nora.fill(question="Nya regler för studier?", asked_id=FK)
    nora.save()
    assert screen.agenda.words(screen.agenda.lines[0]) == ("Nya regler för studier?", "Generell fråga till FK")


def test_a_case_whose_consent_was_taken_back_is_out(at: Desks) -> None:
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    [consent] = all_of(at.jonas, rows.consents)
    at.jonas.do(withdraw_consent(consent.id, on=TODAY))
    screen = meeting_page(at.window("nora"), meeting)
    assert marks(screen) == ["Utgår"]


def test_a_protected_person_is_a_count_to_who_leads(at: Desks) -> None:
    meeting = planned(at.nora)
    hidden = somebody(protected=True, protected_owners=(at.jonas.actor.user_id, at.nora.actor.user_id))
    on_agenda(at.jonas, meeting, raised(at.jonas, hidden))
    screen = meeting_page(at.window("nora"), meeting)
    assert screen.spoken.text == "Ett ärende tas muntligt."
    assert marks(screen) == ["Tas muntligt"]


def test_more_cases_than_there_is_time_for_are_told_of(at: Desks) -> None:
    meeting = planned(at.nora)
    for serial in range(981, 992):
        on_agenda(at.jonas, meeting, raised(at.jonas, somebody(serial)))
    screen = meeting_page(at.window("nora"), meeting)
    assert screen.too_many.text.startswith("Mötet har tid för 10 ärenden. 1 ärende för mycket")
    assert marks(screen)[-1] == "Ryms inte"


def test_what_may_not_be_seen_is_not_there(at: Desks) -> None:
    screen = meeting_page(at.window("lena"), planned(at.nora))
    assert screen.banner.text == "Det finns inget att visa här."


# The meeting


@pytest.fixture
def held(at: Desks) -> Meeting:
    """A meeting of today with one case, under way."""
    meeting = planned(at.nora, TODAY)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    at.nora.do(put_general(meeting.id, question="Nya regler?"))
    return at.nora.do(open_forum(TEAM, on=TODAY)).value


def test_a_meeting_is_started_and_ended(at: Desks) -> None:
    meeting = planned(at.nora, TODAY)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    nora.click(screen.start)
    assert screen.state.text() == "Pågår"
    nora.click(screen.attendance.all_here)
    assert {one.presence for one in all_of(at.nora, rows.attendances)} == {Presence.PLATS}
    assert len(all_of(at.nora, rows.attendances)) == len(Agency)
    nora.click(screen.end)
    nora.save()
    assert state_of(one(at.nora, rows.meetings, meeting.id)) is MeetingState.CLOSED
    assert says(nora, "Återkoppling senast 3 dec")


def test_a_meeting_that_is_to_come_cannot_be_started(at: Desks) -> None:
    screen = meeting_page(at.window("nora"), planned(at.nora))
    assert (screen.start.isVisible(), screen.cancel.isVisible()) == (False, True)


def test_a_meeting_is_cancelled_with_its_reason(at: Desks) -> None:
    meeting = planned(at.nora)
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    nora.click(screen.cancel)
    assert says(nora, "Ärendena flyttas till teamets nästa möte, under nya koder.", nora.form)
    nora.fill(why="Sjukdom")
    nora.save()
    assert (screen.state.text(), screen.nothing.text()) == ("Inställt", "Mötet är inställt: Sjukdom.")


def test_an_answer_at_the_meeting_takes_the_next_field(at: Desks, held: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, held)
    first, second = screen.item.questions.rows.values()
    assert first.form is not None
    assert second.form is not None
    nora.put(first.form["answer"], "Ja, i januari")
    edit = first.form["answer"].focusProxy()
    assert edit is not None
    nora.press(edit, Qt.Key.Key_Return, CTRL)
    nora.settle()
    following = second.form["answer"].focusProxy()
    assert following is not None
    assert following.hasFocus()
    assert says(nora, "1 av 2 besvarade")


def test_what_was_agreed_is_saved_by_ctrl_enter(at: Desks, held: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, held)
    form = screen.item.form
    assert form is not None
    assert form["feedback_by"].value() == contact_of(at.jonas)
    nora.put(form["next_step"], "Nytt läkarintyg")
    nora.put(form["responsible_id"], IFO)
    edit = form["next_step"].focusProxy()
    assert edit is not None
    nora.press(edit, Qt.Key.Key_Return, CTRL)
    nora.settle()
    assert screen.agenda.hasFocus()
    [item] = [one for one in all_of(at.nora, rows.agenda_items) if one.case_id is not None]
    assert (item.next_step, item.responsible_id) == ("Nytt läkarintyg", IFO)


def test_what_is_half_agreed_is_there_after_another_item(at: Desks, held: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, held)
    assert screen.item.form is not None
    nora.put(screen.item.form["next_step"], "Halvskrivet")
    screen.agenda.setCurrentRow(1)
    nora.settle()
    screen.agenda.setCurrentRow(0)
    nora.settle()
    assert screen.item.form["next_step"].value() == "Halvskrivet"


def test_an_item_is_taken_off(at: Desks, held: Meeting) -> None:
    nora = at.window("nora")
    meeting_page(nora, held)
    nora.click_text("Ta bort från dagordningen")
    assert [one.question for one in all_of(at.nora, rows.agenda_items)] == ["Nya regler?"]


def test_an_item_can_have_its_own_time(at: Desks, held: Meeting) -> None:
    nora = at.window("nora")
    meeting_page(nora, held)
    nora.click_text("Tid …")
    nora.fill(minutes="15")
    nora.save()
    assert says(nora, "15 minuter")


def test_nothing_is_cut_at_the_meeting(at: Desks, held: Meeting) -> None:
    nora = at.window("nora")
    meeting_page(nora, held)
    assert cut(nora) == []


# Afterwards


def test_who_owes_an_answer_is_told_on_idag(at: Desks) -> None:
    owing(at.jonas, at.nora)
    jonas = at.window("jonas")
    screen = page(jonas, TodayScreen, "today")
    assert cells(screen.table, 0) == ["7 dagar", "Återkoppling", "Malin Provlund", "tis 1 dec", "Återkoppla"]
    jonas.press(screen.table, Qt.Key.Key_Return)
    jonas.settle()
    jonas.fill(how=FeedbackWay.TELEFON)
    jonas.save()
    [item] = all_of(at.jonas, rows.agenda_items)
    assert (item.feedback_on, item.feedback_how) == (TODAY, FeedbackWay.TELEFON)
    assert screen.table.rows == []


@pytest.mark.parametrize("day", [date(2026, 11, 12), date(2026, 11, 11)], ids=["in time", "late"])
def test_late_feedback_comes_before_the_rest(at: Desks, day: date) -> None:
    owing(at.jonas, at.nora, day)
    screen = page(at.window("jonas"), TodayScreen, "today")
    [row] = [one for one in screen.table.rows if one.task is Task.FEEDBACK]
    assert (row.days_left or 0) < 0


def test_nobody_else_is_told(at: Desks) -> None:
    owing(at.jonas, at.nora)
    for login in ("lena", "nora", "karin"):
        screen = page(at.window(login), TodayScreen, "today")
        assert [row for row in screen.table.rows if row.task is Task.FEEDBACK] == []


def test_the_row_leads_to_the_case(at: Desks) -> None:
    item = owing(at.jonas, at.nora)
    jonas = at.window("jonas")
    screen = page(jonas, TodayScreen, "today")
    jonas.press(screen.table, Qt.Key.Key_Return, CTRL)
    jonas.settle()
    assert jonas.work.here.subject == item.case_id


def test_the_page_of_the_case_says_that_the_feedback_is_given(at: Desks) -> None:
    item = owing(at.jonas, at.nora)
    jonas = at.window("jonas")
    assert item.case_id is not None
    page(jonas, NafsCaseScreen, "nafs_case", item.case_id)
    assert any(one.text().startswith("Återkoppling given") for one in jonas.seen(QPushButton))
    at.jonas.do(give_feedback(item.id, on=TODAY, how=FeedbackWay.BREV))
    jonas.work.here.refresh()
    jonas.settle()
    assert says(jonas, "24 nov, brev")
