"""Skyddade personuppgifter: what of a protected person is kept back from everybody until a reason is given.

Number, telephone and address are kept back also from the named owners (process.md §5). They leave the store for the
screen in one way alone (``queries.protected``); whatever else tells of the person has passed ``covered``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import PersonId
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import PersonalNumber, kept_back

BESIDE_THE_NUMBER = ("phone", "address")
"""What is kept back with the number."""


class ReasonNeeded(UserError):
    """The number of a protected person is not shown on a click: it takes a reason."""

    code = "reason_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedFacts:
    """What is shown of somebody for a reason; ``version`` is theirs when it was."""

    person_id: PersonId
    number: PersonalNumber
    phone: str
    address: str
    version: int


def covered(person: Person, *, days: Iterable[date] = ()) -> Person:
    """A protected person without what is kept back, but for their age on these days; anybody else as they are.

    What may not be read at all is withheld before and stays so.
    """
    if not person.protected or not person.number.is_shown:
        return person
    return replace(person, number=kept_back(person.number, days), phone="", address="")


def facts_of(person: Person) -> ProtectedFacts:
    """What is kept back of a person."""
    return ProtectedFacts(
        person_id=person.id,
        number=person.number,
        phone=person.phone,
        address=person.address,
        version=person.version,
    )


def uncovered(person: Person, facts: ProtectedFacts | None) -> Person:
    """A covered person with what has been shown of them, as long as nobody has changed them since."""
    if facts is None or (facts.person_id, facts.version) != (person.id, person.version):
        return person
    return replace(person, number=facts.number, phone=facts.phone, address=facts.address)


def must_not_be_protected(person: Person) -> None:
    """Raises ReasonNeeded."""
    if person.protected:
        raise ReasonNeeded
