"""Stegförflyttning and försörjning before and after, out of the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select

from misam_desktop.domain import step_figures
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.step_figures import Moved
from misam_desktop.domain.yearly import Participation
from misam_desktop.queries.counted import Making, Source, Thing, told_by_case
from misam_desktop.queries.near import episodes_near
from misam_desktop.queries.participations import overlapping, participation_batches
from misam_desktop.store import tables
from misam_desktop.vault import Look

_E, _F = tables.episode.c, tables.follow_up.c


def making(look: Look, activity: Activity, *, first: date, last: date) -> Making:
    """How far the people of an activity have come in a period. Raises PeriodBackwards."""
    source = Source(
        of=Thing.EPISODE,
        tables=step_figures.tables(first=first, last=last, steps=activity.settings.steps),
        batches=lambda: _batches(look, activity.id, first, last),
        told=told_by_case(
            look,
            episodes_near,
            lambda one: one.participation.episode_id,
            since=lambda one: one.participation.enrolled_on,
            until=lambda one: one.participation.discharged_on,
        ),
        order=lambda one: (one.participation.enrolled_on, one.participation.episode_id),
    )
    return Making(
        sources=(source,), report=lambda counting: step_figures.as_step_report(counting, first=first, last=last)
    )


def _batches(look: Look, activity_id: ActivityId, first: date, last: date) -> Iterator[list[Moved]]:
    for some in participation_batches(look, activity_id, first, last):
        steps = _steps(look, activity_id, some, first, last) if some else {}
        yield [_moved(one, steps.get(one.episode_id, [])) for one in some]


def _moved(one: Participation, steps: list[int]) -> Moved:
    return Moved(one, steps[0], steps[-1], len(steps)) if steps else Moved(one)


def _steps(
    look: Look, activity_id: ActivityId, some: Sequence[Participation], first: date, last: date
) -> dict[str, list[int]]:
    """The steps that were recorded of some episodes up to a day, in the order of days."""
    began = [one.enrolled_on for one in some]
    statement = (
        select(_E.id, _F.step)
        .select_from(tables.episode)
        .join(tables.follow_up, _F.episode_id == _E.id)
        .where(
            *overlapping(activity_id, first, last),
            _E.enrolled_on.between(min(began), max(began)),
            _F.step.is_not(None),
            _F.done_on <= last,
        )
        .order_by(_E.id, _F.done_on, _F.months)
    )
    found = defaultdict[str, list[int]](list)
    for episode_id, step in look.conn.execute(statement):
        found[episode_id].append(step)
    return found
