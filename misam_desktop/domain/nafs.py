"""A NAFS case: questions to other authorities about one person, and what it needs to enter an agenda (process.md §3).

It can exist beside an episode of the same person, and is not one: it has its own consent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from misam_desktop.domain.codes import Agency, Purpose
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, CaseId, ContactId, PersonId, QuestionId, UnitId, UserId
from misam_desktop.domain.referral import FutureDate, TextRequired
from misam_desktop.domain.tells import NOTE, QUESTION

LEAST_ASKED = 2
"""Authorities other than the one that raised the case, each with at least one question."""


class AlreadyPut(UserError):
    """A case that lies before a team is its unit's and that team's: its consent was given for them."""

    code = "already_put"


class QuestionToOneself(UserError):
    """A question goes to another unit than the one that raised the case."""

    code = "question_to_oneself"


class AlreadyAnswered(UserError):
    """A question that has been answered stands as it was asked."""

    code = "already_answered"


class NotAnswered(UserError):
    """There is no answer to take back."""

    code = "not_answered"


class NotReady(UserError):
    """The case lacks something that an agenda asks for; the checklist says what."""

    code = "not_ready"


class NafsCaseWithdrawn(UserError):
    """The case has been taken back by those who raised it."""

    code = "nafs_case_withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class NafsCase:
    """One case of a NAFS team.

    ``raised_by`` has raised it («aktualiserad av») and owes the person the feedback; ``passed_by`` is the contact
    person who passed it on. ``submitted_at`` is when it was put to the team, before that it is its unit's draft.
    ``age_reason`` says why somebody outside the team's ages is taken up all the same.
    """

    purpose: ClassVar[Purpose] = Purpose.NAFS

    id: CaseId
    person_id: PersonId
    activity_id: ActivityId
    unit_id: UnitId
    raised_by: ContactId
    passed_by: ContactId | None = None
    raised_on: date
    age_reason: Annotated[str, QUESTION] = ""
    submitted_at: datetime | None = None
    withdrawn_on: date | None = None
    withdrawn_why: Annotated[str, QUESTION] = ""
    version: int = 1

    @property
    def home_id(self) -> UnitId:
        """The unit whose the case is, and what it tells."""
        return self.unit_id


class NafsState(StrEnum):
    """Where a case stands, whatever the agendas say."""

    DRAFT = "draft"
    PUT = "put"
    WITHDRAWN = "withdrawn"


def state_of(case: NafsCase) -> NafsState:
    """Where the case stands, from its facts."""
    if case.withdrawn_on is not None:
        return NafsState.WITHDRAWN
    return NafsState.DRAFT if case.submitted_at is None else NafsState.PUT


@dataclass(frozen=True, slots=True, kw_only=True)
class NafsFacts:
    """What the form of a case says; the person and the consent have forms of their own."""

    activity_id: ActivityId
    unit_id: UnitId
    raised_by: ContactId
    passed_by: ContactId | None = None
    raised_on: date
    age_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One frågeställning to one unit, in plain words, and its answer, which can be given before the meeting.

    ``place`` is its order among those of the case, from 1. One that was ``asked_on`` no day of its own was asked when
    the case was raised.
    """

    id: QuestionId
    case_id: CaseId
    unit_id: UnitId
    place: int = 1
    text: Annotated[str, QUESTION]
    answer: Annotated[str, NOTE] = ""
    asked_on: date | None = None
    answered_on: date | None = None
    answered_by: UserId | None = None
    version: int = 1


class Requirement(StrEnum):
    """What a case needs to enter an agenda, in the order of the checklist."""

    CONSENT = "consent"
    QUESTIONS = "questions"
    AUTHORITIES = "authorities"
    ASKED_UNITS = "asked_units"
    AGE = "age"
    NOT_PROTECTED = "not_protected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitness:
    """What decides whether a case enters the agenda of one meeting.

    ``consent`` is the one that holds on the meeting's day, ``asked`` the units that are asked with their authorities,
    ``raising`` that of the unit that raised it. ``age`` is the person's on the meeting's day, None when their number
    does not tell it.
    """

    consent: Consent | None
    asked: Collection[tuple[UnitId, Agency]]
    raising: Agency
    age: int | None
    age_reason: str
    protected: bool


