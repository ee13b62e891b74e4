"""From the start of a process to the first painted window: the program's unlock window beside a bare one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from misam_desktop.app import NAME

_UNTIL_PAINTED = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

def painted(window, event):
    QWidget.paintEvent(window, event)
    QTimer.singleShot(0, lambda: os._exit(0))  # once what lies in the window is painted too

app = QApplication(sys.argv[:1])
app.setFont(QFont("Noto Sans"))  # as if there were a screen: without one the program loads a font of its own
"""
_PROGRAM = f"""
{_UNTIL_PAINTED}
from misam_desktop.app import main
from misam_desktop.gui.window import Window
Window.paintEvent = painted
sys.exit(main([]))
"""
_BARE = f"""
{_UNTIL_PAINTED}
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QMainWindow, QTableView

class Numbers(QAbstractTableModel):
    def rowCount(self, parent=None):
        return 20

    def columnCount(self, parent=None):
        return 5

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return index.row() if role == Qt.ItemDataRole.DisplayRole else None

class Bare(QMainWindow):
    paintEvent = painted

window, table, numbers = Bare(), QTableView(), Numbers()
table.setModel(numbers)
window.setCentralWidget(table)
window.show()
sys.exit(app.exec())
"""


class Starts:
    """Starts both kinds of window without a screen; the program knows the store that was used last (Linux)."""

    def __init__(self, folder: Path, store: Path) -> None:
        self._environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(folder)}
        settings = folder / NAME / "program.ini"
        settings.parent.mkdir(exist_ok=True)
        settings.write_text(f"[General]\nstore={store.as_posix()}\n", encoding="utf-8")

    def program(self, _number: int) -> None:
        """The program, until its unlock window is painted."""
        self._run(_PROGRAM)

    def bare(self, _number: int) -> None:
        """A window with nothing but a table of twenty rows, until it is painted."""
        self._run(_BARE)

    def _run(self, source: str) -> None:
        command = [sys.executable, "-c", source]
        subprocess.run(command, env=self._environment, check=True, timeout=60, capture_output=True)
