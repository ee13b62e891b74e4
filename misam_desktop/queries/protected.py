"""What is kept back of a protected person: shown for a reason that the log keeps, to whoever may read it otherwise."""

from __future__ import annotations

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import InfoKind, ShowReason
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import PersonId
from misam_desktop.domain.people import Person
from misam_desktop.domain.protection import ProtectedFacts, facts_of
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Look, query


@query("person.protected_shown", needs=May.READ_CASE)
def protected_facts(look: Look, person_id: PersonId, reason: ShowReason) -> ProtectedFacts:
    """Number, telephone and address, for a reason: an entry in the log each time. Raises NotFound."""
    look.because(reason)
    return facts_of(person_read(look, person_id))


def person_read(look: Look, person_id: PersonId) -> Person:
    """Somebody whose grunduppgifter the actor may read in one of their cases: a read in the log. Raises NotFound."""
    person = rows.persons.get(look.conn, person_id)
    look.opened(person.id, person.id)
    seen = [look.allowed(subject) for subject in subjects.of_person(look.conn, person)]
    if not any(InfoKind.GRUNDUPPGIFTER in decision.kinds for decision in seen if decision):
        raise NotFound
    return person
