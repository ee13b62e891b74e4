"""NAFS in figures: cases, meetings, questions and the answer within seven working days (reports.md).

Who raised a case is the authority's work and not a value of the person, so that it needs no consent to statistics; of a
protected person it is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from misam_desktop.domain.clocks import feedback_due
from misam_desktop.domain.counting import (
    SEXES,
    TOTAL,
    WITHOUT_DETAILS,
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
from misam_desktop.domain.meeting_figures import (
    AGENCIES,
    CANCELLED,
    COUNT,
    KeptMeeting,
    attendance_table,
    kept_table,
    meeting_checks,
    reasons_table,
)
from misam_desktop.domain.nafs_figures import days_taken
from misam_desktop.domain.report import Check, Report, ReportKind

_CASES, _RAISED, _ASKED, _FEEDBACK = "nafs_arenden", "nafs_aktualiserad", "nafs_fragor", "nafs_aterkoppling"
_HELD, _WHY, _ATTENDED = "nafs_moten", "nafs_installda", "nafs_narvaro"
_TREATED, _WITHDRAWN, _WAITING = "behandlade", "atertagna", "vantar"
_ON_TIME, _LATE, _NOT_DONE, _MEASURED = "i_tid", "sena", "ej_gjorda", "matta"


class RaisedCase(NamedTuple):
    """One case put to a team. ``treated_on`` is the first meeting that took it up."""

    case_id: str
    sex: str
    agency: str
    protected: bool
    raised_on: date
    treated_on: date | None
    withdrawn_on: date | None


class AskedQuestion(NamedTuple):
    """One question to an authority."""

    question_id: str
    case_id: str
    agency: str
    asked_on: date
    answered_on: date | None


class OwedFeedback(NamedTuple):
    """The answer that an authority owes a person after a meeting that was held."""

    item_id: str
    case_id: str
    agency: str
    meeting_on: date
    given_on: date | None


def case_tables(*, first: date, last: date) -> tuple[Table[RaisedCase], ...]:
    """What is counted of the cases that were raised in the period. Raises PeriodBackwards."""
    must_run_forwards(first, last)

    def standing(one: RaisedCase) -> str:
        if one.treated_on is not None and one.treated_on <= last:
            return _TREATED
        return _WITHDRAWN if one.withdrawn_on is not None and one.withdrawn_on <= last else _WAITING

    def cases(one: RaisedCase) -> Iterable[Cell]:
        if first <= one.raised_on <= last:
            yield TOTAL, one.sex
            yield standing(one), one.sex

    def raised(one: RaisedCase) -> Iterable[Cell]:
        if first <= one.raised_on <= last:
            yield WITHOUT_DETAILS if one.protected else one.agency, one.sex

    return (
        Table(id=_CASES, columns=SEXES, rows=(TOTAL, _TREATED, _WAITING, _WITHDRAWN), cells=cases),
        Table(id=_RAISED, columns=SEXES, rows=(*AGENCIES, WITHOUT_DETAILS), cells=raised),
    )


def meeting_tables(reasons: Mapping[str, str]) -> tuple[Table[KeptMeeting], ...]:
    """What is counted of the meetings; ``reasons`` are those for which some were cancelled."""
    return (kept_table(_HELD), reasons_table(_WHY, reasons), attendance_table(_ATTENDED))


def question_tables(*, first: date, last: date) -> tuple[Table[AskedQuestion], ...]:
    """What is counted of the questions that were asked in the period; answered is who answered before its end."""

    def is_answered(one: AskedQuestion) -> bool:
        return one.answered_on is not None and one.answered_on <= last

    def rows(one: AskedQuestion) -> tuple[str, ...]:
        return (TOTAL, one.agency) if first <= one.asked_on <= last else ()

    def cells(one: AskedQuestion) -> Iterable[Cell]:
        for row in rows(one):
            yield row, "stallda"
            if is_answered(one):
                yield row, "besvarade"

    def taken(one: AskedQuestion) -> Iterable[tuple[str, float]]:
        days = days_taken(one.asked_on, one.answered_on)
        if is_answered(one) and days is not None:
            yield from ((row, days) for row in rows(one))

    return (
        Table(
            id=_ASKED,
            columns=("stallda", "besvarade"),
            rows=(TOTAL, *AGENCIES),
            cells=cells,
            has_total=False,
            shares={"andel": ("besvarade", "stallda")},
            measured=taken,
            unit="dagar",
        ),
    )


def feedback_standing(one: OwedFeedback, as_of: date) -> str:
    """Whether the answer was given within seven working days, later, not at all, or still has time."""
    due = feedback_due(one.meeting_on)
    if one.given_on is not None and one.given_on <= as_of:
        return _LATE if one.given_on > due else _ON_TIME
    return _NOT_DONE if due < as_of else _WAITING


def feedback_tables(*, as_of: date) -> tuple[Table[OwedFeedback], ...]:
    """What is counted of the answers owed; those that still have time are not in the share."""

    def cells(one: OwedFeedback) -> Iterable[Cell]:
        stands = feedback_standing(one, as_of)
        for row in (TOTAL, one.agency):
            yield row, TOTAL
            yield row, stands
            if stands != _WAITING:
                yield row, _MEASURED

    return (
        Table(
            id=_FEEDBACK,
            columns=(TOTAL, _WAITING, _MEASURED, _ON_TIME, _LATE, _NOT_DONE),
            rows=(TOTAL, *AGENCIES),
            cells=cells,
            has_total=False,
            shares={"andel": (_ON_TIME, _MEASURED)},
        ),
    )


def as_nafs_report(counting: Counting, *, first: date, last: date) -> Report:
    """What has been counted, with its checks."""
    cases = {row.code: whole(row) for row in counting.section(_CASES).rows}
    kept = {row.code: whole(row, COUNT) for row in counting.section(_HELD).rows}
    parts = cases[_TREATED] + cases[_WAITING] + cases[_WITHDRAWN]
    checks = (
        adds_up(_CASES, parts, cases[TOTAL]),
        sum_check(counting.section(_RAISED), cases[TOTAL]),
        *meeting_checks(counting, kept=_HELD, attended=_ATTENDED),
        sum_check(counting.section(_WHY), kept[CANCELLED], column=COUNT),
        _agencies_check(counting, _ASKED, "stallda"),
        _agencies_check(counting, _FEEDBACK, TOTAL),
    )
    return as_report(counting, ReportKind.NAFS, first=first, last=last, checks=checks)


def _agencies_check(counting: Counting, table_id: str, column: str) -> Check:
    """Whether the authorities add up to the row of all."""
    section = counting.section(table_id)
    of_all = whole(section.rows[0], column)
    return adds_up(table_id, sum_of(section, column) - of_all, of_all)
