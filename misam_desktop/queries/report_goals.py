"""The goals of an activity in figures, out of the store, with what has been written of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, select

from misam_desktop.domain import goal_figures
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.goal import Judged
from misam_desktop.domain.goal_figures import Case
from misam_desktop.domain.report import Note
from misam_desktop.queries.counted import Making, Source, Thing, told_by_case
from misam_desktop.queries.near import referrals_near
from misam_desktop.queries.participations import has_consented, is_real, overlapping
from misam_desktop.queries.stretches import in_stretches
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look
from misam_desktop.wording import goal_words

_E, _R, _P, _G = tables.episode.c, tables.referral.c, tables.person.c, tables.goal_judged.c
_JOINED = tables.referral.outerjoin(tables.episode, _R.episode_id == _E.id)


def making(look: Look, activity: Activity, *, first: date, last: date) -> Making:
    """How the goals of an activity were met in a period. Raises PeriodBackwards."""
    goals = activity.settings.goals
    notes = [_note(one) for one in judged(look, activity, first=first, last=last)]
    source = Source(
        of=Thing.REFERRAL,
        tables=goal_figures.tables(goals, first=first, last=last, labels={one.code: goal_words(one) for one in goals}),
        batches=lambda: _batches(look, activity, first, last),
        told=told_by_case(
            look,
            referrals_near,
            lambda one: one.referral_id,
            since=lambda one: one.enrolled_on or one.referred_on,
            until=lambda one: one.discharged_on,
        ),
        order=lambda one: (one.referred_on, one.referral_id),
    )
    return Making(
        sources=(source,),
        report=lambda counting: goal_figures.as_goal_report(counting, first=first, last=last, notes=notes),
    )


def judged(look: Look, activity: Activity, *, first: date, last: date) -> list[Judged]:
    """What has been written of the goals of a period."""
    which = (_G.activity_id == activity.id, _G.first_on == first, _G.last_on == last)
    return rows.goals_judged.where(look.conn, *which, order_by=[_G.goal])


def _note(one: Judged) -> Note:
    return Note(section=goal_figures.TABLE, row=one.goal, rating=one.rating or "", comment=one.comment)


def _batches(look: Look, activity: Activity, first: date, last: date) -> Iterator[list[Case]]:
    """The episodes of the period, and the referrals of the period that led to none of them."""
    takes_part = and_(*overlapping(activity.id, first, last))
    episodes = [takes_part, is_real()]
    yield from _read(look, _E.enrolled_on, episodes)
    referrals = [
        _R.activity_id == activity.id,
        _R.referred_on.between(first, last),
        _R.submitted_at.is_not(None),
        is_real(),
        func.coalesce(not_(takes_part), True),
    ]
    yield from _read(look, _R.referred_on, referrals)


def _read(look: Look, day: Any, which: Sequence[ColumnElement[bool]]) -> Iterator[list[Case]]:
    statement = _statement(look).where(*which)
    for found in in_stretches(look, statement, day, which, of=_JOINED):
        yield [_case(row) for row in found]


def _statement(look: Look) -> Select[Any]:
    since = func.coalesce(_E.enrolled_on, _R.referred_on)
    return select(
        _R.id, _R.episode_id, _R.referred_on, _E.enrolled_on, _E.discharged_on, _E.destination, _E.discharge_reason,
        _E.livelihoods_out, _P.protected, has_consented(look.today, since=since, case_id=_R.id).label("has_agreed"),
    ).select_from(_JOINED.join(tables.person, _R.person_id == _P.id))  # fmt: skip


def _case(row: Any) -> Case:
    return Case(
        referral_id=row.id,
        episode_id=row.episode_id,
        referred_on=row.referred_on,
        enrolled_on=row.enrolled_on,
        discharged_on=row.discharged_on,
        destination=row.destination,
        discharge_reason=row.discharge_reason,
        livelihood_out=None if row.livelihoods_out is None else row.livelihoods_out.main,
        detailed=row.has_agreed and not row.protected,
    )
