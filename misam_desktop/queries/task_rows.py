"""One thing that waits on Idag: what kind it is, how grave, and what its one action opens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, SelectBase, and_, exists, or_, select

from misam_desktop.domain.access import May, includes
from misam_desktop.domain.ids import CaseId, EpisodeId, ReferralId
from misam_desktop.domain.sip_next import SipStep
from misam_desktop.queries import shown
from misam_desktop.queries.asked import WaitingRow
from misam_desktop.store import tables
from misam_desktop.vault import Look

ENDS = timedelta(days=30)
"""How far ahead a consent that ends, or a window that closes, is told of."""
_C = tables.consent.c


class Task(StrEnum):
    """What kind of thing waits; each has its one action."""

    FOLLOW_UP = "follow_up"
    ENROL = "enrol"
    COMPLETE = "complete"
    CASE_LEAD = "case_lead"
    CONSENT = "consent"
    REREFERRAL = "rereferral"
    FEEDBACK = "feedback"
    ANSWER = "answer"
    SIP = "sip"
    OFFER_QUESTIONS = "offer_questions"
    NOTE_ANSWERED = "note_answered"


class Urgency(IntEnum):
    """What comes first: what is late, what a week will make late, who waits, what is still to come, what has no day."""

    LATE = 0
    THIS_WEEK = 1
    ENROL = 2
    LATER = 3
    CASE_LEAD = 4


class TodayRow(NamedTuple):
    """One thing that waits. ``days_left`` is negative when late, None when it has no date.

    ``object_id`` is what its one action opens: the follow-up; the case, for samordnare, consent and re-referral; else
    the referral. ``episode_id`` is the row's case; before enrolment it is None, and a consent opens its referral.
    ``nafs_case_id`` is that of a consent of a NAFS case, and of the feedback that is owed after a NAFS meeting; the
    object is then the item of the agenda. ``sip_id`` is that of a SIP, and ``sip_step`` what it waits for.
    ``asked`` is the questionnaire that waits.
    """

    task: Task
    object_id: str
    what: str
    name: str
    due_on: date | None
    days_left: int | None
    urgency: tuple[int, int]
    referral_id: ReferralId | None = None
    episode_id: EpisodeId | None = None
    nafs_case_id: CaseId | None = None
    sip_id: CaseId | None = None
    sip_step: SipStep | None = None
    asked: WaitingRow | None = None


def coordinates(look: Look) -> bool:
    """Whether the actor watches over everybody's cases and not only their own."""
    return bool(includes(look.actor, May.RUN_FORUM))


def undated(
    look: Look, row: Row[Any], task: Task, urgency: Urgency, *, what: str, since: date, **case_id: Any
) -> TodayRow:
    """What has no last day: of two the one that has waited longer comes first."""
    return TodayRow(
        task=task,
        object_id=row.id,
        what=what,
        name=shown.name(look, row),
        due_on=None,
        days_left=None,
        urgency=(urgency, -(look.today - since).days),
        **case_id,
    )


def dated(
    look: Look,
    task: Task,
    object_id: str,
    *,
    what: str,
    name: str,
    due_on: date,
    referral_id: ReferralId | None = None,
    episode_id: EpisodeId | None = None,
) -> TodayRow:
    """What has a last day."""
    days_left = (due_on - look.today).days
    urgency = Urgency.LATE if days_left < 0 else Urgency.THIS_WEEK if days_left <= 7 else Urgency.LATER
    return TodayRow(
        task=task,
        object_id=object_id,
        what=what,
        name=name,
        due_on=due_on,
        days_left=days_left,
        urgency=(urgency, days_left),
        referral_id=referral_id,
        episode_id=episode_id,
    )


def ending(look: Look, until_on: date) -> str:
    """What is said of a consent that ends, or has ended, on a day."""
    return "Samtycket går ut" if until_on >= look.today else "Samtycket har gått ut"


def first_ends(look: Look, case_ids: Collection[str] | SelectBase) -> dict[CaseId, date]:
    """Which of some cases have a consent that ends, and the first day on which one does.

    Asked by itself, it finds the consents of these cases by index; joined to them, it goes through every consent.
    """
    of_them = select(_C.case_id, _C.until_on).where(_C.case_id.in_(case_ids), _ends(look))
    return {row.case_id: row.until_on for row in look.conn.execute(of_them.order_by(_C.until_on.desc()))}


def _ends(look: Look) -> ColumnElement[bool]:
    """Which consents end soon, or have ended, and no later paper has taken their place (``domain.scope.in_order``)."""
    newer = tables.consent.alias("newer").c
    of_one_moment = and_(newer.withdrawn_on.is_(None), newer.id > _C.id)
    that_day = or_(newer.recorded_at > _C.recorded_at, and_(newer.recorded_at == _C.recorded_at, of_one_moment))
    replaced = exists().where(
        newer.case_id == _C.case_id,
        newer.purpose == _C.purpose,
        newer.from_on <= look.today,
        or_(newer.from_on > _C.from_on, and_(newer.from_on == _C.from_on, that_day)),
    )
    return and_(_C.until_on <= look.today + ENDS, _C.withdrawn_on.is_(None), _C.from_on <= look.today, ~replaced)
