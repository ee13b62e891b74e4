"""The clocks of process.md §4, with its worked examples."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.clocks import (
    add_months,
    age_on,
    disposal_from,
    feedback_due,
    follow_up_due,
    is_working_day,
    last_rereferral_day,
    next_working_day,
    start_within,
    thirtieth_birthday_reminder,
    working_days_after,
)

days = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("months", "expected"),
    [(3, date(2026, 11, 30)), (6, date(2027, 2, 28)), (9, date(2027, 5, 31)), (12, date(2027, 8, 31))],
)
def test_months_are_always_counted_from_the_anchor(months: int, expected: date) -> None:
    assert add_months(date(2026, 8, 31), months) == expected


def test_a_leap_year_has_its_own_last_day_of_february() -> None:
    assert add_months(date(2027, 8, 31), 6) == date(2028, 2, 29)


def test_months_can_be_counted_backwards_over_a_year() -> None:
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)


@given(anchor=days, months=st.integers(0, 240))
def test_a_month_later_is_the_same_day_or_the_months_last(anchor: date, months: int) -> None:
    due = add_months(anchor, months)
    assert due.day == anchor.day or (due.day < anchor.day and (due + timedelta(days=1)).day == 1)


@given(anchor=days, months=st.integers(0, 240))
def test_the_month_that_was_asked_for_is_met(anchor: date, months: int) -> None:
    due = add_months(anchor, months)
    assert (due.year - anchor.year) * 12 + due.month - anchor.month == months


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 21),  # Saturday
        date(2026, 11, 22),  # Sunday
        date(2026, 1, 1),
        date(2026, 1, 6),
        date(2026, 4, 3),  # långfredag
        date(2026, 4, 6),  # annandag påsk
        date(2026, 5, 1),
        date(2026, 5, 14),  # Kristi himmelsfärdsdag
        date(2025, 6, 6),  # nationaldagen, a Friday
        date(2026, 6, 19),  # midsommarafton
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2025, 12, 26),
        date(2026, 12, 31),
    ],
)
def test_a_day_off_is_no_working_day(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 24),
        date(2026, 5, 15),  # klämdag
        date(2026, 4, 2),  # skärtorsdag, half a day
        date(2026, 1, 5),  # trettondagsafton, half a day
        date(2026, 4, 30),  # valborg
        date(2026, 5, 25),  # annandag pingst, no holiday since 2005
    ],
)
def test_squeezed_and_half_days_are_working_days(day: date) -> None:
    assert is_working_day(day)


def test_a_working_day_is_its_own_next() -> None:
    assert next_working_day(date(2026, 11, 24)) == date(2026, 11, 24)


def test_the_next_working_day_lies_after_a_whole_christmas() -> None:
    assert next_working_day(date(2026, 12, 24)) == date(2026, 12, 28)


@given(day=days)
def test_the_next_working_day_is_at_most_five_days_away(day: date) -> None:
    found = next_working_day(day)
    assert is_working_day(found)
    assert day <= found <= day + timedelta(days=5)


def test_no_working_days_after_a_day_is_the_day_itself() -> None:
    assert working_days_after(date(2026, 12, 25), 0) == date(2026, 12, 25)


@given(day=days, count=st.integers(1, 15))
def test_working_days_are_counted_from_the_day_after(day: date, count: int) -> None:
    end = working_days_after(day, count)
    passed = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(map(is_working_day, passed)) == count
    assert is_working_day(end)


def test_a_follow_up_on_christmas_day_moves_to_the_monday() -> None:
    assert follow_up_due(date(2026, 9, 25), 3) == date(2026, 12, 28)


def test_a_follow_up_that_moved_does_not_move_the_ones_after_it() -> None:
    assert follow_up_due(date(2026, 9, 25), 6) == date(2027, 3, 25)


def test_re_referral_is_open_for_six_months_to_the_day() -> None:
    assert last_rereferral_day(date(2026, 8, 31)) == date(2027, 2, 28)


def test_the_window_of_re_referral_is_a_setting() -> None:
    assert last_rereferral_day(date(2026, 8, 31), months=3) == date(2026, 11, 30)


def test_feedback_is_due_seven_working_days_after_the_meeting() -> None:
    assert feedback_due(date(2026, 12, 16)) == date(2026, 12, 29)


def test_the_days_of_feedback_are_a_setting() -> None:
    assert feedback_due(date(2026, 12, 16), working_days=5) == date(2026, 12, 23)


@pytest.mark.parametrize("closed_on", [date(2026, 1, 1), date(2026, 12, 31)])
def test_what_closed_in_a_year_may_go_when_whole_calendar_years_have_passed(closed_on: date) -> None:
    assert disposal_from(closed_on, years=2) == date(2029, 1, 1)


def test_a_start_is_due_within_ninety_days_of_the_decision() -> None:
    assert start_within(date(2026, 11, 24)) == date(2027, 2, 22)


def test_the_days_to_a_start_are_a_setting() -> None:
    assert start_within(date(2026, 11, 24), days=30) == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(1985, 3, 12), 0), (date(2026, 3, 11), 40), (date(2026, 3, 12), 41), (date(2026, 12, 31), 41)],
)
def test_age_turns_on_the_birthday(day: date, age: int) -> None:
    assert age_on(date(1985, 3, 12), day) == age


@pytest.mark.parametrize(("day", "age"), [(date(2026, 2, 28), 29), (date(2026, 3, 1), 30), (date(2024, 2, 29), 28)])
def test_somebody_born_on_leap_day_turns_a_year_older_on_the_first_of_march(day: date, age: int) -> None:
    assert age_on(date(1996, 2, 29), day) == age


@pytest.mark.parametrize(
    ("born", "reminder"),
    [(date(1998, 5, 4), date(2027, 5, 4)), (date(1996, 2, 29), date(2025, 2, 28))],
)
def test_the_reminder_comes_twelve_months_before_thirty(born: date, reminder: date) -> None:
    assert thirtieth_birthday_reminder(born) == reminder
