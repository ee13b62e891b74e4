"""The calendar of a NAFS team: a series planned, a meeting beside it, one cancelled (process.md §3)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from misam_desktop.commands.agenda import put_on_agenda
from misam_desktop.commands.item_steps import let_go
from misam_desktop.domain import agenda as items
from misam_desktop.domain import calendar as rules
from misam_desktop.domain.access import May, NotPermitted, Subject
from misam_desktop.domain.activity import Activity, Kind
from misam_desktop.domain.agenda import AgendaItem, AlreadyOnAgenda
from misam_desktop.domain.errors import NotFound, UserError
from misam_desktop.domain.ids import ActivityId, AgendaItemId, MeetingId
from misam_desktop.domain.meeting import Meeting, cancel_meeting, must_take_more
from misam_desktop.domain.nafs import NafsCaseWithdrawn, NotReady
from misam_desktop.queries.occasions import led
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, command

_TOUCHES = (Topic.MEETINGS, Topic.CASES, Topic.CONSENTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The meetings of a series that are new, and the days that were skipped because nobody works then."""

    meetings: tuple[Meeting, ...]
    days_off: tuple[date, ...]


@command("meetings.series_planned", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def plan_series(tx: Tx, activity_id: ActivityId, *, first: date, until: date) -> Planned:
    """Plan a team's meetings by its rhythm; days that have one already are left as they are. Raises SeriesTooLong."""
    team = _team(tx, activity_id)
    found = rules.series(team.settings.rhythm, first=first, until=until)
    taken = [one.on for one in _meetings(tx, team)]
    planned = tuple(_new(tx, team, day) for day in rules.planned_days(found, taken))
    rows.meetings.add_all(tx.conn, planned)
    return Planned(meetings=planned, days_off=found.days_off)


@command("meeting.planned_outside", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def plan_outside(tx: Tx, activity_id: ActivityId, *, on: date, starts: str = "", place: str = "") -> Meeting:
    """Plan a meeting beside the series («utanför strukturen»). Raises MeetingThatDay."""
    team = _team(tx, activity_id)
    rules.must_be_free(on, _meetings(tx, team))
    new = _new(tx, team, on)
    meeting = replace(new, outside=True, starts=starts or new.starts, place=place or new.place)
    tx.about(meeting.id)
    return rows.meetings.add(tx.conn, meeting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """A cancelled meeting, the one that its cases have moved to, how many moved and how many could not.

    Who could not lacks something on the new day, or is beyond the actor's reach.
    """

    meeting: Meeting
    to: Meeting
    moved: int
    left: int


@command("meeting.cancelled_and_moved", needs=May.LEAD_MEETING, touches=_TOUCHES)
def cancel_and_move(tx: Tx, meeting_id: MeetingId, *, why: str) -> Cancelled:
    """Cancel a meeting with its reason; what stood on it moves to the team's next meeting, its cases under new codes.

    When none is planned, the next one by the team's rhythm is. Raises MeetingClosed, MeetingHasOutcomes, TextRequired.
    """
    meeting = _led(tx, meeting_id)
    standing = items.in_order(rows.agenda_items.of(tx.conn, tables.agenda_item.c.meeting_id, meeting.id))
    done = sum(map(items.is_taken_up, standing))
    cancelled = rows.meetings.save(tx.conn, cancel_meeting(meeting, why=why, concluded=done))
    following = _following(tx, meeting)
    left = sum(_moves(tx, item, following) is not None for item in standing)
    return Cancelled(meeting=cancelled, to=following, moved=len(standing) - left, left=left)


class Left(NamedTuple):
    """An item that could not be moved, and why."""

    item_id: AgendaItemId
    why: UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedOn:
    """The meeting that items have moved to, those that did, and those that could not."""

    to: Meeting
    moved: tuple[AgendaItemId, ...]
    left: tuple[Left, ...]


@command("agenda.moved_on", needs=May.LEAD_MEETING, touches=_TOUCHES)
def move_on(tx: Tx, meeting_id: MeetingId, item_ids: Collection[AgendaItemId]) -> MovedOn:
    """Move items that there is no time for to the team's next meeting, in their order, its cases under new codes.

    What the meeting has agreed on stays. When none is planned, the next one by the team's rhythm is. Raises NotFound,
    MeetingClosed.
    """
    meeting = _led(tx, meeting_id)
    must_take_more(meeting)
    standing = items.in_order(rows.agenda_items.of(tx.conn, tables.agenda_item.c.meeting_id, meeting.id))
    if not set(item_ids) <= {one.id for one in standing}:
        raise NotFound
    following = _following(tx, meeting)
    tried = [(one.id, _moves(tx, one, following)) for one in standing if one.id in item_ids]
    return MovedOn(
        to=following,
        moved=tuple(item_id for item_id, why in tried if why is None),
        left=tuple(Left(item_id, why) for item_id, why in tried if why is not None),
    )


def _moves(tx: Tx, item: AgendaItem, to: Meeting) -> UserError | None:
    """Why an item cannot be put on another meeting; one that can stands no longer on its own, and its code is spent."""
    if items.is_taken_up(item):
        return items.TakenUp()
    if item.case_id is None:
        there = rows.agenda_items.of(tx.conn, tables.agenda_item.c.meeting_id, to.id)
        new_id = AgendaItemId(tx.new_id())
        moved = replace(item, id=new_id, meeting_id=to.id, place=items.next_place(there), added_at=tx.now, version=1)
        rows.agenda_items.add(tx.conn, moved)
    else:
        try:
            let_go(tx, item.id, to=tx.also(put_on_agenda(to.id, item.case_id)).id)
        except AlreadyOnAgenda:
            let_go(tx, item.id)  # it stood on both
        except (NotReady, NafsCaseWithdrawn, NotFound, NotPermitted) as why:
            return why
    rows.agenda_items.remove(tx.conn, item.id)
    return None


def _following(tx: Tx, meeting: Meeting) -> Meeting:
    team = rows.activities.get(tx.conn, meeting.activity_id)
    found = rules.following(_meetings(tx, team), max(meeting.on, tx.today))
    return found or rows.meetings.add(tx.conn, _new(tx, team, _day_after(tx, team, meeting)))


def _day_after(tx: Tx, team: Activity, meeting: Meeting) -> date:
    """The next day of the team's rhythm on which people work and no meeting stands."""
    rhythm, taken = team.settings.rhythm, {one.on for one in _meetings(tx, team)}
    first = max(meeting.on, tx.today) + timedelta(days=1)
    day = meeting.on
    while day < first or day in taken:
        day += timedelta(weeks=rhythm.every_weeks)
    found = rules.series(rhythm, first=day, until=day + rules.LONGEST).days
    return next(one for one in found if one not in taken)


def _new(tx: Tx, team: Activity, on: date) -> Meeting:
    rhythm = team.settings.rhythm
    meeting = Meeting(
        id=MeetingId(tx.new_id()),
        activity_id=team.id,
        kind=team.settings.kind,
        on=on,
        starts=rhythm.starts,
        place=rhythm.place,
    )
    return rules.dated(meeting, rhythm)


def _team(tx: Tx, activity_id: ActivityId) -> Activity:
    """A NAFS team that the actor leads. Raises NotFound."""
    team = rows.activities.get(tx.conn, activity_id)
    tx.about(team.id)
    tx.require(Subject(activity_id=team.id, unit_ids=frozenset(), purpose=team.settings.kind.purpose))
    if team.settings.kind is not Kind.NAFS:
        raise NotFound
    return team


def _meetings(tx: Tx, team: Activity) -> list[Meeting]:
    return rows.meetings.of(tx.conn, tables.meeting.c.activity_id, team.id)


def _led(tx: Tx, meeting_id: MeetingId) -> Meeting:
    tx.about(meeting_id)
    return led(tx, rows.meetings.get(tx.conn, meeting_id), Kind.NAFS)
