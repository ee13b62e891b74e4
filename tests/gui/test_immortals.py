"""None, True and False outlive whatever PySide gives back of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EMITS = """
from misam_desktop.gui.immortals import keep_alive
keep_alive()
from PySide6.QtCore import QObject, Signal

class Sends(QObject):
    sent = Signal()

sends = Sends()
for _ in range(100_000):
    sends.sent.emit()
sends.blockSignals(True)
for _ in range(100_000):
    sends.sent.emit()
"""


def test_a_hundred_thousand_signals_do_not_stop_python() -> None:
    ended = subprocess.run([sys.executable, "-c", EMITS], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="later Pythons do not count references to them")
@pytest.mark.parametrize("value", [None, True, False])
def test_each_has_references_to_lose(value: object) -> None:
    assert sys.getrefcount(value) > 1000 * 60 * 60 * 24 * 365
