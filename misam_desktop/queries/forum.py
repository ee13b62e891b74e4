"""Samverkansforum: the queue of a day, who takes part, and what waits for enrolment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from misam_desktop.domain import meeting as meetings
from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.codes import Outcome, Purpose
from misam_desktop.domain.consent import valid_on
from misam_desktop.domain.ids import ActivityId, PersonId, ReferralId, UnitId
from misam_desktop.domain.meeting import Attendance, Meeting, next_forum_day, queue_order
from misam_desktop.domain.referral import Referral, ReferralState, state_of
from misam_desktop.queries import reach, shown
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look, query

_R, _E, _P, _M = tables.referral.c, tables.episode.c, tables.person.c, tables.meeting.c


class QueueRow(NamedTuple):
    """One referral as the forum goes through it."""

    id: ReferralId
    person_id: PersonId
    name: str
    age: int | None
    unit: str
    referred_on: date
    days_waiting: int
    sgi0: bool
    is_rereferral: bool
    not_held: str
    question: str
    needed: tuple[str, ...]
    needed_why: str
    has_consent: bool
    outside_consent: tuple[str, ...]
    has_open_case: bool
    state: ReferralState
    outcome: Outcome | None
    outcome_text: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumDay:
    """The forum of one day: its meeting if there is one, attendance and queue; the decided ones stay in it."""

    activity: Activity
    on: date
    meeting: Meeting | None
    state: meetings.MeetingState
    attendance: tuple[Attendance, ...]
    queue: tuple[QueueRow, ...]

    @property
    def left(self) -> int:
        """How many still wait for an outcome at this meeting."""
        return sum(row.outcome is None for row in self.queue)


@query("forum.opened", needs=May.RUN_FORUM)
def forum_day(look: Look, activity_id: ActivityId, *, on: date | None = None) -> ForumDay:
    """The forum of a day, by default today's or the next: every referral in it is a logged read."""
    activity = rows.activities.get(look.conn, activity_id)
    day = on or next_day(look, activity)
    found = rows.meetings.where(look.conn, _M.activity_id == activity_id, _M.on == day)
    meeting = found[0] if found else None
    queue = _queue(look, activity, meeting)
    for row in queue:
        look.opened(row.id, row.person_id)
    if meeting is not None and not queue:
        look.opened(meeting.id, "")
    attended = tables.attendance.c.meeting_id == (meeting.id if meeting else "")
    return ForumDay(
        activity=activity,
        on=day,
        meeting=meeting,
        state=meetings.state_of(meeting) if meeting else meetings.MeetingState.PLANNED,
        attendance=tuple(rows.attendances.where(look.conn, attended)),
        queue=tuple(queue),
    )


def next_day(look: Look, activity: Activity) -> date:
    """The day of an activity's next forum, today included: the meeting that is planned or open, else by its rhythm."""
    ended = or_(_M.closed_at.is_not(None), _M.cancelled_why != "")
    of_activity = _M.activity_id == activity.id
    ahead = select(func.min(_M.on)).where(of_activity, _M.on >= look.today, ~ended)
    opened: date | None = look.conn.execute(ahead).scalar_one_or_none()
    if opened is not None:
        return opened
    last = look.conn.execute(select(func.max(_M.on)).where(of_activity, ended)).scalar_one_or_none()
    return next_forum_day(activity.settings.rhythm, today=look.today, last=last)


def waits_for_forum() -> ColumnElement[bool]:
    """Which referrals the next forum takes up: put to it, and not answered for good."""
    return and_(
        _R.submitted_at.is_not(None),
        _R.withdrawn_on.is_(None),
        _R.episode_id.is_(None),
        or_(_R.outcome.is_(None), _R.outcome == Outcome.KOMPLETTERA),
    )


def is_accepted() -> ColumnElement[bool]:
    """Which referrals wait for enrolment."""
    return and_(_R.outcome == Outcome.ANTAS, _R.episode_id.is_(None), _R.withdrawn_on.is_(None))


