"""What Uppföljning Finsam asks for, out of the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Text, select, type_coerce

from misam_desktop.domain.activity import Activity
from misam_desktop.domain.finsam_figures import Participant, as_finsam_report, tables
from misam_desktop.queries.counted import Making, Source, Thing
from misam_desktop.queries.participations import Days, is_real, overlapping, told_stays
from misam_desktop.queries.stretches import in_stretches
from misam_desktop.store.tables import episode, person
from misam_desktop.vault import Look


def making(look: Look, activity: Activity, *, first: date, last: date) -> Making:
    """The number of participants of an activity in a period. Raises PeriodBackwards."""
    source = Source(
        of=Thing.EPISODE,
        tables=tables(first=first, last=last),
        batches=lambda: _batches(look, activity, first, last),
        told=told_stays(look),
        order=lambda one: (one.enrolled_on, one.episode_id),
    )
    return Making(sources=(source,), report=lambda counting: as_finsam_report(counting, first=first, last=last))


def _batches(look: Look, activity: Activity, first: date, last: date) -> Iterator[list[Participant]]:
    days, began = Days(), episode.c.enrolled_on
    columns = (episode.c.person_id, person.c.sex, began, episode.c.discharged_on, episode.c.id)
    as_text: list[Any] = [type_coerce(column, Text) for column in columns]
    which = [*overlapping(activity.id, first, last), is_real()]
    statement = select(*as_text).join_from(episode, person, episode.c.person_id == person.c.id).where(*which)
    for found in in_stretches(look, statement, began, overlapping(activity.id, first, last)):
        yield [Participant(row[0], row[1], days[row[2]], days.or_none(row[3]), row[4]) for row in found]
