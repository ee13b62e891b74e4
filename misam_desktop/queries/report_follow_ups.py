"""Follow-ups in figures, out of the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, Text, select, type_coerce

from misam_desktop.domain.access import May, includes
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.follow_up_figures import PlannedFollowUp, as_follow_up_report
from misam_desktop.domain.follow_up_figures import tables as counted_in
from misam_desktop.queries.counted import Making, Source, Thing, told_by_case
from misam_desktop.queries.near import episodes_near
from misam_desktop.queries.participations import Days, is_real
from misam_desktop.queries.stretches import in_stretches
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look

_E, _F, _U = tables.episode.c, tables.follow_up.c, tables.unit.c
_JOINED = (
    tables.episode.join(tables.follow_up, _F.episode_id == _E.id)
    .outerjoin(tables.unit, _E.commissioner_id == _U.id)
)  # fmt: skip


def making(look: Look, activity: Activity, *, first: date, last: date) -> Making:
    """The report of an activity's follow-ups that are due in a period. Raises PeriodBackwards.

    Who may not know the contacts is not told of handläggare.
    """
    which = _within(activity, first, last)
    of = counted_in(first=first, last=last, as_of=min(last, look.today), workers=_workers(look))
    source = Source(
        of=Thing.FOLLOW_UP,
        tables=of,
        batches=lambda: _batches(look, which),
        told=told_by_case(
            look,
            episodes_near,
            lambda one: one.episode_id,
            since=lambda one: one.due_on,
            until=lambda one: one.done_on,
        ),
        order=lambda one: (one.due_on, one.follow_up_id),
    )
    return Making(sources=(source,), report=lambda counting: as_follow_up_report(counting, first=first, last=last))


def _within(activity: Activity, first: date, last: date) -> list[ColumnElement[bool]]:
    """Those of every episode but those that were registered by mistake; which episodes comes first."""
    return [_E.activity_id == activity.id, _E.enrolled_on <= last, is_real(), _F.due_on.between(first, last)]


def _workers(look: Look) -> dict[str, str]:
    """The names of all who could own any of them, in the order of names."""
    if not includes(look.actor, May.SEE_CONTACTS):
        return {}
    return {one.id: one.name for one in rows.contacts.where(look.conn, order_by=[tables.contact.c.name])}


def _batches(look: Look, which: list[ColumnElement[bool]]) -> Iterator[list[PlannedFollowUp]]:
    as_text = (_U.agency, _F.due_on, _F.original_due_on, _F.done_on, _F.cancelled_on)
    told_apart = (_F.id, _F.episode_id, _F.owner_id, _F.months)
    statement = select(*told_apart, *(type_coerce(one, Text) for one in as_text)).select_from(_JOINED).where(*which)
    days = Days()
    for found in in_stretches(look, statement, _E.enrolled_on, which[:2]):
        yield [
            PlannedFollowUp(
                follow_up_id, episode_id, agency, owner_id, months, days[due], days[original], days.or_none(done),
                days.or_none(cancelled),
            )
            for follow_up_id, episode_id, owner_id, months, agency, due, original, done, cancelled in found
        ]  # fmt: skip
