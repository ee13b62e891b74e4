"""Days as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from misam_desktop.domain.days import DayUnknown, TimeUnknown, parse_day, parse_time
from misam_desktop.domain.text import NotADecimal, parse_decimal

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-26", date(2026, 11, 26)),
        ("20261126", date(2026, 11, 26)),
        ("261126", date(2026, 11, 26)),
        (" 26-11-26 ", date(2026, 11, 26)),
        ("26/11", date(2026, 11, 26)),
        ("1.3", date(2026, 3, 1)),
        ("26 nov", date(2026, 11, 26)),
        ("3 mars 2027", date(2027, 3, 3)),
        ("I dag", TODAY),
        ("igår", date(2026, 11, 23)),
        ("i morgon", date(2026, 11, 25)),
    ],
)
def test_a_day_is_read_in_every_common_form(text: str, day: date) -> None:
    assert parse_day(text, today=TODAY) == day


@pytest.mark.parametrize("text", ["", "2021-11-31", "31/2", "26 xyz", "någon gång", "13/13", "0000-01-01", "2026-1"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(DayUnknown):
        parse_day(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "time"), [("13.00", "13.00"), ("9:30", "09.30"), (" 8 ", "08.00"), ("23.59", "23.59")]
)
def test_a_time_is_shown_with_a_point(text: str, time: str) -> None:
    assert parse_time(text) == time


@pytest.mark.parametrize("text", ["", "24.00", "13.60", "ett", "13.0"])
def test_a_time_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(TimeUnknown):
        parse_time(text)


@pytest.mark.parametrize(("text", "number"), [("6,9", 6.9), ("6.9", 6.9), (" 7 ", 7.0)])
def test_a_number_may_have_a_comma(text: str, number: float) -> None:
    assert parse_decimal(text) == number


@pytest.mark.parametrize("text", ["", "-1", "sju", "6,9,1", "1e5"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NotADecimal):
        parse_decimal(text)
