"""Forumets dagordning: the paper that a forum is led from. Persons stand on it by their codes alone (process.md §6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from misam_desktop.documents.agenda import (
    DROPPED,
    NOTES,
    OVERVIEW_FROM,
    DroppedItem,
    Occasion,
    agenda_title,
    dropped_head,
    meeting_paper,
    opening,
    orally,
)
from misam_desktop.documents.consents import Frame
from misam_desktop.documents.paper import Boxes, Facts, Heading, ItemHead, Paper, Part, Table, Together
from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.pseudonym import Pseudonym, shown
from misam_desktop.wording import label

SGI0 = "SGI 0"
_NOTHING = "Ingen remiss väntar på forumets bedömning."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferredItem:
    """One case: its code, who referred, what is asked, and which units are needed and why.

    Each text is what the consents let out, or what withholds it. ``marks`` are what makes it another than the rest.
    """

    place: int
    code: Pseudonym
    unit: str
    question: str
    needed: str = ""
    needed_why: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumAgendaFacts:
    """What stands on a forum's dagordning. ``outcomes`` are those that the forum chooses among.

    ``orally`` is how many cases concern somebody who is protected, ``adds_to`` the day on which the agenda was sent
    that this one adds to; None for the agenda itself.
    """

    occasion: Occasion
    items: tuple[ReferredItem | DroppedItem, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    orally: int = 0
    adds_to: date | None = None


def forum_agenda(facts: ForumAgendaFacts, frame: Frame) -> Paper:
    """The dagordning that all get, or the one of a single unit."""
    nothing = "" if facts.orally else _NOTHING
    return meeting_paper(
        agenda_title(facts.occasion.called, adds_to=facts.adds_to),
        frame,
        (
            *opening(facts.occasion, adds_to=facts.adds_to, has_items=bool(facts.items), nothing=nothing),
            *_overview(facts.items),
            *orally(facts.orally, "tas"),
            *(_item(one, facts.outcomes) for one in facts.items),
        ),
    )


def _overview(items: tuple[ReferredItem | DroppedItem, ...]) -> Iterator[Part]:
    if len(items) < OVERVIEW_FROM:
        return
    yield Heading("Ordning")
    titles = ("Nr", "Kod", "Remitterande myndighet", "Behöver", "")
    yield Table(titles, tuple(map(_overview_row, items)), (5, 17, 28, 32, 18), codes=1)


def _overview_row(item: ReferredItem | DroppedItem) -> tuple[str, ...]:
    if isinstance(item, DroppedItem):
        return str(item.place), shown(item.code), DROPPED, "", ""
    return str(item.place), shown(item.code), item.unit, item.needed, ", ".join(item.marks)


def _item(item: ReferredItem | DroppedItem, outcomes: tuple[Outcome, ...]) -> Part:
    """A case as it is taken up, on one page if it goes on one, with the assessments to tick."""
    if isinstance(item, DroppedItem):
        return dropped_head(item)
    told = (
        ("Remitterande myndighet", item.unit),
        ("Frågeställning", item.question),
        ("Behöver", item.needed),
        ("Därför", item.needed_why),
    )
    return Together(
        (
            ItemHead(item.place, shown(item.code), beside=", ".join(item.marks)),
            Facts(tuple((name, text) for name, text in told if text)),
            NOTES,
            Boxes(tuple((label(one), False) for one in outcomes)),
        )
    )
