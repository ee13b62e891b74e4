"""Brev och blad: what goes out of a case on paper, to an authority or to the person in the language that suits them.

The words stand in ``resources/phrases``; what is withheld comes in with the words for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from misam_desktop.documents.consents import Frame
from misam_desktop.documents.paper import Blank, Boxes, Facts, Heading, Paper, Part, Table, Together, Words
from misam_desktop.documents.phrases import Language, phrases, to_authorities


class Kind(Protocol):
    """Which letter it is: one of a case, or what asks somebody to a meeting."""

    @property
    def value(self) -> str:
        """Under what its words stand in the phrases."""

    @property
    def is_for_the_person(self) -> bool:
        """Whether it is written in the language, and in letters as large, as suit the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who signs, where they work, and on which number they answer."""

    name: str
    unit: str
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What a letter tells.

    ``to`` are the lines of the address. ``about`` are pairs under each other: whom it is about, for an authority, and
    what has been recorded. ``values`` fill the sentences of the phrases, and ``said`` names those of them that are
    said here, in their order. ``when`` is the day, time and place of a meeting, each by its name. ``texts`` are
    headings with what somebody wrote, ``dates`` what is planned and when, and ``steps`` what a follow-up chooses from:
    that sheet is filled in by hand and signed by nobody.
    """

    to: tuple[str, ...]
    about: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    when: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    sender: Sender


def letter(kind: Kind, facts: LetterFacts, language: Language, frame: Frame, *, large: bool = False) -> Paper:
    """The letter; its title names nobody. Those to authorities are in Swedish."""
    words = phrases(language) if kind.is_for_the_person else to_authorities()
    return Paper(
        title=words["letters"][kind.value]["title"],
        team=frame.team,
        day=frame.dated,
        head=frame.head,
        mark=frame.mark,
        foot=words["foot"],
        language="en" if language is Language.EN else "sv",
        large=large,
        easy=kind.is_for_the_person,
        parts=tuple(_parts(words["letters"][kind.value], words["letters"]["all"], facts)),
    )


def _parts(its: dict[str, Any], common: dict[str, Any], facts: LetterFacts) -> Iterator[Part]:
    yield Words("\n".join(filter(None, facts.to)), close=True)
    yield Words(its["body"].format(**facts.values))
    for name in facts.said:
        yield Words(its["said"][name].format(**facts.values))
    if facts.when or facts.about:
        yield Facts((*((its["when"][name], words) for name, words in facts.when), *facts.about))
    for heading, text in facts.texts:
        yield Heading(its["texts"][heading])
        yield Words(text)
    if facts.dates:
        yield Heading(its["dates"])
        yield Table(tuple(its["columns"]), facts.dates, (60, 40))
    if facts.steps:
        yield from _to_fill_in(its, facts.steps)
        return
    yield Together((Heading(its["end_heading"]), Words(its["end"].format(**facts.values))))
    yield Together(tuple(_signed(common, facts.sender)))


def _to_fill_in(its: dict[str, Any], steps: tuple[str, ...]) -> Iterator[Part]:
    """What is written by hand at a follow-up, in the order of its form on the screen."""
    fill = its["fill"]
    yield Blank(fill["done_on"], beside=fill["supplied_by"], apart=True)
    yield Boxes(((fill["unreached"], False),), columns=1)
    yield Heading(fill["step"])
    yield Boxes(tuple((one, False) for one in steps))
    yield Blank(fill["livelihood"], apart=True)
    yield Blank(fill["note"], lines=5, apart=True)
    yield Blank(fill["next_step"], lines=2, apart=True)


def _signed(common: dict[str, Any], sender: Sender) -> Iterator[Part]:
    yield Heading(common["contact"])
    yield Words(common["contact_body"].format(name=sender.name, unit=sender.unit))
    if sender.phone:
        yield Words(common["phone"].format(phone=sender.phone))
    yield Words(f"{common['closing']}\n{sender.name}\n{sender.unit}", close=True)
