"""The meetings of an activity as the reports count them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnElement, select

from misam_desktop.domain.activity import Activity
from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.counting import Table
from misam_desktop.domain.meeting import state_of
from misam_desktop.domain.meeting_figures import KeptMeeting
from misam_desktop.queries.counted import BehindRow, Source, Thing
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look

_M, _AT = tables.meeting.c, tables.attendance.c


def meetings(
    look: Look, activity: Activity, of: tuple[Table[KeptMeeting], ...], *, first: date, last: date
) -> Source[KeptMeeting]:
    """The meetings of a period, and what counts them; a list tells each by the name of the meeting."""

    def told(some: Sequence[KeptMeeting]) -> Iterator[BehindRow]:
        name = f"{activity.settings.forum_name}, {activity.name}"
        return (BehindRow(f"{name}: {one.why}" if one.why else name, one.on) for one in some)

    return Source(
        of=Thing.MEETING,
        tables=of,
        batches=lambda: iter([_kept(look, activity, first, last)]),
        told=told,
        order=lambda one: (one.on, one.meeting_id),
    )


def cancelled_for(look: Look, activity: Activity, *, first: date, last: date) -> list[str]:
    """Why meetings of the period were cancelled."""
    statement = select(_M.cancelled_why).where(*_within(activity, first, last), _M.cancelled_why != "")
    return list(look.conn.execute(statement).scalars())


def _within(activity: Activity, first: date, last: date) -> list[ColumnElement[bool]]:
    return [_M.activity_id == activity.id, _M.on.between(first, last)]


def _kept(look: Look, activity: Activity, first: date, last: date) -> list[KeptMeeting]:
    which = _within(activity, first, last)
    present = defaultdict[str, dict[Agency, Presence]](dict)
    for one in rows.attendances.where(look.conn, _AT.meeting_id.in_(select(_M.id).where(*which))):
        present[one.meeting_id][one.agency] = one.presence
    return [
        KeptMeeting(one.id, one.on, state_of(one), one.outside, one.cancelled_why, present[one.id])
        for one in rows.meetings.where(look.conn, *which)
    ]
