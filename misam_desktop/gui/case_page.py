"""The page of one referral, NAFS case or SIP: whom it concerns, its sections, and what can be done where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from misam_desktop.domain.codes import InfoKind, Purpose
from misam_desktop.domain.errors import MisamError
from misam_desktop.gui.dialogs.consent import open_consent
from misam_desktop.gui.layouts import Columns, Flow
from misam_desktop.gui.masked import MaskedNumber
from misam_desktop.gui.protected import Uncovered
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import chip, clear, holding, label, scrolling
from misam_desktop.gui.withheld import said
from misam_desktop.wording import label as word_for
from misam_desktop.wording import sentence

if TYPE_CHECKING:
    from misam_desktop.domain.people import Person
    from misam_desktop.gui.workspace import Workspace


class OfOnePerson(Protocol):
    """What is read for such a page: whom it concerns, and the kinds that the reader may know."""

    @property
    def person(self) -> Person:
        """Whom it concerns, cut to these kinds."""

    @property
    def kinds(self) -> frozenset[InfoKind]:
        """The kinds of information that the reader may know of it."""


P = TypeVar("P", bound=OfOnePerson)


class CasePage(Screen, Generic[P]):
    """The head, and two columns under it that are built anew from each reading; the scroll stays where it was.

    ``called`` is what the page is called while nothing is on it.
    """

    called: ClassVar[str] = ""

    def __init__(self, work: Workspace, subject: str, *, side_wide: int) -> None:
        super().__init__(work, subject)
        self.page: P | None = None
        self.uncovered = Uncovered(work, self)
        self.uncovered.changed.connect(self._show_again)
        self.number = MaskedNumber(work, self.uncovered)
        self.who = label("", "muted")
        self._line = Flow(self.number, self.who, gap=10)
        self._line_held = holding(self._line)
        self._chips: list[QLabel] = []
        self.columns = Columns(side_wide=side_wide)
        self._area = scrolling(self.columns)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.content.addWidget(self._line_held)
        self.content.addWidget(self._area, 1)
        for part in (self._line_held, self._area):
            part.hide()

    # What each page says

    def _beside(self, page: P) -> str:
        """What stands after the name."""
        raise NotImplementedError

    def _marks(self, page: P) -> list[tuple[str, Tone]]:
        """Where it stands, in few words."""
        raise NotImplementedError

    def _fill(self, page: P) -> None:
        """Put the sections into the columns, which are empty."""
        raise NotImplementedError

    def _buttons_for(self, page: P) -> list[QWidget]:
        """What can be done where it stands, the next step last and first in sight."""
        raise NotImplementedError

    def _empty(self) -> None:
        """Take out the sections, and put in nothing."""
        for place in (self.columns.main, self.columns.side):
            clear(place)

    # Reading

    def hideEvent(self, event: QHideEvent) -> None:
        """Left: what was shown of a protected person is covered again."""
        super().hideEvent(event)
        self.uncovered.cover()

    def _show_again(self) -> None:
        """The same reading, with more or less of a protected person."""
        if self.page is not None:
            self._show_head(self.page)
            self._show_cards(self.page)

    def _missing(self, error: MisamError) -> None:
        """Nothing stays on the page that may no longer be read."""
        self.page = None
        self.uncovered.cover()
        self.heading.setText(self.called)
        self._empty()
        clear(self.buttons)
        for part in (self._line_held, self._area):
            part.hide()
        self.number.clear()
        self.who.clear()
        self.banner.tell(sentence(error))
        self.loaded.emit()

    def _show(self, page: P) -> None:
        is_first, self.page = self.page is None, page
        for part in (self._line_held, self._area):
            part.show()
        self._show_head(page)
        self._show_cards(page)
        clear(self.buttons)
        for one in self._buttons_for(page):
            self.buttons.addWidget(one)
        if is_first:
            self._take_focus()
        self.loaded.emit()

    def _take_focus(self) -> None:
        """The arrows scroll at once; somebody who types in the search field is left alone."""
        focused = QApplication.focusWidget()
        if focused is None or self.isAncestorOf(focused):
            self._area.setFocus()

    def _show_head(self, page: P) -> None:
        person = page.person
        self.heading.setText(said(person, "family_name", person.full_name or tr("Namn saknas"), kinds=page.kinds))
        self.beside_heading.setText(self._beside(page))
        self.number.show_person(person)
        age = person.number.age_on(self.work.desk.today)
        is_told = InfoKind.GRUNDUPPGIFTER in page.kinds
        parts = ["" if age is None else tr("{age} år").format(age=age), word_for(person.sex).lower()] if is_told else []
        self.who.setText(" · ".join(filter(None, parts)))
        for gone in self._chips:
            self._line.removeWidget(gone)
            gone.deleteLater()
        protected = [(tr("Skyddade personuppgifter"), Tone.RED)] if person.protected else []
        self._chips = [chip(words, tone) for words, tone in [*self._marks(page), *protected]]
        for one in self._chips:
            self._line.addWidget(one)

    def _show_cards(self, page: P) -> None:
        at = self._area.verticalScrollBar().value()
        self._empty()
        self._fill(page)
        self._area.verticalScrollBar().setValue(at)

    # Acting

    def ask_for_consent(self, words: str, purpose: Purpose | None = None) -> None:
        """Say that it cannot go on without one, and take it here."""

        def record() -> None:
            open_consent(self.work, self.subject, purpose=purpose, then=lambda _made: self.banner.clear())

        self.banner.tell(words, Tone.AMBER, action=(tr("Registrera samtycket …"), record))
