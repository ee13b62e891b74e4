"""Kontakter: the people at each unit, with or without an account, and the units themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from misam_desktop.domain.access import May
from misam_desktop.domain.people import Contact, Unit
from misam_desktop.gui import theme
from misam_desktop.gui.copying import copies_freely
from misam_desktop.gui.dialogs.contact import open_contact, open_new_contact, open_new_unit, open_unit
from misam_desktop.gui.dialogs.letterhead import letterhead_button
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.tables import Column, FilterField, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, row
from misam_desktop.queries.desk import Desk, desk
from misam_desktop.vault import Topic
from misam_desktop.wording import how_many, label, short

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


_UNITS_WIDE = 190


class ContactsScreen(Screen):
    """Two lists beside each other."""

    shows = frozenset({Topic.CONTACTS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Kontakter"))
        self._may_write = work.desk.may(May.WRITE_CONTACTS)
        self.filter = FilterField(tr("Filtrera"), tr("Filtrera kontakter"), leads_to=lambda: self.people)
        self.people: Table[Contact] = Table("contacts", self._people_columns(), key=lambda one: one.id)
        self.units: Table[Unit] = Table("units", _unit_columns(), key=lambda one: one.id)
        self.filter.textChanged.connect(self.people.narrow)
        self.people.remember_in(work.settings)
        self.units.remember_in(work.settings)
        copies_freely(work, self.people)
        copies_freely(work, self.units)
        people, units = Card(tr("Personer"), beside=[self.filter]), Card(tr("Enheter"))
        people.add(self.people, stretch=1)
        units.add(self.units, stretch=1)
        self.units.setMinimumWidth(theme.current().px(_UNITS_WIDE))
        self.content.addLayout(row(people, units, gap=16), 1)
        self.content.itemAt(0).layout().setStretch(0, 2)  # type: ignore[union-attr]  # it was just added
        self.content.itemAt(0).layout().setStretch(1, 1)  # type: ignore[union-attr]  # as above
        self.letterhead = letterhead_button(work)
        self.buttons.addWidget(self.letterhead)
        if self._may_write:
            self._let_write()

    def _let_write(self) -> None:
        self.new_unit = button(tr("Ny enhet"), lambda: open_new_unit(self.work))
        self.new_contact = button(tr("Ny kontakt"), lambda: open_new_contact(self.work, then=self._go_to), "primary")
        self.buttons.addWidget(self.new_unit)
        self.buttons.addWidget(self.new_contact)
        self.people.opened.connect(lambda one: open_contact(self.work, one))
        self.units.opened.connect(lambda one: open_unit(self.work, one))

    def reload(self) -> None:
        """Read the desk again: contacts and units lie there."""
        self.session.ask(desk(), owner=self, then=self._show)

    def _show(self, found: Desk) -> None:
        self.work.desk = found
        self.people.show_rows(sorted(found.contacts, key=lambda one: not one.active))
        self.units.show_rows(sorted(found.units, key=lambda one: not one.active))
        here = sum(one.active for one in found.contacts)
        self.beside_heading.setText(how_many(here, tr("person"), tr("personer")))
        self.loaded.emit()

    def _go_to(self, contact: Contact) -> None:
        self.work.tell(tr("Kontakten är sparad."))
        self.session.ask(desk(), owner=self, then=lambda found: self._show_at(found, contact))

    def _show_at(self, found: Desk, contact: Contact) -> None:
        self._show(found)
        self.people.select(contact.id)

    def _people_columns(self) -> tuple[Column[Contact], ...]:
        return (
            Column(title=tr("Namn"), words=lambda one: one.name, width=150, main=True),
            Column(title=tr("Enhet"), words=self._unit_of, width=120, folds=2),
            Column(title=tr("Telefon"), words=lambda one: one.phone, width=120, folds=3, shown=False),
            Column(title=tr("Funktionsbrevlåda"), words=lambda one: one.function_address, width=340, folds=1),
        )

    def _unit_of(self, one: Contact) -> str:
        unit = self.work.desk.unit(one.unit_id)
        return unit if one.active else tr("{unit}, har slutat").format(unit=unit)


def _unit_columns() -> tuple[Column[Unit], ...]:
    return (
        Column(title=tr("Enhet"), words=lambda one: one.name, width=178, most=260, main=True),
        Column(title=tr("Kort namn"), words=lambda one: one.short, width=114, folds=2),
        Column(
            title=tr("Myndighet"),
            words=lambda one: short(one.agency) if one.active else tr("Har upphört"),
            tone=lambda one: Tone.PLAIN if one.active else Tone.MUTED,
            tip=lambda one: label(one.agency),
            width=96,
            folds=1,
        ),
    )
