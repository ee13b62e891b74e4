"""How a long read is cut into steps: by a day that a row keeps, whatever else is changed between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, Select, bindparam, func, select

from misam_desktop.queries import counted
from misam_desktop.vault import Look


def in_stretches(
    look: Look,
    statement: Select[Any],
    day: Column[Any],
    which: Sequence[ColumnElement[bool]] = (),
    *,
    of: FromClause | None = None,
    times: int = 1,
) -> Iterator[Sequence[Any]]:
    """The rows of a statement, some hundred at a time; none where a step does nothing but let others come between.

    ``which`` are those of its conditions that say how many they are, in ``of`` or the table of the day; without them
    it is asked itself. ``times`` as many as usual are read at a time where each costs little.
    """
    counted_by = select(day).select_from(day.table if of is None else of).where(*which) if which else statement
    # put together once: that costs more than reading a stretch
    within = statement.where(day.between(bindparam("since"), bindparam("until")))
    by_day = counted_by.with_only_columns(day, func.count()).group_by(day).order_by(day)
    for since, until in _stretches(look, by_day, at_once=times * counted.A_STEP):
        yield []
        yield look.conn.execute(within, {"since": since, "until": until}).all()


def _stretches(look: Look, by_day: Select[Any], *, at_once: int) -> list[tuple[date, date]]:
    """First and last days between which some hundred rows lie, so that each is read once."""
    days: list[tuple[date, date]] = []
    gathered = at_once
    for one, count in look.conn.execute(by_day):
        if gathered >= at_once:
            days.append((one, one))
            gathered = 0
        days[-1] = (days[-1][0], one)
        gathered += count
    return days
