"""A personal number as it stands beside a name: masked, whole on a click that is logged, masked again out of sight.

Of a protected person nothing of it stands there, and where the page asks for reasons the click leads to that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from misam_desktop.gui.protected import Uncovered, is_kept_back, protected_words
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, label, row
from misam_desktop.gui.withheld import outside_consent
from misam_desktop.queries.cases import full_number

if TYPE_CHECKING:
    from misam_desktop.domain.people import Person
    from misam_desktop.gui.workspace import Workspace


class MaskedNumber(QWidget):
    """The number of one person at a time; ``uncovered`` is where the page keeps what it shows for a reason."""

    def __init__(self, work: Workspace, uncovered: Uncovered | None = None) -> None:
        super().__init__()
        self._work, self._uncovered = work, uncovered
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
        if self._person is None:
            return
        person = self._person if self._uncovered is None else self._uncovered.of(self._person)
        if is_kept_back(person):
            self._stand(protected_words(), tr("Visa …"), tr("Visa skyddade uppgifter …"))
            self.toggle.setVisible(self._uncovered is not None)
        elif not person.number.is_shown:
            self._stand(outside_consent())
        elif person.protected:
            self._stand(person.number.long)
        else:
            self._stand(person.number.masked, tr("Visa"), tr("Visa hela personnumret"))

    def _stand(self, words: str, word: str = "", name: str = "") -> None:
        """What stands there, and what the click is called when it leads anywhere."""
        self.number.setText(words)
        self.toggle.setText(word)
        self.toggle.setAccessibleName(name)
        self.toggle.setVisible(bool(word))

    def _toggle(self) -> None:
        if self._person is None:
            return
        if self._uncovered is not None and is_kept_back(self._person):
            self._uncovered.ask(self._person)
        elif self.toggle.text() == tr("Dölj"):
            self._mask()
        else:
            self._work.session.ask(full_number(self._person.id), owner=self, then=self._unmask)

    def _unmask(self, number: str) -> None:
        self._stand(number, tr("Dölj"), tr("Dölj personnumret"))
