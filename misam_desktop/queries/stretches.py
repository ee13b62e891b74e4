"""How a long read is cut into steps: by a day that a row keeps, whatever else is changed between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, func, select

from misam_desktop.queries import counted
from misam_desktop.vault import Look


def stretches(
    look: Look, day: Column[Any], which: Sequence[ColumnElement[bool]], *, of: FromClause | None = None
) -> list[tuple[date, date]]:
    """First and last days between which some hundred rows lie, so that each is read once; ``of`` joins other tables."""
    by_day = select(day, func.count()).select_from(day.table if of is None else of).where(*which)
    days: list[tuple[date, date]] = []
    gathered = counted.A_STEP
    for one, count in look.conn.execute(by_day.group_by(day).order_by(day)):
        if gathered >= counted.A_STEP:
            days.append((one, one))
            gathered = 0
        days[-1] = (days[-1][0], one)
        gathered += count
    return days
