"""The wording of the indicators as a list from the team: code, text and group, on a row each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from misam_desktop.domain.errors import UserError
from misam_desktop.domain.indicator import Line
from misam_desktop.domain.text import fold
from misam_desktop.transfer.files import read_file
from misam_desktop.transfer.register_rows import ColumnsMissing, NoRows
from misam_desktop.transfer.sheets import Sheet, read_sheet

COLUMNS = ("kod", "text", "grupp")
_MAY_LACK = "grupp"
MOST = 60
"""How many indicators a list has at most: each is two fields to fill in."""


class CodeRepeated(UserError):
    """Two rows of the list have the same code, the second is row ``at``."""

    code = "code_repeated"


class IndicatorsTooMany(UserError):
    """The list has more indicators than a form can hold, ``most``."""

    code = "indicators_too_many"


class RowWrong(UserError):
    """A row of the list lacks a cell, ``column``, in row ``at``."""

    code = "row_wrong"


class RowTooLong(UserError):
    """Row ``at`` has something beyond the last column: a delimiter inside a cell has moved the others."""

    code = "row_too_long"


def read_indicators(path: Path) -> tuple[Line, ...]:
    """Every row, or none: the first that is wrong is told, with its number in the file.

    Raises FileUnreadable, what ``read_sheet`` raises, ColumnsMissing, NoRows, RowWrong, RowTooLong, CodeRepeated,
    IndicatorsTooMany.
    """
    lines = tuple(_lines(read_sheet(read_file(path))))
    if not lines:
        raise NoRows
    if len(lines) > MOST:
        raise IndicatorsTooMany(most=MOST)
    return lines


def _lines(sheet: Sheet) -> Iterator[Line]:
    header = [fold(cell) for cell in sheet.header]
    lacks = [name for name in COLUMNS if name != _MAY_LACK and name not in header]
    if lacks:
        raise ColumnsMissing(columns=", ".join(lacks))
    seen: set[str] = set()
    for at, row in sheet.rows:
        if any(row[len(header) :]):
            raise RowTooLong(at=at)
        cells = {name: cell.strip() for name, cell in zip(header, row, strict=False)}
        for name in COLUMNS:
            if name != _MAY_LACK and not cells.get(name):
                raise RowWrong(at=at, column=name)
        if cells["kod"] in seen:
            raise CodeRepeated(at=at, column="kod")
        seen.add(cells["kod"])
        yield Line(cells["kod"], " ".join(cells["text"].split()), cells.get(_MAY_LACK, ""))
