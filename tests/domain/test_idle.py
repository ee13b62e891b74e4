"""When an unattended program locks itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from misam_desktop.domain.idle import LED, USUAL, kept_within, locks_at
from tests.domain.worlds import NOW

AFTER = kept_within(USUAL)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("chosen", "holds"), [(10, 10), (0, 1), (-5, 1), (31, 30), (30, 30)])
def test_it_is_never_off(chosen: int, holds: int) -> None:
    assert kept_within(chosen) == timedelta(minutes=holds)


def test_it_locks_after_the_idle_minutes() -> None:
    assert locks_at(NOW, after=AFTER, led_since=None) == NOW + timedelta(minutes=10)


def test_a_meeting_that_is_led_keeps_it_open_for_three_hours() -> None:
    assert locks_at(NOW, after=AFTER, led_since=NOW) == NOW + LED == NOW + 3 * HOUR


def test_then_the_idle_minutes_count_again() -> None:
    assert locks_at(NOW, after=AFTER, led_since=NOW - 5 * HOUR) == NOW + AFTER
