"""The figures of questionnaires, of talks at the exit and of avvikelser, out of the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Integer, ScalarSelect, Text, select, type_coerce

from misam_desktop.domain import deviation as deviations
from misam_desktop.domain import surveys
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.asked import AskedWhat
from misam_desktop.domain.deviation import CameIn
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.indicator import Total
from misam_desktop.domain.surveys import Noted, Participant
from misam_desktop.queries.counted import BehindRow, Making, Source, Thing
from misam_desktop.queries.deviations import name_in, told_kinds
from misam_desktop.queries.participations import Days, is_real, overlapping, told_stays
from misam_desktop.queries.shown import BEYOND
from misam_desktop.queries.stretches import in_stretches
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look
from misam_desktop.wording import occasion_words

_NOTED = [Noted(*(bool(which_days & 2**place) for place in range(3))) for which_days in range(8)]
_E, _A, _V, _T = tables.episode.c, tables.asked.c, tables.deviation.c, tables.indicator_total.c


def surveys_making(look: Look, activity: Activity, *, first: date, last: date) -> Making:
    """What was offered and answered in a period, and the totals that were typed in. Raises PeriodBackwards."""
    settings = activity.settings.questionnaires
    counted_by = surveys.tables(settings, first=first, last=last, called=occasion_words)
    source = Source(
        of=Thing.EPISODE,
        tables=counted_by,
        batches=partial(_participants, look, activity, first, last),
        told=told_stays(look),
        order=lambda one: (one.enrolled_on, one.episode_id),
    )
    totals = totals_of(look, activity.id, first=first, last=last)
    indicators = rows.indicators.where(look.conn)
    return Making(
        sources=(source,),
        report=lambda counting: surveys.as_report(counting, indicators, totals, first=first, last=last),
    )


def totals_of(look: Look, activity_id: ActivityId, *, first: date, last: date) -> list[Total]:
    """What was typed in for exactly this period."""
    return rows.indicator_totals.where(look.conn, _T.activity_id == activity_id, _T.first == first, _T.last == last)


def _participants(look: Look, activity: Activity, first: date, last: date) -> Iterator[list[Participant]]:
    which = [*overlapping(activity.id, first, last), is_real()]
    wanted = surveys.counted_of_each(activity.settings.questionnaires, first=first, last=last)
    as_text = (_E.enrolled_on, _E.discharged_on, _E.discharge_reason)
    noted = (_noted(*one) for one in wanted)
    statement = select(_E.id, *(type_coerce(column, Text) for column in as_text), *noted).where(*which)
    days = Days()
    for found in in_stretches(look, statement, _E.enrolled_on, which, times=3):
        yield [
            Participant(
                episode_id,
                days[enrolled],
                days.or_none(discharged),
                reason,
                {one: _NOTED[which_days] for one, which_days in zip(wanted, noted, strict=True) if which_days},
            )
            for episode_id, enrolled, discharged, reason, *noted in found
        ]


def _noted(what: AskedWhat, occasion: str) -> ScalarSelect[Any]:
    """Which days are noted of one thing of an episode: a number that tells its place among ``_NOTED``, or none."""
    days = enumerate((_A.offered_on, _A.done_on, _A.not_offered_on))
    which_days = sum(type_coerce(day.is_not(None), Integer) * 2**place for place, day in days)
    of_one = (_A.episode_id == _E.id, _A.what == what, _A.occasion == occasion)
    return select(which_days).where(*of_one).correlate(tables.episode).scalar_subquery()


def deviations_making(look: Look, activity: Activity, *, first: date, last: date) -> Making:
    """What came in during a period, by kind. Raises PeriodBackwards."""
    statement = select(_V.id, type_coerce(_V.kind, Text), _V.on, _V.closed_on)
    within = (_V.activity_id == activity.id, _V.on.between(first, last))
    found = [CameIn(*row) for row in look.conn.execute(statement.where(*within)).all()]
    source = Source(
        of=Thing.DEVIATION,
        tables=(deviations.table(first=first, last=last),),
        batches=lambda: iter([found]),
        told=partial(_told_of, look),
        order=lambda one: (one.on, one.deviation_id),
    )
    return Making(
        sources=(source,),
        report=lambda counting: deviations.as_report(counting, len(found), first=first, last=last),
    )


def _told_of(look: Look, some: Sequence[CameIn]) -> Iterator[BehindRow]:
    for deviation_id, _, on, closed_on in some:
        one = rows.deviations.get(look.conn, deviation_id)
        kinds = told_kinds(look, one)
        name = BEYOND if kinds is None else name_in(look, one, kinds) or "Inget ärende"
        yield BehindRow(name, on, closed_on, episode_id=one.episode_id if kinds is not None else None)
