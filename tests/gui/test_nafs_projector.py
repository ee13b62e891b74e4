"""The projector of a NAFS meeting: a window of its own, without anybody's identity."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from misam_desktop.commands.agenda import put_general
from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.forum import close_forum, open_forum, record_attendance
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.domain.codes import Agency, Presence, Purpose, Role
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.projected import Sight
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.projector import Projector, other_screen
from misam_desktop.gui.screens.nafs_meeting import NafsMeetingScreen
from misam_desktop.store import rows
from tests.commands.worlds import FK, IFO, REGION, agrees, all_of, colleague, contact_of, somebody
from tests.conftest import TODAY
from tests.gui.nafs_worlds import ASKED, TEAM, Desks, meeting_page, of, on_agenda, planned, raised

WITHOUT_AF = agrees(purposes=(Purpose.NAFS,), unit_ids=(FK, IFO, REGION), from_on=TODAY)
LONG = "Vilken belastning klarar hon? " * 167


def led(at: Desks) -> Meeting:
    return at.nora.do(open_forum(TEAM, on=TODAY)).value


@pytest.fixture
def meeting(at: Desks) -> Meeting:
    """A case that all may read, one that leaves Af out, and a question that concerns nobody; it goes on."""
    meeting = planned(at.nora, TODAY)
    on_agenda(at.jonas, meeting, raised(at.jonas, of(981, "Anna")))
    on_agenda(at.jonas, meeting, raised(at.jonas, of(982, "Bosse"), consent=WITHOUT_AF))
    at.nora.do(put_general(meeting.id, question="Nya regler?", asked_id=FK))
    return led(at)


def begun(driver: Driver, screen: NafsMeetingScreen) -> Projector:
    QTest.keyClick(screen.agenda, Qt.Key.Key_F11)
    driver.settle()
    projector = screen.leading.projecting.projector
    assert projector is not None
    assert projector.isVisible()
    return projector


def everything(window: QWidget) -> Iterator[str]:
    """Every word that a widget of a window has anywhere."""
    for one in (window, *window.findChildren(QWidget)):
        yield from (
            one.windowTitle(),
            one.accessibleName(),
            one.accessibleDescription(),
            one.toolTip(),
            one.whatsThis(),
        )
        yield from (one.statusTip(), one.objectName(), str(one.property("text") or ""))


def told(projector: Projector) -> list[str]:
    return [one.text() for one in projector.findChildren(QLabel) if one.isVisible() and one is not projector.time]


def test_it_shows_the_code_and_what_is_asked(at: Desks, meeting: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    projector = begun(nora, screen)
    code = screen.agenda.lines[0].item.code
    assert code is not None
    texts = told(projector)
    assert texts[0] == shown(code)
    assert [text for _, text in ASKED] == [text for text in texts if text.endswith("?")]
    assert projector.windowTitle() == "Projektor"


def test_it_follows_the_item_that_is_taken_up(at: Desks, meeting: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    projector = begun(nora, screen)
    seen = []
    for row in (1, 2, 0):
        screen.agenda.setCurrentRow(row)
        assert told(projector) == [""]
        nora.settle()
        assert projector.slide is not None
        seen.append(projector.slide.sight)
    assert seen == [Sight.HELD_BACK, Sight.GENERAL, Sight.CASE]


def test_a_case_that_not_all_may_read_says_why_it_is_not_shown(at: Desks, meeting: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    projector = begun(nora, screen)
    screen.agenda.setCurrentRow(1)
    nora.settle()
    assert told(projector) == [
        "Ärende 2",
        "Visas inte här",
        "Samtycket omfattar inte alla som är med. De som inte omfattas lämnar rummet så länge.",
    ]
    at.nora.do(record_attendance(meeting.id, Agency.AF, Presence.FRANVARANDE))
    screen.refresh()
    nora.settle()
    assert ASKED[0][1] in told(projector)


def test_it_is_shown_while_those_who_may_not_see_it_have_left_the_room(at: Desks, meeting: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    projector = begun(nora, screen)
    screen.agenda.setCurrentRow(1)
    nora.settle()
    nora.click_text("De har lämnat rummet")
    assert ASKED[0][1] in told(projector)
    screen.refresh()
    nora.settle()
    assert ASKED[0][1] in told(projector)
    nora.click_text("De är tillbaka")
    assert told(projector)[1] == "Visas inte här"
    nora.click_text("De har lämnat rummet")
    screen.agenda.setCurrentRow(2)
    nora.settle()
    screen.agenda.setCurrentRow(1)
    nora.settle()
    assert told(projector)[1] == "Visas inte här"


def test_a_withdrawn_consent_clears_it_whatever_page_is_in_sight(at: Desks, meeting: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    projector = begun(nora, screen)
    case = screen.agenda.lines[0].case
    assert case is not None
    [consent] = [one for one in all_of(at.jonas, rows.consents) if one.case_id == case.id]
    nora.work.session.listen()
    nora.work.go("nafs_case", case.id)
    nora.settle()
    assert projector.isVisible()
    at.jonas.do(withdraw_consent(consent.id, on=TODAY))
    nora.work.session.listen()
    nora.settle()
    assert told(projector)[:2] == ["Ärende 1", "Visas inte här"]


def test_what_is_agreed_is_shown_once_it_is_saved(at: Desks, meeting: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    projector = begun(nora, screen)
    assert screen.item.form is not None
    nora.put(screen.item.form["next_step"], "Nytt läkarintyg")
    nora.put(screen.item.form["responsible_id"], FK)
    assert "Nytt läkarintyg" not in told(projector)
    nora.click(screen.item.save_agreed)
    assert told(projector)[-2:] == ["Nästa steg, Försäkringskassan", "Nytt läkarintyg"]


def test_the_time_stands_there_too(at: Desks, meeting: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    projector = begun(nora, screen)
    assert projector.time.text() == screen.time.chip.text() == "20:00 kvar"


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F11])
def test_a_key_closes_it(at: Desks, meeting: Meeting, key: Qt.Key) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    projector = begun(nora, screen)
    QTest.keyClick(projector, key)
    nora.settle()
    assert screen.leading.projecting.projector is None
    begun(nora, screen)


def test_a_click_opens_and_closes_it(at: Desks, meeting: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    nora.click(screen.project)
    assert screen.leading.projecting.projector is not None
    nora.click(screen.project)
    assert screen.leading.projecting.projector is None


def test_its_keys_take_up_the_next_item(at: Desks, meeting: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    projector = begun(nora, screen)
    QTest.keyClick(projector, Qt.Key.Key_PageDown)
    nora.settle()
    assert screen.agenda.currentRow() == 1
    QTest.keyClick(projector, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    nora.settle()
    assert screen.agenda.currentRow() == 0


def test_the_lock_closes_it(at: Desks, meeting: Meeting) -> None:
    nora = at.window("nora")
    begun(nora, meeting_page(nora, meeting))
    nora.work.lock()
    nora.settle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [one for one in QApplication.topLevelWidgets() if isinstance(one, Projector)] == []


def test_the_end_closes_it(at: Desks, meeting: Meeting) -> None:
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    begun(nora, screen)
    at.nora.do(close_forum(meeting.id))
    screen.refresh()
    nora.settle()
    assert screen.leading.projecting.projector is None
    assert not screen.project.isVisible()


def test_only_who_leads_has_one_and_only_while_it_goes_on(at: Desks, meeting: Meeting) -> None:
    jonas, nora = at.window("jonas"), at.window("nora")
    screens = (meeting_page(jonas, meeting), meeting_page(nora, planned(at.nora)))
    for driver, screen in zip((jonas, nora), screens, strict=True):
        assert not screen.project.isVisible()
        QTest.keyClick(screen.agenda, Qt.Key.Key_F11)
        driver.settle()
        assert screen.leading.projecting.projector is None


def test_it_comes_up_on_the_other_screen() -> None:
    mine, other = object(), object()
    assert other_screen(mine, [mine, other]) is other  # type: ignore[arg-type,list-item]  # screens
    assert other_screen(mine, [mine]) is None  # type: ignore[arg-type,list-item]


def test_a_question_of_5000_signs_is_smaller_and_scrolls(at: Desks) -> None:
    meeting = planned(at.nora, TODAY)
    questions = ((FK, LONG), (IFO, "x" * 5000))
    on_agenda(at.jonas, meeting, raised(at.jonas, questions=questions))
    led(at)
    nora = at.window("nora")
    projector = begun(nora, meeting_page(nora, meeting))
    bar = projector._area.verticalScrollBar()
    nora.wait_for(lambda: bar.maximum() > 0)
    assert projector._body.width() <= projector._area.viewport().width()
    QTest.keyClick(projector, Qt.Key.Key_Down)
    assert bar.value() > 0
    smallest = min(one.font().pixelSize() for one in projector._body.findChildren(QLabel))
    assert smallest >= projector.height() // 60


def test_markup_is_shown_as_it_is_written(at: Desks) -> None:
    meeting = planned(at.nora, TODAY)
    text = "<img src=x> <b>fet</b> & mer?"
    on_agenda(at.jonas, meeting, raised(at.jonas, questions=((FK, text), (IFO, "Vad?"))))
    led(at)
    nora = at.window("nora")
    projector = begun(nora, meeting_page(nora, meeting))
    assert text in told(projector)
    assert {one.textFormat() for one in projector.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


def test_nobodys_identity_is_anywhere_in_the_window(at: Desks) -> None:
    """Of a case that all may read, a protected one, one with jäv, one withdrawn, and one for some of them."""
    colleague(at.nora, "nils", Role.NAFS_KOORDINATOR, unit_id=REGION, activity_ids=(TEAM,))
    meeting = planned(at.nora, TODAY)
    owners = (at.jonas.actor.user_id, at.nora.actor.user_id)
    hidden = somebody(983, protected=True, protected_owners=owners)
    cases = [
        raised(at.jonas, of(981, "Anna")),
        raised(at.jonas, of(982, "Bosse"), consent=WITHOUT_AF),
        raised(at.jonas, hidden),
        raised(at.jonas, of(984, "Disa")),
        raised(at.jonas, of(985, "Elof"), questions=((FK, "Hur mår Elof i 850101-1234?"), (IFO, "Vad?"))),
        raised(at.jonas, of(986, "Fatima")),
    ]
    for case in cases:
        on_agenda(at.jonas, meeting, case)
    led(at)
    [withdrawn] = [one for one in all_of(at.jonas, rows.consents) if one.case_id == cases[3].id]
    at.jonas.do(withdraw_consent(withdrawn.id, on=TODAY))
    at.jonas.do(shut_out(cases[5].id, contact_of(at.nora)))
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    projector = begun(nora, screen)
    words, sights = list[str](), list[Sight]()
    for row in range(len(screen.agenda.lines)):
        screen.agenda.setCurrentRow(row)
        words += everything(projector)
        nora.settle()
        words += everything(projector)
        assert projector.slide is not None
        sights.append(projector.slide.sight)
    assert sorted(sights) == sorted([Sight.CASE, Sight.CASE, Sight.HELD_BACK, Sight.SPOKEN, Sight.ENDED])
    whole = "\n".join(words).casefold()
    for person in all_of(at.nora, rows.persons):
        number = person.number
        for told_of in (person.given_name, person.family_name, number.long, number.short, number.masked, person.id):
            assert told_of.casefold() not in whole, told_of
        assert number.long[:8] not in whole
    assert not {case.id for case in cases} & set(words)
