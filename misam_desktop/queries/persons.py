"""Who a personal number is to the one who asks: a row for each circle of those who may see each other's cases."""

from __future__ import annotations

from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.store import subjects
from misam_desktop.vault import Look


def known_persons(look: Look, number: PersonalNumber, *, unit_id: UnitId) -> list[Person]:
    """The rows of a number that have a case the actor may see, a unit's own first.

    Beyond them nothing is said: even that a person is known at an authority is secret (process.md §5).
    """
    found = []
    for person in subjects.persons_of_number(look.conn, number):
        seen = [case for case in subjects.of_person(look.conn, person) if look.allowed(case)]
        if seen:
            found.append((not any(unit_id in case.unit_ids for case in seen), person))
    return [person for _, person in sorted(found, key=lambda one: one[0])]
