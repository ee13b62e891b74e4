"""What the tests of the command line may ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.worlds import Terminal
from tests.conftest import PASSWORD


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A terminal whose user has the password in a file."""
    password_file = tmp_path / "lösenord.txt"
    password_file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return Terminal(password_file=password_file)


@pytest.fixture
def new_store(tmp_path: Path, terminal: Terminal) -> Callable[[str], Path]:
    """Makes stores with ``init``; their first user is karin."""

    def make(name: str) -> Path:
        place = tmp_path / name
        made = terminal.run("init", "--store", place, "--user", "karin", "--password-file", terminal.password_file)
        assert made.code == 0, made.err
        return place

    return make
