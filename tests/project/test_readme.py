"""The page for strangers is true: the places it names are there, and the commands it names are the ones there are."""

from __future__ import annotations

import re

import pytest

from misam_desktop.cli import arguments
from tests.project.worlds import ROOT, start

README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([^`]+)` \|", README, re.MULTILINE)
PLACES = [row for row in ROWS if "/" in row]
COMMANDS = {row.split()[0] for row in ROWS if row not in PLACES and not row.startswith("misam-desktop")}


@pytest.mark.parametrize("place", PLACES)
def test_a_place_is_there(place: str) -> None:
    assert (ROOT / place).exists()


def test_every_part_of_the_program_has_its_line() -> None:
    parts = [path for path in (ROOT / "misam_desktop").iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert {f"misam_desktop/{path.name}/" for path in parts} - set(PLACES) == set()


def test_the_commands_are_the_ones_there_are() -> None:
    assert set(arguments._COMMANDS) == COMMANDS


@pytest.mark.parametrize("command", ["", " test", " tour"])
def test_the_door_is_opened_as_it_says(command: str) -> None:
    assert f"python3 packaging/start.py{command} " in README
    assert start().is_asked_right([*command.split(), *(["FOLDER"] if "tour" in command else [])])


def test_every_picture_is_there() -> None:
    assert [link for link in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README) if not (ROOT / link).is_file()] == []