def _queue(look: Look, activity: Activity, meeting: Meeting | None) -> list[QueueRow]:
    here = _R.outcome_meeting_id == (meeting.id if meeting else "")
    candidates = rows.referrals.where(look.conn, _R.activity_id == activity.id, or_(waits_for_forum(), here))
    allowed = set(look.conn.execute(_reachable([referral.id for referral in candidates], look)).scalars())
    ordered = queue_order(
        [referral for referral in candidates if referral.id in allowed], counting=activity.settings.priorities
    )
    units = {unit.id: unit for unit in rows.units.where(look.conn)}
    names = {unit_id: unit.short for unit_id, unit in units.items()}
    return [_row(look, referral, names, meeting) for referral in ordered]


def _reachable(ids: list[ReferralId], look: Look) -> Select[Any]:
    return select(_R.id).outerjoin(tables.episode, _R.episode_id == _E.id).where(_R.id.in_(ids), reach.referrals(look))


def _row(look: Look, referral: Referral, names: dict[UnitId, str], meeting: Meeting | None) -> QueueRow:
    person = rows.persons.get(look.conn, referral.person_id)
    consents = [
        consent
        for consent in rows.consents.where(look.conn, tables.consent.c.referral_id == referral.id)
        if consent.purpose is Purpose.SAMVERKAN and valid_on(consent, meeting.on if meeting else look.today)
    ]
    covered = {unit_id for consent in consents for unit_id in consent.unit_ids}
    hidden = shown.hidden(look, protected=person.protected, owners=person.protected_owners)
    here = meeting is not None and referral.outcome_meeting_id == meeting.id
    return QueueRow(
        id=referral.id,
        person_id=person.id,
        name=shown.PROTECTED if hidden else person.full_name or shown.UNNAMED,
        age=None if hidden else person.number.age_on(referral.referred_on),
        unit=names.get(referral.unit_id, "Annan") if referral.unit_id else "Annan",
        referred_on=referral.referred_on,
        days_waiting=(look.today - referral.referred_on).days,
        sgi0=referral.sgi0,
        is_rereferral=referral.is_rereferral,
        not_held="" if hidden else referral.not_held,
        question="" if hidden else referral.question,
        needed=tuple(names[unit_id] for unit_id in referral.needed_unit_ids if unit_id in names),
        needed_why="" if hidden else referral.needed_why,
        has_consent=bool(consents),
        outside_consent=tuple(
            names[unit_id] for unit_id in referral.needed_unit_ids if unit_id in names and unit_id not in covered
        ),
        has_open_case=_has_open_case(look, referral),
        state=state_of(referral),
        outcome=referral.outcome if here else None,
        outcome_text=referral.outcome_text if here else "",
        version=referral.version,
    )


def _has_open_case(look: Look, referral: Referral) -> bool:
    goes_on = exists().where(
        _E.person_id == referral.person_id,
        _E.activity_id == referral.activity_id,
        _E.discharged_on.is_(None),
        _E.referral_id != referral.id,
    )
    return bool(look.conn.execute(select(goes_on)).scalar_one())


class EnrolRow(NamedTuple):
    """One accepted referral that waits for enrolment."""

    id: ReferralId
    name: str
    unit_id: UnitId | None
    unit: str
    accepted_on: date
    referred_on: date
    version: int


@query("forum.enrolments_listed", needs=May.ENROL)
def waiting_for_enrolment(look: Look, activity_id: ActivityId) -> list[EnrolRow]:
    """Accepted referrals without an episode, the oldest decision first."""
    statement = (
        select(
            _R.id, _P.given_name, _P.family_name, _P.protected, _P.protected_owners, _R.unit_id,
            tables.unit.c.short, _R.outcome_on, _R.referred_on, _R.version,
        )
        .select_from(tables.referral)
        .join(tables.person, _R.person_id == _P.id)
        .outerjoin(tables.unit, _R.unit_id == tables.unit.c.id)
        .outerjoin(tables.episode, _R.episode_id == _E.id)
        .where(
            _R.activity_id == activity_id, is_accepted(), reach.referrals(look)
        )
        .order_by(_R.outcome_on, _R.id)
    )  # fmt: skip
    return [
        EnrolRow(
            id=row.id,
            name=shown.name(
                look,
                given=row.given_name,
                family=row.family_name,
                protected=row.protected,
                owners=row.protected_owners,
            ),
            unit_id=row.unit_id,
            unit=row.short or "Annan",
            accepted_on=row.outcome_on,
            referred_on=row.referred_on,
            version=row.version,
        )
        for row in look.conn.execute(statement)
    ]
