"""A forum or NAFS meeting, its attendance, and the queue it goes through (process.md §2, §3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from misam_desktop.domain.activity import Kind, Rhythm
from misam_desktop.domain.codes import Agency, Outcome, Presence, Priority
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, MeetingId, ReferralId
from misam_desktop.domain.referral import FutureDate, Referral, TextRequired
from misam_desktop.domain.tells import PLAN

CODES_KEPT = timedelta(days=90)
"""How long after a meeting its codes can be looked up; then only printed papers remain."""


class MeetingClosed(UserError):
    """The meeting has been closed or cancelled."""

    code = "meeting_closed"


class MeetingNotOpen(UserError):
    """The meeting has not begun."""

    code = "meeting_not_open"


class MeetingHasOutcomes(UserError):
    """The meeting has been held: it has recorded outcomes."""

    code = "meeting_has_outcomes"


class MeetingNotEnded(UserError):
    """The meeting has neither been closed nor cancelled."""

    code = "meeting_not_ended"


class MeetingNotClosed(UserError):
    """The meeting has not been held to its end."""

    code = "meeting_not_closed"


class CodesGone(UserError):
    """The meeting lies so far back that its codes are no longer kept."""

    code = "codes_gone"


class MeetingThatDay(UserError):
    """The activity has a meeting on that day already."""

    code = "meeting_that_day"


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting of an activity. ``starts`` is local time, «13.00».

    A NAFS meeting has a last day for cases (``stop_on``, «stoppdatum») and a day on which its agenda is to be sent;
    what comes once it was sent stands on a tilläggsdagordning. ``given_at`` is when what all get last left the program,
    ``sent_at`` what was then sent to them. ``outside`` is a meeting beside the planned structure.
    """

    id: MeetingId
    activity_id: ActivityId
    kind: Kind
    on: date
    starts: str = ""
    place: str = ""
    stop_on: date | None = None
    send_on: date | None = None
    given_at: datetime | None = None
    sent_at: datetime | None = None
    outside: bool = False
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    cancelled_why: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """How one authority took part; a substitute is named."""

    id: str
    meeting_id: MeetingId
    agency: Agency
    presence: Presence
    substitute: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What one meeting concluded on one referral; a referral that is completed gets a new one at the next forum."""

    id: str
    referral_id: ReferralId
    meeting_id: MeetingId | None
    outcome: Outcome
    text: Annotated[str, PLAN] = ""
    also_nafs: bool = False
    also_sip: bool = False
    concluded_on: date
    taken_back_at: datetime | None = None
    version: int = 1


def state_of(meeting: Meeting) -> MeetingState:
    """Where the meeting stands, from its facts."""
    if meeting.cancelled_why:
        return MeetingState.CANCELLED
    if meeting.closed_at is not None:
        return MeetingState.CLOSED
    return MeetingState.OPEN if meeting.opened_at is not None else MeetingState.PLANNED


def open_meeting(meeting: Meeting, *, now: datetime, today: date) -> Meeting:
    """The meeting under way; opening it again changes nothing. Raises MeetingClosed, FutureDate.

    It does not begin before its day, or what it concludes would be dated ahead.
    """
    if state_of(meeting) in {MeetingState.CLOSED, MeetingState.CANCELLED}:
        raise MeetingClosed
    if meeting.on > today:
        raise FutureDate(field="on")
    return meeting if meeting.opened_at else replace(meeting, opened_at=now)


def close_meeting(meeting: Meeting, *, now: datetime) -> Meeting:
    """The meeting over. Raises MeetingNotOpen."""
    must_be_open(meeting)
    return replace(meeting, closed_at=now)


def cancel_meeting(meeting: Meeting, *, why: str, concluded: int) -> Meeting:
    """The meeting cancelled; ``concluded`` is how many outcomes it has recorded.

    Raises MeetingClosed, MeetingHasOutcomes, TextRequired.
    """
    if state_of(meeting) in {MeetingState.CLOSED, MeetingState.CANCELLED}:
        raise MeetingClosed
    if concluded:
        raise MeetingHasOutcomes(count=concluded)
    if not why.strip():
        raise TextRequired(field="why")
    return replace(meeting, cancelled_why=why.strip())


def reopen_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it stood before it was closed or cancelled by mistake. Raises MeetingNotEnded."""
    if state_of(meeting) not in {MeetingState.CLOSED, MeetingState.CANCELLED}:
        raise MeetingNotEnded
    return replace(meeting, closed_at=None, cancelled_why="")


