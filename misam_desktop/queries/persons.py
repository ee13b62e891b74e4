"""Who a personal number is to the one who asks: a row for each unit that has referred them."""

from __future__ import annotations

from collections.abc import Iterable

from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.store import subjects
from misam_desktop.vault import Look


def known_persons(look: Look, number: PersonalNumber, *, unit_id: UnitId) -> list[Person]:
    """The rows of a number that have a case the actor may read, a unit's own first.

    Beyond them nothing is said: even that a person is known at an authority is secret (process.md §5).
    """
    found = []
    for person in subjects.persons_of_number(look.conn, number):
        cases = subjects.of_person(look.conn, person)
        if any(InfoKind.GRUNDUPPGIFTER in look.allowed(case, May.READ_CASE).kinds for case in cases):
            found.append((not _is_of(cases, unit_id), person))
    return [person for _, person in sorted(found, key=lambda one: one[0])]


def person_at(look: Look, number: PersonalNumber, *, unit_id: UnitId) -> Person | None:
    """The row that a unit has of a number by a case of its own that the actor may read; None when it has none."""
    for person in known_persons(look, number, unit_id=unit_id)[:1]:
        if _is_of(subjects.of_person(look.conn, person), unit_id):
            return person
    return None


def _is_of(cases: Iterable[Subject], unit_id: UnitId) -> bool:
    return any(unit_id == case.home_id for case in cases)
