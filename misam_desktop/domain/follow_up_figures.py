"""Follow-ups in figures: done on time, late or open, for each authority and handläggare (reports.md).

On time is by the current date; those that were moved are told apart (process.md §4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from misam_desktop.domain.counting import (
    TOTAL,
    UNKNOWN,
    Cell,
    Counting,
    Table,
    adds_up,
    as_report,
    must_run_forwards,
    sum_check,
    sum_of,
    whole,
)
from misam_desktop.domain.meeting_figures import AGENCIES
from misam_desktop.domain.report import Check, Report, ReportKind, Section

_ALL, _AGENCY, _WORKER = "uppf", "uppf_myndighet", "uppf_handlaggare"
_ON_TIME, _LATE, _OVERDUE, _TO_COME, _CANCELLED = "i_tid", "sena", "forfallna", "kommande", "installda"
_STANDINGS = (_ON_TIME, _LATE, _OVERDUE, _TO_COME, _CANCELLED)
_MOVED, _MEASURED = "flyttade", "matta"
_MONTHS = (3, 6, 9, 12)
_OTHER_MONTHS = "ovriga_manader"


class PlannedFollowUp(NamedTuple):
    """One follow-up: of which uppdragsgivare and handläggare, and its days."""

    follow_up_id: str
    episode_id: str
    agency: str | None
    owner_id: str | None
    months: int
    due_on: date
    original_due_on: date
    done_on: date | None
    cancelled_on: date | None


def standing(one: PlannedFollowUp, as_of: date) -> str:
    """Where a follow-up stands at the end of a day."""
    if one.done_on is not None and one.done_on <= as_of:
        return _LATE if one.done_on > one.due_on else _ON_TIME
    if one.cancelled_on is not None and one.cancelled_on <= as_of:
        return _CANCELLED
    return _OVERDUE if one.due_on < as_of else _TO_COME


def tables(*, first: date, last: date, as_of: date, workers: Mapping[str, str]) -> tuple[Table[PlannedFollowUp], ...]:
    """What is counted of the follow-ups that are due in the period. Raises PeriodBackwards.

    ``workers`` are the names of all handläggare by their ids; none for who may not know them.
    """
    must_run_forwards(first, last)

    def cells_by(rows: Callable[[PlannedFollowUp], Iterable[str]]) -> Callable[[PlannedFollowUp], Iterable[Cell]]:
        def cells(one: PlannedFollowUp) -> Iterable[Cell]:
            if not first <= one.due_on <= last:
                return
            for row in rows(one):
                yield from ((row, column) for column in _columns(one, as_of))

        return cells

    months = tuple(f"m{count}" for count in _MONTHS)
    found = [
        _table(_ALL, (TOTAL, *months, _OTHER_MONTHS), cells_by(lambda one: (TOTAL, _month(one)))),
        _table(_AGENCY, (*AGENCIES, UNKNOWN), cells_by(lambda one: (one.agency or UNKNOWN,))),
    ]
    if workers:
        by_worker = cells_by(lambda one: (one.owner_id or UNKNOWN,))
        found.append(_table(_WORKER, (*workers, UNKNOWN), by_worker, labels=workers))
    return tuple(found)


def _table(
    name: str,
    rows: tuple[str, ...],
    cells: Callable[[PlannedFollowUp], Iterable[Cell]],
    labels: Mapping[str, str] | None = None,
) -> Table[PlannedFollowUp]:
    return Table(
        id=name,
        columns=(TOTAL, *_STANDINGS, _MOVED, _MEASURED),
        rows=rows,
        cells=cells,
        has_total=False,
        shares={"andel": (_ON_TIME, _MEASURED)},
        labels=labels or {},
        sparse=labels is not None,
    )


def _month(one: PlannedFollowUp) -> str:
    return f"m{one.months}" if one.months in _MONTHS else _OTHER_MONTHS


def _columns(one: PlannedFollowUp, as_of: date) -> Iterable[str]:
    stands = standing(one, as_of)
    yield TOTAL
    yield stands
    if one.due_on != one.original_due_on:
        yield _MOVED
    if stands in {_ON_TIME, _LATE, _OVERDUE}:
        yield _MEASURED


def as_follow_up_report(counting: Counting, *, first: date, last: date) -> Report:
    """What has been counted, with its checks: each section is of the same follow-ups, each in one standing."""
    overall, *others = counting.sections()
    of_all = whole(overall.rows[0])
    checks = (
        adds_up(overall.id, sum_of(overall) - of_all, of_all),
        *(sum_check(section, of_all) for section in others),
        _standing_check(overall),
    )
    return as_report(counting, ReportKind.UPPFOLJNINGAR, first=first, last=last, checks=checks)


def _standing_check(overall: Section) -> Check:
    """Whether everyone is on time, late, overdue, to come or cancelled."""
    row = overall.rows[0]
    found = sum(whole(row, column) for column in _STANDINGS)
    return Check(id="lagen_summerar", ok=found == whole(row), params={"sum": found, "expected": whole(row)})
