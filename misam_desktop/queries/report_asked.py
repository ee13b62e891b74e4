"""The figures of questionnaires, of talks at the exit and of avvikelser, out of the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select

from misam_desktop.domain import deviation as deviations
from misam_desktop.domain import surveys
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.asked import Asked
from misam_desktop.domain.deviation import Deviation
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.indicator import Total
from misam_desktop.domain.surveys import Participant
from misam_desktop.queries.counted import BehindRow, Making, Source, Thing
from misam_desktop.queries.deviations import name_in, told_kinds
from misam_desktop.queries.near import FAR, episodes_near
from misam_desktop.queries.participations import is_real, overlapping
from misam_desktop.queries.shown import BEYOND
from misam_desktop.queries.stretches import stretches
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look
from misam_desktop.wording import occasion_words

_E, _A, _V, _T = tables.episode.c, tables.asked.c, tables.deviation.c, tables.indicator_total.c


def surveys_making(look: Look, activity: Activity, *, first: date, last: date) -> Making:
    """What was offered and answered in a period, and the totals that were typed in. Raises PeriodBackwards."""
    settings = activity.settings.questionnaires
    counted_by = surveys.tables(settings, first=first, last=last, called=occasion_words)
    source = Source(
        of=Thing.EPISODE,
        tables=counted_by,
        batches=partial(_participants, look, activity, first, last),
        told=partial(_told, look),
        order=lambda one: (one.enrolled_on, one.id),
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
    for began in stretches(look, _E.enrolled_on, which):
        yield []
        here = (*which, _E.enrolled_on.between(*began))
        noted: dict[str, list[Asked]] = defaultdict(list)
        for one in rows.asked.where(look.conn, _A.episode_id.in_(select(_E.id).where(*here))):
            noted[one.episode_id].append(one)
        found = look.conn.execute(select(_E.id, _E.enrolled_on, _E.discharged_on, _E.discharge_reason).where(*here))
        yield [_participant(row, noted[row.id]) for row in found]


def _participant(row: Any, noted: list[Asked]) -> Participant:
    return Participant(
        id=row.id,
        enrolled_on=row.enrolled_on,
        discharged_on=row.discharged_on,
        discharge_reason=row.discharge_reason,
        asked=tuple(noted),
    )


def _told(look: Look, some: Sequence[Participant]) -> Iterator[BehindRow]:
    near = episodes_near(look, [one.id for one in some])
    for one in some:
        found = near.get(one.id, FAR)
        yield BehindRow(found.name, one.enrolled_on, one.discharged_on, episode_id=found.episode_id)


def deviations_making(look: Look, activity: Activity, *, first: date, last: date) -> Making:
    """What came in during a period, by kind. Raises PeriodBackwards."""
    within = (_V.activity_id == activity.id, _V.on.between(first, last))
    found = rows.deviations.where(look.conn, *within)
    source = Source(
        of=Thing.DEVIATION,
        tables=(deviations.table(first=first, last=last),),
        batches=lambda: iter([found]),
        told=partial(_told_of, look),
        order=lambda one: (one.on, one.id),
    )
    return Making(
        sources=(source,),
        report=lambda counting: deviations.as_report(counting, len(found), first=first, last=last),
    )


def _told_of(look: Look, some: Sequence[Deviation]) -> Iterator[BehindRow]:
    for one in some:
        kinds = told_kinds(look, one)
        name = BEYOND if kinds is None else name_in(look, one, kinds) or "Inget ärende"
        yield BehindRow(name, one.on, one.closed_on, episode_id=one.episode_id if kinds is not None else None)
