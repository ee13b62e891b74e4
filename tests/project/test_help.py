"""The help is true: every screen and command has its page, links lead somewhere, what it quotes is in the program."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from misam_desktop.cli import arguments
from misam_desktop.gui.help_pages import CONTENTS, help_pages
from misam_desktop.gui.places import PLACES
from tests.project.worlds import CODE, ROOT

FOLDER = ROOT / "resources" / "help"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.md"))}
PAGES = {page.name: page for page in help_pages()}
BESIDE = {"first_start", "unlock", "keys", "consent", "report_files", "refusals", "command_line"}
"""Pages of no place: what comes before unlock, and what is the same everywhere."""
LARGEST_PICTURE = 150_000


def words_of(value: Any) -> Iterator[str]:
    """Every text in what a TOML file holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from words_of(one)


@cache
def said_by_the_program() -> set[str]:
    """Every text that a window can show as it stands: of the windows themselves, the code lists and the sentences."""
    windows = [text for path, text in CODE.items() if path.parts[:2] == ("misam_desktop", "gui")]
    nodes = [node for text in windows for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    files = [*(ROOT / "resources" / "i18n" / "sv").glob("*.toml"), ROOT / "db" / "reference" / "codelists.toml"]
    told = [words for path in files for words in words_of(tomllib.loads(path.read_text("utf-8")))]
    return {node.value for node in nodes if isinstance(node.value, str)} | set(told)


def links(text: str) -> set[str]:
    return set(re.findall(r"\]\(([^)]+)\)", text))


@pytest.mark.parametrize("place", PLACES, ids=lambda one: one.name)
def test_a_place_has_a_page(place: Any) -> None:
    assert place.help_page in PAGES


def test_a_page_belongs_to_something() -> None:
    assert set(PAGES) == {place.help_page for place in PLACES} | BESIDE


def test_the_contents_hold_every_page_once() -> None:
    assert len(list(help_pages())) == len(PAGES)
    assert {*PAGES, CONTENTS} == set(TEXTS)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_called_as_in_the_contents(name: str) -> None:
    assert TEXTS[name].splitlines()[0] == f"# {PAGES[name].title}"


@pytest.mark.parametrize("name", TEXTS)
def test_every_link_leads_somewhere(name: str) -> None:
    assert [link for link in links(TEXTS[name]) if not (FOLDER / link).is_file()] == []


@pytest.mark.parametrize("name", TEXTS)
def test_what_a_page_quotes_stands_in_the_program(name: str) -> None:
    said = said_by_the_program()
    assert [quoted for quoted in re.findall("«([^»]+)»", TEXTS[name]) if quoted not in said] == []


def test_every_command_is_told_of() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", TEXTS["command_line"], re.MULTILINE)
    assert rows == list(arguments._COMMANDS)


def test_every_key_of_a_place_is_told_of() -> None:
    told = dict(re.findall(r"(Alt\+\d) ([^,.]+)", TEXTS["keys"]))
    assert told == {place.key: place.title for place in PLACES if place.key}


def test_pictures_are_few_and_small() -> None:
    assert [path.name for path in FOLDER.glob("*.png") if path.stat().st_size > LARGEST_PICTURE] == []
    used = {link for text in TEXTS.values() for link in links(text)}
    assert {path.name for path in FOLDER.glob("*.png")} - used == set()
