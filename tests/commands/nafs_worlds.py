"""A NAFS team, and cases that are put to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from misam_desktop.commands.nafs_cases import raise_case
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import Purpose, Role
from misam_desktop.domain.ids import ActivityId, UnitId
from misam_desktop.domain.intake import ConsentFacts, PersonFacts
from misam_desktop.domain.nafs import NafsCase, NafsFacts, Question
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, REGION, agrees, all_of, colleague, contact_of, somebody
from tests.conftest import TODAY

TEAM = ActivityId("nafs-norr")
MEETS = date(2026, 12, 16)
ASKED = ((FK, "Kan sjukpenning prövas på nytt?"), (IFO, "Finns plats i sysselsättning?"))


def leads_the_team(karin: Vault) -> Vault:
    """The NAFS-koordinator, at the region, and her team."""
    with writing(karin._engine) as conn:
        rows.activities.add(conn, founding.reference_activity("nafs", activity_id=TEAM, name="NAFS Norr"))
    return colleague(karin, "nora", Role.NAFS_KOORDINATOR, unit_id=REGION, activity_ids=(TEAM,))


def raises(vault: Vault, **said: object) -> NafsFacts:
    facts = NafsFacts(activity_id=TEAM, unit_id=AF, raised_by=contact_of(vault), raised_on=TODAY)
    return replace(facts, **said)  # type: ignore[arg-type]  # any field


def to_nafs(*unit_ids: UnitId) -> ConsentFacts:
    return agrees(purposes=(Purpose.NAFS,), unit_ids=unit_ids or (AF, FK, IFO, REGION))


def raised(
    vault: Vault,
    serial: int = 980,
    *,
    consent: ConsentFacts | None = None,
    person: PersonFacts | None = None,
    **said: object,
) -> NafsCase:
    """A case that is put to the team."""
    facts = raises(vault, **said)
    asked = [(unit_id, text) for unit_id, text in (*ASKED, (AF, "Vad planeras?")) if unit_id != facts.unit_id]
    made = raise_case(person or somebody(serial), facts, questions=asked, consent=consent or to_nafs(), submit=True)
    return vault.do(made).value


def questions(vault: Vault, case: NafsCase) -> list[Question]:
    return [one for one in all_of(vault, rows.questions) if one.case_id == case.id]


def items(vault: Vault) -> list[AgendaItem]:
    return sorted(all_of(vault, rows.agenda_items), key=lambda item: item.place)
