"""The program's one window: choosing a store, unlocking it, working in it, locking it again.

Only what unlocking needs is loaded before it; the rest is imported on a lane while the password is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from misam_desktop import assets
from misam_desktop.gui.garbage import Garbage
from misam_desktop.gui.lanes import Lane, raise_it
from misam_desktop.gui.opening import Opening, demo_opening
from misam_desktop.gui.text import tr
from misam_desktop.gui.unlock import UnlockPage

if TYPE_CHECKING:
    from misam_desktop.gui.first_start import FirstStart
    from misam_desktop.gui.help import HelpWindow
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.desk import Desk
    from misam_desktop.vault import Vault

_ONCE_SHOWN_MS = 100


class Window(QWidget):
    """Shows one of three: the welcome, the lock, or the workspace."""

    def __init__(self, opening: Opening, settings: QSettings, *, store: Path | None = None) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("MISAM Desktop")
        self.resize(1280, 800)
        self.setMinimumSize(960, 600)
        self.opening, self.settings = opening, settings
        self._garbage = Garbage(self)
        QTimer.singleShot(_ONCE_SHOWN_MS, self, self._once_shown)
        self.store_lane, self.beside_lane = Lane("store", self), Lane("beside", self)
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.work: Workspace | None = None
        self.help: HelpWindow | None = None
        self._first_start: FirstStart | None = None
        self._demo_folder: TemporaryDirectory[str] | None = None
        self._before_demo: Opening | None = None
        self.wrong_passwords = 0  # in a row
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_help)
        self.show_welcome() if store is None else self.show_unlock(store)

    def _once_shown(self) -> None:
        """What takes a moment to load comes after the window."""
        from misam_desktop.gui.immortals import keep_alive

        self.setWindowIcon(QIcon(str(assets.resource("icons", "misam.svg"))))
        keep_alive()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way on any lane."""
        return self.store_lane.is_idle and self.beside_lane.is_idle

    @property
    def page(self) -> QWidget | None:
        """What is in sight."""
        return self._stack.currentWidget()

    def show_help(self) -> None:
        """Open the help at the page about what is in sight."""
        from misam_desktop.gui.help import HelpWindow
        from misam_desktop.gui.help_pages import CONTENTS

        if self.help is None:
            self.help = HelpWindow()
            QShortcut(QKeySequence("Ctrl+L"), self.help).activated.connect(self._lock_now)
        self.help.show_page(str(getattr(self.page, "help_page", CONTENTS)))

    def _lock_now(self) -> None:
        """Ctrl+L in another window than this."""
        if self.work is not None:
            self.work.lock()

    def _close_help(self) -> None:
        if self.help is not None:
            self.help.close()
            self.help.deleteLater()
            self.help = None

    def show_welcome(self) -> None:
        """Choose what to open."""
        from misam_desktop.gui.welcome import WelcomePage

        self._show(WelcomePage(self))

    def show_unlock(self, store: Path) -> None:
        """Ask for the password of a store."""
        self._show(UnlockPage(self, store))

    def show_demo(self, make: Callable[[], Opening], store: Path) -> None:
        """Make the made-up team on a lane, saying so, and then show its lock."""
        from misam_desktop.gui.welcome import WaitingPage

        self._show(WaitingPage(tr("Det påhittade laget görs i ordning. Det tar några sekunder.")))

        def ready(opening: Opening) -> None:
            self.opening = opening
            self.show_unlock(store)

        self.beside_lane.run(make, owner=self, then=ready, failed=raise_it)

    def try_demo(self) -> None:
        """The made-up team in a temporary encrypted store, until the window is closed or the user leaves it."""
        self._demo_folder = TemporaryDirectory(prefix="misam-demo-")
        store, day, now = Path(self._demo_folder.name) / "demo.misam", self.opening.today(), self.opening.now
        self._before_demo = self.opening
        self.show_demo(lambda: demo_opening(store, day, now), store)

    @property
    def may_leave_demo(self) -> bool:
        """Whether the made-up team was opened from the welcome, and that is where its lock leads back to."""
        return self._before_demo is not None

    def leave_demo(self) -> None:
        """Take the made-up team away, and choose anew what to open."""
        if self._before_demo is not None:
            self.opening, self._before_demo = self._before_demo, None
        self._take_demo_away()
        self.show_welcome()

    def _take_demo_away(self) -> None:
        if self._demo_folder is not None:
            self._demo_folder.cleanup()
            self._demo_folder = None

    def show_first_start(self) -> None:
        """Make a new store."""
        from misam_desktop.gui.first_start import FirstStart

        page = FirstStart(self)
        self._show(page)
        self._first_start = page

    def enter(self, vault: Vault, store: Path, *, then: Callable[[Workspace], None] | None = None) -> None:
        """Go in: read what lies on the desk, and build the workspace."""
        from misam_desktop.gui.session import Session
        from misam_desktop.queries.desk import desk

        session = Session(vault, self.opening.clock, store=self.store_lane, beside=self.beside_lane, parent=self)

        def build(found: Desk) -> None:
            from misam_desktop.gui.gap import tell_gap
            from misam_desktop.gui.workspace import Workspace

            self.work = Workspace(session, found, self.settings, store_name=store.name)
            tell_gap(self.work, session.gap)
            self.work.lock_wanted.connect(lambda: self.lock(store))
            self.work.help_wanted.connect(self.show_help)
            if not self.opening.is_demo:
                self.settings.setValue("store", str(store))
            self._show(self.work)
            if then is not None:
                then(self.work)

        session.ask(desk(), owner=self, then=build)

    def lock(self, store: Path) -> None:
        """Close the store, drop the key, and delete everything that showed anything of it."""
        if self.work is None:
            return
        self._close_help()
        self.work.session.close()
        self.work = None
        self.show_unlock(store)

    def _show(self, page: QWidget) -> None:
        before = self._stack.currentWidget()
        self._leave_first_start()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        page.setFocus()

    def _leave_first_start(self) -> None:
        """A first start that is broken off takes away what it had made."""
        if self._first_start is not None:
            self._first_start.abandon()
            self._first_start = None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lock first, so that half-written text is kept; then let the lanes finish."""
        self._leave_first_start()
        self._close_help()
        if self.work is not None:
            self.work.lock()
        self.store_lane.stop()
        self.beside_lane.stop()
        self._garbage.stop()
        self._take_demo_away()
        super().closeEvent(event)
