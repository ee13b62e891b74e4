"""Codes on a dagordning: drawn, printed and typed again; a slip of the hand is found out (security.md)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.pseudonym import (
    SYMBOLS,
    CodeMistyped,
    Pseudonym,
    TooManyCodes,
    draw,
    must_not_guess,
    parse,
    shown,
)

CODES = 1000
chance = Random(20261126)


def many() -> list[Pseudonym]:
    found: set[Pseudonym] = set()
    while len(found) < CODES:
        found.add(draw(chance.randrange, found))
    return sorted(found)


DRAWN = many()


def next_of(symbols: str) -> Callable[[int], int]:
    """Draws these symbols, one after the other."""
    left = iter(symbols)
    return lambda below: SYMBOLS[:below].index(next(left))


def mistyped(text: str) -> bool:
    try:
        parse(text)
    except CodeMistyped:
        return True
    return False


def test_the_worked_example_of_the_format() -> None:
    assert shown(draw(next_of("K7MQ2X"), ())) == "K7MQ2X-F"


def test_a_code_is_read_as_it_is_typed() -> None:
    for code in DRAWN:
        for text in (shown(code), code, code.lower(), f" {shown(code).lower()} ", shown(code).replace("-", "–")):
            assert parse(text) == code


def test_every_wrong_symbol_is_found_out() -> None:
    tried = 0
    for code in DRAWN:
        for place, right in enumerate(code):
            for wrong in SYMBOLS.replace(right, ""):
                tried += 1
                assert mistyped(code[:place] + wrong + code[place + 1 :])
    assert tried == CODES * 7 * 28


def test_two_symbols_in_each_others_places_are_found_out() -> None:
    for code in DRAWN:
        for first, second in combinations(range(7), 2):
            if code[first] != code[second]:
                swapped = list(code)
                swapped[first], swapped[second] = code[second], code[first]
                assert mistyped("".join(swapped))


@pytest.mark.parametrize("text", ["", "K7MQ2X", "K7MQ2X-FF", "KO7MQ2X", "12345678", "ÅÄÖÅÄÖÅ"])
def test_what_is_no_code_is_mistyped(text: str) -> None:
    assert mistyped(text)


@given(st.text())
def test_whatever_is_typed_is_a_code_or_mistyped(text: str) -> None:
    assert mistyped(text) or len(parse(text)) == 7


def test_a_spent_code_is_never_drawn_again() -> None:
    spent = draw(next_of("K7MQ2X"), ())
    assert draw(next_of("K7MQ2X" + "B7MQ2X"), {spent}).startswith("B7MQ2X")


def test_no_symbol_is_mistaken_for_another() -> None:
    assert len(SYMBOLS) == 29
    assert not set(SYMBOLS) & set("01OIAEU")


def test_ten_codes_that_give_nothing_are_enough() -> None:
    must_not_guess(9)
    with pytest.raises(TooManyCodes):
        must_not_guess(10)
