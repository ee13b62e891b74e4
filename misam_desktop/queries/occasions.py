"""A meeting as its papers name it, and one of its papers before it is given out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol, TypeVar

from misam_desktop.documents.agenda import Occasion
from misam_desktop.documents.minutes import Present
from misam_desktop.documents.paper import Paper
from misam_desktop.domain.access import Subject
from misam_desktop.domain.activity import Activity, Kind
from misam_desktop.domain.agenda import Comes, is_addendum, must_hold_something
from misam_desktop.domain.codes import Agency
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.identifying import Found, identifying
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.queries.standing import C, I, Standing
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPaper:
    """One paper of a meeting: for all ``receivers``, or for one unit beside it.

    ``found`` is what in its free texts can tell who somebody is. ``for_units`` are the units that get a paper of their
    own as well. ``orally`` counts what is only spoken of, ``left_out`` what the asker is kept out of.
    """

    paper: Paper
    receivers: tuple[UnitId, ...]
    for_units: tuple[UnitId, ...]
    found: tuple[Found, ...]
    orally: int
    left_out: int


def paper_of(there: Standing[I, C], paper: Paper, found: Iterable[Found]) -> MeetingPaper:
    """A paper with what is to be known before it is given out."""
    return MeetingPaper(
        paper=paper,
        receivers=there.receivers,
        for_units=tuple(there.papers.per_unit),
        found=tuple(dict.fromkeys(found)),
        orally=there.orally,
        left_out=there.left_out,
    )


class Dated(Protocol):
    """A line of a paper, with what stands there."""

    @property
    def item(self) -> Comes:
        """What it is."""


L = TypeVar("L", bound=Dated)


def on_agenda(lines: list[L], meeting: Meeting, *, for_unit: UnitId | None, addendum: bool) -> list[L]:
    """What stands on an agenda; on an addendum, what came since it was sent. Raises NothingBeside, NothingAdded."""
    there = [one for one in lines if is_addendum(one.item, meeting.sent_at)] if addendum else lines
    must_hold_something(there, for_unit=for_unit, addendum=addendum)
    return there


def adds_to(meeting: Meeting, *, addendum: bool) -> date | None:
    """The day on which the agenda was sent that an addendum adds to."""
    return meeting.sent_at.date() if addendum and meeting.sent_at else None


def telling(look: Look, texts: Iterable[tuple[str, str]]) -> list[Found]:
    """What in the texts that leave can tell who somebody is; beside each text the name of whom it is about."""
    known = [word for unit in rows.units.where(look.conn) for word in (unit.name, unit.short)]
    return [one for text, name in texts for one in identifying(text, names=(name,) if name else (), known=known)]


def led(look: Look, meeting: Meeting, kind: Kind | None = None) -> Meeting:
    """The meeting, if the asker leads it, and it is of this kind. Raises NotFound."""
    look.require(whole(meeting))
    if kind not in (None, meeting.kind):
        raise NotFound
    return meeting


def whole(meeting: Meeting) -> Subject:
    """The meeting itself, without anything of what it takes up."""
    return Subject(activity_id=meeting.activity_id, unit_ids=frozenset(), purpose=meeting.kind.purpose)


def occasion(look: Look, meeting: Meeting, for_unit: UnitId | None = None) -> Occasion:
    """The meeting as its papers name it."""
    team = rows.activities.get(look.conn, meeting.activity_id)
    return Occasion(
        called=team.settings.forum_name,
        team=team.name,
        on=meeting.on,
        time=_hours(meeting, team),
        place=meeting.place,
        chair=rows.users.get(look.conn, look.actor.user_id).name,
        for_unit=rows.units.get(look.conn, for_unit).name if for_unit else "",
    )


def _hours(meeting: Meeting, team: Activity) -> str:
    """«14.00–15.00», as far as it is known."""
    try:
        begins = datetime.combine(meeting.on, time.fromisoformat(meeting.starts.replace(".", ":")))
    except ValueError:
        return meeting.starts
    return f"{meeting.starts}–{begins + timedelta(minutes=team.settings.rhythm.minutes):%H.%M}"


def attendance_of(look: Look, meeting: Meeting) -> tuple[Present, ...]:
    """How each authority took part, those too of which nothing is noted."""
    said = {one.agency: one for one in rows.attendances.of(look.conn, tables.attendance.c.meeting_id, meeting.id)}
    return tuple(
        Present(agency=agency, presence=one.presence if one else None, substitute=one.substitute if one else "")
        for agency in Agency
        for one in [said.get(agency)]
    )
