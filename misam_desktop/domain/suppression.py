"""Small counts are not told, nor what they could be worked out from (reports.md, «For print outside the team»).

A table says more than its cells: women and men make the total, the rows of a section make its sum, and that sum stands
again as the number of participants. Each of these is an equation. A count below the limit is hidden first; as long as
a hidden one can be worked out, by solving the equations or because counts are whole and not nothing, the smallest of
those that give it away is hidden too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from misam_desktop.domain.report import Figure, Middle, Share
from misam_desktop.domain.worded import TOTAL, WordedCheck, WordedReport, WordedRow, WordedSection

LEAST = 5
"""The smallest count that is told; nobody at all can be told too."""


class Cell(NamedTuple):
    """A number of a report. Rows that stand for the same people, as far as their numbers tell, share their cells."""

    row: object
    column: str


class _Equation(NamedTuple):
    """A whole, and the parts that make it up."""

    whole: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All of them."""
        return (self.whole, *self.parts)


def without_small(report: WordedReport) -> WordedReport:
    """The report with every count below ``LEAST`` hidden, and enough of the others that none can be worked out."""
    known, equations = _table(report)
    hidden = _hidden(known, equations)
    secret = {known[cell] for cell in hidden}
    cover = _Cover(hidden=frozenset(hidden), secret=frozenset(secret))
    return replace(
        report,
        sections=tuple(cover.section(one) for one in report.sections),
        checks=tuple(cover.check(one) for one in report.checks),
    )


@dataclass(frozen=True, slots=True)
class _Cover:
    """What is taken out of a report: the hidden cells, and whatever else tells one of the ``secret`` numbers."""

    hidden: frozenset[Cell]
    secret: frozenset[int]

    def section(self, section: WordedSection) -> WordedSection:
        sums = _cells_of(section.sums, section, None)
        return replace(
            section,
            rows=tuple(self._row(section, row) for row in section.rows),
            sums={code: None if sums[code] in self.hidden else number for code, number in section.sums.items()},
        )

    def check(self, check: WordedCheck) -> WordedCheck:
        """Its sentence is left out when it would tell; whether it holds is told all the same."""
        return replace(check, words="", numbers=()) if any(map(self._tells, check.numbers)) else check

    def _row(self, section: WordedSection, row: WordedRow) -> WordedRow:
        cells = _cells_of(row.figures, section, row)
        return replace(
            row,
            figures={code: None if self._gone(figure, cells[code]) else figure for code, figure in row.figures.items()},
        )

    def _gone(self, figure: Figure | None, cell: Cell) -> bool:
        match figure:
            case Share():
                told = (figure.numerator, figure.denominator, figure.denominator - figure.numerator)
                return any(map(self._tells, told))
            case Middle():
                return self._tells(figure.of)
        return cell in self.hidden

    def _tells(self, number: int) -> bool:
        return _is_small(number) or number in self.secret


def _is_small(number: int) -> bool:
    return 0 < number < LEAST


def _table(report: WordedReport) -> tuple[dict[Cell, int], list[_Equation]]:
    """Every count of the report, and what makes up what."""
    known, equations = dict[Cell, int](), list[_Equation]()
    for section in report.sections:
        rows = [(row.figures, _cells_of(row.figures, section, row)) for row in section.rows]
        if section.sums:
            totals = _cells_of(section.sums, section, None)
            equations += [_Equation(totals[code], tuple(cells[code] for _, cells in rows)) for code in section.sums]
            rows.append((section.sums, totals))
        for figures, cells in rows:
            known |= {cells[code]: number for code, number in figures.items() if isinstance(number, int)}
            if section.parts:
                equations.append(_Equation(cells[TOTAL], tuple(cells[code] for code in section.parts)))
    return known, [one for one in equations if _holds(one, known)]


def _holds(equation: _Equation, known: Mapping[Cell, int]) -> bool:
    """Whether it is true, so that something can be worked out by it; a red check tells of one that is not."""
    return known[equation.whole] == sum(known[cell] for cell in equation.parts)


def _cells_of(figures: Mapping[str, Figure | None], section: WordedSection, row: WordedRow | None) -> dict[str, Cell]:
    """The cells of a row. A sum, and a row that is no part of one, is one with all that have the same numbers."""
    is_part = row is not None and bool(section.sums)
    counts = tuple(sorted((code, one) for code, one in figures.items() if isinstance(one, int)))
    name: object = (section.id, row.code) if row is not None and is_part else counts
    return {code: Cell(name, code) for code in figures}


