"""Logg: what has been done and read, for those who may see it; for a koordinator also what there is to look at.

The same list of one person tells who has looked at their records.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton

from misam_desktop.domain.access import May
from misam_desktop.domain.ids import PersonId
from misam_desktop.gui.dialogs.extract import What, open_extract
from misam_desktop.gui.log_parts.entries import Entries
from misam_desktop.gui.log_parts.review import ReviewPart
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.vault import Topic

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class _OfTheLog(Screen):
    """What every action adds to: it is read anew each time it comes into sight."""

    shows = frozenset(Topic)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight it grows old."""
        super().hideEvent(event)
        self._is_stale = True


class LogScreen(_OfTheLog):
    """What has happened, and in its place what there is to look at."""

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Logg"))
        reviews = work.desk.may(May.REVIEW_LOG)
        self.entries = Entries(work, others=reviews)
        self.shown: Entries | ReviewPart = self.entries
        self.parts: tuple[Entries | ReviewPart, ...] = (self.entries, *([ReviewPart(work)] if reviews else []))
        for part in self.parts:
            part.told.connect(self.beside_heading.setText)
            part.loaded.connect(self.loaded)
            part.setVisible(part is self.shown)
            self.content.addWidget(part, 1)
        self.entries.failed.connect(self.banner.tell)
        self.toggles = self._make_toggles() if reviews else []
        self.setFocusProxy(self.shown)

    def _make_toggles(self) -> list[QPushButton]:
        group = QButtonGroup(self)
        made = []
        for words, part in zip((tr("Händelser"), tr("Loggkontroll")), self.parts, strict=True):
            one = button(words, partial(self.show_part, part), "step")
            one.setCheckable(True)
            one.setChecked(part is self.shown)
            group.addButton(one)
            self.buttons.addWidget(one)
            made.append(one)
        return made

    def show_part(self, part: Entries | ReviewPart) -> None:
        """Show the one or the other."""
        self.shown.hide()
        self.shown = part
        part.show()
        self.beside_heading.clear()
        self.setFocusProxy(part)
        self.reload()

    def reload(self) -> None:
        """Ask for what is in sight."""
        self.shown.reload()


class PersonLogScreen(_OfTheLog):
    """Who has had to do with one person's records; ``subject`` is the person."""

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Vem har tittat"))
        self.entries = Entries(work, person_id=PersonId(subject), others=True)
        self.entries.told.connect(self.beside_heading.setText)
        self.entries.loaded.connect(self.loaded)
        self.entries.failed.connect(self.banner.tell)
        self.content.addWidget(self.entries, 1)
        self.buttons.addWidget(button(tr("Skriv ut utdrag …"), partial(open_extract, work, subject, What.LOOKED)))
        self.setFocusProxy(self.entries)

    def reload(self) -> None:
        """Ask for what is in sight."""
        self.banner.clear()
        self.entries.reload()
