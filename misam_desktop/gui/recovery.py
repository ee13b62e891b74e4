"""The recovery key at the first start: shown once, printed, and three of its groups typed back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Banner, button, holding, label, row

ASKED_BACK = (2, 4, 7)
"""Which groups are typed back, counted from 1."""


class RecoveryPart(QWidget):
    """Shows the key until three groups have been typed from the paper."""

    def __init__(self, key: str, *, team: str, done: Callable[[], None]) -> None:
        super().__init__()
        self.groups, self._team, self._done = key.split("-"), team, done
        self.banner = Banner()
        self.typed = {place: QLineEdit() for place in ASKED_BACK}
        self.primary = button(tr("Jag har papperet, börja"), self.finish, "primary")
        self.print = button(tr("Skriv ut …"), self._open_printing)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        why = tr(
            "Med den här nyckeln kommer ni in i registret om alla lösenord är borta. Den visas bara nu. "
            "Skriv ut den eller skriv av den, och lås in papperet."
        )
        inner.addWidget(label(why, "muted", wrap=True))
        inner.addWidget(self._shown())
        inner.addLayout(row(self.print, None))
        inner.addWidget(label(tr("Skriv tre av grupperna från papperet"), "strong"))
        inner.addLayout(row(*(self._asked(place) for place in ASKED_BACK)))
        inner.addWidget(self.banner)
        inner.addLayout(row(None, self.primary))
        self.setFocusProxy(self.typed[ASKED_BACK[0]])

    def _shown(self) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setContentsMargins(0, 0, 0, 0)
        for at, group in enumerate(self.groups):
            words = label(f"{at + 1}. {group}", "key", selectable=True)
            grid.addWidget(words, at // 4, at % 4)
        return holding(grid)

    def _asked(self, place: int) -> QWidget:
        line = self.typed[place]
        line.setAccessibleName(tr("Grupp {place}").format(place=place))
        line.setPlaceholderText(tr("Grupp {place}").format(place=place))
        line.returnPressed.connect(self.finish)
        return line

    def finish(self) -> None:
        """Go on if the groups are right; otherwise say which one is not."""
        for place, line in self.typed.items():
            if line.text().strip().upper() != self.groups[place - 1]:
                self.banner.tell(tr("Grupp {place} stämmer inte med papperet.").format(place=place))
                line.setFocus()
                line.selectAll()
                return
        self.banner.clear()
        self.primary.setEnabled(False)
        self._done()

    def _open_printing(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)

    def print_on(self, printer: QPrinter) -> None:
        """The paper: what it is, which team's, and the key in its groups."""
        printer.setDocName(tr("Återställningsnyckel"))
        paper = QTextDocument()
        lines = [
            tr("Återställningsnyckel"),
            "",
            self._team,
            "",
            *(f"{at}.   {group}" for at, group in enumerate(self.groups, start=1)),
            "",
            tr("Öppnar arbetslagets register om alla lösenord är borta. Förvaras inlåst, inte vid datorn."),
        ]
        paper.setPlainText("\n".join(lines))
        paper.print_(printer)
