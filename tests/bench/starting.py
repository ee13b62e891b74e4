"""From the start of a process to the first painted window: the program's unlock window beside a bare one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_UNTIL_PAINTED = """
import os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: os._exit(0))
        return False

app = QApplication(sys.argv[:1])
painted = Painted()
app.installEventFilter(painted)
"""
_PROGRAM = f"""
{_UNTIL_PAINTED}
from pathlib import Path
import misam_desktop.app
misam_desktop.app.settings_file = lambda: Path(sys.argv[1])
sys.exit(misam_desktop.app.main([]))
"""
_BARE = f"""
{_UNTIL_PAINTED}
from PySide6.QtWidgets import QMainWindow, QTableWidget
window = QMainWindow()
window.setCentralWidget(QTableWidget(20, 5))
window.show()
sys.exit(app.exec())
"""


class Starts:
    """Starts both kinds of window without a screen; the program knows the store that was used last."""

    def __init__(self, folder: Path, store: Path) -> None:
        self._settings = folder / "program.ini"
        self._settings.write_text(f"[General]\nstore={store.as_posix()}\n", encoding="utf-8")

    def program(self, _number: int) -> None:
        """The program, until its unlock window is painted."""
        self._run(_PROGRAM)

    def bare(self, _number: int) -> None:
        """A window with an empty table, until it is painted."""
        self._run(_BARE)

    def _run(self, source: str) -> None:
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-c", source, str(self._settings)]
        subprocess.run(command, env=environment, check=True, timeout=60, capture_output=True)
