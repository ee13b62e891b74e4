"""The weekly samverkansforum: its meeting, attendance per authority, and one outcome for each referral."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from misam_desktop.commands.consents import deciding_consent
from misam_desktop.commands.forum_items import draw_missing
from misam_desktop.commands.forum_minutes import keep_minutes
from misam_desktop.domain import meeting as meetings
from misam_desktop.domain import referral as rules
from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.calendar import dated, moved_to
from misam_desktop.domain.codes import Agency, Outcome, Presence
from misam_desktop.domain.consent import must_hold
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import ActivityId, MeetingId, ReferralId
from misam_desktop.domain.meeting import Assessment, Attendance, Meeting
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.forum_queue import standing_assessments, taken_up
from misam_desktop.queries.meetings import cases_concluded
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, command


@command("meeting.opened", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def open_forum(tx: Tx, activity_id: ActivityId, *, on: date) -> Meeting:
    """Begin the forum of a day: the planned meeting, or a new one; opening it again changes nothing."""
    meeting = _admit(tx, _of_day(tx, activity_id, on))
    opened = meetings.open_meeting(meeting, now=tx.now, today=tx.today)
    draw_missing(tx, opened)
    return opened if opened == meeting else rows.meetings.save(tx.conn, opened)


@command("meeting.planned", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def plan_meeting(tx: Tx, activity_id: ActivityId, *, on: date) -> Meeting:
    """Put a day's meeting into the calendar; planning it again changes nothing."""
    return _admit(tx, _of_day(tx, activity_id, on))


def _of_day(tx: Tx, activity_id: ActivityId, on: date) -> Meeting:
    found = rows.meetings.where(tx.conn, tables.meeting.c.activity_id == activity_id, tables.meeting.c.on == on)
    return found[0] if found else _planned(tx, activity_id, on)


def _planned(tx: Tx, activity_id: ActivityId, on: date) -> Meeting:
    settings = rows.activities.get(tx.conn, activity_id).settings
    meeting = Meeting(
        id=MeetingId(tx.new_id()),
        activity_id=activity_id,
        kind=settings.kind,
        on=on,
        starts=settings.rhythm.starts,
        place=settings.rhythm.place,
    )
    return rows.meetings.add(tx.conn, dated(meeting, settings.rhythm))


