"""The register of units and of the people who work there, with or without an account."""

from __future__ import annotations

from dataclasses import replace

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Agency
from misam_desktop.domain.ids import ContactId, UnitId
from misam_desktop.domain.people import Contact, Unit
from misam_desktop.domain.referral import TextRequired
from misam_desktop.store import rows
from misam_desktop.vault import Topic, Tx, command


@command("contact.added", needs=May.WRITE_CONTACTS, touches=Topic.CONTACTS)
def add_contact(tx: Tx, *, name: str, unit_id: UnitId, function_address: str = "", phone: str = "") -> Contact:
    """Add a person who works at a unit."""
    contact = Contact(
        id=ContactId(tx.new_id()),
        name=_named(name),
        unit_id=unit_id,
        function_address=function_address,
        phone=phone,
    )
    tx.about(contact.id)
    return rows.contacts.add(tx.conn, contact)


@command("contact.changed", needs=May.WRITE_CONTACTS, touches=Topic.CONTACTS)
def change_contact(tx: Tx, contact: Contact) -> Contact:
    """Change a contact; somebody who has left is set inactive and keeps their history."""
    tx.about(contact.id)
    return rows.contacts.save(tx.conn, replace(contact, name=_named(contact.name)))


@command("unit.added", needs=May.WRITE_CONTACTS, touches=Topic.CONTACTS)
def add_unit(tx: Tx, *, agency: Agency, name: str, short: str = "") -> Unit:
    """Add a unit of an authority."""
    named = _named(name)
    unit = Unit(id=UnitId(tx.new_id()), agency=agency, name=named, short=short.strip() or named)
    tx.about(unit.id)
    return rows.units.add(tx.conn, unit)


@command("unit.changed", needs=May.WRITE_CONTACTS, touches=Topic.CONTACTS)
def change_unit(tx: Tx, unit: Unit) -> Unit:
    """Change a unit; one that has closed is set inactive and keeps its cases."""
    tx.about(unit.id)
    named = _named(unit.name)
    return rows.units.save(tx.conn, replace(unit, name=named, short=unit.short.strip() or named))


def _named(name: str) -> str:
    if not name.strip():
        raise TextRequired(field="name")
    return name.strip()
