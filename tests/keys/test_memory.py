"""A crash leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="core dumps are POSIX's")

CRASH = "import os; os.abort()"
LIMITS = "import resource; print(*resource.getrlimit(resource.RLIMIT_CORE))"


def run(code: str, folder: Path, *, allowed: int) -> subprocess.CompletedProcess[str]:
    """Run code after the program has seen to core dumps, on a machine that allows so many bytes of them."""
    before = f"import resource; resource.setrlimit(resource.RLIMIT_CORE, ({allowed}, {allowed}))"
    ours = "from misam_desktop.keys.memory import leave_no_core_dumps; leave_no_core_dumps()"
    root = str(Path(__file__).parents[2])
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {root!r})\n{before}\n{ours}\n{code}"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(("allowed", "left"), [(1 << 20, "1 1"), (1, "1 1"), (0, "0 0")])
def test_neither_a_file_nor_a_crash_reporter_gets_a_dump(tmp_path: Path, allowed: int, left: str) -> None:
    assert run(LIMITS, tmp_path, allowed=allowed).stdout.strip() == left


def test_a_crash_leaves_no_file(tmp_path: Path) -> None:
    crashed = run(CRASH, tmp_path, allowed=1 << 20)
    assert crashed.returncode == -6
    assert list(tmp_path.iterdir()) == []
