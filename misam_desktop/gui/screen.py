"""What every screen is: it reads its rows when it comes into sight, and again when somebody touches what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout, QWidget

from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.widgets import EDGE, GAP, Banner, FreeLabel, holding
from misam_desktop.vault import Topic

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class _Head(QWidget):
    """Titles to the left and buttons to the right, or under them where both do not fit beside each other."""

    def __init__(self, titles: Flow, buttons: Flow) -> None:
        super().__init__()
        self._titles, self._buttons = titles, buttons
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._box.addWidget(holding(titles), 1)
        self._box.addWidget(holding(buttons))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to be told that it is too narrow."""
        return QSize(0, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Another size, or another button."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            fits = self._titles.sizeHint().width() + self._buttons.sizeHint().width() + GAP <= self.width()
            beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._box.setDirection(beside if fits else under)
        return super().event(event)


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
        self._page.setContentsMargins(EDGE, 4, EDGE, 16)
        self._page.setSpacing(GAP)
        self.heading, self.beside_heading = FreeLabel("page"), FreeLabel("muted")
        self.titles, self.buttons = Flow(self.heading, self.beside_heading, gap=12), Flow()
        self.banner = Banner()
        self._page.addWidget(_Head(self.titles, self.buttons))
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

    def keep_focus(self, inside: QWidget, stays: bool, *, otherwise: QWidget) -> None:  # noqa: FBT001 – one flag says it all
        """Before something goes out of sight: the keys go on where the page's work is, not in the navigation."""
        self.setFocusProxy(inside if stays else otherwise)
        focused = QApplication.focusWidget()
        if not stays and focused is not None and (focused is inside or inside.isAncestorOf(focused)):
            otherwise.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Coming into sight."""
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self.reload()
