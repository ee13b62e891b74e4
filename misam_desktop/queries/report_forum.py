"""Samverkansforum in figures, out of the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, Text, select, type_coerce

from misam_desktop.domain.activity import Activity
from misam_desktop.domain.forum_figures import Received, as_forum_report, meeting_tables, referral_tables
from misam_desktop.queries.counted import Making, Source, Thing, told_by_case
from misam_desktop.queries.meeting_figures import meetings
from misam_desktop.queries.near import referrals_near
from misam_desktop.queries.participations import Days, is_real
from misam_desktop.queries.stretches import in_stretches
from misam_desktop.store import tables
from misam_desktop.vault import Look

_R, _P = tables.referral.c, tables.person.c
_JOINED = tables.referral.outerjoin(tables.episode, _R.episode_id == tables.episode.c.id)


def making(look: Look, activity: Activity, *, first: date, last: date) -> Making:
    """The report of an activity's forum for a period. Raises PeriodBackwards."""
    referrals = Source(
        of=Thing.REFERRAL,
        tables=referral_tables(first=first, last=last),
        batches=lambda: _batches(look, activity, first, last),
        told=told_by_case(
            look,
            referrals_near,
            lambda one: one.referral_id,
            since=lambda one: one.referred_on,
            until=lambda one: one.outcome_on,
        ),
        order=lambda one: (one.referred_on, one.referral_id),
    )
    return Making(
        sources=(referrals, meetings(look, activity, meeting_tables(), first=first, last=last)),
        report=lambda counting: as_forum_report(counting, first=first, last=last),
    )


def _batches(look: Look, activity: Activity, first: date, last: date) -> Iterator[list[Received]]:
    which: list[ColumnElement[bool]] = [
        _R.activity_id == activity.id,
        _R.referred_on.between(first, last),
        _R.submitted_at.is_not(None),
        is_real(),
    ]
    as_text = (_P.sex, _R.referred_on, _R.outcome, _R.outcome_on, _R.withdrawn_on)
    statement = (
        select(
            _R.id,
            *(type_coerce(column, Text) for column in as_text),
            _R.also_nafs,
            _R.also_sip,
            _R.episode_id.is_not(None),
        )
        .select_from(_JOINED.join(tables.person, _R.person_id == _P.id))
        .where(*which)
    )  # fmt: skip
    parsed = Days()
    for found in in_stretches(look, statement, _R.referred_on, which, of=_JOINED):
        yield [
            Received(case_id, sex, parsed[on], outcome, parsed.or_none(outcome_on), parsed.or_none(withdrawn_on), *rest)
            for case_id, sex, on, outcome, outcome_on, withdrawn_on, *rest in found
        ]
