"""The flow through an activity, out of the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Text, and_, func, or_, select, type_coerce

from misam_desktop.domain.activity import Activity
from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.flow_figures import (
    Stay,
    Waiting,
    as_flow_report,
    month_code,
    months_of,
    stay_tables,
    waiting_tables,
)
from misam_desktop.queries.counted import Making, Source, Thing, told_by_case
from misam_desktop.queries.near import referrals_near
from misam_desktop.queries.participations import Days, is_real, overlapping, told_stays
from misam_desktop.queries.stretches import in_stretches
from misam_desktop.store import tables
from misam_desktop.vault import Look
from misam_desktop.wording import month_and_year

_E, _R, _P = tables.episode.c, tables.referral.c, tables.person.c


def making(look: Look, activity: Activity, *, first: date, last: date) -> Making:
    """The report of an activity's flow in a period. Raises PeriodBackwards."""
    settings, as_of = activity.settings, min(last, look.today)
    stays = Source(
        of=Thing.EPISODE,
        tables=stay_tables(
            first=first,
            last=last,
            today=look.today,
            rereferral_months=settings.rereferral_months,
            month_words={month_code(one): month_and_year(one) for one in months_of(first, last)},
        ),
        batches=lambda: _stays(look, activity, first, last),
        told=told_stays(look),
        order=lambda one: (one.enrolled_on, one.episode_id),
    )
    waiting = Source(
        of=Thing.REFERRAL,
        tables=waiting_tables(as_of=as_of),
        batches=lambda: _waiting(look, activity, as_of),
        told=told_by_case(
            look,
            referrals_near,
            lambda one: one.referral_id,
            since=lambda one: one.referred_on,
            until=lambda _one: None,
        ),
        order=lambda one: (one.referred_on, one.referral_id),
    )
    return Making(
        sources=(stays, waiting),
        report=lambda counting: as_flow_report(counting, first=first, last=last, capacity=settings.capacity),
    )


def _stays(look: Look, activity: Activity, first: date, last: date) -> Iterator[list[Stay]]:
    which = [*overlapping(activity.id, first, last), is_real()]
    columns: list[Any] = [_E.id, _P.sex, _E.enrolled_on, _E.discharged_on, _again_on()]
    as_text: list[Any] = [type_coerce(one, Text) for one in columns]
    statement = select(*as_text).select_from(tables.episode).join(tables.person, _E.person_id == _P.id).where(*which)
    days = Days()
    for found in in_stretches(look, statement, _E.enrolled_on, overlapping(activity.id, first, last)):
        yield [
            Stay(episode_id, sex, days[since], days.or_none(until), days.or_none(again))
            for episode_id, sex, since, until, again in found
        ]


def _again_on() -> ScalarSelect[Any]:
    """The first referral that took the person back after an episode and was put to the forum."""
    back = tables.referral.alias("back")
    return (
        select(func.min(back.c.referred_on))
        .where(back.c.earlier_episode_id == _E.id, back.c.submitted_at.is_not(None), back.c.withdrawn_on.is_(None))
        .correlate(tables.episode)
        .scalar_subquery()
    )


def _waiting(look: Look, activity: Activity, as_of: date) -> Iterator[list[Waiting]]:
    """The rule of ``domain.forum_figures.standing``: neither decided nor withdrawn at the end of a day."""
    undecided = or_(
        and_(_R.outcome.is_(None), _R.episode_id.is_(None)), _R.outcome_on > as_of, _R.outcome == Outcome.KOMPLETTERA
    )
    which: list[ColumnElement[bool]] = [
        _R.activity_id == activity.id,
        _R.referred_on <= as_of,
        _R.submitted_at.is_not(None),
        or_(_R.withdrawn_on.is_(None), _R.withdrawn_on > as_of),
        undecided,
    ]
    statement = (
        select(_R.id, _R.referrer, _P.protected, _R.referred_on)
        .select_from(tables.referral)
        .join(tables.person, _R.person_id == _P.id)
        .where(*which)
    )
    for found in in_stretches(look, statement, _R.referred_on, which):
        yield [Waiting(*row) for row in found]
