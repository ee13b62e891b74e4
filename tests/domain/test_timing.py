"""The time for an item: its share of the meeting, the stopwatch, and how much is left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.timing import LEAST, Hurry, Watch, hurry, paused, running, shares
from tests.domain.worlds import NOW

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def test_all_share_the_hour_evenly() -> None:
    assert shares([None] * 4, minutes=60) == [15 * MINUTE] * 4


def test_the_rest_share_what_is_left() -> None:
    assert shares([20, None, None], minutes=60) == [20 * MINUTE, 20 * MINUTE, 20 * MINUTE]


def test_a_share_is_in_whole_seconds() -> None:
    assert shares([None] * 7, minutes=60)[0] == timedelta(minutes=8, seconds=34)


def test_an_item_has_a_minute_although_the_hour_is_taken() -> None:
    assert shares([45, 30, None], minutes=60)[2] == LEAST


def test_a_meeting_of_nothing_shares_nothing() -> None:
    assert shares([], minutes=60) == []
    assert shares([5], minutes=60) == [5 * MINUTE]


@given(st.lists(st.none() | st.integers(0, 90), max_size=40), st.integers(0, 240))
def test_every_item_has_some_time_and_its_own_when_set(wanted: list[int | None], minutes: int) -> None:
    found = shares(wanted, minutes=minutes)
    assert len(found) == len(wanted)
    for asked, given_ in zip(wanted, found, strict=True):
        assert given_ >= LEAST if asked is None else given_ == asked * MINUTE


def test_a_watch_counts_while_it_runs() -> None:
    watch = running(Watch(), NOW)
    assert watch.counted(NOW + MINUTE) == MINUTE
    assert running(watch, NOW + MINUTE) is watch


def test_a_pause_keeps_what_was_counted() -> None:
    watch = paused(running(Watch(), NOW), NOW + MINUTE)
    assert watch.counted(NOW + 5 * MINUTE) == MINUTE
    again = running(watch, NOW + 5 * MINUTE)
    assert again.counted(NOW + 6 * MINUTE) == 2 * MINUTE


def test_a_clock_that_is_set_back_counts_nothing() -> None:
    assert running(Watch(), NOW).counted(NOW - MINUTE) == timedelta()


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (MINUTE + SECOND, Hurry.PLENTY),
        (MINUTE, Hurry.SHORT),
        (timedelta(), Hurry.SHORT),
        (-SECOND, Hurry.OVER),
    ],
)
def test_the_last_minute_is_told_and_what_comes_after(left: timedelta, told: Hurry) -> None:
    assert hurry(left) is told
