"""The frame of an unlocked store: navigation, search, the page one is on, and the line at the bottom.

It is made at unlock and deleted whole at lock, with every screen and dialog in it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from misam_desktop.commands.drafts import drop_draft
from misam_desktop.domain.access import May
from misam_desktop.domain.errors import MisamError, WorldError
from misam_desktop.gui import messages
from misam_desktop.gui.clipboard import OwnClipboard
from misam_desktop.gui.drafts import DraftKeeper
from misam_desktop.gui.frame import NavigationBar, StatusLine, TopBar
from misam_desktop.gui.idle import IdleLock
from misam_desktop.gui.led import place_and_subject
from misam_desktop.gui.navigation import History, Spot
from misam_desktop.gui.places import place, places_of
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.session import Session
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import EDGE, Banner, column
from misam_desktop.queries.counts import Badges, badges
from misam_desktop.queries.desk import Desk, desk
from misam_desktop.queries.drafts import LED, kept_draft
from misam_desktop.vault import Topic
from misam_desktop.wording import sentence

_DESK_TOPICS = frozenset({Topic.CONTACTS, Topic.SETTINGS})


class Workspace(QWidget):
    """Everything that an unlocked user sees."""

    lock_wanted = Signal()
    help_wanted = Signal()
    moved = Signal()
    """Another page is in sight."""

    def __init__(self, session: Session, lies_on_desk: Desk, settings: QSettings, *, store_name: str) -> None:
        super().__init__()
        self.session, self.desk, self.settings = session, lies_on_desk, settings
        session.setParent(self)
        self._pages: dict[Spot, Screen] = {}
        self._history = History()
        self._stack = QStackedWidget()
        self.navigation = NavigationBar(self, places_of(lies_on_desk))
        self.top = TopBar(self)
        self.warning = Banner()
        self.clipboard = OwnClipboard(self)
        self.status = StatusLine(self, store_name=store_name)
        self.idle = IdleLock(self)
        self._lay_out()
        self._listen()
        self.go("today")
        self._count()
        session.ask(kept_draft(LED, ""), owner=self, then=self._go_back_to_meeting)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.top)
        above = column(self.warning)
        above.setContentsMargins(EDGE, 4, EDGE, 8)
        right.addLayout(above)
        right.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status)

    def _listen(self) -> None:
        self.session.touched.connect(self._on_touched)
        self.session.told.connect(self._on_told)
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+L": self.lock,
            "Alt+Left": self.back,
            "Ctrl+N": self.new_referral,
            "F5": self._refresh_here,
            "Ctrl+Z": self.status.undo,
        }
        for key, does in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(does)

    # Going places

    @property
    def here(self) -> Screen:
        """The page in sight."""
        page = self._stack.currentWidget()
        assert isinstance(page, Screen)
        return page

    @property
    def help_page(self) -> str:
        """The page of the help about the page in sight."""
        spot = self._history.here
        assert spot is not None
        return place(spot.place).help_page

    def go(self, name: str, subject: str = "") -> Screen:
        """Show a place; one that lies in the history is shown as it was left."""
        spot = Spot(name, subject)
        self._history.go(spot)
        return self._show(spot)

    def _page(self, spot: Spot) -> Screen:
        if spot not in self._pages:
            self._pages[spot] = place(spot.place).screen(self, spot.subject)
            self._stack.addWidget(self._pages[spot])
        return self._pages[spot]

    def _go_back_to_meeting(self, kept: str | None) -> None:
        """One that was being led when the program was closed, locked or killed goes on; its page keeps it again."""
        if kept is None:
            return
        self.session.do(drop_draft(LED, ""), owner=self)
        if self._history.here == Spot("today"):
            self.go(*place_and_subject(kept))

    def back(self) -> None:
        """One step back, to the same place and scroll."""
        spot = self._history.back()
        if spot is not None:
            self._show(spot)

    def leave(self, name: str, subject: str = "") -> None:
        """Go back from a page that is of no use any more, and forget it."""
        spot = Spot(name, subject)
        if self._history.here == spot:
            self._show(self._history.back() or Spot("today"))
        self._history.forget(spot)
        if spot in self._pages:
            self._drop(spot)

    def new_referral(self) -> None:
        """Begin a referral, from anywhere."""
        if self.desk.may(May.WRITE_REFERRAL):
            self.go("new_referral")

    def open_case(self, episode_id: str) -> None:
        """Open one case."""
        self.go("case", episode_id)

    def open_referral(self, referral_id: str) -> None:
        """Open one referral."""
        self.go("referral", referral_id)

    def open_any(
        self, *, episode_id: str | None, referral_id: str | None, nafs_case_id: str | None, sip_id: str | None = None
    ) -> None:
        """Open whichever case is named: of a referral and the episode that it led to, the episode."""
        named = {"case": episode_id, "referral": referral_id, "nafs_case": nafs_case_id, "sip": sip_id}
        for place_name, subject in named.items():
            if subject is not None:
                self.go(place_name, subject)
                return

    def _show(self, spot: Spot) -> Screen:
        page = self._page(spot)
        self._stack.setCurrentWidget(page)
        self.setFocusProxy(page)
        if not page.isAncestorOf(QApplication.focusWidget() or self):
            page.setFocus()
        self.navigation.mark(place(spot.place).under or spot.place)
        self._drop_forgotten()
        self.moved.emit()
        return page

    def _drop_forgotten(self) -> None:
        """Pages of one thing live as long as the way back leads to them; those of the navigation stay."""
        for spot in [one for one in self._pages if one.subject and one not in self._history]:
            self._drop(spot)

    def _drop(self, spot: Spot) -> None:
        page = self._pages.pop(spot)
        self._stack.removeWidget(page)
        page.deleteLater()

    def suit_text_size(self) -> None:
        """The frame takes its new measure; places out of sight are made anew when they are next shown."""
        self.navigation.suit_text_size()
        self.top.suit_text_size()
        for spot, page in list(self._pages.items()):
            is_being_written = any(keeper.has_unsaved for keeper in page.findChildren(DraftKeeper))
            if place(spot.place).title and page is not self.here and not is_being_written:
                self._drop(spot)

    # Telling

    def tell(self, text: str, *, undo: Callable[[], None] | None = None) -> None:
        """Say what has been done, at the bottom; ``undo`` takes it back for as long as it stands there."""
        self.status.tell(text, undo=undo)

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        if topics & _DESK_TOPICS:
            self.session.ask(desk(), owner=self, then=self._take_desk, instead_of="desk")
        for page in list(self._pages.values()):
            page.touched(topics)
        if topics - {Topic.DRAFTS}:
            self._count()

    def _take_desk(self, found: Desk) -> None:
        self.desk = found
        self.here.refresh()

    def _on_told(self, error: MisamError) -> None:
        if isinstance(error, WorldError):
            messages.trouble(self, error)
        else:
            self.here.banner.tell(sentence(error), action=(tr("Läs in igen"), self._refresh_here))

    def _refresh_here(self) -> None:
        self.here.banner.clear()
        self.here.refresh()

    def _count(self) -> None:
        self.session.ask(badges(), owner=self, then=self._show_badges, instead_of="badges")

    def _show_badges(self, found: Badges) -> None:
        self.navigation.show_badges(found)

    # Locking

    def lock(self) -> None:
        """Keep what is half-written, take what was copied off the clipboard, and close."""
        self.clipboard.clear()
        self.top.search.settle_now()
        for keeper in self.findChildren(DraftKeeper):
            if keeper.has_unsaved:
                keeper.keep_now()
        self.lock_wanted.emit()