def checklist(
    fitness: Fitness, *, min_age: int, max_age: int, least_agencies: int
) -> tuple[tuple[Requirement, bool], ...]:
    """Each requirement and whether it is met; units of one kommun count as one authority."""
    others = {agency for _, agency in fitness.asked} - {fitness.raising}
    named = set(fitness.consent.unit_ids) if fitness.consent else set()
    met = {
        Requirement.CONSENT: fitness.consent is not None,
        Requirement.QUESTIONS: len(others) >= LEAST_ASKED,
        Requirement.AUTHORITIES: len(others | {fitness.raising}) >= least_agencies,
        Requirement.ASKED_UNITS: bool(fitness.asked) and {unit_id for unit_id, _ in fitness.asked} <= named,
        Requirement.AGE: bool(fitness.age_reason.strip())
        or (fitness.age is not None and min_age <= fitness.age <= max_age),
        Requirement.NOT_PROTECTED: not fitness.protected,
    }
    return tuple((one, met[one]) for one in Requirement)


def passes(checked: Iterable[tuple[Requirement, bool]]) -> bool:
    """Whether nothing is missing."""
    return all(is_met for _, is_met in checked)


def must_pass(checked: Iterable[tuple[Requirement, bool]]) -> frozenset[Requirement]:
    """What is met, when nothing is missing but that a protected person is only spoken of. Raises NotReady."""
    met = frozenset(one for one, is_met in checked if is_met)
    missing = [one for one in Requirement if one not in met and one is not Requirement.NOT_PROTECTED]
    if missing:
        raise NotReady(count=len(missing))
    return met


def put_to_team(case: NafsCase, *, now: datetime, today: date) -> NafsCase:
    """The case as it lies before the team; what is missing is shown there. Raises NafsCaseWithdrawn, FutureDate."""
    must_stand(case)
    if case.raised_on > today:
        raise FutureDate(field="raised_on")
    return case if case.submitted_at else replace(case, submitted_at=now)


def withdraw(case: NafsCase, *, on: date, why: str) -> NafsCase:
    """The case taken back, with its reason. Raises NafsCaseWithdrawn, TextRequired."""
    must_stand(case)
    if not why.strip():
        raise TextRequired(field="why")
    return replace(case, withdrawn_on=on, withdrawn_why=why.strip())


def must_stand(case: NafsCase) -> None:
    """Raises NafsCaseWithdrawn."""
    if case.withdrawn_on is not None:
        raise NafsCaseWithdrawn


def must_stay(case: NafsCase, facts: NafsFacts) -> None:
    """Raises AlreadyPut: another unit would read what its own consent does not let it, and another team likewise."""
    is_moved = (facts.unit_id, facts.activity_id) != (case.unit_id, case.activity_id)
    if is_moved and case.submitted_at is not None:
        raise AlreadyPut(field="unit_id" if facts.unit_id != case.unit_id else "activity_id")


def ask(case: NafsCase, question_id: QuestionId, *, unit_id: UnitId, text: str, place: int = 1) -> Question:
    """A question of a case to a unit. Raises NafsCaseWithdrawn, QuestionToOneself, TextRequired."""
    must_stand(case)
    if unit_id == case.unit_id:
        raise QuestionToOneself(field="unit_id")
    return Question(id=question_id, case_id=case.id, unit_id=unit_id, place=place, text=_said(text, field="text"))


def reword(question: Question, text: str) -> Question:
    """The question in other words, as long as nobody has answered it. Raises AlreadyAnswered, TextRequired."""
    must_be_open(question)
    return replace(question, text=_said(text, field="text"))


def must_be_open(question: Question) -> None:
    """Raises AlreadyAnswered: what has been answered stays as it was asked."""
    if question.answered_on is not None:
        raise AlreadyAnswered


def answer(question: Question, text: str, *, by: UserId, on: date) -> Question:
    """The question with its answer; said again, it replaces what was said before. Raises TextRequired."""
    return replace(question, answer=_said(text, field="answer"), answered_on=on, answered_by=by)


def take_back_answer(question: Question) -> Question:
    """The question as it was before anybody answered. Raises NotAnswered."""
    if question.answered_on is None:
        raise NotAnswered
    return replace(question, answer="", answered_on=None, answered_by=None)


def _said(text: str, *, field: str) -> str:
    if not text.strip():
        raise TextRequired(field=field)
    return text.strip()
