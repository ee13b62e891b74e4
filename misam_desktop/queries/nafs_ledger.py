"""The NAFS teams' registers: who was asked what and when it was answered, and which meetings were held."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.codes import Agency, InfoKind, Presence
from misam_desktop.domain.ids import ActivityId, CaseId, MeetingId, QuestionId
from misam_desktop.domain.meeting import MeetingState, state_of
from misam_desktop.domain.nafs_figures import days_taken
from misam_desktop.queries import reach, shown
from misam_desktop.queries.nafs_meetings import leads
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look, query

_N, _P, _Q, _I, _M = tables.nafs_case.c, tables.person.c, tables.question.c, tables.agenda_item.c, tables.meeting.c
_AT = tables.attendance.c


class AskedRow(NamedTuple):
    """One question. ``asked_by`` raised the case; ``days`` is None until it has been answered.

    ``name`` and ``text`` are words for why where they may not be read.
    """

    id: QuestionId
    case_id: CaseId
    team: str
    name: str
    text: str
    agency: Agency
    unit: str
    asked_by: str
    asked_on: date
    answered_on: date | None
    answered_by: str
    days: int | None


@query("nafs.questions_listed", needs=May.SEE_CASES)
def question_ledger(look: Look) -> list[AskedRow]:
    """Every question of the cases within reach that have been put to a team and not taken back, the newest first."""
    statement = (
        select(
            _Q.id, _Q.case_id, _Q.unit_id, _Q.text, _Q.asked_on, _Q.answered_on, _Q.answered_by, _N.activity_id,
            _N.raised_by, _N.raised_on, _N.unit_id.label("raising_id"), _N.submitted_at, _P.given_name,
            _P.family_name, _P.protected, _P.protected_owners, reach.nafs_identity(look).label("identified"),
            reach.nafs_kinds(look).label("kinds"),
        )
        .select_from(tables.question)
        .join(tables.nafs_case, _Q.case_id == _N.id)
        .join(tables.person, _N.person_id == _P.id)
        .where(reach.nafs_cases(look), _N.submitted_at.is_not(None), _N.withdrawn_on.is_(None))
        .order_by(_N.raised_on.desc(), _N.id, _Q.place)
    )  # fmt: skip
    names = _Names(look)
    return [_asked(look, row, names) for row in look.conn.execute(statement)]


class _Names:
    """What ids are called, each looked up once."""

    def __init__(self, look: Look) -> None:
        self.teams = {one.id: one.name for one in rows.activities.where(look.conn)}
        self.units = {one.id: one for one in rows.units.where(look.conn)}
        self.contacts = {one.id: one.name for one in rows.contacts.where(look.conn)}
        self.users = {one.id: one.name for one in rows.users.where(look.conn)}


def _asked(look: Look, row: Any, names: _Names) -> AskedRow:
    unit, asked_on = names.units[row.unit_id], row.asked_on or row.raised_on
    return AskedRow(
        id=row.id,
        case_id=row.case_id,
        team=names.teams[row.activity_id],
        name=shown.name(look, row),
        text=_text(look, row),
        agency=unit.agency,
        unit=unit.short,
        asked_by=f"{names.contacts[row.raised_by]}, {names.units[row.raising_id].short}",
        asked_on=asked_on,
        answered_on=row.answered_on,
        answered_by=names.users.get(row.answered_by, ""),
        days=days_taken(asked_on, row.answered_on),
    )


def _text(look: Look, row: Any) -> str:
    if shown.hidden(look, protected=row.protected, owners=row.protected_owners):
        return shown.PROTECTED_WORDS
    return row.text if InfoKind.FRAGESTALLNING in shown.kinds(look, row) else shown.WITHHELD


class KeptRow(NamedTuple):
    """One meeting of a team that the actor leads, with how each authority took part.

    ``cases`` are those on it within reach; ``why`` is the reason it was cancelled for.
    """

    id: MeetingId
    team_id: ActivityId
    team: str
    on: date
    state: MeetingState
    outside: bool
    why: str
    cases: frozenset[CaseId]
    present: dict[Agency, Presence]


@query("nafs.meetings_counted", needs=May.LEAD_MEETING)
def meeting_register(look: Look) -> list[KeptRow]:
    """Every meeting of the NAFS teams that the actor leads, the newest first; who leads none is given none."""
    return kept_meetings(look)


def kept_meetings(look: Look) -> list[KeptRow]:
    """The same, for what goes on with it."""
    teams = {one.id: one for one in rows.activities.where(look.conn) if one.settings.kind is Kind.NAFS}
    led = sorted(one.id for one in teams.values() if leads(look, one))
    which = _M.activity_id.in_(led)
    cases = defaultdict[str, set[CaseId]](set)
    standing = (
        select(_I.meeting_id, _I.case_id)
        .select_from(tables.agenda_item)
        .join(tables.nafs_case, _I.case_id == _N.id)
        .where(reach.nafs_cases(look), _N.activity_id.in_(led))
    )
    for meeting_id, case_id in look.conn.execute(standing):
        cases[meeting_id].add(case_id)
    present = defaultdict[str, dict[Agency, Presence]](dict)
    for one in rows.attendances.where(look.conn, _AT.meeting_id.in_(select(_M.id).where(which))):
        present[one.meeting_id][one.agency] = one.presence
    found = rows.meetings.where(look.conn, which, order_by=[_M.on.desc(), _M.id])
    return [
        KeptRow(
            id=one.id,
            team_id=one.activity_id,
            team=teams[one.activity_id].name,
            on=one.on,
            state=state_of(one),
            outside=one.outside,
            why=one.cancelled_why,
            cases=frozenset(cases[one.id]),
            present=present[one.id],
        )
        for one in found
    ]
