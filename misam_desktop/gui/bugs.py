"""The interpreter's last resort: an error that nobody caught is told once, without a value of it.

Light, since it stands there from the start; what it tells with is loaded when there is something to tell.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox  # noqa: TID251 – the type alone; messages.py makes it

_PACKAGE = Path(__file__).resolve().parents[1]


def bug_report(kind: type[BaseException], where: TracebackType | None) -> str:
    """The type of an error and our own frames: no text of it, no values, nothing that could be somebody's."""
    import traceback

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
        from misam_desktop.gui import messages

        self.shown = messages.bug(report)
