"""Meetings to make papers of: units, people who work there, codes, questions; and persons who are on none of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from misam_desktop.documents.agenda import AgendaFacts, CaseItem, ContactLine, DroppedItem, GeneralItem, Item, Occasion
from misam_desktop.documents.key_list import KeyRow
from misam_desktop.documents.minutes import Agreed, Answer, CaseNotes, GeneralNotes, MinutesFacts, Notes, Present
from misam_desktop.documents.sip_papers import SipAgendaFacts
from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.personal_number import PersonalNumber, made_up_number
from misam_desktop.domain.pseudonym import Pseudonym, draw
from tests.canaries import of_name, of_number

WEDNESDAY = date(2026, 12, 16)
FEEDBACK = date(2026, 12, 29)
"""The last day for the feedback of a meeting that Wednesday (process.md §4)."""
NAFS = Occasion(
    called="NAFS-möte",
    team="NAFS Ursviken–Byske",
    on=WEDNESDAY,
    time="14.00–15.00",
    place="Video",
    chair="Ylva Rask",
)
UNITS = ("Arbetsförmedlingen", "Försäkringskassan", "IFO/Försörjningsstöd", "Ursvikens hälsocentral")
CONTACTS = (
    ContactLine(unit="Arbetsförmedlingen", name="Göran Lindahl", address="samverkan.af@kommunen.example"),
    ContactLine(unit="Försäkringskassan", name="Ulrika Wik", address="samverkan.fk@kommunen.example"),
)
ASKED = (
    "Vilket stöd finns för att pröva arbetsförmågan?",
    "Hur påverkas ersättningen av arbetsträning på 25 procent?",
    "Vem tar ansvar för nästa kontakt, och när?",
)
NAMES = (
    ("Şükrü", "Yıldırım"), ("Łukasz", "Wójcik"), ("Thị Hương", "Nguyễn"), ("Malin", "Provlund"),
    ("Åsa", "Öberg-Ärlig"), ("Đorđe", "Živković"), ("Jean-Noël", "O'Testsson"),
)  # fmt: skip
CODES = (Pseudonym("K7MQ2XF"), Pseudonym("9C5TGK5"))


def case(place: int = 1, *questions: tuple[str, str], code: Pseudonym = CODES[0]) -> CaseItem:
    """A case that the hälsocentral raised."""
    asked = questions or ((UNITS[0], ASKED[0]), (UNITS[1], ASKED[1]))
    return CaseItem(place=place, code=code, raised_by=UNITS[3], questions=asked, minutes=6)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A made-up person whom a case concerns, as they stand in the store beside it."""

    id: str
    given: str
    family: str
    number: PersonalNumber
    address: str

    @property
    def needles(self) -> list[str]:
        """All that tells who it is: name, number and birth date in every way of writing, address, id."""
        born = self.number.birth_date
        assert born is not None
        days = [f"{born:{form}}" for form in ("%Y-%m-%d", "%Y%m%d", "%y%m%d", "%y-%m-%d", "%d/%m/%Y")]
        return [*of_name(self.given, self.family), *of_number(self.number), *days, self.address, self.id]


def somebody(chance: Random) -> Somebody:
    """One of the made-up persons, born somewhen in fifty years."""
    born = date(1956, 1, 1) + timedelta(days=chance.randrange(50 * 365))
    given, family = chance.choice(NAMES)
    serial = chance.randrange(980, 1000)
    return Somebody(
        id=f"person-{chance.getrandbits(64):016x}",
        given=given,
        family=family,
        number=made_up_number(born, serial),
        address=f"Provvägen {chance.randrange(100, 999)}",
    )


@dataclass(frozen=True, slots=True)
class Gathering:
    """A random meeting: what its papers are made of, and whom its cases concern."""

    agenda: AgendaFacts
    minutes: MinutesFacts
    key: tuple[KeyRow, ...]
    persons: tuple[Somebody, ...]


def gathering(chance: Random) -> Gathering:
    """Cases of persons, some that are dropped, general questions; on any day of some years."""
    on = date(2026, 1, 1) + timedelta(days=chance.randrange(1500))
    occasion = Occasion(called="NAFS-möte", team=NAFS.team, on=on, for_unit=chance.choice(("", UNITS[1])))
    items, notes, key, persons = list[Item](), list[Notes](), list[KeyRow](), list[Somebody]()
    spent: set[Pseudonym] = set()
    for place in range(1, chance.randrange(6)):
        person, code = somebody(chance), draw(chance.randrange, spent)
        spent.add(code)
        kind = chance.randrange(5)
        if kind == 0:
            items.append(GeneralItem(place=place, question=chance.choice(ASKED)))
            notes.append(GeneralNotes(place=place, question=chance.choice(ASKED), agreed=Agreed()))
            continue
        persons.append(person)
        key.append(KeyRow(code=code, name=f"{person.given} {person.family}", number=person.number.long))
        if kind == 1:
            items.append(DroppedItem(place=place, code=code))
            notes.append(DroppedItem(place=place, code=code))
            continue
        asked = tuple((unit, chance.choice(ASKED)) for unit in chance.sample(UNITS, 3))
        items.append(case(place, *asked, code=code))
        notes.append(noted(place, *(Answer(unit=unit, question=text) for unit, text in asked), code=code))
    count = chance.randrange(3)
    present = tuple(Present(agency=one, presence=chance.choice(tuple(Presence))) for one in Agency)
    return Gathering(
        agenda=AgendaFacts(occasion=occasion, contacts=CONTACTS, items=tuple(items), orally=count),
        minutes=MinutesFacts(occasion=occasion, attendance=present, items=tuple(notes), orally=count),
        key=tuple(key),
        persons=tuple(persons),
    )


def sip_gathering(chance: Random) -> tuple[Somebody, Pseudonym, SipAgendaFacts]:
    """A random SIP meeting: whom it is about, the code that stands for them, and its dagordning."""
    code = draw(chance.randrange, set())
    facts = SipAgendaFacts(
        on=date(2026, 1, 1) + timedelta(days=chance.randrange(1500)),
        time="13.00",
        place="Rum 2",
        code=code,
        unit=UNITS[2],
        parties=(*chance.sample(UNITS, 3), "Personen själv", "Närstående"),
        questions=chance.choice(ASKED),
        points=("Presentation", "Vad är viktigt för dig?"),
        for_unit=chance.choice(("", UNITS[1])),
    )
    return somebody(chance), code, facts


def noted(place: int, *answers: Answer, code: Pseudonym = CODES[0], agreed: Agreed | None = None) -> CaseNotes:
    """What was said of a case that the hälsocentral raised."""
    return CaseNotes(place=place, code=code, raised_by=UNITS[3], answers=answers, agreed=agreed or Agreed())
