"""NAFS cases as lists and as pages: what is asked, what has been answered, and what is missing for an agenda."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from sqlalchemy import select

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.gate import let_through
from misam_desktop.domain.ids import AgendaItemId, CaseId, ConsentId, ContactId, QuestionId
from misam_desktop.domain.meeting import Meeting, MeetingState, state_of
from misam_desktop.domain.nafs import NafsCase, Question, Requirement
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.protection import covered
from misam_desktop.domain.recall import Recall
from misam_desktop.domain.scope import deciding
from misam_desktop.queries import reach, shown
from misam_desktop.queries.agenda import fitness, may_answer, owed
from misam_desktop.queries.beside import Beside, Known, samverkan_beside
from misam_desktop.queries.consents import scanned
from misam_desktop.queries.item_steps import StepLine, steps_of
from misam_desktop.queries.permitted import allowed_on, as_told
from misam_desktop.queries.recall import recall_of_case
from misam_desktop.queries.referrals import NumberMatch, number_match
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, query

T = TypeVar("T", Question, AgendaItem)

_N, _P, _Q, _I = tables.nafs_case.c, tables.person.c, tables.question.c, tables.agenda_item.c


class NafsRow(NamedTuple):
    """One case in the list. ``asked`` counts the questions, ``answered`` those that have an answer.

    ``meeting_on`` is the day of the last meeting it stands on, ``due_on`` that of the feedback that is owed for it.
    """

    case_id: CaseId
    name: str
    team: str
    unit: str
    raised_on: date
    is_draft: bool
    asked: int
    answered: int
    meeting_on: date | None
    due_on: date | None


@query("nafs.listed", needs=May.SEE_CASES)
def nafs_cases(look: Look) -> list[NafsRow]:
    """The cases within reach that have not been taken back, the newest first."""
    statement = (
        select(
            _N.id, _N.activity_id, _N.unit_id, _N.raised_on, _N.submitted_at, _P.given_name, _P.family_name,
            _P.protected, _P.protected_owners, reach.nafs_identity(look).label("identified"),
        )
        .select_from(tables.nafs_case)
        .join(tables.person, _N.person_id == _P.id)
        .where(reach.nafs_cases(look), _N.withdrawn_on.is_(None))
        .order_by(_N.raised_on.desc(), _N.id)
    )  # fmt: skip
    found = look.conn.execute(statement).all()
    ids = [row.id for row in found]
    questions = _by_case(rows.questions.where(look.conn, _Q.case_id.in_(ids)))
    items = _by_case(rows.agenda_items.where(look.conn, _I.case_id.in_(ids)))
    meetings = {one.id: one for one in rows.meetings.where(look.conn, tables.meeting.c.kind == "nafs")}
    teams = {one.id: one.name for one in rows.activities.where(look.conn)}
    units = {one.id: one.short for one in rows.units.where(look.conn)}
    return [
        NafsRow(
            case_id=row.id,
            name=shown.name(look, row),
            team=teams[row.activity_id],
            unit=units[row.unit_id],
            raised_on=row.raised_on,
            is_draft=row.submitted_at is None,
            asked=len(questions[row.id]),
            answered=sum(one.answered_on is not None for one in questions[row.id]),
            meeting_on=max((meetings[one.meeting_id].on for one in items[row.id]), default=None),
            due_on=min(filter(None, (owed(one, meetings[one.meeting_id]) for one in items[row.id])), default=None),
        )
        for row in found
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class NafsPage:
    """One case with all that its page shows, cut to what the asker may read (``kinds``).

    ``questions`` are in the order they were asked in, ``answers`` those that the asker may answer. ``items`` are its
    places on agendas with their meetings, the last first, ``steps`` what is ticked off of each; ``upcoming`` the team's
    meetings that are still to come, and ``checked`` the checklist for the first of them, or for today when there is
    none. ``beside`` are the person's other cases that the asker may see: episodes, and referrals that have led to none.
    ``recall`` are papers of meetings that must come back.
    """

    case: NafsCase
    person: Person
    team: Activity
    questions: tuple[Question, ...]
    answers: frozenset[QuestionId]
    consents: tuple[Consent, ...]
    disclosures: tuple[Disclosure, ...]
    items: tuple[tuple[AgendaItem, Meeting], ...]
    steps: dict[AgendaItemId, tuple[StepLine, ...]]
    upcoming: tuple[Meeting, ...]
    checked: tuple[tuple[Requirement, bool], ...]
    beside: tuple[Beside, ...]
    kinds: frozenset[InfoKind]
    allows: frozenset[May]
    deciding: Consent | None
    shut_out: tuple[ContactId, ...]
    scanned: frozenset[ConsentId]
    recall: tuple[tuple[Meeting, Recall], ...] = ()


@query("nafs.opened", needs=May.READ_CASE)
def one_nafs_case(look: Look, case_id: CaseId) -> NafsPage:
    """One case. Raises NotFound, also for what the actor may not see."""
    case = rows.nafs_cases.get(look.conn, case_id)
    look.opened(case.id, case.person_id)
    subject = subjects.of_nafs_case(look.conn, case)
    decision = look.require(subject)
    told, kinds = as_told(look, decision, subject), decision.kinds
    consents = tuple(let_through(one, kinds) for one in sorted(told.consents, key=lambda one: one.from_on))
    questions = rows.questions.of(look.conn, _Q.case_id, case.id, by=_Q.place)
    upcoming, items = upcoming_meetings(look, case), _stands_on(look, case, kinds)
    person = rows.persons.get(look.conn, case.person_id)
    return NafsPage(
        case=let_through(case, kinds),
        person=covered(let_through(person, kinds), days=(look.today, case.raised_on)),
        team=rows.activities.get(look.conn, case.activity_id),
        questions=tuple(let_through(one, kinds) for one in questions),
        answers=frozenset(one.id for one in questions if may_answer(look, subject, one)),
        consents=consents,
        disclosures=told.disclosures,
        items=items,
        steps={item.id: steps_of(look, subject, item, meeting) for item, meeting in items},
        upcoming=upcoming,
        checked=fitness(look, case, on=upcoming[0].on if upcoming else look.today),
        beside=samverkan_beside(look, subjects.persons_of_number(look.conn, person.number), kinds),
        kinds=kinds,
        allows=allowed_on(look, subject),
        deciding=deciding(consents, subject.purpose, look.today),
        shut_out=tuple(sorted(subject.shut_out)),
        scanned=scanned(look, decision, subject.consents),
        recall=recall_of_case(look, case, told.disclosures),
    )


class NafsMatch(NamedTuple):
    """What a personal number already means to who raises a NAFS case: only what they may know."""

    match: NumberMatch
    cases: tuple[Known, ...]


@query("person.looked_up", needs=May.WRITE_NAFS)
def look_up_for_nafs(look: Look, number: PersonalNumber) -> NafsMatch:
    """The person behind a number, and the NAFS cases of theirs that have not been taken back, the newest first."""
    twins = [one.id for one in subjects.persons_of_number(look.conn, number)]
    found = rows.nafs_cases.where(
        look.conn, _N.person_id.in_(twins), _N.withdrawn_on.is_(None), order_by=[_N.raised_on.desc()]
    )
    seen = [one for one in found if look.allowed(subjects.of_nafs_case(look.conn, one), May.READ_CASE)]
    teams = {one.id: one.name for one in rows.activities.where(look.conn)}
    cases = [Known(one.id, teams[one.activity_id], one.raised_on, one.submitted_at is None) for one in seen]
    return NafsMatch(number_match(look, number), tuple(cases))


def upcoming_meetings(look: Look, case: NafsCase) -> tuple[Meeting, ...]:
    """The meetings of the case's team that it can still come on, the next first."""
    table = tables.meeting.c
    found = rows.meetings.where(
        look.conn, table.activity_id == case.activity_id, table.on >= look.today, order_by=[table.on]
    )
    return tuple(one for one in found if state_of(one) in {MeetingState.PLANNED, MeetingState.OPEN})


def _stands_on(look: Look, case: NafsCase, kinds: frozenset[InfoKind]) -> tuple[tuple[AgendaItem, Meeting], ...]:
    items = rows.agenda_items.of(look.conn, _I.case_id, case.id)
    placed = [(let_through(one, kinds), rows.meetings.get(look.conn, one.meeting_id)) for one in items]
    return tuple(sorted(placed, key=lambda pair: pair[1].on, reverse=True))


def _by_case(found: Iterable[T]) -> defaultdict[str, list[T]]:
    cases: defaultdict[str, list[T]] = defaultdict(list)
    for one in found:
        if one.case_id is not None:
            cases[one.case_id].append(one)
    return cases
