"""Minnesanteckningar: what a meeting said and agreed. Persons stand on them by their codes alone (process.md §3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from misam_desktop.documents.agenda import (
    GENERAL,
    DroppedItem,
    Occasion,
    dropped_head,
    meeting_facts,
    meeting_paper,
    only_for,
    orally,
    question_to,
)
from misam_desktop.documents.consents import Frame
from misam_desktop.documents.paper import Facts, Heading, ItemHead, Paper, Part, Table, Together, Words
from misam_desktop.domain.clocks import feedback_due
from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.pseudonym import Pseudonym, shown
from misam_desktop.wording import day_long, label

NOT_NOTED = "Inte antecknat"
NO_ANSWER = "Inget svar på mötet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """How an authority took part; None when nobody has noted it. A substitute is somebody who works there."""

    agency: Agency
    presence: Presence | None = None
    substitute: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one unit was asked, and what it answered."""

    unit: str
    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What was agreed: the next step, the unit that has it, and who gives the person the feedback."""

    next_step: str = ""
    responsible: str = ""
    feedback_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNotes:
    """What was said of one case."""

    place: int
    code: Pseudonym
    raised_by: str
    answers: tuple[Answer, ...]
    agreed: Agreed


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralNotes:
    """What was said of a question that concerns no person; ``asked`` is empty when it went to all."""

    place: int
    question: str
    asked: str = ""
    agreed: Agreed


Notes = CaseNotes | GeneralNotes | DroppedItem


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesFacts:
    """What stands in the minutes of a meeting. ``orally`` is how many cases concerned somebody who is protected."""

    occasion: Occasion
    attendance: tuple[Present, ...] = ()
    items: tuple[Notes, ...] = ()
    orally: int = 0


def minutes(facts: MinutesFacts, frame: Frame) -> Paper:
    """The minutes that all get, or those of a single unit."""
    occasion = facts.occasion
    return meeting_paper(
        f"Minnesanteckningar från {occasion.called}",
        frame,
        (
            *only_for(occasion.for_unit),
            meeting_facts(occasion),
            Heading("Deltog"),
            attendance_table(facts.attendance),
            *_nothing(facts),
            *orally(facts.orally, "togs"),
            *(_noted(one, occasion.on) for one in facts.items),
        ),
    )


def agreed_words(agreed: Agreed) -> tuple[tuple[str, str], ...]:
    """What happens next, and whose it is."""
    return ("Nästa steg", agreed.next_step or NOT_NOTED), ("Ansvarig", agreed.responsible or NOT_NOTED)


def feedback_words(agreed: Agreed, on: date) -> tuple[tuple[str, str], ...]:
    """Who tells the person, and by which day, when the meeting was ``on`` that day."""
    by = agreed.feedback_by or NOT_NOTED
    return ("Återkoppling ges av", by), ("Senast", day_long(feedback_due(on)))


def attendance_table(attendance: tuple[Present, ...]) -> Table:
    """How each authority took part, and who came in somebody's place."""
    rows = tuple(
        (label(one.agency), label(one.presence) if one.presence else NOT_NOTED, one.substitute) for one in attendance
    )
    return Table(("Myndighet", "Hur", "Ersättare"), rows, (40, 25, 35), empty="Ingen närvaro är antecknad.")


def _nothing(facts: MinutesFacts) -> tuple[Part, ...]:
    return () if facts.items or facts.orally else (Words("Inget ärende togs upp."),)


def _noted(item: Notes, on: date) -> Part:
    match item:
        case CaseNotes():
            return Together(
                (
                    ItemHead(item.place, shown(item.code)),
                    Facts((("Aktualiserad av", item.raised_by), *_answers(item))),
                    Facts((*agreed_words(item.agreed), *feedback_words(item.agreed, on))),
                )
            )
        case GeneralNotes():
            return Together(
                (
                    ItemHead(item.place, words=GENERAL),
                    Facts((question_to(item.asked, item.question), *agreed_words(item.agreed))),
                )
            )
        case DroppedItem():
            return dropped_head(item)


def _answers(item: CaseNotes) -> Iterator[tuple[str, str]]:
    for one in item.answers:
        yield question_to(one.unit, one.question)
        yield "Svar", one.answer or NO_ANSWER
