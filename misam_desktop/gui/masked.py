"""A personal number as it stands beside a name: masked, whole on a click that is logged, masked again out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, label, row
from misam_desktop.queries.cases import full_number

if TYPE_CHECKING:
    from misam_desktop.domain.people import Person
    from misam_desktop.gui.workspace import Workspace


class MaskedNumber(QWidget):
    """The number of one person at a time."""

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self._work = work
        self._person: Person | None = None
        self.number = label("", selectable=True)
        self.toggle = button(tr("Visa"), self._toggle, "link")
        self.setLayout(row(self.number, self.toggle, gap=2))

    def show_person(self, person: Person) -> None:
        """Begin masked."""
        self._person = person
        self._mask()

    def clear(self) -> None:
        """Hold nobody's number."""
        self._person = None
        self.number.clear()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody is left looking at a whole number."""
        super().hideEvent(event)
        self._mask()

    def _mask(self) -> None:
        if self._person is not None:
            self.number.setText(self._person.number.masked)
        self.toggle.setText(tr("Visa"))
        self.toggle.setAccessibleName(tr("Visa hela personnumret"))

    def _toggle(self) -> None:
        if self._person is None:
            return
        if self.toggle.text() == tr("Dölj"):
            self._mask()
        else:
            self._work.session.ask(full_number(self._person.id), owner=self, then=self._unmask)

    def _unmask(self, number: str) -> None:
        self.number.setText(number)
        self.toggle.setText(tr("Dölj"))
        self.toggle.setAccessibleName(tr("Dölj personnumret"))
