"""The dagordning of a NAFS meeting as its screen shows it, and what a case lacks for one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.agenda import (
    AgendaItem,
    feedback_owed_until,
    in_order,
    is_addendum,
    is_taken_up,
    over_capacity,
    was_taken_up,
)
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import let_through
from misam_desktop.domain.ids import AgendaItemId, MeetingId, QuestionId, UnitId
from misam_desktop.domain.meeting import Attendance, Meeting, MeetingState, state_of
from misam_desktop.domain.nafs import Fitness, NafsCase, Question, Requirement, checklist
from misam_desktop.domain.people import Person
from misam_desktop.domain.protection import covered
from misam_desktop.domain.recall import Recall
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.scope import deciding
from misam_desktop.queries.item_steps import StepLine, steps_of
from misam_desktop.queries.recall import recall_of_meeting
from misam_desktop.queries.receivers import usual_receivers
from misam_desktop.queries.room import leaving, room_of
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, query

_I, _Q = tables.agenda_item.c, tables.question.c


def fitness(look: Look, case: NafsCase, *, on: date) -> tuple[tuple[Requirement, bool], ...]:
    """The checklist of a case for a meeting on a day."""
    settings = rows.activities.get(look.conn, case.activity_id).settings
    person = rows.persons.get(look.conn, case.person_id)
    agencies = {unit.id: unit.agency for unit in rows.units.where(look.conn)}
    asked = {one.unit_id for one in rows.questions.of(look.conn, _Q.case_id, case.id, by=_Q.place)}
    consents = rows.consents.of(look.conn, tables.consent.c.case_id, case.id)
    facts = Fitness(
        consent=deciding(consents, case.purpose, on),
        asked=[(unit_id, agencies[unit_id]) for unit_id in sorted(asked)],
        raising=agencies[case.unit_id],
        age=person.number.age_on(on),
        age_reason=case.age_reason,
        protected=person.protected,
    )
    return checklist(facts, min_age=settings.min_age, max_age=settings.max_age, least_agencies=settings.least_agencies)


class AgendaLine(NamedTuple):
    """One item as the asker may see it: a case with its questions, cut to ``kinds``, or a general question.

    ``person`` is None for a general question. ``is_out`` is a case whose consent does not hold on the meeting's day
    any more, or that was taken back: it is not taken up («Utgår»). ``addendum`` is what came after the sending.
    ``checked`` is its checklist for the meeting's day, ``answers`` the questions that the asker may answer;
    ``at`` is its place on the whole agenda, counted from 1; ``steps`` are what is ticked off of a case. ``leaving`` are
    the units in the room that its consent does not name; only who leads the meeting is told, while it goes on.
    """

    item: AgendaItem
    case: NafsCase | None
    person: Person | None
    questions: tuple[Question, ...]
    kinds: frozenset[InfoKind]
    is_out: bool
    addendum: bool
    checked: tuple[tuple[Requirement, bool], ...] = ()
    answers: frozenset[QuestionId] = frozenset()
    at: int = 1
    steps: tuple[StepLine, ...] = ()
    leaving: tuple[UnitId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPage:
    """One meeting: its items within reach in their order, and who took part.

    ``spoken`` counts the protected persons whose cases are taken up without a paper; only who leads the meeting is
    told. ``too_many`` are the items that there is no time for. ``leads`` is whether the asker leads it. ``recall`` are
    the papers that have left and must come back, ``room`` the units that may hear what is said now: for who leads.
    """

    meeting: Meeting
    team: Activity
    lines: tuple[AgendaLine, ...]
    spoken: int
    too_many: frozenset[AgendaItemId]
    attendance: tuple[Attendance, ...]
    leads: bool
    recall: tuple[Recall, ...] = ()
    room: tuple[UnitId, ...] = ()


@query("agenda.opened", needs=May.SEE_CASES)
def agenda_of(look: Look, meeting_id: MeetingId) -> AgendaPage:
    """The agenda of a NAFS meeting, as far as the asker may read it.

    Raises NotFound when they neither lead the meeting nor may read anything on it.
    """
    meeting = rows.meetings.get(look.conn, meeting_id)
    team = rows.activities.get(look.conn, meeting.activity_id)
    led = Subject(activity_id=meeting.activity_id, unit_ids=frozenset(), purpose=meeting.kind.purpose)
    leads = bool(look.allowed(led, May.LEAD_MEETING))
    items = in_order(rows.agenda_items.of(look.conn, _I.meeting_id, meeting.id))
    goes_on = leads and state_of(meeting) is MeetingState.OPEN
    room = room_of(look, meeting, usual_receivers(look, meeting)) if goes_on else ()
    placed = [(at, _line(look, meeting, item, room)) for at, item in enumerate(items, start=1)]
    lines = [line._replace(at=at) for at, line in placed if line is not None]
    if not leads and all(line.case is None for line in lines):
        raise NotFound
    for line in lines:
        if line.case is not None:
            look.opened(line.item.id, line.case.person_id)
    return AgendaPage(
        meeting=meeting,
        team=team,
        lines=tuple(lines),
        spoken=_spoken(look, items) if leads else 0,
        too_many=frozenset(one.id for one in over_capacity(items, team.settings.rhythm.capacity))
        if leads
        else frozenset(),
        attendance=tuple(rows.attendances.of(look.conn, tables.attendance.c.meeting_id, meeting.id)),
        leads=leads,
        recall=recall_of_meeting(look, meeting) if leads else (),
        room=room,
    )


def _line(look: Look, meeting: Meeting, item: AgendaItem, room: tuple[UnitId, ...]) -> AgendaLine | None:
    """The item, if it concerns nobody or the asker may read its case; ``room`` is who hears what is said of it."""
    addendum = is_addendum(item, meeting.sent_at)
    if item.case_id is None:
        return AgendaLine(item, None, None, (), frozenset(), is_out=False, addendum=addendum)
    case = rows.nafs_cases.get(look.conn, item.case_id)
    subject = subjects.of_nafs_case(look.conn, case)
    decision = look.allowed(subject, May.READ_CASE)
    if not decision:
        return None
    kinds = decision.kinds
    questions = rows.questions.of(look.conn, _Q.case_id, case.id, by=_Q.place)
    person = rows.persons.get(look.conn, case.person_id)
    return AgendaLine(
        item=let_through(item, kinds),
        case=let_through(case, kinds),
        person=covered(let_through(person, kinds), days=(look.today, meeting.on)),
        questions=tuple(let_through(one, kinds) for one in questions),
        kinds=kinds,
        is_out=is_out(look, case, meeting),
        addendum=addendum,
        checked=fitness(look, case, on=meeting.on),
        answers=frozenset(one.id for one in questions if may_answer(look, subject, one)),
        steps=steps_of(look, subject, item, meeting),
        leaving=leaving(room, subject, look.today),
    )


def may_answer(look: Look, subject: Subject, question: Question) -> bool:
    """Whether the asker may answer a question of a case: as one of the unit that is asked, or as who leads."""
    return bool(look.allowed(replace(subject, answering_ids=frozenset({question.unit_id})), May.ANSWER))


def is_out(look: Look, case: NafsCase | Referral, meeting: Meeting) -> bool:
    """Whether a case that stands on an agenda is not taken up after all: it, or its consent, was taken back since."""
    consents = rows.consents.of(look.conn, tables.consent.c.case_id, case.id)
    return case.withdrawn_on is not None or deciding(consents, case.purpose, meeting.on) is None


def _spoken(look: Look, items: Iterable[AgendaItem]) -> int:
    cases = [rows.nafs_cases.get(look.conn, item.case_id) for item in items if item.case_id is not None]
    return sum(rows.persons.get(look.conn, case.person_id).protected for case in cases)


def owed(item: AgendaItem, meeting: Meeting) -> date | None:
    """Until when the person is owed the answer of a meeting that has been held; None before, and once it is given."""
    return feedback_owed_until(item, meeting) if state_of(meeting) is MeetingState.CLOSED else None


def still_owed(look: Look, item: AgendaItem, meeting: Meeting) -> date | None:
    """The same, but None too of a case that the meeting did not take up: there is no answer to give."""
    due_on = owed(item, meeting)
    if due_on is None or item.case_id is None:
        return None
    case = rows.nafs_cases.get(look.conn, item.case_id)
    consents = rows.consents.of(look.conn, tables.consent.c.case_id, case.id)
    came = was_taken_up(meeting.on, consents, withdrawn_on=case.withdrawn_on, agreed=is_taken_up(item))
    return due_on if came else None
