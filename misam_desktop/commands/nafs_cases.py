"""NAFS cases: raised, put to the team, their questions and answers (process.md §3, steps 1–3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from misam_desktop.commands.consents import add_consents, deciding_consent, hand_to_leaders
from misam_desktop.commands.persons import take_person
from misam_desktop.domain import nafs as rules
from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.consent import must_hold
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.gate import must_see
from misam_desktop.domain.ids import CaseId, QuestionId, UnitId
from misam_desktop.domain.intake import ConsentFacts, PersonFacts
from misam_desktop.domain.nafs import NafsCase, NafsFacts, Question
from misam_desktop.domain.shut_out import must_be_let_in
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Topic, Tx, command

_TOUCHES = (Topic.CASES, Topic.PERSONS, Topic.CONSENTS)


@command("nafs.raised", needs=May.WRITE_NAFS, touches=_TOUCHES)
def raise_case(
    tx: Tx,
    person: PersonFacts,
    facts: NafsFacts,
    *,
    questions: Sequence[tuple[UnitId, str]] = (),
    consent: ConsentFacts | None = None,
    submit: bool,
) -> NafsCase:
    """Store a new case with its questions, as a draft of its unit or put to the team under its consent.

    A NAFS-koordinator writes it for who has no account: then it is put to the team at once. Raises ConsentMissing.
    """
    _must_be_team(tx, facts)
    subject = _subject(facts, before_forum=submit)
    tx.require(subject)
    found = take_person(tx, person, subject)
    case = NafsCase(id=CaseId(tx.new_id()), person_id=found.id, **_fields(facts))
    tx.about(case.id, found.id)
    rows.nafs_cases.add(tx.conn, case)
    asked = [
        rules.ask(case, QuestionId(tx.new_id()), unit_id=unit_id, text=text, place=place)
        for place, (unit_id, text) in enumerate(questions, start=1)
    ]
    rows.questions.add_all(tx.conn, asked)
    if consent is not None:
        add_consents(tx, case, consent)
    return _put(tx, case) if submit else case


@command("nafs.changed", needs=May.CHANGE_NAFS, touches=Topic.CASES)
def change_case(tx: Tx, case_id: CaseId, facts: NafsFacts, *, seen: int) -> NafsCase:
    """Change who has raised a case and when; of a draft also for which team.

    Raises NafsCaseWithdrawn, AlreadyPut, IsShutOut, NotAllOfIt, Stale.
    """
    case = tx.nafs_case(case_id, seen=seen)
    rules.must_stand(case)
    _must_be_team(tx, facts)
    rules.must_stay(case, facts)
    kept_out = rows.shut_outs.of(tx.conn, tables.shut_out.c.case_id, case.id)
    must_be_let_in([facts.raised_by], kept_out, field="raised_by")
    must_be_let_in([facts.passed_by], kept_out, field="passed_by")
    tx.require(_subject(facts, before_forum=case.submitted_at is not None), May.WRITE_NAFS)
    return rows.nafs_cases.save(tx.conn, replace(case, **_fields(facts)))


@command("nafs.put_to_team", needs=May.WRITE_NAFS, touches=_TOUCHES)
def put_case(tx: Tx, case_id: CaseId, *, consent: ConsentFacts | None = None, seen: int | None = None) -> NafsCase:
    """Put a draft to the team; what else the case lacks for an agenda is shown there. Raises ConsentMissing."""
    case = tx.nafs_case(case_id, seen=seen)
    if consent is not None:
        add_consents(tx, case, consent)
    return _put(tx, case)


@command("nafs.withdrawn", needs=May.CLOSE_REFERRAL, touches=Topic.CASES)
def withdraw_case(tx: Tx, case_id: CaseId, *, why: str, seen: int | None = None) -> NafsCase:
    """Take a case back, with its reason. Raises NafsCaseWithdrawn, TextRequired."""
    case = tx.nafs_case(case_id, seen=seen)
    return rows.nafs_cases.save(tx.conn, rules.withdraw(case, on=tx.today, why=why))


@command("question.asked", needs=May.CHANGE_NAFS, touches=Topic.CASES)
def ask_unit(tx: Tx, case_id: CaseId, unit_id: UnitId, text: str) -> Question:
    """Ask a unit something on a case. Raises NafsCaseWithdrawn, QuestionToOneself, TextRequired."""
    case = tx.nafs_case(case_id)
    before = rows.questions.of(tx.conn, tables.question.c.case_id, case.id, by=tables.question.c.place)
    place = before[-1].place + 1 if before else 1
    unit = rows.units.get(tx.conn, unit_id)
    asked = rules.ask(case, QuestionId(tx.new_id()), unit_id=unit.id, text=text, place=place)
    return rows.questions.add(tx.conn, replace(asked, asked_on=max(tx.today, case.raised_on)))


@command("question.reworded", needs=May.CHANGE_NAFS, touches=Topic.CASES)
def reword_question(tx: Tx, question_id: QuestionId, text: str, *, seen: int) -> Question:
    """Ask the same in other words. Raises AlreadyAnswered, TextRequired, NotAllOfIt, Stale."""
    question = _question(tx, question_id, seen=seen)
    return rows.questions.save(tx.conn, rules.reword(question, text))


@command("question.dropped", needs=May.CHANGE_NAFS, touches=Topic.CASES)
def drop_question(tx: Tx, question_id: QuestionId) -> None:
    """Take back a question that nobody has answered. Raises AlreadyAnswered."""
    question = _question(tx, question_id)
    rules.must_be_open(question)
    rows.questions.remove(tx.conn, question.id)


@command("question.answered", needs=May.ANSWER, touches=Topic.CASES)
def answer_question(tx: Tx, question_id: QuestionId, text: str, *, seen: int | None = None) -> Question:
    """Answer what one's unit was asked, before the meeting or at it. Raises TextRequired, NotAllOfIt, Stale."""
    question = _question(tx, question_id, seen=seen)
    must_see(question, "answer", tx.kinds)
    return rows.questions.save(tx.conn, rules.answer(question, text, by=tx.actor.user_id, on=tx.today))


