"""What the tests of the reports have in common."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from misam_desktop.domain.counting import Counting, Table, behind
from misam_desktop.domain.report import Figure, Report, Section

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
BACKWARDS = {"first": LAST, "last": FIRST}
YEAR = {"first": FIRST, "last": LAST}
SEXES = st.sampled_from(["kvinna", "man", "annat"])
DAYS = st.dates(FIRST - timedelta(days=200), LAST + timedelta(days=200))
DAYS_OR_NONE = st.none() | DAYS


def counted(tables: Sequence[Table[Any]], things: Sequence[Any]) -> Counting:
    """Everything counted."""
    counting = Counting(tables)
    counting.add(tables, things)
    return counting


def told(section: Section, column: str = "total") -> dict[str, Figure]:
    """The figures of a column that are not 0."""
    return {row.code: row.figures[column] for row in section.rows if row.figures[column]}


def wrong(report: Report) -> list[str]:
    """The checks that do not hold."""
    return [check.id for check in report.checks if not check.ok]


def must_be_behind(tables: Sequence[Table[Any]], things: Sequence[Any]) -> None:
    """Every whole number of some tables has a list of exactly its length."""
    counting = counted(tables, things)
    for table in tables:
        for row in counting.section(table.id).rows:
            for column, figure in row.figures.items():
                if isinstance(figure, int):
                    assert len(behind(table, things, row=row.code, column=column)) == figure, (table.id, row, column)
