"""A contact or a unit: new, or changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.contacts import add_contact, add_unit, change_contact, change_unit
from misam_desktop.domain.codes import Agency
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.people import Contact, Unit
from misam_desktop.gui.choices import of_codes, of_units
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Flag, OneOf, Text
from misam_desktop.gui.text import tr
from misam_desktop.vault import Request

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def open_new_contact(
    work: Workspace, *, unit_id: UnitId | None = None, then: Callable[[Contact], None] | None = None
) -> None:
    """Add a person who works at a unit, by default one's own; an account is another thing."""
    FormDialog(
        work,
        title=tr("Ny kontakt"),
        content=_contact_fields(work),
        values={"unit_id": unit_id or work.desk.me.unit_id},
        save=lambda values: add_contact(**values),
        then=then,
    ).open()


def open_contact(work: Workspace, contact: Contact, *, then: Callable[[Contact], None] | None = None) -> None:
    """Change a contact; one who has left keeps their history."""
    left = Field(
        name="left", label=tr("Har slutat"), kind=lambda: Flag(tr("Har slutat")), help=tr("Väljs inte för nya ärenden.")
    )

    def save(values: dict[str, Any]) -> Request[Contact]:
        has_left = values.pop("left")
        return change_contact(replace(contact, active=not has_left, **values))

    FormDialog(
        work,
        title=tr("Ändra kontakt"),
        content=(*_contact_fields(work), left),
        values={**_values(contact, "name", "unit_id", "function_address", "phone"), "left": not contact.active},
        save=save,
        then=then,
    ).open()


def open_new_unit(work: Workspace) -> None:
    """Add a unit of an authority."""
    agency = Field(name="agency", label=tr("Myndighet"), kind=lambda: OneOf(of_codes(Agency)), required=True, half=True)
    FormDialog(
        work, title=tr("Ny enhet"), content=(agency, *_unit_fields()), save=lambda values: add_unit(**values)
    ).open()


def open_unit(work: Workspace, unit: Unit) -> None:
    """Change a unit; one that has closed keeps its cases."""
    closed = Field(
        name="closed",
        label=tr("Har upphört"),
        kind=lambda: Flag(tr("Har upphört")),
        help=tr("Väljs inte för nya remisser och samtycken."),
    )

    def save(values: dict[str, Any]) -> Request[Unit]:
        has_closed = values.pop("closed")
        return change_unit(replace(unit, active=not has_closed, **values))

    FormDialog(
        work,
        title=tr("Ändra enhet"),
        content=(*_unit_fields(), closed),
        values={**_values(unit, "name", "short"), "closed": not unit.active},
        save=save,
    ).open()


def _contact_fields(work: Workspace) -> tuple[Field, ...]:
    return (
        Field(name="name", label=tr("Namn"), kind=Text, required=True),
        Field(name="unit_id", label=tr("Enhet"), kind=lambda: OneOf(of_units(work.desk)), required=True),
        Field(
            name="function_address",
            label=tr("Funktionsbrevlåda"),
            kind=Text,
            half=True,
            help=tr("Enhetens adress, inte personens."),
        ),
        Field(name="phone", label=tr("Telefon"), kind=Text, half=True),
    )


def _unit_fields() -> tuple[Field, ...]:
    return (
        Field(name="short", label=tr("Kort namn"), kind=Text, half=True, help=tr("Visas i listor: «AME».")),
        Field(name="name", label=tr("Namn"), kind=Text, required=True),
    )


def _values(value: object, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}
