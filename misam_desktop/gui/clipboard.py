"""What the program puts on the clipboard, and takes away again: after half a minute, and at lock.

Lists and cases are put there by ``put``, once they have passed the gate. What a user marks in a field and copies counts
too.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

KEPT_MS = 30_000
"""How long what was copied stays there, in milliseconds."""


class OwnClipboard(QObject):
    """Remembers what came from here, so that it never takes away what somebody else has copied since."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ours = ""
        self._timer = QTimer(self, singleShot=True, interval=KEPT_MS)
        self._timer.timeout.connect(self.clear)
        QApplication.clipboard().dataChanged.connect(self._changed)

    def put(self, text: str) -> None:
        """Copy a text that has passed the gate."""
        QApplication.clipboard().setText(text)
        self._keep(text)

    def _changed(self) -> None:
        self._keep(QApplication.clipboard().text() if came_from_here() else "")

    def _keep(self, text: str) -> None:
        self._ours = text
        if text:
            self._timer.start()
        else:
            self._timer.stop()

    def clear(self) -> None:
        """Take it away if it is still ours."""
        ours = self._ours
        self._keep("")
        if ours and QApplication.clipboard().text() == ours:
            QApplication.clipboard().clear()


def came_from_here() -> bool:
    """Whether what lies on the clipboard was put there by this program, as the system has it."""
    return QApplication.clipboard().ownsClipboard()
