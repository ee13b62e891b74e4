"""What narrows a list of the log: one choice beside others, all as wide as each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent

from misam_desktop.gui import theme
from misam_desktop.gui.inputs import Choice, OneOf


class Narrowing(OneOf):
    """One choice above a table. It grows with the text, also while the page is open."""

    def __init__(self, name: str, choices: Sequence[Choice], *, empty: str | None = None, wide: int = 190) -> None:
        super().__init__(choices, empty=empty)
        self.name(name, "")
        self._wide = wide
        self._suit()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._suit()

    def _suit(self) -> None:
        self.setFixedWidth(theme.current().px(self._wide))
