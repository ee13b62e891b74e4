"""The first start: name the team, the first two users, the recovery key typed back, the activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from misam_desktop.gui.window import Window


class FirstStart(QWidget):
    """Makes a new store."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
