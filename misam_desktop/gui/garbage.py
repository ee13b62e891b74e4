"""Python's collector may only run on the window's thread: on a lane it would destroy widgets there, and crash."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1_000


class Garbage(QObject):
    """Collects what has become due, by Python's own thresholds, whenever the window has a moment."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is over its threshold."""
        counted = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, most) in enumerate(counted) if count > most]
        if due:
            gc.collect(max(due))

    def stop(self) -> None:
        """Let Python collect by itself again, once the lanes have ended."""
        self._timer.stop()
        gc.enable()
