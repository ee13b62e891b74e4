"""Forumets minnesanteckningar: who took part, and what it found of each case. Persons stand under codes alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from misam_desktop.documents.agenda import (
    DroppedItem,
    Occasion,
    dropped_head,
    meeting_facts,
    meeting_paper,
    only_for,
    orally,
)
from misam_desktop.documents.consents import Frame
from misam_desktop.documents.minutes import Present, attendance_table
from misam_desktop.documents.paper import Facts, Heading, ItemHead, Paper, Part, Table, Together, Words
from misam_desktop.domain.codes import Outcome, Presence
from misam_desktop.domain.pseudonym import Pseudonym, shown
from misam_desktop.wording import label

NO_DECISION = "Det som står här är forumets gemensamma bedömning och ingen myndighets beslut."
_TEXTS = {Outcome.ATER: "Alternativ planering", Outcome.KOMPLETTERA: "Det här behöver kompletteras"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What was said afterwards, why, by whom and when."""

    text: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What the forum said of one case; without an ``outcome`` it goes on to the next meeting.

    ``text`` is what the assessment is explained with, or what withholds it.
    """

    place: int
    code: Pseudonym
    unit: str
    question: str
    outcome: Outcome | None = None
    text: str = ""
    also_nafs: bool = False
    also_sip: bool = False
    added: tuple[Added, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumMinutesFacts:
    """What stands in the minutes of a forum. ``closed`` is when it ended, ``edition`` how often that has been.

    ``orally`` is how many cases concerned somebody who is protected, ``added`` what concerns the whole meeting.
    """

    occasion: Occasion
    attendance: tuple[Present, ...] = ()
    items: tuple[Decided | DroppedItem, ...] = ()
    orally: int = 0
    closed: str = ""
    edition: int = 1
    added: tuple[Added, ...] = ()


def forum_minutes(facts: ForumMinutesFacts, frame: Frame) -> Paper:
    """The minutes that all get, or those of a single unit."""
    concluded = [one for one in facts.items if not (isinstance(one, Decided) and one.outcome is None)]
    return meeting_paper(
        f"Minnesanteckningar från {facts.occasion.called}",
        frame,
        (
            *only_for(facts.occasion.for_unit),
            meeting_facts(facts.occasion),
            Heading("Deltog"),
            attendance_table(facts.attendance),
            *_missing(facts.attendance),
            Heading("Bedömningar"),
            *((Words(NO_DECISION),) if concluded else (Words("Ingen bedömning står på det här papperet."),)),
            *orally(facts.orally, "togs"),
            *(_item(one) for one in concluded),
            *_moved_on(facts.items),
            *_added(facts.added),
            Words(_locked(facts), small=True),
        ),
    )


def _missing(attendance: Iterable[Present]) -> Iterator[Part]:
    missing = [label(one.agency) for one in attendance if one.presence is Presence.FRANVARANDE]
    if missing:
        yield Words(f"Saknades: {', '.join(missing)}.")


def _item(item: Decided | DroppedItem) -> Part:
    if isinstance(item, DroppedItem):
        return dropped_head(item)
    return Together(
        (
            ItemHead(item.place, shown(item.code)),
            Facts(
                (
                    ("Remitterande myndighet", item.unit),
                    ("Frågeställning", item.question),
                    ("Forumets bedömning", label(item.outcome) if item.outcome else ""),
                    *_why(item),
                    *_beside(item),
                )
            ),
            *_added(item.added),
        )
    )


def _why(item: Decided) -> Iterator[tuple[str, str]]:
    if item.text and item.outcome is not None:
        yield _TEXTS.get(item.outcome, "Motivering"), item.text


def _beside(item: Decided) -> Iterator[tuple[str, str]]:
    """What was ticked beside the assessment."""
    ticked = [word for word, holds in (("NAFS-möte", item.also_nafs), ("SIP", item.also_sip)) if holds]
    if ticked:
        yield "Föreslås också", ", ".join(ticked)


def _moved_on(items: Iterable[Decided | DroppedItem]) -> Iterator[Part]:
    left = [one for one in items if isinstance(one, Decided) and one.outcome is None]
    if not left:
        return
    yield Heading("Går vidare till nästa möte")
    rows = tuple((str(one.place), shown(one.code), one.unit) for one in left)
    yield Table(("Nr", "Kod", "Remitterande myndighet"), rows, (6, 24, 70), codes=1)
    for one in left:
        yield from _added(one.added)


def _added(added: Iterable[Added]) -> Iterator[Part]:
    for at, one in enumerate(added):
        if not at:
            yield Heading("Tillägg")
        yield Words(one.text)
        yield Words(f"Skäl: {one.reason}\n{one.by}, {one.at}", small=True)


def _locked(facts: ForumMinutesFacts) -> str:
    again = f" Mötet har öppnats igen och avslutats {facts.edition} gånger." if facts.edition > 1 else ""
    return f"Mötet avslutades {facts.closed}.{again} Det som stod då ändras inte: rättelser står under Tillägg."
