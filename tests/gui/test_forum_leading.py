"""Leading the forum: the time for each case, what is told before the end, and the way back after a lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from misam_desktop.commands.forum import open_forum, plan_meeting
from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.vault import Vault
from tests.commands.worlds import MISAM, somebody, waiting
from tests.conftest import PASSWORD, TODAY
from tests.gui.worlds import end_forum, says

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def led(karin: Vault, jonas: Vault, as_karin: Driver) -> ForumScreen:
    """The meeting of today, begun, with two referrals in its queue."""
    for serial in (980, 981):
        waiting(jonas, somebody(serial), referred_on=TODAY - timedelta(days=serial - 970))
    karin.do(open_forum(MISAM, on=TODAY))
    as_karin.go("forum")
    page = as_karin.work.here
    assert isinstance(page, ForumScreen)
    return page


def test_before_the_end_it_is_told_who_was_not_there_and_what_goes_on_to_the_next(
    led: ForumScreen, as_karin: Driver
) -> None:
    for agency in (Agency.AF, Agency.FK, Agency.KOMMUN):
        led.meeting.attendance.record(agency, Presence.PLATS)
    as_karin.settle()
    as_karin.click(led.end)
    assert says(as_karin, "Inte med på mötet: Region.", as_karin.form)
    assert says(as_karin, "– Malin Provlund (Af)", as_karin.form)
    as_karin.form.reject()
    as_karin.settle()
    assert led.state.text().startswith("Pågår")


def test_each_case_has_its_share_of_the_hour(led: ForumScreen, as_karin: Driver) -> None:
    minutes = led._shown.activity.settings.rhythm.minutes
    assert led.timer.words == f"{minutes // 2}:00 kvar"
    end_forum(as_karin, led)
    assert led.timer.words == ""


def test_a_forum_that_was_being_led_is_where_the_program_opens(led: ForumScreen, as_karin: Driver) -> None:
    as_karin.press(as_karin.work, Qt.Key.Key_L, CTRL)
    as_karin.settle()
    as_karin.unlock(PASSWORD, login="karin")
    assert isinstance(as_karin.work.here, ForumScreen)


def test_a_forum_on_a_day_when_nobody_works_says_so(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    karin.do(plan_meeting(MISAM, on=date(2026, 12, 24)))
    driver = unlocked("karin")
    assert says(driver, "⚠ julafton")
    driver.go("forum")
    assert says(driver, "⚠ julafton")
