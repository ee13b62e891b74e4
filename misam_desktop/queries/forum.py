"""Samverkansforum: the queue of a day, who takes part, and what waits for enrolment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Function, Select, and_, func, or_, select

from misam_desktop.domain import meeting as meetings
from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.codes import InfoKind, Outcome
from misam_desktop.domain.gate import let_through
from misam_desktop.domain.ids import ActivityId, ContactId, PersonId, ReferralId, UnitId
from misam_desktop.domain.meeting import Assessment, Attendance, Meeting, assessment_of, next_forum_day, queue_order
from misam_desktop.domain.people import Person
from misam_desktop.domain.preparation import Lack, lacking
from misam_desktop.domain.referral import Referral, ReferralState, state_of
from misam_desktop.domain.room import outside
from misam_desktop.domain.scope import deciding
from misam_desktop.queries import reach, shown
from misam_desktop.queries.forum_queue import standing_assessments, waits_for_forum
from misam_desktop.queries.forum_standing import uncoded
from misam_desktop.queries.receivers import part_of_room
from misam_desktop.queries.room import room_of
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, query

_R, _E, _P, _M = tables.referral.c, tables.episode.c, tables.person.c, tables.meeting.c


_ENDED = frozenset({meetings.MeetingState.CLOSED, meetings.MeetingState.CANCELLED})


class QueueRow(NamedTuple):
    """One referral as the forum goes through it.

    ``outside_consent`` are the asked units that the consent does not name, ``leaving`` the units in the room that it
    leaves out. ``lacks`` is what is missing before it is taken up, ``shut_out`` who is kept out of it, and ``is_twice``
    whether the same person stands in the queue once more.
    ``outcome`` and what goes with it are this meeting's. ``kinds`` are those that may be read, the rest is empty.
    """

    id: ReferralId
    person_id: PersonId
    name: str
    is_protected: bool
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
    leaving: tuple[UnitId, ...]
    has_open_case: bool
    lacks: tuple[Lack, ...]
    shut_out: tuple[str, ...]
    is_twice: bool
    state: ReferralState
    outcome: Outcome | None
    outcome_text: str
    also_nafs: bool
    also_sip: bool
    can_be_taken_back: bool
    version: int
    kinds: frozenset[InfoKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumDay:
    """The forum of one day: its meeting if there is one, attendance and queue; the decided ones stay in it.

    ``room`` are the units that may hear what is said, ``uncoded`` how many cases have come since the codes were drawn.
    ``before`` and ``after`` are the days of the meetings around it. ``never_ended`` is an earlier day whose meeting
    was begun and not closed.
    """

    activity: Activity
    on: date
    meeting: Meeting | None
    state: meetings.MeetingState
    attendance: tuple[Attendance, ...]
    queue: tuple[QueueRow, ...]
    before: date | None = None
    after: date | None = None
    never_ended: date | None = None
    room: tuple[UnitId, ...] = ()
    uncoded: int = 0

    @property
    def left(self) -> int:
        """How many still wait for an outcome at this meeting."""
        return sum(row.outcome is None for row in self.queue)


@query("forum.opened", needs=May.RUN_FORUM)
def forum_day(look: Look, activity_id: ActivityId, *, on: date | None = None) -> ForumDay:
    """The forum of a day, by default today's or the next: every referral in it is a logged read. Raises NotFound."""
    activity = rows.activities.get(look.conn, activity_id)
    look.require(Subject(activity_id=activity.id, unit_ids=frozenset()))
    following = next_day(look, activity)
    day = on or following
    found = rows.meetings.where(look.conn, _M.activity_id == activity_id, _M.on == day)
    meeting = found[0] if found else None
    queue, room = _queue(look, activity, meeting, day)
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
        before=_a_day(look, activity_id, func.max(_M.on), _M.on < day),
        after=_soonest(_a_day(look, activity_id, func.min(_M.on), _M.on > day), following if following > day else None),
        never_ended=_a_day(look, activity_id, func.max(_M.on), _M.on < look.today, _M.on != day, _goes_on()),
        room=room,
        uncoded=len(uncoded(look, meeting)) if meeting is not None else 0,
    )


def _a_day(look: Look, activity_id: ActivityId, day: Function[Any], *conditions: ColumnElement[bool]) -> date | None:
    found: date | None = look.conn.execute(
        select(day).where(_M.activity_id == activity_id, *conditions)
    ).scalar_one_or_none()
    return found


def _soonest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _goes_on() -> ColumnElement[bool]:
    return and_(_M.opened_at.is_not(None), _M.closed_at.is_(None), _M.cancelled_why == "")


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


def is_accepted() -> ColumnElement[bool]:
    """Which referrals wait for enrolment."""
    return and_(_R.outcome == Outcome.ANTAS, _R.episode_id.is_(None), _R.withdrawn_on.is_(None))


