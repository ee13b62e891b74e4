"""A section of a report as a picture: one drawing, the same on paper and on the screen.

Bars by row, columns by month, or a flow from before to after. What is told apart is told by its filling, its label and
its number, never by colour alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing, Group, Line, String
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from misam_desktop import assets
from misam_desktop.documents.flows import flow, is_flow
from misam_desktop.documents.patterns import MOST, Box, Inks, filled
from misam_desktop.documents.printable import BOLD, REGULAR, load_fonts, printable
from misam_desktop.domain.counting import TOTAL
from misam_desktop.domain.report import Figure, Share
from misam_desktop.domain.worded import Column, WordedRow, WordedSection
from misam_desktop.report_words import HIDDEN

_SIZE, _SMALL = 8.5, 7.5
"""Of the letters, in points."""
_BAR, _GAP, _LINE = 13.0, 7.0, 14.0
_CLIP = re.compile(r"<clipPath.*?</clipPath>", re.DOTALL)
_MONTH = re.compile(r"\d{4}-\d{2}")
_TALL = 150.0
_FOR_NUMBER = 9.0
"""How thick a column is at least that has its number on top."""
_BLACK = Inks()


@dataclass(frozen=True, slots=True)
class _Series:
    """What is drawn with one filling."""

    column: Column
    filling: int


def chart(section: WordedSection, *, wide: float, inks: Inks = _BLACK) -> Drawing | None:
    """The picture of a section, ``wide`` points across; None where there is no number to draw.

    Of what is not told in part, only the totals are drawn: a picture of the rest would mislead.
    """
    load_fonts()
    if is_flow(section) and not any(figure is None for row in section.rows for figure in row.figures.values()):
        return flow(section, wide=wide, inks=inks)
    series = _series(section)
    if not series or not any(_size(row.figures[one.column.code]) for row in section.rows for one in series):
        return None
    is_by_month = len(section.rows) > 1 and all(_MONTH.fullmatch(row.code) for row in section.rows)
    drawn = _Columns if is_by_month else _Stacked if len(series) == len(section.parts) else _Beside
    return drawn(section, series, wide, inks).drawing()


def as_svg(drawing: Drawing) -> bytes:
    """The drawing as SVG, its letters of the family that the windows load."""
    svg: str = renderSVG.drawToString(drawing)
    svg = _CLIP.sub("", svg)  # Qt draws it: as a black ground
    svg = svg.replace(f"font-family: {BOLD};", "font-family: Noto Sans; font-weight: bold;")
    return svg.replace(f"font-family: {REGULAR};", "font-family: Noto Sans;").encode()


def _series(section: WordedSection) -> list[_Series]:
    """The columns that are drawn: the parts of a total where all are told, else what is counted, else the shares."""
    by_code = {one.code: one for one in section.columns}
    counted = [one for one in section.counted if one.code != TOTAL]
    if section.parts and not any(row.figures[code] is None for row in section.rows for code in section.parts):
        chosen = [by_code[code] for code in section.parts]
    elif TOTAL in by_code and (section.parts or is_flow(section) or len(counted) > 2):
        chosen = [by_code[TOTAL]]
    else:
        first = section.rows[0].figures if section.rows else {}
        shares = [one for one in section.columns if isinstance(first.get(one.code), Share)]
        chosen = counted or list(section.counted) or shares
    return [_Series(one, at % MOST) for at, one in enumerate(chosen)]


def _size(figure: Figure | None) -> float:
    """How long a figure is drawn: as many as it counts, or its percentage."""
    if isinstance(figure, Share):
        return figure.percent or 0
    return figure if isinstance(figure, int) else 0


def _number(figure: Figure | None) -> str:
    if figure is None:
        return HIDDEN
    return f"{figure.percent or 0:.0f} %" if isinstance(figure, Share) else str(figure)


class _Picture:
    """What the ways to draw have in common: a legend on top, and words that fit."""

    def __init__(self, section: WordedSection, series: Sequence[_Series], wide: float, inks: Inks) -> None:
        self._section, self._series, self._wide, self._inks = section, series, wide, inks
        self._rows = [row for row in section.rows if self._is_drawn(row)]
        self._places = self._put_legend()
        lines = self._places[-1][1] + 1 + (len(self._rows) < len(section.rows))
        self._head = lines * _LINE + 6
        """How high what stands above the picture is."""

    def _is_drawn(self, row: WordedRow) -> bool:
        return any(row.figures[one.column.code] is None or _size(row.figures[one.column.code]) for one in self._series)

    def _words(self, x: float, y: float, words: str, *, bold: bool = False, anchor: str = "start") -> String:
        made = String(x, y, printable(words), fontName=BOLD if bold else REGULAR, fontSize=_SIZE, textAnchor=anchor)
        made.fillColor = self._inks.colour("ink")
        return made

    def _legend(self, high: float) -> Iterable[Any]:
        """What each filling stands for, where there are several; and that rows have been left out."""
        for one, (x, line) in zip(self._series, self._places, strict=True):
            top, is_filled = high - line * _LINE, len(self._series) > 1
            if is_filled:
                yield filled(Box(x, top - 12, 16, 9), one.filling, self._inks)
            yield self._words(x + 20 * is_filled, top - 11, one.column.words)
        if len(self._rows) < len(self._section.rows):
            left_out = assets.toml(assets.resource("phrases", "rapport.toml"))["chart"]["left_out"]
            made = self._words(0, high - self._head + 5, left_out)
            made.fontSize, made.fillColor = _SMALL, self._inks.colour("faint")
            yield made

    def _put_legend(self) -> list[tuple[float, int]]:
        """Where each word of the legend begins, and on which line."""
        places, x, line = list[tuple[float, int]](), 0.0, 0
        for one in self._series:
            wide = 36 + self._width(one.column.words)
            if x and x + wide > self._wide:
                x, line = 0.0, line + 1
            places.append((x, line))
            x += wide
        return places

    def _width(self, words: str) -> float:
        return float(stringWidth(printable(words), REGULAR, _SIZE))

    def _lines_of(self, words: str, wide: float) -> list[str]:
        """A label in two lines at most; a word of two that does not fit on a line is parted at its stroke."""
        text = printable(words)
        if any(self._width(word) > wide for word in text.split()):
            text = text.replace("/", "/ ")
        lines = simpleSplit(text, REGULAR, _SIZE, wide)
        return lines if len(lines) <= 2 else [lines[0], f"{lines[1]} …"]

    def _drawing(self, high: float, parts: Iterable[Any]) -> Drawing:
        drawing = Drawing(self._wide, high)
        for part in (*self._legend(high), *parts):
            drawing.add(part)
        return drawing


class _Bars(_Picture):
    """Rows under each other, their words to the left and their bars to the right."""

    _thick = 1

    def drawing(self) -> Drawing:
        """The whole picture."""
        self._from = min(self._wide * 0.42, 8 + max(self._width(row.words) for row in self._rows))
        self._room = self._wide - self._from - 34
        each = max(_BAR * self._thick, 2.4 * _SIZE if any(self._is_long(row) for row in self._rows) else 0) + _GAP
        high = each * len(self._rows) + self._head
        parts = list[Any]()
        for at, row in enumerate(self._rows, start=1):
            bottom = high - self._head - at * each + _GAP / 2
            parts += self._row(row, bottom, each - _GAP)
        axis = Line(self._from, 0, self._from, high - self._head, strokeColor=self._inks.colour("ink"), strokeWidth=0.7)
        return self._drawing(high, [*parts, axis])

    def _is_long(self, row: WordedRow) -> bool:
        return self._width(row.words) > self._from - 8

    def _row(self, row: WordedRow, bottom: float, high: float) -> list[Any]:
        lines = self._lines_of(row.words, self._from - 8)
        top = bottom + high / 2 + (len(lines) - 1) * 5 - 3
        words = [self._words(self._from - 6, top - 10 * at, line, anchor="end") for at, line in enumerate(lines)]
        return [*words, *self._bars(row, bottom, high)]

    def _bars(self, row: WordedRow, bottom: float, high: float) -> list[Any]:
        raise NotImplementedError


class _Stacked(_Bars):
    """The parts of a total after each other, each with its number where there is room, and the total at the end."""

    def _bars(self, row: WordedRow, bottom: float, high: float) -> list[Any]:
        most = max(sum(_size(one.figures[of.column.code]) for of in self._series) for one in self._rows) or 1
        at, drawn = self._from, list[Any]()
        y = bottom + (high - _BAR) / 2
        for one in self._series:
            long = self._room * _size(row.figures[one.column.code]) / most
            if long:
                drawn.append(filled(Box(at, y, long, _BAR), one.filling, self._inks))
                drawn += self._inside(Box(at, y, long, _BAR), _number(row.figures[one.column.code]))
            at += long
        total = _number(row.figures[TOTAL])
        return [*drawn, self._words(at + 5, y + 3.5, total, bold=True)]

    def _inside(self, box: Box, number: str) -> list[Any]:
        """The number on a ground of its own: on a hatching it could not be read."""
        wide = stringWidth(number, REGULAR, _SMALL) + 4
        if wide + 4 > box.wide:
            return []
        middle = box.x + box.wide / 2
        ground = filled(Box(middle - wide / 2, box.y + 2, wide, box.high - 4), 2, self._inks)
        made = self._words(middle, box.y + 4, number, anchor="middle")
        made.fontSize = _SMALL
        return [ground, made]


class _Beside(_Bars):
    """A bar for each column, under each other in every row."""

    @property
    def _thick(self) -> int:  # type: ignore[override]  # as many bars as there are columns
        return len(self._series)

    def _bars(self, row: WordedRow, bottom: float, high: float) -> list[Any]:
        most = max(_size(one.figures[of.column.code]) for one in self._rows for of in self._series) or 1
        drawn = list[Any]()
        for place, one in enumerate(self._series):
            y = bottom + (high + _BAR * len(self._series)) / 2 - _BAR * (place + 1)
            long = self._room * _size(row.figures[one.column.code]) / most
            if long:
                drawn.append(filled(Box(self._from, y + 1, long, _BAR - 2), one.filling, self._inks))
            drawn.append(self._words(self._from + long + 5, y + 3.5, _number(row.figures[one.column.code])))
        return drawn


class _Columns(_Picture):
    """The months after each other, a column for each series, with its number on top where there is room."""

    def _is_drawn(self, row: WordedRow) -> bool:  # noqa: ARG002 – months without anything keep their place
        return True

    def drawing(self) -> Drawing:
        """The whole picture."""
        most = max(_size(row.figures[one.column.code]) for row in self._rows for one in self._series)
        base, room = 18.0, _TALL - 18 - self._head - 12
        each = self._wide / len(self._rows)
        thick = min(22.0, (each - 6) / len(self._series))
        parts = Group(Line(0, base, self._wide, base, strokeColor=self._inks.colour("ink"), strokeWidth=0.7))
        every = 1 + int(24 * len(self._rows) / self._wide)
        for at, row in enumerate(self._rows):
            left = at * each + (each - thick * len(self._series)) / 2
            for place, one in enumerate(self._series):
                figure = row.figures[one.column.code]
                long = room * _size(figure) / most
                x = left + place * thick
                if long:
                    parts.add(filled(Box(x + 0.5, base, thick - 1, long), one.filling, self._inks))
                if thick >= _FOR_NUMBER:
                    number = self._words(x + thick / 2, base + long + 3, _number(figure), anchor="middle")
                    number.fontSize = _SMALL
                    parts.add(number)
            if at % every == 0:
                parts.add(self._words(at * each + each / 2, 5, row.words[:3], anchor="middle"))
        return self._drawing(_TALL, [parts])
