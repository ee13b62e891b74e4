"""Starting: nothing heavy before unlock, a missing screen is told, the demo is removed, and a bug is told once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from misam_desktop.gui.bugs import BugCatcher, bug_report
from misam_desktop.gui.program import run
from tests.conftest import NOW, TODAY

HEAVY = ("sqlalchemy", "sqlcipher3", "alembic", "cryptography", "reportlab", "pikepdf", "holidays", "xlsxwriter")
LOOK = """
import sys
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from misam_desktop.gui import appearance, program
from misam_desktop.gui.opening import Opening
from misam_desktop.gui.window import Window
app = QApplication([])
settings = QSettings(sys.argv[1], QSettings.Format.IniFormat)
appearance.dress(settings)
window = Window(Opening(now=None, today=None), settings)
window.show()
app.processEvents()
print(" ".join(sys.modules))
"""

DEMO = """
from misam_desktop.gui import program
from misam_desktop.gui.window import Window
shown = Window.showEvent
def begun(window, event):
    shown(window, event)
    print("begun", flush=True)
Window.showEvent = begun
from misam_desktop.app import main
raise SystemExit(main(["--demo"]))
"""


def test_nothing_heavy_is_loaded_before_unlock(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(tmp_path / "p.ini")], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert {name.partition(".")[0] for name in loaded}.isdisjoint(HEAVY)
    assert "misam_desktop.gui.help" not in loaded


def test_without_a_screen_it_says_so_and_points_at_the_tour(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    kept = {"settings": tmp_path / "p.ini", "heads": tmp_path}
    code = run(demo=False, demo_today=None, now=lambda: NOW, today=lambda: TODAY, **kept)
    assert code == 1
    assert "tour" in capsys.readouterr().err


def test_a_bug_report_holds_no_values() -> None:
    try:
        raise ValueError("Malin Provlund 850312-9804")
    except ValueError as error:
        report = bug_report(type(error), error.__traceback__)
    assert report == "ValueError"


def test_a_bug_is_told_once(settings: QSettings, capsys: pytest.CaptureFixture[str]) -> None:
    catcher = BugCatcher()
    for _ in range(14):
        catcher(ValueError, ValueError("Malin Provlund"), None)
    assert catcher.shown is not None
    assert "Malin" not in capsys.readouterr().err
    assert "Malin" not in catcher.shown.text() + catcher.shown.detailedText()
    catcher.shown.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a program without asking it")
def test_the_demo_is_removed_when_it_is_ended_from_outside(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path), "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    command = [sys.executable, "-c", DEMO]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"begun\n"
        assert list(tmp_path.glob("misam-demo-*"))
        program.terminate()
        assert program.wait(timeout=100) == 0
    assert not list(tmp_path.glob("misam-demo-*"))