def takes_more(meeting: Meeting) -> bool:
    """Whether something can still come on its agenda: it is neither over nor cancelled."""
    return state_of(meeting) in {MeetingState.PLANNED, MeetingState.OPEN}


def must_take_more(meeting: Meeting) -> None:
    """Raises MeetingClosed: nothing comes on the agenda of a meeting that is over or cancelled."""
    if not takes_more(meeting):
        raise MeetingClosed


def agenda_left(meeting: Meeting, *, now: datetime) -> Meeting:
    """The meeting once a paper that all get, or something added to it, has left the program."""
    return replace(meeting, given_at=now)


def is_unsent(meeting: Meeting) -> bool:
    """Whether an agenda has left the program since one was last marked as sent."""
    return meeting.given_at is not None and (meeting.sent_at is None or meeting.given_at > meeting.sent_at)


def agenda_sent(meeting: Meeting, *, now: datetime) -> Meeting:
    """The meeting once its agenda is sent, as of when it left: what came later is added. Raises MeetingClosed.

    Said again with nothing new that has left, it changes nothing.
    """
    must_take_more(meeting)
    return replace(meeting, sent_at=meeting.given_at if is_unsent(meeting) else meeting.sent_at or now)


def must_be_closed(meeting: Meeting) -> None:
    """Raises MeetingNotClosed: what a meeting said is given out once it is over."""
    if state_of(meeting) is not MeetingState.CLOSED:
        raise MeetingNotClosed


def must_keep_codes(meeting: Meeting, *, today: date) -> None:
    """Raises MeetingClosed for a cancelled meeting, CodesGone for one that lies too far back."""
    if state_of(meeting) is MeetingState.CANCELLED:
        raise MeetingClosed
    if not agenda_can_be_printed(meeting, today=today):
        raise CodesGone


def must_be_open(meeting: Meeting) -> None:
    """Raises MeetingNotOpen: attendance and outcomes are recorded while it goes on."""
    if state_of(meeting) is not MeetingState.OPEN:
        raise MeetingNotOpen


def assessment_of(referral: Referral, assessments: Iterable[Assessment]) -> Assessment | None:
    """The assessment that a referral's present outcome came from, among all that it has had."""
    same = (referral.outcome, referral.outcome_meeting_id, referral.outcome_on)
    standing = (one for one in assessments if one.taken_back_at is None)
    return next((one for one in standing if (one.outcome, one.meeting_id, one.concluded_on) == same), None)


def agenda_can_be_printed(meeting: Meeting, *, today: date) -> bool:
    """Whether the meeting's codes are still kept (process.md §6); a cancelled meeting has none, its cases move on."""
    return state_of(meeting) is not MeetingState.CANCELLED and keeps_codes(meeting.on, today=today)


def keeps_codes(on: date, *, today: date) -> bool:
    """Whether the codes of a meeting of any kind on a day still tell of anybody."""
    return today <= on + CODES_KEPT


def next_forum_day(rhythm: Rhythm, *, today: date, last: date | None) -> date:
    """The next day the forum meets, today included, by its rhythm counted from the last meeting.

    A meeting that was moved by up to three days keeps its place in the rhythm.
    """
    day = today + timedelta(days=(rhythm.weekday - today.weekday()) % 7)
    if last is None:
        return day
    while (day - last).days < 7 * rhythm.every_weeks - 3:
        day += timedelta(days=7)
    return day


def queue_order(referrals: Iterable[Referral], *, counting: tuple[Priority, ...] = ()) -> list[Referral]:
    """Referrals in the order the forum takes them: SGI 0, then by counting flags, then the oldest first."""
    return sorted(
        referrals,
        key=lambda referral: (
            not referral.sgi0,
            -len(set(referral.priorities) & set(counting)),
            referral.referred_on,
            referral.id,
        ),
    )
