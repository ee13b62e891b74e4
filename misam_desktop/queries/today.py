"""Idag: the whole start page, for the one who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlalchemy import ColumnElement, Float, ScalarSelect, and_, func, or_, select

from misam_desktop.domain.access import May, includes
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.clocks import add_months
from misam_desktop.domain.codes import DischargeReason, Outcome
from misam_desktop.domain.ids import ActivityId
from misam_desktop.queries import reach
from misam_desktop.queries.follow_ups import is_open
from misam_desktop.queries.forum import is_accepted, next_day
from misam_desktop.queries.forum_queue import waits_for_forum
from misam_desktop.queries.nafs_next import NextNafs, next_nafs
from misam_desktop.queries.referrals import has_consent, is_unanswered
from misam_desktop.queries.task_rows import Task, TodayRow, coordinates
from misam_desktop.queries.tasks import forum_activities, tasks
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look, query

__all__ = ["Capacity", "NextForum", "Task", "Today", "TodayRow", "today"]

_R, _E, _F, _M, _U = tables.referral.c, tables.episode.c, tables.follow_up.c, tables.meeting.c, tables.unit.c
_DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """Open episodes against what the staffing carries.

    ``median_months`` is the length of those that ended in the last twelve months; ``began`` and ``ended`` are of this
    month.
    """

    open: int
    capacity: int
    median_months: float | None
    began: int
    ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NextForum:
    """The next forum and what is in its queue within the actor's reach.

    Those without consent and those to complete are among the waiting; the accepted wait for enrolment.
    """

    activity_id: str
    name: str
    on: date
    starts: str
    place: str
    waiting: int
    without_consent: int
    to_complete: int
    accepted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The whole start page; what only a koordinator sees is None for others.

    ``next_meetings``: the next forum of each of the actor's activities, the earliest first, whoever refers to it.
    ``nafs``: the next meeting of each NAFS team that the actor leads.
    ``next_follow_up_on``: when the first of the actor's own open follow-ups is due, however far ahead.
    """

    tasks: tuple[TodayRow, ...]
    capacity: Capacity | None
    late_by_unit: tuple[tuple[str, int], ...]
    forum: NextForum | None
    next_meetings: tuple[NextForum, ...] = ()
    nafs: tuple[NextNafs, ...] = ()
    next_follow_up_on: date | None = None


@query("today.shown", needs=May.OWN_SESSION)
def today(look: Look) -> Today:
    """What waits for the actor today."""
    if not includes(look.actor, May.SEE_CASES):
        return Today(tasks=(), capacity=None, late_by_unit=(), forum=None)
    look.needs = May.SEE_CASES
    meetings = _next_meetings(look)
    forum = meetings[0] if meetings and coordinates(look) else None
    return Today(
        tasks=tuple(tasks(look)),
        capacity=_capacity(look, ActivityId(forum.activity_id)) if forum else None,
        late_by_unit=_late_by_unit(look) if coordinates(look) else (),
        forum=forum,
        next_meetings=tuple(meetings),
        nafs=next_nafs(look),
        next_follow_up_on=_next_follow_up_on(look),
    )


def _next_follow_up_on(look: Look) -> date | None:
    statement = (
        select(func.min(_F.due_on))
        .select_from(tables.follow_up)
        .join(tables.episode, _F.episode_id == _E.id)
        .join(tables.referral, _E.referral_id == _R.id)
        .where(is_open(), reach.is_actor(_F.owner_id, look), reach.cases(look))
    )
    found: date | None = look.conn.execute(statement).scalar_one()
    return found


def _next_meetings(look: Look) -> list[NextForum]:
    if not includes(look.actor, May.WRITE_REFERRAL):
        return []
    forums = [_next_forum(look, activity) for activity in forum_activities(look) if activity.open_for_referrals]
    return sorted(forums, key=lambda forum: forum.on)


def _next_forum(look: Look, activity: Activity) -> NextForum:
    on = next_day(look, activity)
    planned = rows.meetings.where(look.conn, _M.activity_id == activity.id, _M.on == on)
    counted = (
        select(
            func.count().filter(waits_for_forum()).label("waiting"),
            func.count().filter(and_(waits_for_forum(), ~has_consent(on))).label("without_consent"),
            func.count().filter(and_(waits_for_forum(), _R.outcome == Outcome.KOMPLETTERA)).label("to_complete"),
            func.count().filter(is_accepted()).label("accepted"),
        )
        .select_from(tables.referral)
        .outerjoin(tables.episode, _R.episode_id == _E.id)
        .where(_R.activity_id == activity.id, is_unanswered(), reach.cases(look))
    )
    rhythm = activity.settings.rhythm
    return NextForum(
        activity_id=activity.id,
        name=activity.settings.forum_name,
        on=on,
        starts=planned[0].starts if planned else rhythm.starts,
        place=planned[0].place if planned else rhythm.place,
        **look.conn.execute(counted).mappings().one(),
    )


def _capacity(look: Look, activity_id: ActivityId) -> Capacity:
    month = look.today.replace(day=1)
    counted = select(
        _how_many(look, activity_id, _E.discharged_on.is_(None)).label("open"),
        _how_many(look, activity_id, _E.enrolled_on >= month).label("began"),
        _how_many(look, activity_id, _E.discharged_on >= month).label("ended"),
    )
    days = func.julianday(_E.discharged_on, type_=Float) - func.julianday(_E.enrolled_on, type_=Float)
    lengths = select(days).where(
        _E.activity_id == activity_id, _counts(look), _E.discharged_on > add_months(look.today, -12)
    )
    found = list(look.conn.execute(lengths).scalars())
    settings = rows.activities.get(look.conn, activity_id).settings
    return Capacity(
        capacity=settings.capacity,
        median_months=round(median(found) / _DAYS_A_MONTH, 1) if found else None,
        **look.conn.execute(counted).mappings().one(),
    )


def _how_many(look: Look, activity_id: ActivityId, which: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).where(_E.activity_id == activity_id, _counts(look), which).scalar_subquery()


def _counts(look: Look) -> ColumnElement[bool]:
    """Which episodes count: not a mistaken registration, nor what jäv keeps back, so that all counts say the same."""
    is_real = or_(_E.discharge_reason.is_(None), _E.discharge_reason != DischargeReason.FELREGISTRERAD)
    return and_(is_real, _E.referral_id.not_in(sorted(look.shut_out))) if look.shut_out else is_real


def _late_by_unit(look: Look) -> tuple[tuple[str, int], ...]:
    """How many follow-ups each uppdragsgivare is late with, in the order of the authorities."""
    statement = (
        select(_U.short, func.count())
        .select_from(tables.follow_up)
        .join(tables.episode, _F.episode_id == _E.id)
        .join(tables.referral, _E.referral_id == _R.id)
        .join(tables.unit, _E.commissioner_id == _U.id)
        .where(is_open(), _F.due_on < look.today, reach.cases(look))
        .group_by(_U.id)
        .order_by(_U.agency, _U.name)
    )
    return tuple((unit, count) for unit, count in look.conn.execute(statement))
