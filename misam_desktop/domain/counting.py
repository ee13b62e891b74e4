"""How figures are counted: a table says in which of its cells a thing counts, and everything follows from that rule.

The figure of a cell is how many things count there; the list behind it is those things. What is shared or in the middle
is worked out of such figures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import fmean, median
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from misam_desktop.domain.codes import InfoKind, Sex
from misam_desktop.domain.errors import NotFound, UserError
from misam_desktop.domain.report import Check, Figure, Middle, Report, ReportKind, Row, Section, Share

T = TypeVar("T")
Cell = tuple[str, str]
"""A row and a column, by their codes."""
TOTAL = "total"
UNKNOWN = "okand"
WITHOUT_DETAILS = "utan_detaljer"
"""The row of those who have not consented to be counted with their values, and of protected persons."""
SEXES = tuple(sex.value for sex in Sex)
_NONE: Mapping[str, Any] = MappingProxyType({})


class PeriodBackwards(UserError):
    """The period ends before it begins."""

    code = "period_backwards"


class PeriodUnlikely(UserError):
    """The period begins or ends in a year that nobody counts for: a slip of the finger, or «till vidare» as 9999."""

    code = "period_unlikely"


_YEARS = range(1900, 2200)


def must_run_forwards(first: date, last: date) -> None:
    """Raises PeriodBackwards, PeriodUnlikely."""
    if last < first:
        raise PeriodBackwards
    if not {first.year, last.year} <= set(_YEARS):
        raise PeriodUnlikely


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[T]):
    """One section of a report while it is being counted: its rows and columns in order, and who counts where.

    ``of`` says which things are looked at, asked once for all tables that share it. ``has_total`` puts the sum of the
    columns before them. On a row of ``once`` a thing counts once for each key.
    ``measured`` gives rows with a number of ``unit``, of which median and mean are told. ``shares`` are columns that
    tell one column of another. ``labels`` are of rows that no code list names. A ``sparse`` table leaves out rows in
    which nothing counts. ``tells`` are the kinds of information by which it tells people apart: in the list behind one
    of its figures a name says that much of somebody.
    """

    id: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: Callable[[T], Iterable[Cell]]
    of: Callable[[T], bool] | None = None
    has_total: bool = True
    once: Mapping[str, Callable[[T], str]] = field(default_factory=lambda: _NONE)
    measured: Callable[[T], Iterable[tuple[str, float]]] | None = None
    unit: str = ""
    shares: Mapping[str, Cell] = field(default_factory=lambda: _NONE)
    labels: Mapping[str, str] = field(default_factory=lambda: _NONE)
    sparse: bool = False
    tells: frozenset[InfoKind] = frozenset()

    @property
    def all_columns(self) -> tuple[str, ...]:
        """Every column as it is shown."""
        total = (TOTAL,) if self.has_total else ()
        return (*total, *self.columns, *self.shares, *self.middles)

    @property
    def middles(self) -> tuple[str, ...]:
        """The columns of median and mean, in this order."""
        return (f"median_{self.unit}", f"medel_{self.unit}") if self.measured else ()

    def told_by(self, row: str, column: str) -> frozenset[InfoKind]:
        """The kinds that the list behind a figure tells of each who stands there; of those without details none."""
        return frozenset() if WITHOUT_DETAILS in (row, column) else self.tells

    def counts(self, thing: T, row: str, column: str) -> bool:
        """Whether something counts in a cell; of the total, in any column of the row."""
        if self.of is not None and not self.of(thing):
            return False
        if column == TOTAL and self.has_total:
            return any(at == row and of in self.columns for at, of in self.cells(thing))
        return (row, column) in self.cells(thing)


AnyTable = Table[Any]


class Counting:
    """A report while it is being counted, some things at a time, each once."""

    def __init__(self, tables: Iterable[AnyTable]) -> None:
        self.tables = {table.id: table for table in tables}
        self._counts = {name: Counter[Cell]() for name in self.tables}
        self._values: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in self.tables}
        self._seen: set[tuple[str, str, str]] = set()

    def add(self, tables: Iterable[Table[T]], things: Sequence[T]) -> None:
        """Count these too, in the tables that count such things."""
        chosen: dict[Callable[[T], bool] | None, Sequence[T]] = {None: things}
        for table in tables:
            if table.of is not None and table.of not in chosen:
                chosen[table.of] = list(filter(table.of, things))
            self._add(table, chosen[table.of])

    def _add(self, table: Table[T], things: Sequence[T]) -> None:
        if table.once:
            cells = (cell for thing in things for cell in self._not_seen(table, thing))
        else:
            cells = (cell for thing in things for cell in table.cells(thing))
        self._counts[table.id].update(cells)
        if table.measured is not None:
            for row, value in (one for thing in things for one in table.measured(thing)):
                self._values[table.id][row].append(value)

    def _not_seen(self, table: Table[T], thing: T) -> Iterator[Cell]:
        for row, column in table.cells(thing):
            key_of = table.once.get(row)
            if key_of is not None:
                seen = (table.id, row, key_of(thing))
                if seen in self._seen:
                    continue
                self._seen.add(seen)
            yield row, column

    def of_row(self, table_id: str, row: str) -> Counter[str]:
        """What has been counted in a row, by column, those that no list has among them."""
        found = self._counts[table_id]
        return Counter({column: count for (at, column), count in found.items() if at == row})

    def section(self, table_id: str) -> Section:
        """A table as it is shown."""
        table = self.tables[table_id]
        counted = {row for row, _ in self._counts[table_id]}
        rows = tuple(
            Row(code=code, label=table.labels.get(code, ""), figures=self._figures(table, code))
            for code in table.rows
            if not table.sparse or code in counted
        )
        return Section(id=table.id, columns=table.all_columns, rows=rows)

    def _figures(self, table: AnyTable, row: str) -> dict[str, Figure]:
        counts = self._counts[table.id]
        figures: dict[str, int] = {column: counts[row, column] for column in table.columns}
        total = {TOTAL: sum(figures.values())} if table.has_total else {}
        shares = {
            name: Share(numerator=figures[part], denominator=figures[whole])
            for name, (part, whole) in table.shares.items()
        }
        return {**total, **figures, **shares, **self._middles(table, row)}

    def _middles(self, table: AnyTable, row: str) -> dict[str, Middle]:
        values = self._values[table.id][row]
        told = (median(values), fmean(values)) if values else (None, None)
        return {name: Middle(value=one, of=len(values)) for name, one in zip(table.middles, told, strict=False)}

    def sections(self) -> tuple[Section, ...]:
        """Every table, in order."""
        return tuple(map(self.section, self.tables))


def behind(table: Table[T], things: Iterable[T], *, row: str, column: str) -> list[T]:
    """The things that one figure of a table counts. Raises NotFound for a cell that there is not."""
    counted = column in table.columns or (table.has_total and column == TOTAL)
    if row not in table.rows or not counted:
        raise NotFound
    found = [thing for thing in things if table.counts(thing, row, column)]
    key_of = table.once.get(row)
    if key_of is None:
        return found
    first: dict[str, T] = {}
    for thing in found:
        first.setdefault(key_of(thing), thing)
    return list(first.values())


def whole(row: Row, column: str = TOTAL) -> int:
    """A figure that counts something."""
    figure = row.figures[column]
    assert isinstance(figure, int)
    return figure


def sum_of(section: Section, column: str = TOTAL) -> int:
    """What the rows of a section add up to in a column."""
    return sum(whole(row, column) for row in section.rows)


def sum_check(section: Section, expected: int, *, column: str = TOTAL) -> Check:
    """Whether the rows of a section add up to what they are the parts of."""
    return adds_up(section.id, sum_of(section, column), expected)


def adds_up(section_id: str, found: int, expected: int) -> Check:
    """Whether the parts of something in a section, together ``found``, are all of it."""
    params: dict[str, int | str] = {"section": section_id, "sum": found, "expected": expected}
    return Check(id=f"summa_{section_id}", ok=found == expected, params=params)


def as_report(counting: Counting, kind: ReportKind, *, first: date, last: date, checks: Iterable[Check]) -> Report:
    """What has been counted, as a report."""
    return Report(id=kind.value, first=first, last=last, sections=counting.sections(), checks=tuple(checks))
