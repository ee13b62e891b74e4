"""Skyddade personuppgifter on a person's page: marking, naming who shall see them, and lifting the mark.

The mark is the number's: whoever sets it sets it on every row of the number, and lifting it takes it off all of them at
once. Who is named is the row's: each unit that has written the person down names its own, and nobody else's.

So that no unit finds its person unprotected by surprise, only somebody who is named on every row may lift the mark.
Each circle agrees by having named them: most often it is the koordinator, whom the program names in every row that a
mark reaches. Whoever is named on some of the rows alone is refused, and the mark stays. That somebody else has the
number too can then be guessed, as it can when a new row of a marked number is marked at once; to lift it silently on
one's own rows would show a person whom another authority has a reason to protect, which is the worse of the two.
"""

from __future__ import annotations

from collections.abc import Collection

from misam_desktop.commands.persons import save_person
from misam_desktop.domain import owners as rules
from misam_desktop.domain.access import May
from misam_desktop.domain.case import Case
from misam_desktop.domain.errors import Stale
from misam_desktop.domain.ids import CaseId, UserId
from misam_desktop.domain.people import Person
from misam_desktop.queries.owners import can_be_named, coordinators
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Topic, Tx, command

_TOUCHES = (Topic.PERSONS, Topic.CASES)


@command("person.protection_set", needs=May.PROTECT, touches=_TOUCHES)
def protect(tx: Tx, case_id: CaseId, owners: Collection[UserId], *, seen: int) -> None:
    """Mark the person of a case as protected, or name others who shall see them: those named, and nobody else.

    Raises OwnerUnsuited, OwnersLackCoordinator, Stale.
    """
    case = tx.case(case_id)
    known = _as_seen(tx, case, seen)
    subject = subjects.of(tx.conn, case)
    rules.must_suit(owners, offered={one.id for one in can_be_named(tx, subject)})
    rules.must_coordinate(owners, coordinators(tx, subject))
    for other in subjects.of_person(tx.conn, known):
        rules.must_still_coordinate(owners, coordinators(tx, other), before=known.protected_owners)
    save_person(tx, known, rules.marked(known, owners))


@command("person.protection_lifted", needs=May.PROTECT, touches=_TOUCHES)
def lift_protection(tx: Tx, case_id: CaseId, *, seen: int) -> None:
    """Take the mark off the person of a case, on every row of the number. Raises NotNamedOnAll, Stale.

    The log names none of the other rows: they may be beyond the actor's reach.
    """
    case = tx.case(case_id)
    known = _as_seen(tx, case, seen)
    found = [one for one in subjects.persons_of_number(tx.conn, known.number) if one.protected]
    rules.must_be_named_on_all(tx.actor.user_id, found)
    for one in found:
        rows.persons.save(tx.conn, rules.lifted(one))


def _as_seen(tx: Tx, case: Case, seen: int) -> Person:
    known = rows.persons.get(tx.conn, case.person_id)
    if known.version != seen:
        raise Stale
    return known
