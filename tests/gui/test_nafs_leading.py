"""Leading a NAFS meeting: the time, who leaves the room, the keys, an interruption, and the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from misam_desktop.commands.agenda import put_general, set_minutes
from misam_desktop.commands.forum import close_forum, open_forum, record_attendance
from misam_desktop.domain.codes import Agency, PaperKind, Presence, Purpose
from misam_desktop.domain.meeting import Meeting, MeetingState, state_of
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.inputs import Input
from misam_desktop.gui.screens.nafs_meeting import NafsMeetingScreen
from misam_desktop.gui.screens.nafs_papers import NafsPapersScreen
from misam_desktop.gui.screens.today import TodayScreen
from misam_desktop.gui.theme import Tone
from misam_desktop.store import rows
from tests.commands.worlds import AF, FK, IFO, REGION, agrees, all_of, one
from tests.conftest import PASSWORD, TODAY
from tests.gui.clocks import Later
from tests.gui.nafs_worlds import TEAM, Desks, asked, meeting_page, of, on_agenda, planned, raised
from tests.gui.worlds import cut, says, told

CTRL = Qt.KeyboardModifier.ControlModifier
MINUTE = timedelta(minutes=1)
WITHOUT_AF = agrees(purposes=(Purpose.NAFS,), unit_ids=(FK, IFO, REGION), from_on=TODAY)


@pytest.fixture
def led(at: Desks) -> Meeting:
    """A meeting of today, under way: a case, one that leaves Af out, and a question that concerns nobody."""
    meeting = planned(at.nora, TODAY)
    on_agenda(at.jonas, meeting, raised(at.jonas, of(981, "Anna")))
    on_agenda(at.jonas, meeting, raised(at.jonas, of(982, "Bo"), consent=WITHOUT_AF))
    at.nora.do(put_general(meeting.id, question="Nya regler?"))
    return at.nora.do(open_forum(TEAM, on=TODAY)).value


def field(screen: NafsMeetingScreen, name: str = "next_step") -> Input:
    form = screen.item.form
    assert form is not None
    return form[name]


def pressed_in(driver: Driver, where: Input, key: Qt.Key) -> None:
    edit = where.focusProxy()
    assert edit is not None
    driver.press(edit, key, CTRL)
    driver.settle()


# The time


@pytest.fixture
def timed(at: Desks, led: Meeting) -> tuple[Driver, NafsMeetingScreen, Later]:
    nora = at.window("nora")
    clock = Later().at(nora)
    return nora, meeting_page(nora, led), clock


def test_an_item_has_its_share_of_the_hour(timed: tuple[Driver, NafsMeetingScreen, Later]) -> None:
    _, screen, clock = timed
    assert screen.time.chip.text() == "20:00 kvar"
    clock.passed += timedelta(minutes=4, seconds=18)
    screen.leading.timer.ticked.emit()
    assert screen.time.chip.text() == "15:42 kvar"


def test_the_last_minute_is_amber_and_what_comes_after_red(timed: tuple[Driver, NafsMeetingScreen, Later]) -> None:
    _, screen, clock = timed
    seen = []
    for passed in (18 * MINUTE, MINUTE, MINUTE, timedelta(seconds=48)):
        clock.passed += passed
        screen.leading.timer.ticked.emit()
        seen.append((screen.time.chip.text(), screen.time.chip.property("tone")))
    assert seen == [
        ("2:00 kvar", Tone.PLAIN),
        ("1:00 kvar", Tone.AMBER),
        ("0:00 kvar", Tone.AMBER),
        ("0:48 över tiden", Tone.RED),
    ]


def test_the_next_item_begins_with_its_own_and_the_first_goes_on_later(
    timed: tuple[Driver, NafsMeetingScreen, Later],
) -> None:
    nora, screen, clock = timed
    clock.passed += 5 * MINUTE
    screen.agenda.setCurrentRow(1)
    nora.settle()
    assert screen.time.chip.text() == "20:00 kvar"
    clock.passed += MINUTE
    screen.agenda.setCurrentRow(0)
    nora.settle()
    assert screen.time.chip.text() == "15:00 kvar"


def test_the_time_can_be_paused(timed: tuple[Driver, NafsMeetingScreen, Later]) -> None:
    nora, screen, clock = timed
    nora.click(screen.time.pause)
    clock.passed += 5 * MINUTE
    screen.leading.timer.ticked.emit()
    assert (screen.time.chip.text(), screen.time.pause.text()) == ("20:00 kvar", "Låt tiden gå")
    nora.click(screen.time.pause)
    clock.passed += MINUTE
    screen.leading.timer.ticked.emit()
    assert screen.time.chip.text() == "19:00 kvar"


def test_an_item_can_have_its_own_minutes(at: Desks, timed: tuple[Driver, NafsMeetingScreen, Later]) -> None:
    nora, screen, _ = timed
    line = screen.agenda.lines[0]
    at.nora.do(set_minutes(line.item.id, 30, seen=line.item.version))
    screen.refresh()
    nora.settle()
    assert screen.time.chip.text() == "30:00 kvar"
    screen.agenda.setCurrentRow(1)
    nora.settle()
    assert screen.time.chip.text() == "15:00 kvar"


def test_no_time_runs_before_the_meeting_or_for_who_does_not_lead(at: Desks, led: Meeting) -> None:
    assert not meeting_page(at.window("nora"), planned(at.nora)).time.isVisible()
    assert not meeting_page(at.window("jonas"), led).time.isVisible()


# Who leaves the room


def test_who_is_outside_the_consent_is_told_to_leave(at: Desks, led: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, led)
    assert not says(nora, "Lämnar rummet")
    screen.agenda.setCurrentRow(1)
    nora.settle()
    assert says(nora, "Lämnar rummet för detta ärende: Af")
    assert "lämnar rummet" in screen.attendance.chips[Agency.AF].text()
    assert cut(nora) == []
    at.nora.do(record_attendance(led.id, Agency.AF, Presence.FRANVARANDE))
    screen.refresh()
    nora.settle()
    assert not says(nora, "Lämnar rummet")
    assert "lämnar rummet" not in screen.attendance.chips[Agency.AF].text()


def test_an_authority_that_only_listens_is_named_once(at: Desks) -> None:
    meeting = planned(at.nora, TODAY)
    questions = ((FK, "Vad?"), (REGION, "Hur?"))
    consent = agrees(purposes=(Purpose.NAFS,), unit_ids=(AF, FK, REGION), from_on=TODAY)
    on_agenda(at.jonas, meeting, raised(at.jonas, questions=questions, consent=consent))
    at.nora.do(open_forum(TEAM, on=TODAY))
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    assert any(text.endswith("detta ärende: Kommun") for text in told(nora))
    assert "lämnar rummet" in screen.attendance.chips[Agency.KOMMUN].text()


def test_another_item_is_shown_from_its_top(at: Desks, led: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, led)
    bar = screen._beside.verticalScrollBar()
    nora.wait_for(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    screen.refresh()
    nora.settle()
    assert bar.value() > 0
    screen.agenda.setCurrentRow(1)
    nora.settle()
    assert bar.value() == 0


def test_a_very_long_word_widens_nothing(at: Desks) -> None:
    meeting = planned(at.nora, TODAY)
    on_agenda(at.jonas, meeting, raised(at.jonas, questions=((FK, "x" * 5000), (IFO, "Vad?"))))
    at.nora.do(open_forum(TEAM, on=TODAY))
    screen = meeting_page(at.window("nora"), meeting)
    assert screen.item.width() <= screen._beside.viewport().width()


def test_only_who_leads_is_told(at: Desks, led: Meeting) -> None:
    jonas = at.window("jonas")
    screen = meeting_page(jonas, led)
    for row in range(2):
        screen.agenda.setCurrentRow(row)
        jonas.settle()
        assert not says(jonas, "Lämnar rummet")


def test_each_authority_has_a_seat_and_a_way_to_take_part(at: Desks, led: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, led)
    assert set(screen.attendance.chips) == set(Agency)
    ways = dict(zip(Agency, Presence, strict=True))
    for agency, presence in ways.items():
        screen.attendance.record(agency, presence)
        nora.settle()
    assert {one.agency: one.presence for one in all_of(at.nora, rows.attendances)} == ways


# The keys


@pytest.mark.parametrize(
    ("forth", "back", "held"),
    [
        (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, Qt.Key.Key_Up, CTRL),
    ],
)
def test_keys_go_to_the_next_item_and_back(
    at: Desks, led: Meeting, forth: Qt.Key, back: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, led)
    gone = []
    for key in (forth, forth, forth, back, back, back):
        QTest.keyClick(screen.agenda, key, held)
        nora.settle()
        gone.append(screen.agenda.currentRow())
    assert gone == [1, 2, 2, 1, 0, 0]
    assert "Page Down" in screen.keys.text()


def test_a_key_leaves_a_field_of_text_too(at: Desks, led: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, led)
    pressed_in(nora, field(screen), Qt.Key.Key_Down)
    assert screen.agenda.currentRow() == 1


def test_ctrl_enter_saves_and_takes_up_the_next(at: Desks, led: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, led)
    nora.put(field(screen), "Nytt läkarintyg")
    pressed_in(nora, field(screen), Qt.Key.Key_Return)
    assert (screen.agenda.currentRow(), screen.agenda.hasFocus()) == (1, True)
    assert {one.next_step for one in all_of(at.nora, rows.agenda_items)} == {"Nytt läkarintyg", ""}


def test_save_alone_stays_where_it_is(at: Desks, led: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, led)
    nora.put(field(screen), "Nytt läkarintyg")
    nora.click(screen.item.save_agreed)
    assert screen.agenda.currentRow() == 0
    nora.click(screen.item.go_on)
    assert screen.agenda.currentRow() == 1


# An interruption


def settled(at: Desks, nora: Driver, screen: NafsMeetingScreen) -> None:
    nora.put(field(screen), "Nytt läkarintyg")
    nora.click(screen.item.save_agreed)


def test_it_opens_again_where_nothing_is_agreed_yet(at: Desks, led: Meeting) -> None:
    nora = at.window("nora")
    settled(at, nora, meeting_page(nora, led))
    nora.work.lock()
    nora.settle()
    nora.unlock(PASSWORD, login="nora")
    screen = meeting_page(nora, led)
    assert (screen.state.text(), screen.agenda.currentRow()) == ("Pågår", 1)


def test_the_program_opens_at_the_meeting_that_is_led(at: Desks, led: Meeting) -> None:
    nora = at.window("nora")
    meeting_page(nora, led)
    nora.window.close()
    again = at.window("nora")
    screen = again.work.here
    assert isinstance(screen, NafsMeetingScreen)
    assert (screen.id, screen.state.text()) == (led.id, "Pågår")
    again.work.lock()
    again.settle()
    again.unlock(PASSWORD, login="nora")
    screen = again.work.here
    assert isinstance(screen, NafsMeetingScreen)
    again.click(screen.end)
    again.save()
    again.work.lock()
    again.settle()
    again.unlock(PASSWORD, login="nora")
    assert isinstance(again.work.here, TodayScreen)


def test_a_meeting_that_others_have_ended_is_shown_once_more(at: Desks, led: Meeting) -> None:
    nora = at.window("nora")
    meeting_page(nora, led)
    nora.window.close()
    at.nora.do(close_forum(led.id))
    again = at.window("nora")
    screen = again.work.here
    assert isinstance(screen, NafsMeetingScreen)
    assert screen.state.text() == "Avslutat"
    again.work.lock()
    again.settle()
    again.unlock(PASSWORD, login="nora")
    assert isinstance(again.work.here, TodayScreen)


def test_it_opens_again_where_something_is_half_written(at: Desks, led: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, led)
    screen.agenda.setCurrentRow(2)
    nora.settle()
    nora.put(field(screen), "Halvskrivet")
    nora.work.lock()
    nora.settle()
    nora.unlock(PASSWORD, login="nora")
    screen = meeting_page(nora, led)
    assert screen.agenda.currentRow() == 2
    assert field(screen).value() == "Halvskrivet"


def test_a_half_written_answer_leads_back_to_its_case(at: Desks, led: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, led)
    screen.agenda.setCurrentRow(1)
    nora.settle()
    case = screen.agenda.lines[1].case
    assert case is not None
    row = screen.item.questions.rows[asked(at.jonas, case)[FK].id]
    assert row.form is not None
    nora.put(row.form["answer"], "Halvskrivet")
    nora.window.close()
    again = at.window("nora")
    screen = meeting_page(again, led)
    assert screen.agenda.currentRow() == 1


# The end


def test_what_is_not_done_is_listed_before_the_end(at: Desks, led: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, led)
    settled(at, nora, screen)
    nora.click(screen.end)
    [intro] = [one.text() for one in nora.seen(QLabel) if one.text().startswith("Detta är inte klart")]
    codes = [shown(line.item.code) for line in screen.agenda.lines if line.item.code]
    assert intro.splitlines() == [
        "Detta är inte klart:",
        f"1. {codes[0]}: 2 frågor utan svar",
        f"2. {codes[1]}: 2 frågor utan svar, inget nästa steg",
        "3. Generell fråga: inget nästa steg",
        "",
        "Mötet kan avslutas ändå.",
    ]
    nora.save()
    assert state_of(one(at.nora, rows.meetings, led.id)) is MeetingState.CLOSED


def test_who_looks_again_goes_on(at: Desks, led: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, led)
    nora.click(screen.end)
    nora.click_text("Avbryt")
    assert state_of(one(at.nora, rows.meetings, led.id)) is MeetingState.OPEN


def test_a_long_list_is_cut(at: Desks, led: Meeting) -> None:
    for number in range(12):
        at.nora.do(put_general(led.id, question=f"Fråga {number}"))
    nora = at.window("nora")
    nora.click(meeting_page(nora, led).end)
    assert any("och 3 till" in one.text() for one in nora.seen(QLabel))


def test_the_end_offers_the_minutes(at: Desks, led: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, led)
    nora.click(screen.end)
    nora.save()
    nora.click_text("Papper och utskick", within=screen.over)
    papers = nora.work.here
    assert isinstance(papers, NafsPapersScreen)
    assert PaperKind.MINNESANTECKNINGAR in {one.kind for one in papers.papers.rows}
    nora.work.back()
    nora.settle()
    nora.click(screen.reopen)
    assert (screen.over.isVisible(), screen.state.text()) == (False, "Pågår")


def test_a_cancelled_meeting_that_is_opened_again_says_where_its_cases_are(at: Desks) -> None:
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    nora.click(screen.cancel)
    nora.fill(why="Sjukdom")
    nora.save()
    nora.click(screen.reopen)
    assert screen.state.text() == "Planerat"
    assert screen.over.text == (
        "Mötet är planerat igen. Det som flyttades när det ställdes in står kvar på teamets nästa möte."
    )
