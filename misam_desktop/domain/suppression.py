"""Small counts are not told, nor what they could be worked out from (reports.md, «For print outside the team»).

A table says more than its cells: women and men make the total, the rows of a section make its sum, and that sum stands
again as the number of participants. Each of these is an equation. A count below the limit is hidden first; as long as
a hidden one can be worked out, by solving the equations or because counts are whole and not nothing, the smallest of
those that give it away is hidden too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, repeat
from typing import NamedTuple

from misam_desktop.domain import flow_figures, forum_figures, step_figures
from misam_desktop.domain.counting import TOTAL
from misam_desktop.domain.report import Figure, Middle, ReportKind, Share, Spot, Tie
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
    """A whole and the parts that make it up; or several that come to the same as others."""

    wholes: tuple[Cell, ...]
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All of them."""
        return (*self.wholes, *self.parts)


_Line = tuple[str, tuple[int, ...]]
"""A row by its code and what it counts: in several sections it is the same row."""


class _Across(NamedTuple):
    """What the sections of a report have to do with each other: rows that stand in several, ties, and their parts."""

    repeated: frozenset[_Line]
    ties: tuple[Tie, ...]
    parts: frozenset[tuple[str, str]]


def without_small(report: WordedReport) -> WordedReport:
    """The report with every count below ``LEAST`` hidden, and enough of the others that none can be worked out."""
    across = _across(report)
    known, equations = _table(report, across)
    hidden = _hidden(known, equations)
    cover = _Cover(
        hidden=frozenset(hidden),
        secret=frozenset(known[cell] for cell in hidden),
        told=frozenset(number for cell, number in known.items() if cell not in hidden),
        across=across,
    )
    return replace(
        report,
        sections=tuple(cover.section(one) for one in report.sections),
        checks=tuple(cover.check(one) for one in report.checks),
    )


@dataclass(frozen=True, slots=True)
class _Cover:
    """What is taken out of a report: the hidden cells, and whatever else tells one of the ``secret`` numbers.

    ``told`` are the numbers that stand in its tables: another could be what hidden ones come to.
    """

    hidden: frozenset[Cell]
    secret: frozenset[int]
    told: frozenset[int]
    across: _Across

    def section(self, section: WordedSection) -> WordedSection:
        """The section without them."""
        at = _Places(section, self.across)
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
        tells = any(self._tells(one) or (self.hidden and one and one not in self.told) for one in check.numbers)
        return replace(check, words="", numbers=()) if tells else check

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

    def __init__(self, section: WordedSection, across: _Across) -> None:
        self._section, self._repeated = section, across.repeated
        self._codes = tuple(one.code for one in section.counted)
        first, others = section.rows[:1], section.rows[1:]
        self._all = next((row for row in first if self._is_sum(row, others)), None)
        tied = tuple(row for row in section.rows if (section.id, row.code) in across.parts)
        self._parts = others if self._all else section.rows if section.sums else tied

    def _is_sum(self, row: WordedRow, others: Sequence[WordedRow]) -> bool:
        """Whether a row tells what the others come to."""
        sums = all(_int(code, row) == sum(_int(code, other) for other in others) for code in self._codes)
        return row.code == TOTAL and len(others) > 1 and sums

    def of(self, row: WordedRow, code: str) -> Cell:
        """The cell of a row: wherever the same row stands, it is the same cell."""
        if row not in self._parts:
            return _by_number(_int(code, row))
        line = _line(row, self._codes)
        return Cell(line[0], str(line[1]), code) if line in self._repeated else Cell(self._section.id, row.code, code)

    def spots(self) -> Iterator[tuple[Spot, Cell]]:
        """Each of its cells by where it stands."""
        for row in self._section.rows:
            for code in self._codes:
                yield (self._section.id, row.code, code), self.of(row, code)

    def left_over(self) -> Iterator[tuple[Cell, int, _Equation]]:
        """What the shares leave over, where both of their numbers stand beside them: told by these two."""
        for row in self._section.rows:
            counted = {row.figures[code]: self.of(row, code) for code in self._codes}
            for code, figure in row.figures.items():
                if isinstance(figure, Share) and {figure.numerator, figure.denominator} <= counted.keys():
                    part, whole = counted[figure.numerator], counted[figure.denominator]
                    rest = Cell(self._section.id, row.code, f"not {code}")
                    yield rest, figure.denominator - figure.numerator, _Equation((whole,), (part, rest))

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
                yield _Equation((self.of(self._all, code),), tuple(self.of(row, code) for row in self._parts))
            elif self.sum(code) in told:
                yield _Equation((self.sum(code),), tuple(self.of(row, code) for row in self._section.rows))
        for whole, parts in _made_up(self._codes, self._section.rows):
            for row in self._section.rows:
                yield _Equation((self.of(row, whole),), tuple(self.of(row, code) for code in parts))
            if self._section.sums:
                yield _Equation((self.sum(whole),), tuple(self.sum(code) for code in parts))


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


