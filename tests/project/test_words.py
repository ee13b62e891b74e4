"""Whatever the program stores or refuses has a word or a sentence, and no word is left over."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from string import Formatter

import pytest

from misam_desktop import assets, wording
from misam_desktop.domain import bands
from tests.project.worlds import CODE, errors, modules

SENTENCES: dict[str, str] = assets.toml(assets.resource("i18n", "sv", "errors.toml"))
LISTS: dict[str, dict[str, object]] = assets.toml(assets.database("reference", "codelists.toml"))
BANDS = {"age_band": bands.AGE_BANDS, "months_band": bands.MONTHS_BANDS, "length_band": bands.LENGTH_BANDS}


def enums() -> dict[str, type[StrEnum]]:
    """Every enum of codes that has a list, by the list's name."""
    found = [thing for module in modules() for thing in vars(module).values() if isinstance(thing, type)]
    codes = [kind for kind in found if issubclass(kind, StrEnum) and kind is not StrEnum]
    return {wording.list_name(kind): kind for kind in codes if wording.list_name(kind) in LISTS}


def named(sentence: str) -> set[str]:
    """The parameters that a sentence needs."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def made(text: str) -> Iterator[tuple[int, str, set[str]]]:
    """Every call and bare raise in a file: the line, the name, and what it is given; not where that is unpacked."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and all(keyword.arg for keyword in node.keywords):
            yield node.lineno, last_name(node.func), {keyword.arg or "" for keyword in node.keywords}
        elif isinstance(node, ast.Raise) and node.exc is not None:
            yield node.lineno, last_name(node.exc), set()


def last_name(node: ast.expr) -> str:
    """``Stale`` for both ``Stale`` and ``errors.Stale``, and nothing for what has no name."""
    return str(getattr(node, "attr", getattr(node, "id", "")))


def test_two_errors_never_have_one_code() -> None:
    assert [code for code, times in Counter(kind.code for kind in errors()).items() if times > 1] == []


def test_every_error_has_a_sentence() -> None:
    assert {kind.code for kind in errors()} - set(SENTENCES) == set()


def test_no_sentence_is_left_over() -> None:
    assert set(SENTENCES) - {kind.code for kind in errors()} == set()


def test_a_sentence_begins_and_ends_as_one() -> None:
    begun = [code for code, text in SENTENCES.items() if not (text[0].isupper() or text[0] == "«")]
    assert begun + [code for code, text in SENTENCES.items() if not text.endswith(".")] == []


def test_the_windows_make_no_error_of_their_own() -> None:
    """Only what lies below them is walked here, and only what lies below them refuses."""
    kinds = {kind.__name__ for kind in errors()} | {"MisamError", "UserError", "WorldError"}
    trees = [ast.parse(text) for path, text in CODE.items() if path.parts[:2] == ("misam_desktop", "gui")]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert {last_name(base) for one in classes for base in one.bases} & kinds == set()


def test_an_error_is_raised_with_what_its_sentence_needs() -> None:
    needs = {kind.__name__: named(SENTENCES.get(kind.code, "")) for kind in errors()}
    lacking = [
        f"{path}:{line}: {name} without {needs[name] - given}"
        for path, text in CODE.items()
        for line, name, given in made(text)
        if path.parts[0] != "tests" and name in needs and not needs[name] <= given
    ]
    assert lacking == []


@pytest.mark.parametrize("name", enums())
def test_every_code_has_a_label_and_every_label_a_code(name: str) -> None:
    assert set(LISTS[name]) == {code.value for code in enums()[name]}


@pytest.mark.parametrize("name", BANDS)
def test_every_band_has_a_label_and_every_label_a_band(name: str) -> None:
    assert tuple(LISTS[name]) == BANDS[name]


def test_no_list_is_left_over() -> None:
    assert set(LISTS) - set(enums()) - set(BANDS) == set()
