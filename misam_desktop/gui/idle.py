"""The lock of a program that nobody touches; a meeting that is led keeps it open for a while (security.md, «Keys»)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

from misam_desktop.domain.idle import USUAL, kept_within, locks_at

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

SETTING = "lock_minutes"
_LOOKS_MS = 15_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleLock(QObject):
    """Watches the windows that get keys, and locks the workspace when none has been touched for long enough."""

    def __init__(self, work: Workspace) -> None:
        super().__init__(work)
        self._work, self._clock = work, work.session.clock
        self._led: dict[str, datetime] = {}
        self._after = kept_within(_chosen(work))
        self._touched = self._clock.now()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())
        self._looking = QTimer(self, interval=_LOOKS_MS)
        self._looking.timeout.connect(self.look)
        self._looking.start()

    def _watch(self, window: QWindow | None) -> None:
        """Another window has the keys: by itself that somebody is there."""
        if window is not None:
            self._touched = self._clock.now()
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        """Somebody is there."""
        if event.type() in _TOUCHES:
            self._touched = self._clock.now()
        return False

    def lead(self, meeting_id: str, since: datetime | None) -> None:
        """A meeting is led here, since then; None once it is over."""
        if since is None:
            self._led.pop(meeting_id, None)
        else:
            self._led[meeting_id] = since

    def look(self) -> None:
        """Lock, if it is time."""
        led_since = max(self._led.values(), default=None)
        if self._clock.now() >= locks_at(self._touched, after=self._after, led_since=led_since):
            self._looking.stop()
            self._work.lock()


def _chosen(work: Workspace) -> int:
    kept = str(work.settings.value(SETTING, USUAL))
    return int(kept) if kept.isdecimal() else USUAL
