"""What a NAFS case lacks for the agenda of a day, and the agenda itself."""

from __future__ import annotations

from datetime import date

from misam_desktop.domain.nafs import Fitness, NafsCase, Requirement, checklist
from misam_desktop.domain.scope import deciding
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look


def fitness(look: Look, case: NafsCase, *, on: date) -> tuple[tuple[Requirement, bool], ...]:
    """The checklist of a case for a meeting on a day."""
    settings = rows.activities.get(look.conn, case.activity_id).settings
    person = rows.persons.get(look.conn, case.person_id)
    agencies = {unit.id: unit.agency for unit in rows.units.where(look.conn)}
    asked = {one.unit_id for one in rows.questions.of(look.conn, tables.question.c.case_id, case.id)}
    consents = rows.consents.of(look.conn, tables.consent.c.case_id, case.id)
    facts = Fitness(
        consent=deciding(consents, case.purpose, on),
        asked=[(unit_id, agencies[unit_id]) for unit_id in sorted(asked)],
        raising=agencies[case.unit_id],
        age=person.number.age_on(on),
        age_reason=case.age_reason,
        protected=person.protected,
    )
    return checklist(facts, min_age=settings.min_age, max_age=settings.max_age, least_agencies=settings.least_agencies)