def _queue(
    look: Look, activity: Activity, meeting: Meeting | None, day: date
) -> tuple[list[QueueRow], tuple[UnitId, ...]]:
    """What waited for the meeting and what it has concluded, once it has ended only that; and who hears it."""
    standing = standing_assessments(look.conn, meeting)
    concluded = _R.id.in_([one.referral_id for one in standing])
    has_ended = meeting is not None and meetings.state_of(meeting) in _ENDED
    waits = and_(waits_for_forum(), _R.referred_on <= day)
    candidates = rows.referrals.where(
        look.conn, _R.activity_id == activity.id, concluded if has_ended else or_(waits, concluded)
    )
    allowed = set(look.conn.execute(_reachable([referral.id for referral in candidates], look)).scalars())
    ordered = queue_order(
        [referral for referral in candidates if referral.id in allowed], counting=activity.settings.priorities
    )
    room = () if has_ended else room_of(look, meeting, part_of_room(look, ordered, day))
    given = {one.referral_id: one for one in standing}
    around = _Around(look, ordered, room, day)
    found = []
    for referral in ordered:
        came_from = assessment_of(referral, standing)
        said = given[referral.id] if has_ended else came_from
        found.append(_row(look, referral, said, around, is_latest=came_from is not None))
    return found, room


class _Around:
    """What a row is told by beside its own referral: units, colleagues, the room, the day, who stands there twice."""

    def __init__(self, look: Look, referrals: Iterable[Referral], room: tuple[UnitId, ...], day: date) -> None:
        self.units = {unit.id: unit for unit in rows.units.where(look.conn)}
        self.room, self.day = room, day
        self._contacts = {one.id: one for one in rows.contacts.where(look.conn)}
        numbers = Counter(rows.persons.get(look.conn, one.person_id).number for one in referrals)
        self.twice = {number for number, count in numbers.items() if count > 1}

    def named(self, contact_ids: Iterable[ContactId]) -> tuple[str, ...]:
        """«Eva Ek, FK»."""
        found = sorted((self._contacts[one] for one in contact_ids), key=lambda one: one.name)
        return tuple(f"{one.name}, {self.units[one.unit_id].short}" for one in found)


def _reachable(ids: list[ReferralId], look: Look) -> Select[Any]:
    return select(_R.id).outerjoin(tables.episode, _R.episode_id == _E.id).where(_R.id.in_(ids), reach.cases(look))


def _row(
    look: Look,
    referral: Referral,
    said: Assessment | None,
    around: _Around,
    *,
    is_latest: bool,
) -> QueueRow:
    subject = subjects.of_referral(look.conn, referral)
    kinds = look.allowed(subject).kinds
    person = rows.persons.get(look.conn, referral.person_id)
    units, consent = around.units, deciding(subject.consents, subject.purpose, around.day)
    covered = set(consent.unit_ids) if consent else set()
    lacks = lacking(referral, now=deciding(subject.consents, subject.purpose, look.today), then=consent)
    referral, said = let_through(referral, kinds), said and let_through(said, kinds)
    needed = [units[unit_id] for unit_id in referral.needed_unit_ids if unit_id in units]
    hidden = shown.hidden(look, protected=person.protected, owners=person.protected_owners)
    state = state_of(referral)
    return QueueRow(
        id=referral.id,
        person_id=person.id,
        name=shown.PROTECTED if hidden else person.full_name or shown.UNNAMED,
        is_protected=person.protected,
        age=None if hidden else person.number.age_on(referral.referred_on),
        unit=units[referral.unit_id].short if referral.unit_id in units else "Annan",
        referred_on=referral.referred_on,
        days_waiting=(look.today - referral.referred_on).days,
        sgi0=referral.sgi0,
        is_rereferral=referral.is_rereferral,
        not_held=referral.not_held,
        question=referral.question,
        needed=tuple(unit.short for unit in needed),
        needed_why=referral.needed_why,
        has_consent=consent is not None,
        outside_consent=tuple(unit.short for unit in needed if unit.id not in covered),
        leaving=outside(around.room, covered) if consent else (),
        has_open_case=_has_open_case(look, referral, person),
        lacks=lacks,
        shut_out=around.named(subject.shut_out),
        is_twice=person.number in around.twice,
        state=state,
        outcome=said.outcome if said else None,
        outcome_text=said.text if said else "",
        also_nafs=said is not None and said.also_nafs,
        also_sip=said is not None and said.also_sip,
        can_be_taken_back=is_latest and state is not ReferralState.ENROLLED,
        version=referral.version,
        kinds=kinds,
    )


def _has_open_case(look: Look, referral: Referral, person: Person) -> bool:
    """Whether the person has another case that goes on, of those that the actor is not kept out of."""
    twins = [one.id for one in subjects.persons_of_number(look.conn, person.number)]
    goes_on = (
        select(_E.id)
        .join(tables.referral, _E.referral_id == _R.id)
        .where(
            _E.person_id.in_(twins),
            _E.activity_id == referral.activity_id,
            _E.discharged_on.is_(None),
            _E.referral_id != referral.id,
            reach.cases(look),
        )
    )
    return look.conn.execute(goes_on.limit(1)).first() is not None


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
            reach.identity(look).label("identified"),
        )
        .select_from(tables.referral)
        .join(tables.person, _R.person_id == _P.id)
        .outerjoin(tables.unit, _R.unit_id == tables.unit.c.id)
        .outerjoin(tables.episode, _R.episode_id == _E.id)
        .where(
            _R.activity_id == activity_id, is_accepted(), reach.cases(look)
        )
        .order_by(_R.outcome_on, _R.id)
    )  # fmt: skip
    return [
        EnrolRow(
            id=row.id,
            name=shown.name(look, row),
            unit_id=row.unit_id,
            unit=row.short or "Annan",
            accepted_on=row.outcome_on,
            referred_on=row.referred_on,
            version=row.version,
        )
        for row in look.conn.execute(statement)
    ]
