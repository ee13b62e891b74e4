"""The periods of the calendar, and those beside them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.period import Period, PeriodKind, beside, holds, overlaps, period_of, year_before

DAY = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        (PeriodKind.AR, date(2026, 1, 1), date(2026, 12, 31)),
        (PeriodKind.HALVAR, date(2026, 7, 1), date(2026, 12, 31)),
        (PeriodKind.KVARTAL, date(2026, 7, 1), date(2026, 9, 30)),
        (PeriodKind.MANAD, date(2026, 8, 1), date(2026, 8, 31)),
    ],
)
def test_a_day_lies_in_one_of_each(kind: PeriodKind, first: date, last: date) -> None:
    assert period_of(kind, DAY) == Period(first, last)


def test_february_ends_when_it_does() -> None:
    assert period_of(PeriodKind.MANAD, date(2028, 2, 3)).last == date(2028, 2, 29)


def test_the_one_before_the_first_quarter_lies_in_the_year_before() -> None:
    first = period_of(PeriodKind.KVARTAL, date(2026, 2, 1))
    assert beside(PeriodKind.KVARTAL, first, by=-1) == Period(date(2025, 10, 1), date(2025, 12, 31))


@given(st.sampled_from(PeriodKind), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_the_next_begins_the_day_after(kind: PeriodKind, day: date) -> None:
    period = period_of(kind, day)
    assert period.first <= day <= period.last
    assert beside(kind, period, by=1).first == period.last + timedelta(days=1)
    assert beside(kind, beside(kind, period, by=1), by=-1) == period


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (Period(date(2026, 1, 1), date(2026, 12, 31)), Period(date(2025, 1, 1), date(2025, 12, 31))),
        (Period(date(2025, 2, 1), date(2025, 2, 28)), Period(date(2024, 2, 1), date(2024, 2, 29))),
        (Period(date(2026, 3, 5), date(2026, 4, 5)), Period(date(2025, 3, 5), date(2025, 4, 5))),
        (Period(date(9999, 12, 1), date.max), Period(date(9998, 12, 1), date(9998, 12, 31))),
    ],
)
def test_the_same_days_a_year_before_end_with_the_month_if_they_did(period: Period, before: Period) -> None:
    assert year_before(period) == before


@pytest.mark.parametrize(
    ("began", "ended", "counts"),
    [
        (date(2025, 1, 1), None, True),
        (date(2025, 1, 1), date(2026, 1, 1), True),
        (date(2025, 1, 1), date(2025, 12, 31), False),
        (date(2026, 12, 31), None, True),
        (date(2027, 1, 1), None, False),
    ],
)
def test_what_may_still_go_on_overlaps_a_period_by_any_day_of_it(began: date, ended: date | None, counts: bool) -> None:
    assert overlaps(began, ended, first=date(2026, 1, 1), last=date(2026, 12, 31)) is counts


@pytest.mark.parametrize(("day", "held"), [(None, False), (DAY, True), (DAY + timedelta(days=1), False)])
def test_a_period_holds_a_day_or_not(day: date | None, held: bool) -> None:
    assert holds(day, first=DAY, last=DAY) is held
