"""What the help says of the report files, read out of its page: each report's sections, their rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from misam_desktop.gui.help_pages import path_of

_PAGE = path_of("report_files").read_text(encoding="utf-8")
_SETS = dict[str, str](re.findall(r"^\| \*(\w+)\* \| ([^|]+) \|", _PAGE, re.MULTILINE))
"""Words of the page that stand for several codes each."""


class Told(NamedTuple):
    """The codes of one section as the page has them; some stand for any number or month."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]


def _codes(cell: str) -> tuple[str, ...]:
    whole = re.sub(r"\*(\w+)\*", lambda word: _SETS[word[1]], cell)
    return tuple(re.findall(r"`([^`]+)`", whole))


def told() -> dict[str, dict[str, Told]]:
    """The sections of each report, by their codes."""
    reports = re.findall(r"^## [^`\n]+ `(\w+)`\n(.*?)(?=^## )", _PAGE, re.MULTILINE | re.DOTALL)
    section = re.compile(r"^\| `(\w+)` [^|]+ \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
    return {
        report: {name: Told(_codes(rows), _codes(columns)) for name, rows, columns in section.findall(text)}
        for report, text in reports
    }


def columns_told() -> set[str]:
    """The columns that the page says the meaning of."""
    [text] = re.findall(r"^## Kolumnerna\n(.*?)(?=^## |\Z)", _PAGE, re.MULTILINE | re.DOTALL)
    lines = re.findall(r"^\| (`[^|]+`) \|", text, re.MULTILINE)
    return {code for line in lines for code in _codes(line)} | {
        code for cell in _SETS.values() for code in _codes(cell)
    }


def is_told(code: str, codes: Iterable[str]) -> bool:
    """Whether a code is one of these, or of the kind that one of them stands for."""
    return any(re.fullmatch(_pattern(one), code) for one in codes)


def unknown(codes: Iterable[str], known: Iterable[str]) -> set[str]:
    """Those of the page's codes that the program has not."""
    return {one for one in codes if not any(re.fullmatch(_pattern(one), code) for code in known)}


def _pattern(told_code: str) -> str:
    """Codes themselves have small letters, digits and lines alone."""
    return told_code.replace("ÅÅÅÅ-MM", r"\d{4}-\d{2}").replace("N", r"\d+")
