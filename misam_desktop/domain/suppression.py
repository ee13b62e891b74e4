"""Small counts are not told, nor what they could be worked out from (reports.md, «For print outside the team»).

A table says more than its cells: women and men make the total, the rows of a section make its sum, and that sum stands
again as the number of participants. Each of these is an equation. A count below the limit is hidden first; as long as
a hidden one can be worked out, by solving the equations or because counts are whole and not nothing, the smallest of
those that give it away is hidden too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, repeat
from typing import NamedTuple

from misam_desktop.domain.counting import TOTAL
from misam_desktop.domain.report import Figure, Middle, Share
from misam_desktop.domain.worded import WordedCheck, WordedReport, WordedRow, WordedSection

LEAST = 5
"""The smallest count that is told; nobody at all can be told too."""


class Cell(NamedTuple):
    """A number of a report: by its place, or by the number alone where it may be told in several places at once.

    Sums, totals and rows that stand for themselves are of that kind: the participants of one section are the sum of
    every other. Whoever sees the same number twice takes it for the same.
    """

    section: str
    row: str
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
    cover = _Cover(hidden=frozenset(hidden), secret=frozenset(known[cell] for cell in hidden))
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
        """The section without them."""
        at = _Places(section)
        return replace(
            section,
            rows=tuple(
                replace(
                    row, figures={code: self._left(figure, at.of(row, code)) for code, figure in row.figures.items()}
                )
                for row in section.rows
            ),
            sums={code: None if at.sum(code) in self.hidden else number for code, number in section.sums.items()},
        )

    def check(self, check: WordedCheck) -> WordedCheck:
        """Its sentence is left out when it would tell; whether it holds is told all the same."""
        return replace(check, words="", numbers=()) if any(map(self._tells, check.numbers)) else check

    def _left(self, figure: Figure | None, cell: Cell) -> Figure | None:
        match figure:
            case Share():
                told = (figure.numerator, figure.denominator, figure.denominator - figure.numerator)
                return None if any(map(self._tells, told)) else figure
            case Middle():
                return None if self._tells(figure.of) else figure
        return None if cell in self.hidden else figure

    def _tells(self, number: int) -> bool:
        return _is_small(number) or number in self.secret


def _is_small(number: int) -> bool:
    return 0 < number < LEAST


class _Places:
    """Which cell stands where in a section, and what makes up what."""

    def __init__(self, section: WordedSection) -> None:
        self._section = section
        self._codes = tuple(one.code for one in section.counted)
        first, others = section.rows[:1], section.rows[1:]
        self._all = next((row for row in first if self._is_sum(row, others)), None)
        self._parts = others if self._all else section.rows if section.sums else ()

    def _is_sum(self, row: WordedRow, others: Sequence[WordedRow]) -> bool:
        """Whether a row tells what the others come to."""
        sums = all(_int(code, row) == sum(_int(code, other) for other in others) for code in self._codes)
        return row.code == TOTAL and len(others) > 1 and sums

    def of(self, row: WordedRow, code: str) -> Cell:
        """The cell of a row."""
        is_part = row in self._parts
        return Cell(self._section.id, row.code, code) if is_part else _by_number(_int(code, row))

    def sum(self, code: str) -> Cell:
        """The cell of what the rows come to."""
        return _by_number(self._come_to(code))

    def _come_to(self, code: str) -> int:
        return sum(_int(code, row) for row in self._section.rows)

    def known(self) -> dict[Cell, int]:
        """Every cell that is told."""
        told = {self.of(row, code): _int(code, row) for row in self._section.rows for code in self._codes}
        return told | {self.sum(code): self._come_to(code) for code in self._section.sums}

    def equations(self, told: Collection[Cell]) -> Iterator[_Equation]:
        """What can be worked out in it; what its rows come to stands in it or, by its number, somewhere else."""
        for code in self._codes:
            if self._all:
                yield _Equation(self.of(self._all, code), tuple(self.of(row, code) for row in self._parts))
            elif self.sum(code) in told:
                yield _Equation(self.sum(code), tuple(self.of(row, code) for row in self._section.rows))
        for whole, parts in _made_up(self._codes, self._section.rows):
            for row in self._section.rows:
                yield _Equation(self.of(row, whole), tuple(self.of(row, code) for code in parts))
            if self._section.sums:
                yield _Equation(self.sum(whole), tuple(self.sum(code) for code in parts))


def _by_number(number: int) -> Cell:
    return Cell("", "", str(number))


def _made_up(codes: Sequence[str], rows: Sequence[WordedRow]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The columns that are the sum of columns beside each other, in every row: as far as the numbers tell."""
    runs = [codes[first:last] for first, last in combinations(range(len(codes) + 1), 2) if last - first > 1]
    for whole in codes:
        for run in runs:
            if whole not in run and all(row.figures[whole] == sum(map(_int, run, repeat(row))) for row in rows):
                yield whole, tuple(run)


def _int(code: str, row: WordedRow) -> int:
    figure = row.figures[code]
    return figure if isinstance(figure, int) else 0


def _table(report: WordedReport) -> tuple[dict[Cell, int], list[_Equation]]:
    """Every count of the report, and what makes up what."""
    places = [_Places(section) for section in report.sections]
    known = {cell: number for one in places for cell, number in one.known().items()}
    return known, [equation for one in places for equation in one.equations(known)]


def _hidden(known: Mapping[Cell, int], equations: Sequence[_Equation]) -> set[Cell]:
    hidden = {cell for cell, number in known.items() if _is_small(number)}
    while given_away := _given_away(known, equations, hidden):
        next_one = min(given_away, key=lambda cell: (not cell.section, cell))  # sums last: they stand in every section
        hidden.add(_complement(next_one, known, equations, hidden))
    for cell in sorted((one for one in hidden if not _is_small(known[one])), key=lambda one: (-known[one], one)):
        if not _given_away(known, equations, hidden - {cell}):
            hidden.remove(cell)
    return hidden


def _complement(cell: Cell, known: Mapping[Cell, int], equations: Sequence[_Equation], hidden: set[Cell]) -> Cell:
    """What is hidden for the sake of a cell: the smallest beside it, a sum or a whole only where no part is left.

    Where all beside it are hidden already, the smallest beside any hidden one: there is one, since of a table in which
    all but the zeros is hidden nothing can be worked out.
    """
    near = [one for one in equations if cell in one.cells]
    further = [one for one in equations if hidden & set(one.cells)]
    told = [
        (at, not other.section, other == one.whole, known[other], str(other), other)
        for at, among in enumerate((near, further))
        for one in among
        for other in one.cells
        if known[other] and other not in hidden
    ]
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
        left: _Sum = {cell: Fraction(times) for cell, times in Counter(equation.parts).items() if cell in hidden}
        if equation.whole in hidden:
            left[equation.whole] = left.get(equation.whole, Fraction(0)) - 1
        left = {cell: times for cell, times in left.items() if times}
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


def _bounds(
    known: Mapping[Cell, int], equations: Sequence[_Equation], hidden: set[Cell]
) -> dict[Cell, tuple[int, int]]:
    """The least and the most that a hidden cell can be: none is nothing, and no part is more than the whole leaves."""
    bounds = dict.fromkeys(hidden, (1, _ENDLESS))
    concerned = [one for one in equations if hidden & set(one.cells)]
    before = dict[Cell, tuple[int, int]]()
    while bounds != before:
        before = dict(bounds)
        for equation in concerned:
            bounds |= dict(_within(equation, known, bounds))
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
