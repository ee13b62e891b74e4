"""Working days against a table of the days off in Sweden from 2024 to 2030, copied from a wall calendar."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from misam_desktop.domain.clocks import feedback_due, holiday_name, is_working_day

OFF = {
    # nyår   trettondag  påsk         första maj  Kristi h.  6 juni  midsommar  jul och nyårsafton; on weekdays alone
    2024: "01-01          03-29 04-01 05-01       05-09      06-06   06-21      12-24 12-25 12-26 12-31",
    2025: "01-01  01-06   04-18 04-21 05-01       05-29      06-06   06-20      12-24 12-25 12-26 12-31",
    2026: "01-01  01-06   04-03 04-06 05-01       05-14              06-19      12-24 12-25       12-31",
    2027: "01-01  01-06   03-26 03-29             05-06              06-25      12-24             12-31",
    2028: "       01-06   04-14 04-17 05-01       05-25      06-06   06-23            12-25 12-26      ",
    2029: "01-01          03-30 04-02 05-01       05-10      06-06   06-22      12-24 12-25 12-26 12-31",
    2030: "01-01          04-19 04-22 05-01       05-30      06-06   06-21      12-24 12-25 12-26 12-31",
}
DAYS_OFF = {date.fromisoformat(f"{year}-{day}") for year, days in OFF.items() for day in days.split()}
FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=count) for count in range((LAST - FIRST).days + 1)]
WORKING = [day for day in EVERY_DAY if day.weekday() < 5 and day not in DAYS_OFF]
MEETINGS = Random(2026).sample(EVERY_DAY[:-30], 400)


def test_each_day_of_seven_years_is_what_the_calendar_says() -> None:
    assert [day for day in EVERY_DAY if is_working_day(day)] == WORKING


@pytest.mark.parametrize("meeting_on", MEETINGS, ids=str)
def test_feedback_is_due_on_the_seventh_working_day_after_the_meeting(meeting_on: date) -> None:
    assert feedback_due(meeting_on) == [day for day in WORKING if day > meeting_on][6]


def test_the_worked_example_over_christmas() -> None:
    assert feedback_due(date(2026, 12, 16)) == date(2026, 12, 29)


def test_a_holiday_has_its_swedish_name_and_a_plain_sunday_none() -> None:
    assert [holiday_name(date(2026, 12, day)) for day in (24, 25, 27, 28)] == ["Julafton", "Juldagen", "", ""]
