"""Breaks each guard in a copy of the tree and runs its tests there: every one of them must fail.

``python -m tests.guards [WORD]`` takes the guards whose name holds the word, or all; some minutes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.guards.broken import GUARDS, Broken

ROOT = Path(__file__).parents[2]
PARTS = ("misam_desktop", "db", "resources", "tests", "pyproject.toml", "packaging", "README.md")


def main(words: list[str]) -> int:
    """Say of each guard whether its loss is noticed; the number of those that are not is the exit code."""
    unnoticed = 0
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        for part in PARTS:
            _copy(ROOT / part, copy / part)
        for broken in GUARDS:
            if all(word.casefold() in broken.guard.casefold() for word in words):
                noticed = _is_noticed(broken, copy)
                unnoticed += not noticed
                sys.stdout.write(f"{'noticed  ' if noticed else 'UNNOTICED'}  {broken.guard}\n")
                sys.stdout.flush()
    return unnoticed


def _copy(source: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, to, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, to)


def _is_noticed(broken: Broken, copy: Path) -> bool:
    file = copy / "misam_desktop" / broken.file
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace(broken.was, broken.now), encoding="utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *broken.tests]
        environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
        ended = subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False)
        return ended.returncode == 1  # 1 is a failed test; anything else is a run that did not take place
    finally:
        file.write_text(whole, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
