"""The meetings as a list: which team, when, where it stands, and how many cases; nothing personal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select, true

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.ids import ActivityId, MeetingId
from misam_desktop.domain.meeting import Meeting, MeetingState, agenda_can_be_printed, state_of
from misam_desktop.queries import reach
from misam_desktop.queries.forum_queue import waits_for_forum
from misam_desktop.queries.nafs_meetings import cases_on_agendas
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look, query

_M, _R, _A = tables.meeting.c, tables.referral.c, tables.assessment.c


class MeetingRow(NamedTuple):
    """One meeting; ``team`` is its activity, ``codes`` whether its agenda can still be printed."""

    id: MeetingId
    kind: Kind
    team: str
    on: date
    state: MeetingState
    cases: int
    codes: bool


@query("meetings.listed", needs=May.LEAD_MEETING)
def meetings(look: Look) -> list[MeetingRow]:
    """Every meeting of the actor's activities, newest first."""
    mine = _M.activity_id.in_(sorted(look.actor.activity_ids)) if look.actor.activity_ids else true()
    found = rows.meetings.where(look.conn, mine, order_by=[_M.on.desc()])
    teams = {activity.id: activity.name for activity in rows.activities.where(look.conn)}
    taken_up = cases_on_agendas(look) + Counter(cases_concluded(look))
    waiting, following = _waiting(look), _next_meetings(found)
    return [
        MeetingRow(
            id=meeting.id,
            kind=meeting.kind,
            team=teams[meeting.activity_id],
            on=meeting.on,
            state=state_of(meeting),
            cases=taken_up[meeting.id] + (waiting.get(meeting.activity_id, 0) if meeting.id in following else 0),
            codes=agenda_can_be_printed(meeting, today=look.today),
        )
        for meeting in found
    ]


def cases_concluded(look: Look) -> dict[MeetingId, int]:
    """How many cases each meeting has concluded on, of those within reach: as many as its queue shows."""
    statement = (
        select(_A.meeting_id, func.count(_A.referral_id.distinct()))
        .select_from(tables.assessment)
        .join(tables.referral, _A.referral_id == _R.id)
        .outerjoin(tables.episode, _R.episode_id == tables.episode.c.id)
        .where(_A.meeting_id.is_not(None), _A.taken_back_at.is_(None), reach.cases(look))
        .group_by(_A.meeting_id)
    )
    return dict(look.conn.execute(statement).all())


def _waiting(look: Look) -> dict[ActivityId, int]:
    """How many cases wait for each activity's next meeting."""
    statement = (
        select(_R.activity_id, func.count())
        .select_from(tables.referral)
        .outerjoin(tables.episode, _R.episode_id == tables.episode.c.id)
        .where(waits_for_forum(), reach.cases(look))
        .group_by(_R.activity_id)
    )
    return dict(look.conn.execute(statement).all())


def _next_meetings(newest_first: Iterable[Meeting]) -> set[MeetingId]:
    """The earliest meeting of each activity that has not ended: the one that what waits will stand on."""
    following: dict[ActivityId, MeetingId] = {}
    for meeting in newest_first:
        if state_of(meeting) in {MeetingState.PLANNED, MeetingState.OPEN}:
            following[meeting.activity_id] = meeting.id
    return set(following.values())
