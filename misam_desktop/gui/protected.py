"""What is kept back of a protected person, on one page: asked for with a reason, and there until the page is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from misam_desktop.domain.codes import ShowReason
from misam_desktop.domain.personal_number import KeptBack
from misam_desktop.domain.protection import ProtectedFacts, uncovered
from misam_desktop.gui.choices import of_codes
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Radios
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.queries.protected import protected_facts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from misam_desktop.domain.people import Person
    from misam_desktop.gui.workspace import Workspace


def protected_words() -> str:
    """What stands in the place of what is kept back."""
    return tr("Skyddad uppgift")


def is_kept_back(person: Person) -> bool:
    """Whether number, telephone and address of the person are not here."""
    return isinstance(person.number, KeptBack)


class Uncovered(QObject):
    """What has been shown of one person for a reason, until the page covers it again."""

    changed = Signal()

    def __init__(self, work: Workspace, page: QWidget) -> None:
        super().__init__(page)
        self._work = work
        self._facts: ProtectedFacts | None = None

    def of(self, person: Person) -> Person:
        """The person as far as it may be seen here now."""
        return uncovered(person, self._facts)

    def ask(self, person: Person) -> None:
        """Ask for the reason, and show what is kept back."""
        dialog = FormDialog(
            self._work,
            title=tr("Visa skyddade uppgifter"),
            intro=tr(
                "Personnummer, telefon och adress visas på den här sidan tills du lämnar den. "
                "Loggen sparar att du såg dem, och varför."
            ),
            content=[
                Field(
                    name="reason",
                    label=tr("Varför behöver du dem?"),
                    kind=lambda: Radios(of_codes(ShowReason), columns=1),
                    required=True,
                )
            ],
            save=lambda values: protected_facts(person.id, values["reason"]),
            then=self._uncover,
            word=tr("Visa"),
            wide=480,
        )
        dialog.open()

    def cover(self) -> None:
        """Nobody looks at it any more."""
        if self._facts is not None:
            self._facts = None
            self.changed.emit()

    def _uncover(self, facts: ProtectedFacts) -> None:
        self._facts = facts
        self.changed.emit()


def said_or_kept(person: Person, words: str) -> str:
    """The words for what is kept back with the number, or that they are; once shown, also that there are none."""
    if is_kept_back(person):
        return protected_words()
    return words or ("–" if person.protected else "")


def ways_to_show(page: Uncovered | None, person: Person) -> list[QWidget]:
    """The button that asks for a reason, where something is kept back and the page can show it."""
    if page is None or not is_kept_back(person):
        return []
    made = button(tr("Visa …"), lambda: page.ask(person))
    made.setAccessibleName(tr("Visa telefon och adress …"))
    return [made]
