"""Dagordning: the paper that a meeting is run from. Persons stand on it by their codes alone (process.md §3, §6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from misam_desktop.documents.consents import Frame
from misam_desktop.documents.paper import (
    Blank,
    Boxes,
    Facts,
    Heading,
    ItemHead,
    Paper,
    Part,
    Table,
    Together,
    Words,
)
from misam_desktop.domain.clocks import feedback_due
from misam_desktop.domain.pseudonym import Pseudonym, shown
from misam_desktop.wording import day_long, how_many, iso

DROPPED = "Utgår"
GENERAL = "Generell frågeställning"
TO_ALL = "alla"
NOTES = Blank("Anteckningar", lines=3, apart=True)
OVERVIEW_FROM = 3
"""So few items are seen at a glance without a list of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The meeting that a paper is of; nothing in it is about a person.

    ``called`` is the activity's word, «NAFS-möte», ``time`` its hours, «14.00–15.00». ``for_unit`` is the one unit
    that gets the paper; without it, all do.
    """

    called: str
    team: str
    on: date
    time: str = ""
    place: str = ""
    chair: str = ""
    for_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """Somebody who works at a unit and comes to the meeting; without a name, the unit has nobody."""

    unit: str
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseItem:
    """One case: its code, which unit raised it, and what is asked, each question with the unit that it goes to."""

    place: int
    code: Pseudonym
    raised_by: str
    questions: tuple[tuple[str, str], ...]
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralItem:
    """A question that concerns no person; ``asked`` is empty when it goes to all."""

    place: int
    question: str
    asked: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedItem:
    """A case that may not be taken up any more; nothing but its code is said."""

    place: int
    code: Pseudonym


Item = CaseItem | GeneralItem | DroppedItem


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaFacts:
    """What stands on a dagordning. ``orally`` is how many cases concern somebody who is protected.

    ``adds_to`` is the day on which the agenda was sent that this one adds to; None for the agenda itself.
    """

    occasion: Occasion
    contacts: tuple[ContactLine, ...] = ()
    items: tuple[Item, ...] = ()
    orally: int = 0
    adds_to: date | None = None


def agenda(facts: AgendaFacts, frame: Frame) -> Paper:
    """The dagordning that all get, or the one of a single unit."""
    nothing = "" if facts.orally else "Inget ärende och ingen generell frågeställning är anmäld till mötet."
    return meeting_paper(
        agenda_title(facts.occasion.called, adds_to=facts.adds_to),
        frame,
        (
            *opening(facts.occasion, adds_to=facts.adds_to, has_items=bool(facts.items), nothing=nothing),
            *(() if facts.occasion.for_unit or facts.adds_to else _contacts(facts.contacts)),
            *_overview(facts.items),
            *orally(facts.orally, "tas"),
            *(_item(one, facts.occasion.on) for one in facts.items),
        ),
    )


def meeting_paper(title: str, frame: Frame, parts: Sequence[Part]) -> Paper:
    """A paper of a meeting, in Swedish; its title names neither a person nor a unit."""
    return Paper(title=title, team=frame.team, day=frame.day, mark=frame.mark, parts=tuple(parts))


def meeting_facts(occasion: Occasion) -> Facts:
    """Team, day, hours, place and who chairs."""
    chair = (("Ordförande", occasion.chair),) if occasion.chair else ()
    return Facts(
        (
            ("Team", occasion.team),
            ("Dag", day_long(occasion.on)),
            ("Tid", occasion.time),
            ("Plats eller länk", occasion.place),
            *chair,
        )
    )


def only_for(unit: str) -> tuple[Part, ...]:
    """For whom alone a paper is, and why; nothing on what all get."""
    if not unit:
        return ()
    why = "Det som står här står inte i det gemensamma papperet, för samtyckena gäller inte alla som får det."
    return Heading(f"Bara för {unit}"), Words(f"{why} Lämna inte papperet vidare.")


def orally(count: int, verb: str) -> tuple[Part, ...]:
    """That cases of protected persons are taken up, and nothing of them; ``verb`` is «tas» or «togs»."""
    if not count:
        return ()
    return (Heading(f"{'Ett ärende' if count == 1 else f'{count} ärenden'} {verb} muntligt"),)


def question_to(unit: str, question: str) -> tuple[str, str]:
    """One question, with whom it goes to beside it; without a unit, to all."""
    return f"Fråga till {unit or TO_ALL}", question


def agenda_title(called: str, *, adds_to: date | None) -> str:
    """What an agenda is called, or what is added to it."""
    return f"{'Tilläggsdagordning' if adds_to else 'Dagordning'} för {called}"


def opening(occasion: Occasion, *, adds_to: date | None, has_items: bool, nothing: str) -> Iterator[Part]:
    """How an agenda begins: for whom it is, the meeting, and that persons stand there under codes.

    ``nothing`` is what an empty one says.
    """
    if adds_to:
        yield Words(f"Kommer utöver dagordningen som skickades {iso(adds_to)}.")
    yield from only_for(occasion.for_unit)
    yield meeting_facts(occasion)
    if has_items:
        yield Words(
            "Varje person står under en kod, som gäller bara på det här mötet. Kodnyckeln är ett papper för sig. "
            "Skriv inga namn eller personnummer här."
        )
    elif nothing:
        yield Heading("Inga ärenden")
        yield Words(nothing)


def _contacts(contacts: tuple[ContactLine, ...]) -> tuple[Part, ...]:
    rows = tuple((one.unit, one.name or "Ingen angiven", one.address, "") for one in contacts)
    return (
        Heading("Kontaktpersoner"),
        Table(
            ("Enhet", "Kontaktperson", "Funktionsadress", "Deltar"),
            rows,
            (23, 20, 44, 13),
            empty="Teamet har inga kontaktpersoner.",
        ),
    )


def _overview(items: tuple[Item, ...]) -> Iterator[Part]:
    if len(items) < OVERVIEW_FROM:
        return
    yield Heading("Ordning")
    yield Table(
        ("Nr", "Kod", "Aktualiserad av", "Frågor till", "Minuter"),
        tuple(_overview_row(one) for one in items),
        (5, 17, 25, 43, 10),
        codes=1,
    )


def _overview_row(item: Item) -> tuple[str, ...]:
    place = str(item.place)
    match item:
        case CaseItem():
            asked = ", ".join(dict.fromkeys(unit for unit, _ in item.questions))
            return place, shown(item.code), item.raised_by, asked, _number(item.minutes)
        case GeneralItem():
            return place, "", GENERAL, item.asked or TO_ALL, _number(item.minutes)
        case DroppedItem():
            return place, shown(item.code), DROPPED, "", ""


def _number(minutes: int | None) -> str:
    return "" if minutes is None else str(minutes)


def _item(item: Item, on: date) -> Part:
    """An item as it is taken up, on one page if it goes on one: nobody turns the page within a question."""
    match item:
        case CaseItem():
            asked = sorted(item.questions, key=lambda one: _first(item, one[0]))
            return Together(
                (
                    ItemHead(item.place, shown(item.code), beside=_minutes(item.minutes)),
                    Facts((("Aktualiserad av", item.raised_by), *(question_to(unit, text) for unit, text in asked))),
                    NOTES,
                    Boxes(_checklist(on)),
                )
            )
        case GeneralItem():
            return Together(
                (
                    ItemHead(item.place, words=GENERAL, beside=_minutes(item.minutes)),
                    Facts((question_to(item.asked, item.question),)),
                    NOTES,
                )
            )
        case DroppedItem():
            return dropped_head(item)


def dropped_head(item: DroppedItem) -> ItemHead:
    """All that is said of a case that may not be taken up."""
    return ItemHead(item.place, shown(item.code), DROPPED)


def _first(item: CaseItem, unit: str) -> int:
    """Where a unit is asked for the first time: all that it is asked stands together."""
    return [one for one, _ in item.questions].index(unit)


def _minutes(minutes: int | None) -> str:
    return "" if minutes is None else how_many(minutes, "minut", "minuter")


def _checklist(on: date) -> tuple[tuple[str, bool], ...]:
    said = (
        "Kopia av samtycket medtagen",
        "Kopia skickad till rehabkoordinator",
        "Dokumenterat i egen akt",
        f"Återkoppling senast {iso(feedback_due(on))}",
    )
    return tuple((one, False) for one in said)
