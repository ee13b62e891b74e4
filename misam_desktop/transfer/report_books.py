"""A report as a workbook: a sheet a section, numbers as numbers, and sums that the spreadsheet works out itself.

The only formulas are those that are written here, over cells that are written here; every word is text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from misam_desktop import assets
from misam_desktop.domain.counting import TOTAL
from misam_desktop.domain.report import Figure, Middle, Share
from misam_desktop.domain.worded import Column, WordedReport, WordedRow, WordedSection
from misam_desktop.report_words import HIDDEN, check_words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_HEAD = 2
"""The line of a section's headings, counted from 0: its title stands above."""
_LONGEST_NAME = 31
"""What a spreadsheet takes as the name of a sheet."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


def xlsx_file(report: WordedReport, *, beside: Sequence[tuple[str, str]]) -> bytes:
    """The workbook, made in memory; ``beside`` is what is told of it on its first sheet, a word and what it is."""
    import xlsxwriter

    said = assets.toml(assets.resource("phrases", "rapport.toml"))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    looks = _Looks.of(book)
    names = _names([said["front_sheet"], *(section.title for section in report.sections), said["checks_heading"]])
    front = book.add_worksheet(names[0])
    front.set_column(0, 0, 22)
    front.set_column(1, 1, 90)
    lines = [(report.title, ""), *beside, (said["method_heading"], ""), *(("", words) for words in report.method)]
    _words(front, lines, looks)
    for name, section in zip(names[1:-1], report.sections, strict=True):
        _Sheet(book.add_worksheet(name), section, looks, said).fill()
    checks = book.add_worksheet(names[-1])
    checks.set_column(1, 1, 110)
    told = [(said["yes"] if check.ok else said["no"], check_words(check)) for check in report.checks]
    _words(checks, [(said["check_columns"][0], said["check_columns"][1]), *told], looks)
    book.close()
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Looks:
    """How cells look."""

    bold: Any
    percent: Any
    decimal: Any
    right: Any

    @classmethod
    def of(cls, book: Workbook) -> _Looks:
        """Those of a workbook."""
        return cls(
            bold=book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            percent=book.add_format({"num_format": "0 %"}),
            decimal=book.add_format({"num_format": "0.0"}),
            right=book.add_format({"align": "right"}),
        )


def _names(titles: Iterable[str]) -> list[str]:
    """The names of the sheets, each its own however long its title."""
    taken = list[str]()
    for title in titles:
        name = _NOT_IN_NAMES.sub(" ", title).strip()[:_LONGEST_NAME]
        again = 2
        while name.casefold() in {one.casefold() for one in taken}:
            name = f"{name[: _LONGEST_NAME - 3]} {again}"
            again += 1
        taken.append(name)
    return taken


def _words(sheet: Worksheet, lines: Iterable[tuple[str, str]], looks: _Looks) -> None:
    for at, (left, right) in enumerate(lines):
        sheet.write_string(at, 0, left, looks.bold)
        sheet.write_string(at, 1, right)


class _Sheet:
    """One section on its sheet. A share and a middle take several columns: the value, and what it is worked out of."""

    def __init__(self, sheet: Worksheet, section: WordedSection, looks: _Looks, said: dict[str, Any]) -> None:
        self._sheet, self._section, self._looks, self._said = sheet, section, looks, said
        self._at = dict[str, int]()
        self._heads = [said["row_heading"]]
        for column in section.columns:
            self._at[column.code] = len(self._heads)
            self._heads += [column.words, *self._beside(column)]

    def _beside(self, column: Column) -> tuple[str, ...]:
        """What stands over the columns that a figure takes after its own."""
        kinds = {type(row.figures[column.code]) for row in self._section.rows}
        if Share in kinds:
            return self._said["numerator"], self._said["denominator"]
        return (self._said["of"],) if Middle in kinds else ()

    def fill(self) -> None:
        """Write it."""
        self._sheet.set_column(0, 0, 52)
        self._sheet.set_column(1, len(self._heads), 16)
        self._sheet.write_string(0, 0, self._section.title, self._looks.bold)
        for place, words in enumerate(self._heads):
            self._sheet.write_string(_HEAD, place, words, self._looks.bold)
        line = _HEAD + 1
        for line, row in enumerate(self._section.rows, start=_HEAD + 1):
            self._row(line, row)
        if self._section.sums:
            self._sums(line + 1)
        if self._section.share:
            self._sheet.write_string(line + 3, 0, self._said["share"].format(share=self._section.share))
        self._sheet.freeze_panes(_HEAD + 1, 1)

    def _row(self, line: int, row: WordedRow) -> None:
        self._sheet.write_string(line, 0, row.words)
        for code, place in self._at.items():
            figure = row.figures[code]
            if code == TOTAL and isinstance(figure, int) and self._adds_up(row, figure):
                cells = ",".join(_cell(line, self._at[part]) for part in self._section.parts)
                self._sheet.write_formula(line, place, f"=SUM({cells})", None, figure)
            else:
                self._figure(line, place, figure)
        if row.note:
            self._sheet.write_string(line, len(self._heads), row.note)

    def _adds_up(self, row: WordedRow, total: int) -> bool:
        parts = [row.figures[part] for part in self._section.parts]
        numbers = [one for one in parts if isinstance(one, int)]
        return bool(parts) and len(numbers) == len(parts) and sum(numbers) == total

    def _figure(self, line: int, place: int, figure: Figure | None) -> None:
        match figure:
            case None:
                self._sheet.write_string(line, place, HIDDEN, self._looks.right)
            case Share():
                above, below = (_cell(line, place + at) for at in (1, 2))
                part = figure.numerator / figure.denominator if figure.denominator else ""
                formula = f'=IF({below}=0,"",{above}/{below})'
                self._sheet.write_formula(line, place, formula, self._looks.percent, part)
                self._sheet.write_number(line, place + 1, figure.numerator)
                self._sheet.write_number(line, place + 2, figure.denominator)
            case Middle():
                if figure.value is not None:
                    self._sheet.write_number(line, place, figure.value, self._looks.decimal)
                self._sheet.write_number(line, place + 1, figure.of)
            case _:
                self._sheet.write_number(line, place, figure)

    def _sums(self, line: int) -> None:
        """The sums of the rows; one that is not told, or of which a part is not, is no formula."""
        self._sheet.write_string(line, 0, self._said["sum"], self._looks.bold)
        for code, number in self._section.sums.items():
            place = self._at[code]
            if number is None or any(row.figures[code] is None for row in self._section.rows):
                self._figure(line, place, number)
            else:
                cells = f"{_cell(_HEAD + 1, place)}:{_cell(line - 1, place)}"
                self._sheet.write_formula(line, place, f"=SUM({cells})", self._looks.bold, number)


def _cell(line: int, place: int) -> str:
    """«C4»."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(line, place))
