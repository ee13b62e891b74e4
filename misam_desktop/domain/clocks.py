"""The clocks of the process: months, working days and the deadlines that follow from them (process.md §4)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import holidays


def add_months(anchor: date, months: int) -> date:
    """The same day of the month, or the month's last day if there is none; always counted from the anchor."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


@cache
def _days_off(year: int) -> dict[date, str]:
    kinds = ("public", "de_facto")
    return dict(
        holidays.country_holidays("SE", years=year, categories=kinds, include_sundays=False, language="sv").items()
    )


def is_working_day(day: date) -> bool:
    """Monday to Friday, except public holidays, midsommarafton, julafton and nyårsafton."""
    return day.weekday() < 5 and day not in _days_off(day.year)


def holiday_name(day: date) -> str:
    """What a holiday is called in Swedish, «Juldagen»; nothing for other days, plain Saturdays and Sundays too."""
    return _days_off(day.year).get(day, "")


def next_working_day(day: date) -> date:
    """The day itself if it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_after(day: date, count: int) -> date:
    """The count-th working day after a day; the day after is the first that can count, and 0 gives the day itself."""
    while count > 0:
        day = next_working_day(day + timedelta(days=1))
        count -= 1
    return day


def working_days_before(day: date, count: int) -> date:
    """The count-th working day before a day; 0 gives the day itself."""
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def follow_up_due(anchor: date, months: int) -> date:
    """When a follow-up is due: month n from the anchor, moved to a working day."""
    return next_working_day(add_months(anchor, months))


def last_rereferral_day(discharged_on: date, *, months: int = 6) -> date:
    """The last day, inclusive, on which a person can come back as a re-referral."""
    return add_months(discharged_on, months)


def feedback_due(meeting_on: date, *, working_days: int = 7) -> date:
    """When the person must have had the answer of a NAFS meeting, whenever the meeting was closed."""
    return working_days_after(meeting_on, working_days)


def disposal_from(last_closed_on: date, *, years: int) -> date:
    """The earliest day on which what was closed then may be destroyed."""
    return date(last_closed_on.year + years + 1, 1, 1)


def age_on(birth_date: date, day: date) -> int:
    """Whole years on a day; somebody born on 29 February turns a year older on 1 March of common years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def start_within(decided_on: date, *, days: int = 90) -> date:
    """The last day, inclusive, on which the person should have started; calendar days from the forum's decision."""
    return decided_on + timedelta(days=days)


def thirtieth_birthday_reminder(birth_date: date) -> date:
    """Twelve months before the thirtieth birthday, when aktivitetsersättning ends."""
    return add_months(birth_date, 12 * 29)
