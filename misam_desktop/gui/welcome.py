"""The first page when no store is known: make one, open one, or try the program on a made-up team."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QProgressBar, QPushButton, QSizePolicy, QWidget

from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, button, label, middle

if TYPE_CHECKING:
    from misam_desktop.gui.window import Window

SUFFIX = ".misam"


class WelcomePage(QWidget):
    """Three ways in."""

    help_page = "first_start"

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self.setObjectName("page")
        self.make = button(tr("Skapa ett nytt register"), window.show_first_start, "primary")
        self.open = button(tr("Öppna ett register som finns …"), self._choose)
        self.demo = button(tr("Prova med ett påhittat arbetslag"), window.try_demo)
        card = Card()
        card.add(
            label(tr("Välkommen till MISAM Desktop"), "page", wrap=True),
            label(
                tr("Ett register är en krypterad fil. Bara de som har ett lösenord kan läsa den."), "muted", wrap=True
            ),
            *self._way(self.make, tr("Ger arbetslaget ett namn, två användare och en återställningsnyckel.")),
            *self._way(self.open, tr("Ert register, på den här datorn eller i er gemensamma mapp.")),
            *self._way(self.demo, tr("Alla personer är påhittade, och allt försvinner när du stänger.")),
        )
        middle(card, self, wide=480)
        self.setFocusProxy(self.make)

    def _way(self, made: QPushButton, what: str) -> tuple[QWidget, QWidget]:
        """A button as wide as the card, and what it leads to."""
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setAccessibleDescription(what)
        explained = label(what, "small", wrap=True)
        explained.setContentsMargins(0, 0, 0, 8)
        return made, explained

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Öppna register"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("Register (*{suffix})").format(suffix=SUFFIX))
        dialog.fileSelected.connect(lambda chosen: self._window.show_unlock(Path(chosen)))
        dialog.open()


class WaitingPage(QWidget):
    """Something takes a while, and says what."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setObjectName("page")
        progress = QProgressBar()
        progress.setRange(0, 0)
        card = Card()
        card.add(label(text, wrap=True), progress)
        middle(card, self, wide=440)
