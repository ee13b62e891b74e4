"""The lock of a program that nobody touches, and the meeting that keeps it open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from misam_desktop.commands.forum import open_forum
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.idle import SETTING
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.gui.screens.nafs_meeting import NafsMeetingScreen
from misam_desktop.gui.unlock import UnlockPage
from tests.commands.worlds import MISAM
from tests.conftest import PASSWORD, TODAY
from tests.gui.clocks import Later
from tests.gui.nafs_worlds import TEAM, Desks, meeting_page, on_agenda, planned, raised
from tests.gui.worlds import end_forum

MINUTE = timedelta(minutes=1)


def pass_by(driver: Driver, clock: Later, time: timedelta) -> None:
    clock.passed += time
    if driver.window.work is not None:
        driver.window.work.idle.look()
    driver.settle()


def is_locked(driver: Driver) -> bool:
    return driver.window.work is None and isinstance(driver.window.page, UnlockPage)


def test_a_program_that_nobody_touches_locks_itself(as_karin: Driver) -> None:
    clock = Later().at(as_karin)
    pass_by(as_karin, clock, 9 * MINUTE)
    assert not is_locked(as_karin)
    pass_by(as_karin, clock, MINUTE)
    assert is_locked(as_karin)


def test_a_key_or_the_mouse_keeps_it_open(as_karin: Driver) -> None:
    clock = Later().at(as_karin)
    handle = as_karin.window.windowHandle()
    pass_by(as_karin, clock, 9 * MINUTE)
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    pass_by(as_karin, clock, 9 * MINUTE)
    QTest.mouseMove(handle, as_karin.window.rect().center())
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=as_karin.window.rect().bottomLeft())
    pass_by(as_karin, clock, 9 * MINUTE)
    assert not is_locked(as_karin)


@pytest.mark.parametrize(("chosen", "minutes"), [("2", 2), ("0", 1), ("500", 30), ("aldrig", 10)])
def test_the_minutes_can_be_chosen_but_it_is_never_off(as_karin: Driver, chosen: str, minutes: int) -> None:
    as_karin.work.lock()
    as_karin.settle()
    as_karin.window.settings.setValue(SETTING, chosen)
    as_karin.unlock(PASSWORD, login="karin")
    clock = Later().at(as_karin)
    pass_by(as_karin, clock, (minutes - 1) * MINUTE + timedelta(seconds=59))
    assert not is_locked(as_karin)
    pass_by(as_karin, clock, timedelta(seconds=1))
    assert is_locked(as_karin)


def test_a_meeting_that_is_led_keeps_it_open_for_three_hours(at: Desks) -> None:
    meeting = planned(at.nora, TODAY)
    at.nora.do(open_forum(TEAM, on=TODAY))
    nora = at.window("nora")
    meeting_page(nora, meeting)
    clock = Later().at(nora)
    pass_by(nora, clock, 179 * MINUTE)
    assert not is_locked(nora)
    pass_by(nora, clock, MINUTE)
    assert is_locked(nora)


def test_once_it_is_over_the_idle_minutes_count_again(at: Desks) -> None:
    meeting = planned(at.nora, TODAY)
    at.nora.do(open_forum(TEAM, on=TODAY))
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    nora.click(screen.end)
    clock = Later().at(nora)
    pass_by(nora, clock, 10 * MINUTE)
    assert is_locked(nora)


def test_who_only_reads_a_meeting_is_locked_as_ever(at: Desks) -> None:
    meeting = planned(at.nora, TODAY)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    at.nora.do(open_forum(TEAM, on=TODAY))
    jonas = at.window("jonas")
    meeting_page(jonas, meeting)
    clock = Later().at(jonas)
    pass_by(jonas, clock, 10 * MINUTE)
    assert is_locked(jonas)


def test_a_forum_that_is_led_keeps_it_open_too(as_karin: Driver) -> None:
    as_karin.work.session.do(open_forum(MISAM, on=TODAY), owner=as_karin.work)
    as_karin.settle()
    as_karin.go("forum")
    clock = Later().at(as_karin)
    pass_by(as_karin, clock, 60 * MINUTE)
    assert not is_locked(as_karin)
    screen = as_karin.work.here
    assert isinstance(screen, ForumScreen)
    end_forum(as_karin, screen)
    pass_by(as_karin, clock, 10 * MINUTE)
    assert is_locked(as_karin)


def test_what_is_half_written_is_kept_when_it_locks(at: Desks) -> None:
    meeting = planned(at.nora, TODAY)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    at.nora.do(open_forum(TEAM, on=TODAY))
    nora = at.window("nora")
    screen = meeting_page(nora, meeting)
    assert screen.item.form is not None
    nora.put(screen.item.form["next_step"], "Halvskrivet")
    pass_by(nora, Later().at(nora), 180 * MINUTE)
    assert is_locked(nora)
    nora.unlock(PASSWORD, login="nora")
    again = nora.work.here
    assert isinstance(again, NafsMeetingScreen)
    assert again.item.form is not None
    assert again.item.form["next_step"].value() == "Halvskrivet"
