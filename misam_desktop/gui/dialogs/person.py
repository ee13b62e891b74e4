"""The person of a case as they are now: how they are reached, and what they need."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.persons import correct_person
from misam_desktop.domain.intake import PersonFacts
from misam_desktop.domain.people import Person
from misam_desktop.gui.case_form import person_fields
from misam_desktop.gui.dialogs.case_dialog import CaseDialog, P
from misam_desktop.gui.forms import Field
from misam_desktop.gui.protected import is_kept_back
from misam_desktop.gui.text import tr
from misam_desktop.queries.cases import CasePage
from misam_desktop.queries.nafs_cases import NafsPage
from misam_desktop.vault import Request

if TYPE_CHECKING:
    from misam_desktop.domain.personal_number import PersonalNumber
    from misam_desktop.gui.workspace import Workspace

_SAID = tuple(name for name in PersonFacts.__slots__ if name not in {"number", "protected", "protected_owners"})


def open_person(work: Workspace, page: P) -> None:
    """Change what is known of the person; the number stays, since another number is another person."""
    person = page.person
    dialog = CaseDialog(
        work,
        page,
        title=tr("Personuppgifter"),
        intro=tr("Telefon och adress är skyddade. De ändras när de visas på sidan.") if is_kept_back(person) else "",
        content=_fields(work, person),
        values={name: getattr(person, name) for name in _SAID},
        save=partial(_save, person.number),
        stands=_stands,
        then=lambda _saved: work.tell(tr("Uppgifterna är sparade.")),
        wide=680,
    )
    dialog.form["phone" if person.number.is_shown else "language"].setFocus()
    dialog.open()


def _fields(work: Workspace, person: Person) -> list[Field]:
    """As in the referral; whoever came without a name, from a list or protected, need not get one now."""
    fields = person_fields(work.session.clock.today(), person.number)
    if person.given_name and person.family_name:
        return fields
    return [replace(one, required=False) if one.name in {"given_name", "family_name"} else one for one in fields]


def _save(number: PersonalNumber, page: P, values: dict[str, Any]) -> Request[Person]:
    """With the number as the form was opened: one that was kept back leaves what goes with it as it is."""
    facts = PersonFacts(number=number, **{name: values[name] for name in _SAID if name in values})
    case_id = page.case.id if isinstance(page, NafsPage) else page.episode.id
    return correct_person(case_id, facts, seen=page.person.version)


def _stands(page: CasePage | NafsPage) -> str:
    if is_kept_back(page.person):
        return tr("Telefon och adress är skyddade och visas inte här.")
    phone, address = page.person.phone or "–", page.person.address or "–"
    return tr("Nu står: telefon {phone}, adress {address}.").format(phone=phone, address=address)
