"""The bands that reports count in: age, time in offentlig försörjning and how long a case took, without gaps."""

from __future__ import annotations

from datetime import date

from misam_desktop.domain.clocks import add_months

AGE_BANDS = ("16-29", "30-44", "45-59", "60-64", "ovrig")
LENGTH_BANDS = ("under_3", "3_6", "6_12", "12_18", "18_24", "24_")
MONTHS_BANDS = ("under_1", "1_2", "2_5", "5_10", "10_", "okand")


def age_band(age: int | None) -> str:
    """The report's band of an age in whole years; unknown and outside 16–64 are «övrig ålder»."""
    if age is None or not 16 <= age <= 64:
        return "ovrig"
    if age < 30:
        return "16-29"
    if age < 45:
        return "30-44"
    return "45-59" if age < 60 else "60-64"


def length_band(first: date, last: date) -> str:
    """The report's band of a length, in whole months of the calendar from a day."""
    limits = zip(LENGTH_BANDS, (3, 6, 12, 18, 24), strict=False)
    return next((band for band, limit in limits if last < add_months(first, limit)), LENGTH_BANDS[-1])


def months_band(months: int | None) -> str:
    """The report's band of a time in whole months."""
    if months is None:
        return "okand"
    years = months // 12
    if years < 1:
        return "under_1"
    if years < 2:
        return "1_2"
    if years < 5:
        return "2_5"
    return "5_10" if years < 10 else "10_"
