"""Återkoppling: the letter that tells a person what a meeting answered, in the language that suits them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from misam_desktop.documents.consents import Frame
from misam_desktop.documents.minutes import Answer
from misam_desktop.documents.paper import Heading, Paper, Part, Together, Words
from misam_desktop.documents.phrases import Language, day_words, phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackFacts:
    """What the letter tells. Without an address it is handed over; ``told`` is what the writer adds in plain words.

    ``sender`` works at ``unit``, and answers what the person asks.
    """

    name: str
    address: str = ""
    on: date
    took_part: tuple[str, ...]
    told: str = ""
    answers: tuple[Answer, ...] = ()
    next_step: str = ""
    responsible: str = ""
    sender: str
    unit: str
    phone: str = ""


def feedback_letter(facts: FeedbackFacts, language: Language, frame: Frame, *, large: bool = False) -> Paper:
    """The letter; its title names nobody."""
    said = phrases(language)["feedback"]
    return Paper(
        title=said["title"],
        team=frame.team,
        day=frame.dated,
        head=frame.head,
        mark=frame.mark,
        foot=phrases(language)["foot"],
        language="en" if language is Language.EN else "sv",
        large=large,
        easy=True,
        parts=(
            Words(f"{facts.name}\n{facts.address}".strip(), close=True),
            Words(said["body"].format(day=day_words(language, facts.on))),
            *((Words(facts.told),) if facts.told else ()),
            *_answers(facts, said),
            Heading(said["next"]),
            *_next_step(facts, said),
            Words(said["decisions"]),
            Heading(said["took_part"]),
            Words(", ".join(facts.took_part)),
            Together(tuple(_contact(facts, said))),
        ),
    )


def _answers(facts: FeedbackFacts, said: dict[str, str]) -> Iterator[Part]:
    for one in facts.answers:
        answer = said["answer"].format(answer=one.answer) if one.answer else said["no_answer"]
        yield Together((Heading(said["question"].format(unit=one.unit)), Words(one.question), Words(answer)))


def _next_step(facts: FeedbackFacts, said: dict[str, str]) -> Iterator[Part]:
    yield Words(facts.next_step or said["no_next_step"])
    if facts.next_step and facts.responsible:
        yield Words(said["responsible"].format(unit=facts.responsible))


def _contact(facts: FeedbackFacts, said: dict[str, str]) -> Iterator[Part]:
    yield Heading(said["contact"])
    yield Words(said["contact_body"].format(name=facts.sender, unit=facts.unit))
    if facts.phone:
        yield Words(said["phone"].format(phone=facts.phone))
    yield Words(said["consent"])
    yield Words(f"{said['closing']}\n{facts.sender}\n{facts.unit}", close=True)
