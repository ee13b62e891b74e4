"""The papers of a SIP meeting: its dagordning, where the person stands under a code, and the plan (process.md §8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from misam_desktop.documents.consents import Frame
from misam_desktop.documents.paper import Blank, Facts, Heading, Paper, Part, Signatures, Table, Together, Words
from misam_desktop.domain.pseudonym import Pseudonym, shown
from misam_desktop.domain.sip_plan import Point
from misam_desktop.wording import day_long, label

NONE = "Inga"
UNANSWERED = "Inget svar än."
_HEADINGS = {
    Point.NEEDED: "1. Vilka insatser som behövs",
    Point.KOMMUN: "2. Vilka insatser kommunen ska svara för",
    Point.REGION: "2. Vilka insatser regionen ska svara för",
    Point.OTHERS: "3. Vilka åtgärder som vidtas av någon annan än kommunen eller regionen",
    Point.RESPONSIBLE: "4. Vem av huvudmännen som ska ha det övergripande ansvaret för planen",
}
"""«Av planen ska det framgå»: the four points of the law, the second one for each huvudman."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SipAgendaFacts:
    """What stands on the dagordning of a SIP meeting.

    ``name`` stands there when it goes to the person, the ``code`` when it goes to units; never both. ``parties`` are
    those who are asked, nobody by name but to the person. ``for_unit`` is the one unit that gets it, where not all do.
    """

    on: date
    time: str = ""
    place: str = ""
    code: Pseudonym | None = None
    name: str = ""
    unit: str
    parties: tuple[str, ...] = ()
    questions: str = ""
    points: tuple[str, ...] = ()
    for_unit: str = ""


def sip_agenda(facts: SipAgendaFacts, frame: Frame, *, large: bool = False) -> Paper:
    """The dagordning; its title names nobody."""
    return Paper(
        title="Dagordning för SIP-möte",
        team=frame.team,
        day=frame.day,
        mark=frame.mark,
        large=large,
        easy=bool(facts.name),
        parts=tuple(_agenda(facts)),
    )


def _agenda(facts: SipAgendaFacts) -> Iterator[Part]:
    if facts.for_unit:
        yield Heading(f"Bara för {facts.for_unit}")
        yield Words("Samtycket gäller inte alla som är med på mötet. Lämna inte papperet vidare.")
    whom = ("Namn", facts.name) if facts.code is None else ("Kod", shown(facts.code))
    pairs = (("Dag", day_long(facts.on)), ("Tid", facts.time), ("Plats eller länk", facts.place), whom)
    yield Facts((*(one for one in pairs if one[1]), ("Sammankallande", facts.unit)))
    if facts.code is not None:
        yield Words(
            "Personen står under en kod, som gäller bara på det här mötet. Vem det är står i kallelsen. Skriv inget "
            "namn eller personnummer här."
        )
    if facts.parties:
        yield Heading("Kallade och inbjudna")
        yield Words("\n".join(facts.parties), close=True)
    if facts.questions:
        yield Heading("Frågeställningar")
        yield Words(facts.questions)
    for number, point in enumerate(facts.points, start=1):
        yield Together((Heading(f"{number}. {point}"), Blank("Anteckningar", lines=2, apart=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Who does what by when, in words."""

    who: str
    what: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SipPlanFacts:
    """What stands in one edition of a plan.

    ``about`` says whom it is of. ``lacks`` are the points of a draft that are empty; ``finished`` is the day on which
    it was locked, "" for a draft. ``none`` are the points where the answer is «Inga», ``doing`` who does what under
    each point. ``took_part`` says of each who was asked what they answered, ``signs`` who signs; nobody signs a draft.
    """

    about: tuple[tuple[str, str], ...]
    statute: str
    edition: int = 1
    reason: str = ""
    finished: str = ""
    lacks: tuple[Point, ...] = ()
    important: str = ""
    needed: str = ""
    none: tuple[Point, ...] = ()
    doing: tuple[tuple[Point, tuple[Doing, ...]], ...] = ()
    responsible: str = ""
    goals_short: str = ""
    goals_long: str = ""
    existing: str = ""
    follow_up: str = ""
    took_part: tuple[tuple[str, str], ...] = ()
    signs: tuple[str, ...] = ()


def sip_plan(facts: SipPlanFacts, frame: Frame, *, large: bool = False) -> Paper:
    """The plan, or the draft of one, which says so; its title names nobody."""
    return Paper(
        title="Samordnad individuell plan" if facts.finished else "Utkast till samordnad individuell plan",
        team=frame.team,
        day=frame.dated,
        mark=frame.mark,
        large=large,
        parts=tuple(_plan(facts)),
    )


def _plan(facts: SipPlanFacts) -> Iterator[Part]:
    if not facts.finished:
        lacks = "; ".join(label(one).lower() for one in facts.lacks)
        lacking = f"De här punkterna är tomma: {lacks}." if lacks else "Alla punkter är besvarade."
        yield Heading("Utkast")
        yield Words(f"Planen är inte färdig och gäller inte än. {lacking}")
    edition = (("Version", str(facts.edition)), ("Ändrad för att", facts.reason)) if facts.edition > 1 else ()
    yield Facts(tuple(one for one in (*facts.about, *edition, ("Klar", facts.finished)) if one[1]))
    yield Words(f"Planen görs enligt {facts.statute}.", small=True)
    yield from _said("Vad är viktigt för dig?", facts.important)
    if facts.existing:
        yield Heading("Annan plan")
        yield Words(f"Det som lagen kräver står redan i en annan plan: {facts.existing}")
    doing = dict(facts.doing)
    for point in Point:
        yield from _point(facts, point, doing.get(point, ()))
    yield from _said("Mål på kort sikt", facts.goals_short)
    yield from _said("Mål på lång sikt", facts.goals_long)
    yield from _said("Uppföljning", facts.follow_up)
    if facts.took_part:
        yield Heading("Deltagare")
        yield Table(("Vem", "Svar på kallelse eller inbjudan"), facts.took_part, (45, 55))
    if facts.signs:
        copy = Words("Den enskilde får en kopia av planen.", small=True)
        yield Together((Heading("Underskrifter"), copy, Signatures(facts.signs, "Ort och datum")))


def _point(facts: SipPlanFacts, point: Point, doing: tuple[Doing, ...]) -> Iterator[Part]:
    """A point of the law with its answer: «Inga» is one, and what is empty says so."""
    heading = Heading(_HEADINGS[point])
    words = {Point.NEEDED: facts.needed, Point.RESPONSIBLE: facts.responsible}.get(point, "")
    if doing:
        rows = tuple((one.who, one.what, one.by) for one in doing)
        yield heading
        yield Table(("Vem", "Vad", "Senast"), rows, (28, 52, 20))
    elif words:
        yield heading
        yield Words(words)
    else:
        elsewhere = f"Se {facts.existing}." if facts.existing and point not in facts.lacks else UNANSWERED
        yield Together((heading, Words(NONE if point in facts.none else elsewhere)))


def _said(heading: str, words: str) -> Iterator[Part]:
    if words:
        yield Heading(heading)
        yield Words(words)