@command("question.answer_taken_back", needs=May.ANSWER, touches=Topic.CASES)
def take_back_answer(tx: Tx, question_id: QuestionId) -> Question:
    """Take back an answer that was given by mistake. Raises NotAnswered."""
    question = _question(tx, question_id)
    return rows.questions.save(tx.conn, rules.take_back_answer(question))


def _put(tx: Tx, case: NafsCase) -> NafsCase:
    """Whoever leads the team's meetings reads the case from now on, where the consent names their unit (§3, step 3)."""
    consent = must_hold(deciding_consent(tx, case, on=tx.today))
    put = rules.put_to_team(case, now=tx.now, today=tx.today)
    if put == case:
        return case
    hand_to_leaders(tx, case, consent)
    return rows.nafs_cases.save(tx.conn, put)


def _question(tx: Tx, question_id: QuestionId, *, seen: int | None = None) -> Question:
    """The question, if the actor may do this to its case; what is its unit's part, they may as one of the unit."""
    question = rows.questions.get(tx.conn, question_id)
    case = rows.nafs_cases.get(tx.conn, question.case_id)
    tx.about(case.id, case.person_id)
    subject = subjects.of_nafs_case(tx.conn, case)
    tx.kinds = tx.require(replace(subject, answering_ids=frozenset({question.unit_id}))).kinds
    if seen is not None and question.version != seen:
        raise Stale
    return question


def _must_be_team(tx: Tx, facts: NafsFacts) -> None:
    """Raises NotFound for what is no NAFS team, and for a unit or contact that there is none of."""
    if rows.activities.get(tx.conn, facts.activity_id).settings.kind is not Kind.NAFS:
        raise NotFound
    rows.units.get(tx.conn, facts.unit_id)
    for contact_id in filter(None, (facts.raised_by, facts.passed_by)):
        rows.contacts.get(tx.conn, contact_id)


def _subject(facts: NafsFacts, *, before_forum: bool) -> Subject:
    return Subject(
        activity_id=facts.activity_id,
        unit_ids=frozenset({facts.unit_id}),
        home_id=facts.unit_id,
        before_forum=before_forum,
        purpose=Purpose.NAFS,
    )


def _fields(facts: NafsFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in NafsFacts.__slots__} | {"age_reason": facts.age_reason.strip()}
