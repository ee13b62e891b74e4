"""What in a free text can tell who somebody is: names, numbers and dates, to be looked at before the text leaves.

A text can identify although nobody is named in a field of its own (security.md, «Codes on agendas»). This points at
what looks like it, and finds too much rather than too little; it decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from misam_desktop.domain.text import fold


class Clue(StrEnum):
    """What was found."""

    NAME = "name"
    NUMBER = "number"
    DATE = "date"


_IN_MONTH = r"(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278]\d|[39][01])"
_PERSONAL_NUMBER = re.compile(rf"(?<!\d)(?:\d{{2}})?\d{{2}}{_IN_MONTH} ?[-+]? ?\d{{4}}(?!\d)")


def like_a_personal_number(text: str) -> bool:
    """Whether something in a text looks like a personal number or samordningsnummer, right or mistyped."""
    return _PERSONAL_NUMBER.search(text) is not None


@dataclass(frozen=True, slots=True)
class Found:
    """One place in a text, as it stands there."""

    clue: Clue
    words: str


_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december"
_NAMED = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS.split())
_DATE = re.compile(
    rf"\b(?:\d{{4}}-{_MONTH}(?:-{_DAY})?|{_DAY}[/.]{_MONTH}(?:[/.-]\d{{2,4}})?"
    rf"|{_DAY}(?::e)? (?:{_NAMED})\b(?: \d{{4}})?)(?!\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<!\d)\+?\d(?:[ -]?\d){4,}(?!\d)")
"""Five digits or more: a personal number, a telephone, a case of another authority."""
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ENDS = ".!?:\n"
_BREAKS = ",;()/"
"""What stands between two names, and ends no sentence."""
_PIECES = re.compile(rf"{_WORD.pattern}|[{_ENDS}{_BREAKS}]")
_SHORT = frozenset({"bl", "ca", "d", "doc", "dr", "ev", "hr", "kl", "nr", "prof", "s", "t", "tel"})
"""Words whose full stop ends no sentence: «dr. Karlsson»."""


def identifying(text: str, *, names: Iterable[str] = (), known: Iterable[str] = ()) -> tuple[Found, ...]:
    """What is found in a text, each once: dates, numbers, then names.

    ``names`` are found however they are written; ``known`` are words with a capital that name nobody: the units.
    """
    dates = [Found(Clue.DATE, one.group()) for one in _DATE.finditer(text)]
    rest = _DATE.sub(" ", text)
    numbers = [Found(Clue.NUMBER, one.group()) for one in _NUMBER.finditer(rest)]
    own, nobody = _words_of(names), _words_of(known)
    named = [Found(Clue.NAME, words) for words in _names(_NUMBER.sub(" ", rest), own, nobody - own)]
    return tuple(dict.fromkeys((*dates, *numbers, *named)))


def tells_of(text: str, *, name: str) -> bool:
    """Whether a text holds a word of this name, however it is written, or a number that may be somebody's."""
    own = _words_of([name])
    named = any(not {fold(word), fold(word).removesuffix("s")}.isdisjoint(own) for word in _WORD.findall(text))
    return named or _NUMBER.search(_DATE.sub(" ", text)) is not None


def _words_of(names: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for name in names for word in _WORD.findall(name))


def _names(text: str, own: frozenset[str], nobody: frozenset[str]) -> Iterator[str]:
    """Runs of words with a capital, but for one alone that begins a sentence; and ``own`` wherever they stand."""
    run, tells, begins, before = list[str](), False, True, ""
    for word in (*_PIECES.findall(text), "."):
        is_own = not {fold(word), fold(word).removesuffix("s")}.isdisjoint(own)
        if is_own or (word[0].isupper() and not word.isupper() and fold(word) not in nobody):
            tells = tells or is_own or bool(run) or not begins
            run.append(word)
        else:
            if tells:
                yield " ".join(run)
            run, tells = [], False
        begins = word in _ENDS and not (word == "." and fold(before) in _SHORT)
        before = word
