"""The calendar of a NAFS team: its series, and the days that follow from each meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from misam_desktop.domain.activity import Kind, Rhythm
from misam_desktop.domain.calendar import (
    MeetingBegun,
    Series,
    SeriesTooLong,
    dated,
    following,
    goes_on,
    is_past_last_day,
    moved_to,
    must_be_free,
    planned_days,
    series,
)
from misam_desktop.domain.clocks import working_days_before
from misam_desktop.domain.ids import ActivityId, MeetingId
from misam_desktop.domain.meeting import Meeting, MeetingClosed, MeetingThatDay
from tests.domain.worlds import NOW

RHYTHM = Rhythm(weekday=1, every_weeks=4, starts="14.00", minutes=60, place="Video", capacity=10)
MEETING = Meeting(id=MeetingId("m"), activity_id=ActivityId("norr"), kind=Kind.NAFS, on=date(2026, 12, 8))


def meets(on: date, **said: object) -> Meeting:
    return replace(MEETING, id=MeetingId(str(on)), on=on, **said)  # type: ignore[arg-type]  # any field


def test_a_series_keeps_the_weekday_and_skips_days_off() -> None:
    found = series(replace(RHYTHM, every_weeks=2), first=date(2026, 12, 1), until=date(2027, 1, 19))
    assert found == Series((date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 29), date(2027, 1, 12)), ())
    thursdays = series(replace(RHYTHM, weekday=3), first=date(2026, 11, 25), until=date(2026, 12, 24))
    assert thursdays == Series((date(2026, 11, 26),), (date(2026, 12, 24),))


def test_a_series_that_no_day_fits_in_is_empty() -> None:
    assert series(RHYTHM, first=date(2026, 12, 2), until=date(2026, 12, 4)) == Series((), ())


@pytest.mark.parametrize("until", [date(2026, 11, 30), date(2028, 12, 31)])
def test_a_series_goes_forward_and_not_for_ever(until: date) -> None:
    with pytest.raises(SeriesTooLong):
        series(RHYTHM, first=date(2026, 12, 1), until=until)


def test_the_last_day_for_cases_is_counted_in_working_days_when_the_team_has_one() -> None:
    got = dated(MEETING, replace(RHYTHM, stop_days=7, send_days=5))
    assert (got.stop_on, got.send_on) == (date(2026, 11, 27), date(2026, 12, 1))
    assert (dated(got, RHYTHM).stop_on, dated(got, RHYTHM).send_on) == (None, None)
    assert working_days_before(date(2026, 12, 28), 1) == date(2026, 12, 23)


def test_a_meeting_is_moved_until_it_begins() -> None:
    on = date(2026, 12, 15)
    others = [MEETING, meets(date(2026, 12, 16))]
    assert moved_to(MEETING, on, replace(RHYTHM, send_days=1), others=others).send_on == date(2026, 12, 14)
    with pytest.raises(MeetingThatDay):
        moved_to(MEETING, date(2026, 12, 16), RHYTHM, others=others)
    with pytest.raises(MeetingBegun):
        moved_to(replace(MEETING, opened_at=NOW), on, RHYTHM, others=others)
    with pytest.raises(MeetingClosed):
        moved_to(replace(MEETING, cancelled_why="Sjukdom"), on, RHYTHM, others=others)


def test_a_day_that_is_taken_is_taken() -> None:
    must_be_free(date(2026, 12, 9), [MEETING])
    with pytest.raises(MeetingThatDay):
        must_be_free(MEETING.on, [MEETING])


def test_the_next_meeting_is_one_that_can_take_cases() -> None:
    later, cancelled = meets(date(2027, 2, 2)), meets(date(2027, 1, 5), cancelled_why="Sjukdom")
    assert following([later, cancelled, MEETING], MEETING.on) == later
    assert following([cancelled, MEETING], MEETING.on) is None


def test_what_is_planned_of_a_series_are_the_days_without_a_meeting() -> None:
    found = Series((date(2026, 12, 8), date(2027, 1, 5)), (date(2026, 12, 24),))
    assert planned_days(found, [date(2026, 12, 8)]) == (date(2027, 1, 5),)


def test_a_series_goes_on_where_the_planned_meetings_end() -> None:
    today = date(2026, 11, 26)
    assert goes_on(RHYTHM, [], today) == goes_on(RHYTHM, [date(2026, 11, 3)], today) == today
    assert goes_on(RHYTHM, [date(2026, 12, 8), date(2027, 1, 5)], today) == date(2027, 2, 2)


def test_the_last_day_for_cases_has_gone_by_the_day_after() -> None:
    meeting = replace(MEETING, stop_on=date(2026, 11, 27))
    assert [is_past_last_day(meeting, date(2026, 11, day)) for day in (26, 27, 28)] == [False, False, True]
    assert not is_past_last_day(MEETING, date(2026, 12, 31))