@command("meeting.moved", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def move_meeting(
    tx: Tx, meeting_id: MeetingId, *, on: date, starts: str | None = None, place: str | None = None
) -> Meeting:
    """Move a meeting that has not begun to another day, hour or place; its last day for cases moves with it.

    Raises MeetingClosed, MeetingBegun, MeetingThatDay.
    """
    meeting = _admit(tx, rows.meetings.get(tx.conn, meeting_id))
    rhythm = rows.activities.get(tx.conn, meeting.activity_id).settings.rhythm
    others = rows.meetings.of(tx.conn, tables.meeting.c.activity_id, meeting.activity_id)
    moved = moved_to(meeting, on, rhythm, others=others)
    starts = meeting.starts if starts is None else starts.strip()
    place = meeting.place if place is None else place.strip()
    return rows.meetings.save(tx.conn, replace(moved, starts=starts, place=place))


@command("meeting.attendance_recorded", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def record_attendance(
    tx: Tx, meeting_id: MeetingId, agency: Agency, presence: Presence, *, substitute: str = ""
) -> Attendance:
    """Record how one authority takes part; said again, it replaces what was said before."""
    meeting = _admit(tx, rows.meetings.get(tx.conn, meeting_id))
    meetings.must_be_open(meeting)
    table = tables.attendance
    said = rows.attendances.where(tx.conn, table.c.meeting_id == meeting_id, table.c.agency == agency)
    if said:
        return rows.attendances.save(tx.conn, replace(said[0], presence=presence, substitute=substitute))
    new = Attendance(id=tx.new_id(), meeting_id=meeting_id, agency=agency, presence=presence, substitute=substitute)
    return rows.attendances.add(tx.conn, new)


@command("forum.outcome_recorded", needs=May.RECORD_OUTCOME, touches=(Topic.CASES, Topic.MEETINGS))
def record_outcome(
    tx: Tx,
    referral_id: ReferralId,
    outcome: Outcome,
    *,
    meeting_id: MeetingId | None,
    text: str = "",
    also_nafs: bool = False,
    also_sip: bool = False,
    seen: int | None = None,
) -> Referral:
    """Record what the forum concluded on one referral.

    Without a consent that held on the meeting's day the others have not heard of it: it can only be completed.
    """
    referral = tx.referral(referral_id, seen=seen)
    settings = rows.activities.get(tx.conn, referral.activity_id).settings
    on = _day_of(tx, referral, meeting_id)
    concluded = rules.conclude(
        referral,
        outcome,
        on=on,
        meeting_id=meeting_id,
        text=text,
        also_nafs=also_nafs,
        also_sip=also_sip,
        offered=settings.outcomes,
        text_required=settings.text_required,
    )
    if outcome is not Outcome.KOMPLETTERA:
        must_hold(deciding_consent(tx, referral, on=on))
    rows.assessments.add(tx.conn, _assessment(tx, concluded, outcome))
    return rows.referrals.save(tx.conn, concluded)


def _day_of(tx: Tx, referral: Referral, meeting_id: MeetingId | None) -> date:
    if meeting_id is None:
        return tx.today
    meeting = rows.meetings.get(tx.conn, meeting_id)
    if meeting.activity_id != referral.activity_id:
        raise NotFound
    meetings.must_be_open(meeting)
    return meeting.on


def _assessment(tx: Tx, concluded: Referral, outcome: Outcome) -> Assessment:
    return Assessment(
        id=tx.new_id(),
        referral_id=concluded.id,
        meeting_id=concluded.outcome_meeting_id,
        outcome=outcome,
        text=concluded.outcome_text,
        also_nafs=concluded.also_nafs,
        also_sip=concluded.also_sip,
        concluded_on=concluded.outcome_on or tx.today,
    )


@command("forum.outcome_taken_back", needs=May.RECORD_OUTCOME, touches=(Topic.CASES, Topic.MEETINGS))
def take_back_outcome(tx: Tx, referral_id: ReferralId, *, seen: int | None = None) -> Referral:
    """Undo an outcome that was recorded by mistake; the referral stands in the queue again."""
    referral = tx.referral(referral_id, seen=seen)
    back = rules.take_back_outcome(referral)
    given = rows.assessments.where(tx.conn, tables.assessment.c.referral_id == referral.id)
    assessment = meetings.assessment_of(referral, given)
    if assessment is not None:
        rows.assessments.save(tx.conn, replace(assessment, taken_back_at=tx.now))
    return rows.referrals.save(tx.conn, back)


@command("meeting.closed", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def close_forum(tx: Tx, meeting_id: MeetingId) -> Meeting:
    """End the meeting; referrals without an outcome wait for the next forum."""
    meeting = _admit(tx, rows.meetings.get(tx.conn, meeting_id))
    taken = taken_up(tx.conn, meeting) if meeting.kind is Kind.FORUM else []
    closed = rows.meetings.save(tx.conn, meetings.close_meeting(meeting, now=tx.now))
    keep_minutes(tx, closed, taken)
    return closed


@command("meeting.cancelled", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def cancel_forum(tx: Tx, activity_id: ActivityId, *, on: date, why: str) -> Meeting:
    """Cancel a day's forum with its reason; the queue moves on to the next.

    A NAFS meeting is cancelled with its agenda (``nafs_calendar.cancel_and_move``). Raises NotFound.
    """
    meeting = _admit(tx, _of_day(tx, activity_id, on))
    if meeting.kind is Kind.NAFS:
        raise NotFound
    told = cases_concluded(tx).get(meeting.id, 0) or len(standing_assessments(tx.conn, meeting))
    return rows.meetings.save(tx.conn, meetings.cancel_meeting(meeting, why=why, concluded=told))


@command("meeting.reopened", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def reopen_forum(tx: Tx, meeting_id: MeetingId) -> Meeting:
    """Take back the end of a meeting that was closed or cancelled by mistake."""
    meeting = _admit(tx, rows.meetings.get(tx.conn, meeting_id))
    return rows.meetings.save(tx.conn, meetings.reopen_meeting(meeting))


def _admit(tx: Tx, meeting: Meeting) -> Meeting:
    tx.about(meeting.id)
    tx.require(Subject(activity_id=meeting.activity_id, unit_ids=frozenset(), purpose=meeting.kind.purpose))
    return meeting
