"""Days and times as people type them: «2026-11-26», «261126», «26/11», «26 nov», «i dag»; «13.00», «13:00», «13»."""

from __future__ import annotations

import re
from datetime import date, timedelta

from misam_desktop.domain.errors import UserError

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_WORDS = {"idag": 0, "i dag": 0, "igår": -1, "i går": -1, "imorgon": 1, "i morgon": 1}
_NUMBERS = re.compile(r"(?P<year>\d{4}|\d{2})[-./ ]?(?P<month>\d{2})[-./ ]?(?P<day>\d{2})", re.ASCII)
_DAY_MONTH = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})", re.ASCII)
_IN_WORDS = re.compile(r"(?P<day>\d{1,2}) ?(?P<month>[a-z]{3})[a-z]*(?: (?P<year>\d{4}))?", re.ASCII)


class DayUnknown(UserError):
    """The text names no day that exists."""

    code = "day_unknown"


class TimeUnknown(UserError):
    """The text is no time of day."""

    code = "time_unknown"


_TIME = re.compile(r"(?P<hour>[01]?\d|2[0-3])(?:[.:](?P<minute>[0-5]\d))?", re.ASCII)


def parse_time(text: str) -> str:
    """A time of day as it is shown: «13.00». Raises TimeUnknown."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise TimeUnknown
    return f"{int(match['hour']):02}.{match['minute'] or '00'}"


def parse_day(text: str, *, today: date) -> date:
    """The day that a text means; without a year, today's. Raises DayUnknown."""
    tidy = " ".join(text.casefold().split())
    if tidy in _WORDS:
        return today + timedelta(days=_WORDS[tidy])
    for form in (_NUMBERS, _DAY_MONTH, _IN_WORDS):
        if match := form.fullmatch(tidy):
            return _day(match.groupdict(), today)
    raise DayUnknown


def _day(parts: dict[str, str | None], today: date) -> date:
    year, month, day = parts.get("year"), parts["month"] or "", parts["day"] or ""
    if month.isalpha() and month not in _MONTHS:
        raise DayUnknown
    number = _MONTHS.index(month) + 1 if month.isalpha() else int(month)
    try:
        return date(_year(year, today), number, int(day))
    except ValueError as error:
        raise DayUnknown from error


def _year(text: str | None, today: date) -> int:
    if text is None:
        return today.year
    return int(text) if len(text) == 4 else today.year // 100 * 100 + int(text)
