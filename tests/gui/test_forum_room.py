"""Leading the forum: from case to case with the keys, and who leaves the room for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from misam_desktop.commands.forum import open_forum, record_attendance
from misam_desktop.domain.codes import Agency, Outcome, Presence
from misam_desktop.domain.ids import MeetingId
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.vault import Vault
from tests.commands.worlds import AME, IFO, MISAM, somebody, waiting
from tests.conftest import TODAY
from tests.gui.worlds import says


@pytest.fixture
def meeting_id(karin: Vault) -> MeetingId:
    """The meeting of today, begun, with two referrals whose consents leave out FK and Region."""
    for serial in (980, 981):
        day = TODAY - timedelta(days=serial - 970)
        waiting(karin, somebody(serial), needed_unit_ids=(IFO, AME), referred_on=day)
    return karin.do(open_forum(MISAM, on=TODAY)).value.id


@pytest.fixture
def led(meeting_id: MeetingId, as_karin: Driver) -> ForumScreen:
    as_karin.go("forum")
    page = as_karin.work.here
    assert isinstance(page, ForumScreen)
    return page


def press(driver: Driver, page: ForumScreen, key: Qt.Key) -> None:
    QTest.keyClick(page.meeting.queue, key)
    driver.settle()


def test_the_keys_go_to_the_next_case_and_back_and_stop_at_the_ends(led: ForumScreen, as_karin: Driver) -> None:
    places = []
    for key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        press(as_karin, led, key)
        places.append(led.meeting.queue.currentRow())
    assert places == [0, 1, 1, 0]


def test_the_keys_also_work_while_the_minutes_are_written(led: ForumScreen, as_karin: Driver) -> None:
    form = led.meeting.case.form
    assert form is not None
    editor = form["text"].focusProxy()
    assert editor is not None
    QTest.keyClicks(editor, "Halvskrivet")
    QTest.keyClick(editor, Qt.Key.Key_PageDown)
    as_karin.settle()
    assert led.meeting.queue.currentRow() == 1
    press(as_karin, led, Qt.Key.Key_PageUp)
    assert led.meeting.case.text == "Halvskrivet"


def test_who_leaves_goes_out_and_comes_back_with_a_click(led: ForumScreen, as_karin: Driver) -> None:
    assert led.meeting.case.leaving.text == "Lämnar rummet för detta ärende: AME, FK och Region"
    as_karin.click_text("De har lämnat rummet")
    assert led.meeting.case.leaving.text == "Har lämnat rummet: AME, FK och Region"
    as_karin.click_text("De är tillbaka")
    assert led.meeting.case.leaving.text == "Lämnar rummet för detta ärende: AME, FK och Region"


def test_the_keys_stay_with_the_click_and_nothing_is_typed_in_the_minutes(led: ForumScreen, as_karin: Driver) -> None:
    wide = led.meeting.panes.width()
    as_karin.click_text("De har lämnat rummet")
    (button,) = as_karin.seen(QPushButton, led.meeting.case.leaving)
    assert (button.text(), button.hasFocus()) == ("De är tillbaka", True)
    assert led.meeting.panes.width() == wide
    QTest.keyClick(button, Qt.Key.Key_1)
    assert led.meeting.case.text == ""


def test_with_the_next_case_all_are_back(led: ForumScreen, as_karin: Driver) -> None:
    as_karin.click_text("De har lämnat rummet")
    press(as_karin, led, Qt.Key.Key_PageDown)
    press(as_karin, led, Qt.Key.Key_PageUp)
    assert says(as_karin, "Lämnar rummet för detta ärende")


def test_somebody_who_comes_later_has_not_left(
    led: ForumScreen, as_karin: Driver, karin: Vault, meeting_id: MeetingId
) -> None:
    karin.do(record_attendance(meeting_id, Agency.FK, Presence.FRANVARANDE))
    as_karin.work.here.refresh()
    as_karin.settle()
    as_karin.click_text("De har lämnat rummet")
    led.meeting.attendance.record(Agency.FK, Presence.PLATS)
    as_karin.settle()
    assert led.meeting.case.leaving.text == "Lämnar rummet för detta ärende: AME, FK och Region"


def test_before_the_meeting_it_is_told_and_nobody_goes_out_yet(karin: Vault, as_karin: Driver) -> None:
    waiting(karin, needed_unit_ids=(IFO, AME))
    as_karin.go("forum")
    assert says(as_karin, "Lämnar rummet för detta ärende: AME, FK och Region")
    words = [one.text() for one in as_karin.seen(QPushButton, as_karin.work.here)]
    assert "De har lämnat rummet" not in words


def test_tab_still_goes_from_the_text_to_the_outcomes_when_they_have_gone(led: ForumScreen, as_karin: Driver) -> None:
    as_karin.click_text("De har lämnat rummet")
    form = led.meeting.case.form
    assert form is not None
    text = form["text"].focusProxy()
    assert text is not None
    text.setFocus()
    as_karin.press(text, Qt.Key.Key_Tab)
    assert led.meeting.outcomes.buttons[Outcome.ANTAS].hasFocus()
