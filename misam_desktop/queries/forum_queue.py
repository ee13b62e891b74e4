"""What a forum takes up, and in which order."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, or_

from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.forum_minutes import Minute, newest
from misam_desktop.domain.meeting import Assessment, Meeting, MeetingState, queue_order, state_of
from misam_desktop.domain.referral import Referral
from misam_desktop.store import rows, tables

_R, _S, _N = tables.referral.c, tables.assessment.c, tables.minute.c


def waits_for_forum() -> ColumnElement[bool]:
    """Which referrals the next forum takes up: put to it, and not answered for good."""
    return and_(
        _R.submitted_at.is_not(None),
        _R.withdrawn_on.is_(None),
        _R.episode_id.is_(None),
        or_(_R.outcome.is_(None), _R.outcome == Outcome.KOMPLETTERA),
    )


def standing_assessments(conn: Connection, meeting: Meeting | None) -> list[Assessment]:
    """What the meeting has concluded and nobody has taken back."""
    return rows.assessments.where(conn, _S.meeting_id == (meeting.id if meeting else ""), _S.taken_back_at.is_(None))


def minutes_of(conn: Connection, meeting: Meeting) -> list[Minute]:
    """What was written down of each case when the meeting was last closed."""
    return newest(rows.minutes.of(conn, _N.meeting_id, meeting.id))


def taken_up(conn: Connection, meeting: Meeting) -> list[Referral]:
    """The cases of a forum in its order: who waits for it and whom it has concluded on; once closed, its minutes'."""
    there: ColumnElement[bool]
    if state_of(meeting) is MeetingState.CLOSED:
        there = _R.id.in_([one.referral_id for one in minutes_of(conn, meeting)])
    else:
        concluded = _R.id.in_([one.referral_id for one in standing_assessments(conn, meeting)])
        there = or_(and_(waits_for_forum(), _R.referred_on <= meeting.on), concluded)
    found = rows.referrals.where(conn, _R.activity_id == meeting.activity_id, there)
    return in_queue_order(conn, meeting, found)


def in_queue_order(conn: Connection, meeting: Meeting, referrals: list[Referral]) -> list[Referral]:
    """These in the order in which the meeting's activity takes them."""
    settings = rows.activities.get(conn, meeting.activity_id).settings
    return queue_order(referrals, counting=settings.priorities)
