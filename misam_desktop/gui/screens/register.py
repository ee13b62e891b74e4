"""Ta in lista."""

from __future__ import annotations

from typing import TYPE_CHECKING

from misam_desktop.gui.screen import Screen
from misam_desktop.gui.text import tr

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class RegisterScreen(Screen):
    """Ta in lista."""

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Ta in lista"))

    def reload(self) -> None:
        """Ask for what the page shows."""
        self.loaded.emit()