def _line(row: WordedRow, codes: Iterable[str]) -> _Line:
    return row.code, tuple(_int(code, row) for code in codes)


def _across(report: WordedReport) -> _Across:
    """Who are told without details stand in every section; the rest is what the report's own tables know."""
    codes = [(section, [one.code for one in section.counted]) for section in report.sections]
    lines = Counter(_line(row, named) for section, named in codes for row in section.rows)
    rows = {section.id: [row.code for row in section.rows] for section in report.sections}
    ties = tuple(_TIES[report.id](rows)) if report.id in _TIES else ()
    return _Across(
        repeated=frozenset(line for line, times in lines.items() if times > 1),
        ties=ties,
        parts=frozenset((section, row) for tie in ties for section, row, _ in tie.others),
    )


_TIES: Mapping[str, Callable[[Mapping[str, Sequence[str]]], Iterator[Tie]]] = {
    ReportKind.FLODE: flow_figures.ties,
    ReportKind.FORUM: forum_figures.ties,
    ReportKind.STEG: step_figures.ties,
}
"""What the sections of a report tell of each other, beside that one is the sum of another."""


def _table(report: WordedReport, across: _Across) -> tuple[dict[Cell, int], list[_Equation]]:
    """Every count of the report, and what makes up what."""
    places = [_Places(section, across) for section in report.sections]
    known = {cell: number for one in places for cell, number in one.known().items()}
    equations = [equation for one in places for equation in one.equations(known)]
    equations += _tied(across.ties, dict(spot for one in places for spot in one.spots()), known)
    for rest, number, equation in (left for one in places for left in one.left_over()):
        known[rest] = number
        equations.append(equation)
    return known, equations


def _tied(ties: Iterable[Tie], at: Mapping[Spot, Cell], known: Mapping[Cell, int]) -> Iterator[_Equation]:
    """What one section tells of another, where it is so: a month that has not begun goes on from none."""
    for some, others in ties:
        if at.keys() >= {*some, *others}:
            sides = [tuple(at[spot] for spot in spots) for spots in (some, others)]
            if len({sum(known[cell] for cell in side) for side in sides}) == 1:
                yield _Equation(*sides)


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
        (at, not other.section, one.wholes == (other,), known[other], str(other), other)
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
        for cell in equation.wholes:
            if cell in hidden:
                left[cell] = left.get(cell, Fraction(0)) - 1
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
    for side, other in ((equation.wholes, equation.parts), (equation.parts, equation.wholes)):
        least, most = (sum(at[cell][end] for cell in side) for end in (0, 1))
        fewest, greatest = (sum(at[cell][end] for cell in other) for end in (0, 1))
        for cell in side:
            if cell in bounds:
                low, high = at[cell]
                yield cell, (max(low, fewest - (most - high)), min(high, greatest - (least - low)))
