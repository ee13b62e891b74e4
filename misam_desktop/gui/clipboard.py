"""The one place that puts something on the clipboard, and takes it away again: after half a minute, and at lock."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

KEPT_MS = 30_000
"""How long what was copied stays there, in milliseconds."""


class OwnClipboard(QObject):
    """Remembers what it put there, so that it never takes away what somebody else has copied since."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ours = ""
        self._timer = QTimer(self, singleShot=True, interval=KEPT_MS)
        self._timer.timeout.connect(self.clear)

    def put(self, text: str) -> None:
        """Copy a text that has passed the gate."""
        self._ours = text
        QApplication.clipboard().setText(text)
        self._timer.start()

    def clear(self) -> None:
        """Take it away if it is still ours."""
        self._timer.stop()
        if self._ours and QApplication.clipboard().text() == self._ours:
            QApplication.clipboard().clear()
        self._ours = ""