def _hidden(known: Mapping[Cell, int], equations: Sequence[_Equation]) -> set[Cell]:
    hidden = {cell for cell, number in known.items() if _is_small(number)}
    while given_away := _given_away(known, equations, hidden):
        hidden.add(_complement(min(given_away, key=str), known, equations, hidden))
    return hidden


def _complement(cell: Cell, known: Mapping[Cell, int], equations: Sequence[_Equation], hidden: set[Cell]) -> Cell:
    """What is hidden for the sake of a cell: the smallest beside it, a whole only where no part is left.

    Where all beside it are hidden already, the smallest beside any hidden one: there is one, since of a table in which
    all but the zeros is hidden nothing can be worked out.
    """
    near = [one for one in equations if cell in one.cells]
    for among in (near, [one for one in equations if hidden & set(one.cells)]):
        told = [
            (other == one.whole, known[other], str(other), other)
            for one in among
            for other in one.cells
            if known[other] and other not in hidden
        ]
        if told:
            break
    return min(told)[-1]


def _given_away(known: Mapping[Cell, int], equations: Sequence[_Equation], hidden: set[Cell]) -> set[Cell]:
    """The hidden cells that can be worked out from what is told."""
    bounds = _bounds(known, equations, hidden)
    return _solved(equations, hidden) | {cell for cell, (least, most) in bounds.items() if least == most}


_Sum = dict[Cell, Fraction]
"""Hidden cells with their factors: what they come to together is known."""


def _solved(equations: Iterable[_Equation], hidden: set[Cell]) -> set[Cell]:
    """The cells whose equations have one solution: each is subtracted from the others until one cell is left in it."""
    leading = dict[Cell, _Sum]()
    for equation in equations:
        left: _Sum = {cell: Fraction(1) for cell in equation.parts if cell in hidden}
        if equation.whole in hidden:
            left[equation.whole] = Fraction(-1)
        for cell in [one for one in left if one in leading]:
            _subtract(left, leading[cell], cell)
        if left:
            first, factor = next(iter(left.items()))
            left = {cell: one / factor for cell, one in left.items()}
            for other in leading.values():
                if first in other:
                    _subtract(other, left, first)
            leading[first] = left
    return {cell for cell, left in leading.items() if len(left) == 1}


def _subtract(from_: _Sum, one: _Sum, cell: Cell) -> None:
    """Take a sum that begins with a cell away so many times that the cell is gone."""
    times = from_[cell]
    for name, factor in one.items():
        from_[name] = from_.get(name, Fraction(0)) - times * factor
        if not from_[name]:
            del from_[name]


_ENDLESS = 10**9
_ROUNDS = 50
"""How often the equations are gone through for bounds; of real tables, two or three times are enough."""


def _bounds(
    known: Mapping[Cell, int], equations: Sequence[_Equation], hidden: set[Cell]
) -> dict[Cell, tuple[int, int]]:
    """The least and the most that a hidden cell can be: none is nothing, and no part is more than the whole leaves."""
    bounds = dict.fromkeys(hidden, (1, _ENDLESS))
    concerned = [one for one in equations if hidden & set(one.cells)]
    for _ in range(_ROUNDS):
        before = dict(bounds)
        for equation in concerned:
            bounds |= dict(_within(equation, known, bounds))
        if bounds == before:
            break
    return bounds


def _within(
    equation: _Equation, known: Mapping[Cell, int], bounds: Mapping[Cell, tuple[int, int]]
) -> Iterator[tuple[Cell, tuple[int, int]]]:
    """The bounds of the hidden cells of an equation, as far as the others in it narrow them."""
    at = {cell: bounds.get(cell, (known[cell], known[cell])) for cell in equation.cells}
    least, most = (sum(at[cell][side] for cell in equation.parts) for side in (0, 1))
    whole = at[equation.whole]
    if equation.whole in bounds:
        yield equation.whole, (max(whole[0], least), min(whole[1], most))
    for cell in equation.parts:
        if cell in bounds:
            low, high = at[cell]
            yield cell, (max(low, whole[0] - (most - high)), min(high, whole[1] - (least - low)))
