"""The next meeting of each NAFS team that the actor leads: how full it is, what waits, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select

from misam_desktop.domain.activity import Activity, Kind
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.meeting import Meeting, MeetingState, state_of
from misam_desktop.domain.nafs import NafsCase, Requirement
from misam_desktop.queries import reach
from misam_desktop.queries.agenda import fitness, is_out
from misam_desktop.queries.nafs_meetings import leads
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look

_M, _N, _I = tables.meeting.c, tables.nafs_case.c, tables.agenda_item.c


@dataclass(frozen=True, slots=True, kw_only=True)
class NextNafs:
    """A team's next meeting. ``cases`` stand on it, of which ``out`` are not taken up any more («Utgår»).

    ``waiting`` are the team's cases that have stood on no meeting yet, of which ``lacking`` lack something for this
    one; all within the actor's reach. ``capacity`` 0 is any number of cases.
    """

    meeting: Meeting
    team: str
    cases: int
    out: int
    capacity: int
    waiting: int
    lacking: int


def next_nafs(look: Look) -> tuple[NextNafs, ...]:
    """The next meeting of each team that the actor leads, the earliest first; nothing for who leads none."""
    if not reach.coordinates(look, Purpose.NAFS):
        return ()
    teams = [one for one in rows.activities.where(look.conn) if one.settings.kind is Kind.NAFS and leads(look, one)]
    found = [_of_team(look, team, meeting) for team in teams if (meeting := _next(look, team)) is not None]
    return tuple(sorted(found, key=lambda one: (one.meeting.on, one.meeting.starts, one.team)))


def _next(look: Look, team: Activity) -> Meeting | None:
    ahead = rows.meetings.where(look.conn, _M.activity_id == team.id, _M.on >= look.today, order_by=[_M.on])
    return next((one for one in ahead if state_of(one) in {MeetingState.PLANNED, MeetingState.OPEN}), None)


def _of_team(look: Look, team: Activity, meeting: Meeting) -> NextNafs:
    on_agenda = _cases(look, _N.id.in_(select(_I.case_id).where(_I.meeting_id == meeting.id)))
    stands = exists().where(_I.case_id == _N.id, _I.meeting_id == _M.id, _M.cancelled_why == "")
    waiting = _cases(look, _N.activity_id == team.id, _N.submitted_at.is_not(None), _N.withdrawn_on.is_(None), ~stands)
    return NextNafs(
        meeting=meeting,
        team=team.name,
        cases=len(on_agenda),
        out=sum(is_out(look, one, meeting) for one in on_agenda),
        capacity=team.settings.rhythm.capacity,
        waiting=len(waiting),
        lacking=sum(_lacks(look, one, meeting) for one in waiting),
    )


def _cases(look: Look, *which: ColumnElement[bool]) -> list[NafsCase]:
    return rows.nafs_cases.where(look.conn, reach.nafs_cases(look), *which)


def _lacks(look: Look, case: NafsCase, meeting: Meeting) -> bool:
    """Whether it could not be put on the meeting; a protected person's is spoken of."""
    checked = fitness(look, case, on=meeting.on)
    return any(not is_met for one, is_met in checked if one is not Requirement.NOT_PROTECTED)
