"""The meetings of NAFS teams as a list: of the teams one leads, and those that a case within reach stands on."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import Activity, Kind
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.ids import ActivityId, MeetingId
from misam_desktop.domain.meeting import MeetingState, state_of
from misam_desktop.queries import reach
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look, query

_M, _N, _I = tables.meeting.c, tables.nafs_case.c, tables.agenda_item.c


class NafsMeetingRow(NamedTuple):
    """One meeting. ``cases`` are those on it within reach; ``capacity`` how many there is time for, 0 is any number.

    ``stop_on`` is its last day for cases, ``send_on`` the day on which its agenda is sent; ``sent`` that it has been.
    """

    id: MeetingId
    team_id: ActivityId
    team: str
    on: date
    starts: str
    place: str
    state: MeetingState
    cases: int
    capacity: int
    leads: bool
    stop_on: date | None
    send_on: date | None
    sent: bool
    outside: bool


@query("nafs.meetings_listed", needs=May.SEE_CASES)
def nafs_meetings(look: Look) -> list[NafsMeetingRow]:
    """Meetings of teams that the actor leads, and of others where they have a case; those to come first."""
    teams = {one.id: one for one in rows.activities.where(look.conn) if one.settings.kind is Kind.NAFS}
    led = {one.id for one in teams.values() if leads(look, one)}
    cases = cases_on_agendas(look)
    found = rows.meetings.where(look.conn, _M.activity_id.in_(sorted(teams)), order_by=[_M.on, _M.id])
    seen = [
        NafsMeetingRow(
            id=one.id,
            team_id=one.activity_id,
            team=teams[one.activity_id].name,
            on=one.on,
            starts=one.starts,
            place=one.place,
            state=state_of(one),
            cases=cases[one.id],
            capacity=teams[one.activity_id].settings.rhythm.capacity,
            leads=one.activity_id in led,
            stop_on=one.stop_on,
            send_on=one.send_on,
            sent=one.sent_at is not None,
            outside=one.outside,
        )
        for one in found
        if one.activity_id in led or cases[one.id]
    ]
    ahead = [one for one in seen if one.on >= look.today]
    return ahead + [one for one in reversed(seen) if one.on < look.today]


def cases_on_agendas(look: Look) -> Counter[MeetingId]:
    """How many cases stand on the agenda of each meeting, of those within reach."""
    statement = (
        select(_I.meeting_id)
        .select_from(tables.agenda_item)
        .join(tables.nafs_case, _I.case_id == _N.id)
        .where(reach.nafs_cases(look))
    )
    return Counter(look.conn.execute(statement).scalars())


def leads(look: Look, team: Activity) -> bool:
    """Whether the actor leads the meetings of a team."""
    return bool(
        look.allowed(Subject(activity_id=team.id, unit_ids=frozenset(), purpose=Purpose.NAFS), May.LEAD_MEETING)
    )
