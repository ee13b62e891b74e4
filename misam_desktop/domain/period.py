"""The periods that figures are counted for: a year and its parts, or from one day to another (reports.md)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from misam_desktop.domain.clocks import add_months


class PeriodKind(StrEnum):
    """How long a period of the calendar is."""

    AR = "ar"
    HALVAR = "halvar"
    KVARTAL = "kvartal"
    MANAD = "manad"


class Period(NamedTuple):
    """The days from the first to the last, both of them in it."""

    first: date
    last: date


def overlaps(began: date, ended: date | None, *, first: date, last: date) -> bool:
    """Whether any day of something that may still go on lies between two days."""
    return began <= last and (ended is None or ended >= first)


def holds(day: date | None, *, first: date, last: date) -> bool:
    """Whether a day, if there is one, lies between two days."""
    return day is not None and first <= day <= last


_MONTHS = {PeriodKind.AR: 12, PeriodKind.HALVAR: 6, PeriodKind.KVARTAL: 3, PeriodKind.MANAD: 1}


def period_of(kind: PeriodKind, day: date) -> Period:
    """The year, half-year, quarter or month that a day lies in."""
    months = _MONTHS[kind]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(first, add_months(first, months) - timedelta(days=1))


def year_before(period: Period) -> Period:
    """The same days a year earlier; what ended with a month ends with that month."""
    first, last = (add_months(day, -12) for day in period)
    ends_month = period.last.day == monthrange(period.last.year, period.last.month)[1]
    return Period(first, period_of(PeriodKind.MANAD, last).last if ends_month else last)


def beside(kind: PeriodKind, period: Period, *, by: int) -> Period:
    """The period of the same kind so many further on; back when ``by`` is negative."""
    return period_of(kind, add_months(period.first, by * _MONTHS[kind]))
