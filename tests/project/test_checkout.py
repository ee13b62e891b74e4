"""What is committed is the project's alone: its own places at the top, and nothing about the machine it was made on."""

from __future__ import annotations

import os
import re

from tests.project.worlds import ROOT, tracked

TOP = {".ci", ".gitignore", "README.md", "db", "misam_desktop", "packaging", "pyproject.toml", "resources", "tests"}
OF_A_MACHINE = re.compile(
    r"https?://[\w.:@-]*(?:pypi|pythonhosted)|--(?:extra-)?index-url|--find[-]links|(?<![\w.])/(?:work|root)[/]"
)


def test_nothing_else_lies_at_the_top() -> None:
    assert {path.parts[0] for path in tracked()} <= TOP


def test_no_file_names_a_package_index_or_a_place_on_somebodys_machine() -> None:
    texts = {path: (ROOT / path).read_bytes().decode("utf-8", "replace") for path in tracked()}
    found = {str(path): OF_A_MACHINE.findall(text) for path, text in texts.items()}
    assert {path: places for path, places in found.items() if places} == {}


def test_the_checks_are_run_by_the_newcomers_door() -> None:
    script = ROOT / ".ci" / "run"
    assert "exec python3 packaging/start.py test" in script.read_text(encoding="utf-8").splitlines()
    assert os.name == "nt" or os.access(script, os.X_OK)
