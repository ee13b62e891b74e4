"""The codes that stand for persons on a dagordning: drawn at random, read aloud and typed by hand (process.md §6).

Six symbols and a check symbol. Nothing of the person is in a code, so it is kept beside the person for as long as the
meeting can be looked up (``meeting.CODES_KEPT``), and is never drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import timedelta
from typing import NewType

from misam_desktop.domain.errors import UserError
from misam_desktop.domain.text import clean

Pseudonym = NewType("Pseudonym", str)
"""Seven symbols without the dash: «K7MQ2XF»."""

SYMBOLS = "23456789BCDFGHJKLMNPQRSTVWXYZ"
"""No 0, O, 1, I and no vowel but Y: nothing is mistaken for something else, and no word comes of it."""
_WEIGHTS = (2, 3, 4, 5, 6, 7, 1)
"""Of each place, the check symbol's last; all differ, so that two symbols in each other's places are found out."""
_DRAWN = len(_WEIGHTS) - 1


class CodeMistyped(UserError):
    """What was typed is no code: a symbol is missing, wrong or in another's place."""

    code = "code_mistyped"


class TooManyCodes(UserError):
    """So many codes that stand for nobody have been typed that it looks like guessing."""

    code = "codes_too_many"


WRONG_AT_MOST = 10
WRONG_WITHIN = timedelta(minutes=10)
"""How many codes that give nothing one user may look up, and within which time."""


def must_not_guess(wrong: int) -> None:
    """Raises TooManyCodes; ``wrong`` is how many of the user's codes gave nothing within the time."""
    if wrong >= WRONG_AT_MOST:
        raise TooManyCodes


def draw(random_below: Callable[[int], int], spent: Container[Pseudonym]) -> Pseudonym:
    """A code that has never stood on a paper; ``random_below`` gives an even number from 0, from a secure source."""
    while True:
        drawn = "".join(SYMBOLS[random_below(len(SYMBOLS))] for _ in range(_DRAWN))
        found = Pseudonym(drawn + _check_symbol(drawn))
        if found not in spent:
            return found


def shown(pseudonym: Pseudonym) -> str:
    """«K7MQ2X-F», as it is printed."""
    return f"{pseudonym[:_DRAWN]}-{pseudonym[_DRAWN:]}"


def parse(text: str) -> Pseudonym:
    """A code as somebody has typed it, with or without the dash, in small letters or large. Raises CodeMistyped."""
    typed = "".join(char for char in clean(text).upper() if char not in " -‐‑‒–—")
    if len(typed) != len(_WEIGHTS) or not set(typed) <= set(SYMBOLS) or _weighed(typed) != 0:
        raise CodeMistyped(field="code")
    return Pseudonym(typed)


def _check_symbol(drawn: str) -> str:
    """The symbol that makes the weighted sum 0 modulo 29."""
    return SYMBOLS[-_weighed(drawn) % len(SYMBOLS)]


def _weighed(symbols: str) -> int:
    return sum(weight * SYMBOLS.index(symbol) for weight, symbol in zip(_WEIGHTS, symbols, strict=False)) % len(SYMBOLS)
