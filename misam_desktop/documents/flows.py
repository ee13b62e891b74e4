"""A flow from before to after: how many went from each row to each column, as bands between two sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reportlab.graphics.shapes import Drawing, Path, Rect, String
from reportlab.pdfbase.pdfmetrics import stringWidth

from misam_desktop import assets
from misam_desktop.documents.patterns import Inks
from misam_desktop.documents.printable import BOLD, REGULAR, printable
from misam_desktop.domain.counting import TOTAL
from misam_desktop.domain.report import Figure
from misam_desktop.domain.worded import WordedSection

_SIZE, _BETWEEN, _POST, _HEAD = 8.5, 9.0, 8.0, 18.0
_TALL = 230.0
"""How high all bands together are, in points; what lies between them comes to it."""


def is_flow(section: WordedSection) -> bool:
    """Whether its columns are of the same list as its rows."""
    rows, columns = ({one.code for one in part} - {TOTAL} for part in (section.rows, section.columns))
    return len(rows) > 1 and len(rows & columns) > 1


class _Side(NamedTuple):
    """One end of the bands: where each of its posts ends above, and how many stand there."""

    tops: Mapping[str, float]
    counts: Mapping[str, int]
    words: Mapping[str, str]


def flow(section: WordedSection, *, wide: float, inks: Inks) -> Drawing | None:
    """The picture of a section whose every figure is told; None where nobody went anywhere."""
    froms = {row.code: row.words for row in section.rows if row.code != TOTAL}
    tos = {column.code: column.words for column in section.columns if column.code != TOTAL}
    moved = {(row.code, to): _count(row.figures[to]) for row in section.rows if row.code != TOTAL for to in tos}
    everybody = sum(moved.values())
    if not everybody:
        return None
    scale = _TALL / everybody
    out = {code: sum(moved[code, to] for to in tos) for code in froms}
    into = {code: sum(moved[at, code] for at in froms) for code in tos}
    high = _HEAD + _TALL + _BETWEEN * max(sum(map(bool, out.values())), sum(map(bool, into.values())))
    left = _side(out, froms, high - _HEAD, scale)
    right = _side(into, tos, high - _HEAD, scale)
    drawing = Drawing(wide, high)
    first, last = wide * 0.3, wide * 0.7
    for band in _bands(moved, (left, right), (first + _POST, last), scale, inks):
        drawing.add(band)
    for side, x, anchor, beside in ((left, first, "end", -5.0), (right, last, "start", _POST + 5)):
        _posts(drawing, side, x, scale, inks)
        for code, top in side.tops.items():
            words = f"{side.words[code]}: {side.counts[code]}"
            at = top - side.counts[code] * scale / 2 - 3
            drawing.add(_words(x + beside, at, _cut(words, first - 8), anchor=anchor, inks=inks))
    heads = assets.toml(assets.resource("phrases", "rapport.toml"))["chart"]
    drawing.add(_words(first + _POST, high - 11, heads["before"], anchor="end", inks=inks, bold=True))
    drawing.add(_words(last, high - 11, heads["after"], anchor="start", inks=inks, bold=True))
    return drawing


def _count(figure: Figure | None) -> int:
    return figure if isinstance(figure, int) else 0


def _side(counts: Mapping[str, int], words: Mapping[str, str], top: float, scale: float) -> _Side:
    tops = dict[str, float]()
    for code, count in counts.items():
        if count:
            tops[code] = top
            top -= count * scale + _BETWEEN
    return _Side(tops, counts, words)


def _bands(
    moved: Mapping[tuple[str, str], int],
    sides: tuple[_Side, _Side],
    between: tuple[float, float],
    scale: float,
    inks: Inks,
) -> Sequence[Path]:
    """One for each way that somebody went; those that stayed where they were are paler."""
    at_left, at_right = (dict(side.tops) for side in sides)
    first, last = between
    middle = (first + last) / 2
    bands = list[Path]()
    for (one, to), count in moved.items():
        if not count:
            continue
        thick = count * scale
        a, b = at_left[one], at_right[to]
        at_left[one], at_right[to] = a - thick, b - thick
        pale = inks.pale(0.4 if one != to else 0.15)
        band = Path(fillColor=pale, strokeColor=inks.colour("ink"), strokeWidth=0.5)
        band.moveTo(first, a)
        band.curveTo(middle, a, middle, b, last, b)
        band.lineTo(last, b - thick)
        band.curveTo(middle, b - thick, middle, a - thick, first, a - thick)
        band.closePath()
        bands.append(band)
    return bands


def _posts(drawing: Drawing, side: _Side, x: float, scale: float, inks: Inks) -> None:
    for code, top in side.tops.items():
        thick = side.counts[code] * scale
        drawing.add(Rect(x, top - thick, _POST, thick, fillColor=inks.colour("ink"), strokeColor=None))


def _words(x: float, y: float, words: str, *, anchor: str, inks: Inks, bold: bool = False) -> String:
    made = String(x, y, printable(words), fontName=BOLD if bold else REGULAR, fontSize=_SIZE, textAnchor=anchor)
    made.fillColor = inks.colour("ink")
    return made


def _cut(words: str, room: float) -> str:
    """A label short enough for its side, its number whole."""
    name, _, number = words.rpartition(": ")
    while name and stringWidth(printable(f"{name}…: {number}"), REGULAR, _SIZE) > room:
        name = name[:-1]
    return words if words.startswith(f"{name}: ") else f"{name}…: {number}"
