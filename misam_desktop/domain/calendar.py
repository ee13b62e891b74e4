"""The calendar of a NAFS team: its series of meetings by its rhythm, and the days that follow from each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from misam_desktop.domain.activity import Rhythm
from misam_desktop.domain.clocks import is_working_day, working_days_before
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.meeting import Meeting, MeetingClosed, MeetingState, MeetingThatDay, state_of

LONGEST = timedelta(days=2 * 366)
"""How far ahead a series is planned at most."""


class SeriesTooLong(UserError):
    """A series ends before it begins, or lies years ahead."""

    code = "series_too_long"


class MeetingBegun(UserError):
    """A meeting that has been opened stands on its day."""

    code = "meeting_begun"


class Series(NamedTuple):
    """The days of a series, and those that were skipped because nobody works then."""

    days: tuple[date, ...]
    days_off: tuple[date, ...]


def series(rhythm: Rhythm, *, first: date, until: date) -> Series:
    """Every day from ``first`` to ``until`` on which the team meets, counted from the first such weekday.

    Raises SeriesTooLong.
    """
    if not first <= until <= first + LONGEST:
        raise SeriesTooLong(field="until")
    day = first + timedelta(days=(rhythm.weekday - first.weekday()) % 7)
    count = max(0, (until - day).days // (7 * rhythm.every_weeks) + 1)
    days = [day + timedelta(weeks=rhythm.every_weeks * place) for place in range(count)]
    return Series(
        tuple(one for one in days if is_working_day(one)), tuple(one for one in days if not is_working_day(one))
    )


def planned_days(found: Series, taken: Iterable[date]) -> tuple[date, ...]:
    """Those of a series on which no meeting stands yet."""
    before = set(taken)
    return tuple(day for day in found.days if day not in before)


def goes_on(rhythm: Rhythm, taken: Iterable[date], today: date) -> date:
    """The first day of a series that goes on where the planned meetings end; today when none lies ahead."""
    last = max((day for day in taken if day >= today), default=None)
    return today if last is None else last + timedelta(weeks=rhythm.every_weeks)


def dated(meeting: Meeting, rhythm: Rhythm) -> Meeting:
    """The meeting with its last day for cases and its day of sending, as the team has them."""
    return replace(
        meeting,
        stop_on=working_days_before(meeting.on, rhythm.stop_days) if rhythm.stop_days else None,
        send_on=working_days_before(meeting.on, rhythm.send_days) if rhythm.send_days else None,
    )


def moved_to(meeting: Meeting, on: date, rhythm: Rhythm, *, others: Iterable[Meeting]) -> Meeting:
    """The meeting on another day. Raises MeetingClosed, MeetingBegun, MeetingThatDay."""
    if state_of(meeting) in {MeetingState.CLOSED, MeetingState.CANCELLED}:
        raise MeetingClosed
    if meeting.opened_at is not None:
        raise MeetingBegun
    must_be_free(on, (one for one in others if one.id != meeting.id))
    return dated(replace(meeting, on=on), rhythm)


def must_be_free(on: date, others: Iterable[Meeting]) -> None:
    """Raises MeetingThatDay: a team meets once a day, and a cancelled meeting keeps its day."""
    if any(one.on == on for one in others):
        raise MeetingThatDay(field="on")


def is_past_last_day(meeting: Meeting, today: date) -> bool:
    """Whether the last day for cases has gone by: what comes now is taken with a notice."""
    return meeting.stop_on is not None and meeting.stop_on < today


def following(meetings: Iterable[Meeting], after: date) -> Meeting | None:
    """The team's next meeting after a day that can still take cases."""
    ahead = (one for one in meetings if one.on > after and state_of(one) in {MeetingState.PLANNED, MeetingState.OPEN})
    return min(ahead, key=lambda one: one.on, default=None)
