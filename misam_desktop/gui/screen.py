"""What every screen is: it reads its rows when it comes into sight, and again when somebody touches what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from misam_desktop.gui.widgets import GAP, Banner, label
from misam_desktop.vault import Topic

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class Screen(QWidget):
    """A page of the workspace. ``subject`` is the id of what it is about, for pages of one thing.

    Subclasses build their widgets in ``__init__`` and ask their query in ``reload``.
    """

    shows: ClassVar[frozenset[Topic]] = frozenset()
    loaded = Signal()
    """The page shows what it has read: for the one who waits to see it."""

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__()
        self.setObjectName("page")
        self.work, self.session, self.subject = work, work.session, subject
        self._is_stale = True
        self._page = QVBoxLayout(self)
        self._page.setContentsMargins(24, 4, 24, 16)
        self._page.setSpacing(GAP)
        self.heading = label("", "page")
        self.beside_heading = label("", "muted")
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.banner = Banner()
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.heading)
        top.addWidget(self.beside_heading, 1)
        top.addLayout(self.buttons)
        self._page.addLayout(top)
        self._page.addWidget(self.banner)
        self.content = QVBoxLayout()
        self.content.setSpacing(GAP)
        self._page.addLayout(self.content, 1)

    def reload(self) -> None:
        """Ask for what the page shows."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read again now, or when the page is next in sight."""
        if self.isVisible():
            self._is_stale = False
            self.reload()
        else:
            self._is_stale = True

    def touched(self, topics: frozenset[Topic]) -> None:
        """Somebody has changed these topics."""
        if topics & self.shows:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Coming into sight."""
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self.reload()
