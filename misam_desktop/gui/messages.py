"""What the program says in a box of its own: trouble with the machine, and, once, that it has a bug.

Everything that a user can put right is told beside the form instead.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QMessageBox, QWidget  # noqa: TID251 – the one place for boxes

from misam_desktop.domain.errors import MisamError
from misam_desktop.gui.text import tr

_PACKAGE = Path(__file__).resolve().parents[1]


def trouble(parent: QWidget, error: MisamError) -> None:
    """What happened to the machine or the files, and what to do; the window goes on behind it.

    A page asks several questions, and each of them meets the same trouble: it is told in one box.
    """
    from misam_desktop.wording import sentence

    text = sentence(error)
    if not any(box.isVisible() and box.text() == text for box in parent.findChildren(QMessageBox)):
        _box(parent, QMessageBox.Icon.Warning, tr("Det gick inte"), text)


def _box(parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
    box = QMessageBox(icon, title, text, QMessageBox.StandardButton.Ok, parent)
    box.button(QMessageBox.StandardButton.Ok).setText(tr("Stäng"))
    box.open()
    return box


def bug_report(kind: type[BaseException], where: TracebackType | None) -> str:
    """The type of an error and our own frames: no text of it, no values, nothing that could be somebody's."""
    frames = [frame for frame in traceback.extract_tb(where) if Path(frame.filename).is_relative_to(_PACKAGE)]
    lines = [f"{Path(frame.filename).relative_to(_PACKAGE).as_posix()}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([kind.__name__, *lines])


class BugCatcher:
    """Shows the first bug in a box and keeps quiet about those that follow from it.

    PySide6 calls ``sys.excepthook`` for slots and overrides alike, many times for one broken cell.
    """

    def __init__(self) -> None:
        self.shown: QMessageBox | None = None
        self._before = sys.excepthook

    def install(self) -> None:
        """Take over the interpreter's last resort."""
        sys.excepthook = self

    def remove(self) -> None:
        """Give it back."""
        sys.excepthook = self._before

    def __call__(self, kind: type[BaseException], _error: BaseException, where: TracebackType | None) -> None:
        """What the interpreter calls with an error that nobody caught."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        report = bug_report(kind, where)
        print(report, file=sys.stderr)  # noqa: T201 – the one thing that may be said there: no values
        if self.shown is not None:
            return
        text = tr(
            "Något gick fel i programmet. Det som är sparat är kvar. Starta om programmet om det beter sig konstigt."
        )
        self.shown = _box(QApplication.activeWindow(), QMessageBox.Icon.Critical, tr("Ett fel i programmet"), text)
        self.shown.setDetailedText(report)
