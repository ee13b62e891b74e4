"""Days as a calendar file that mail programs take in; nothing in it is personal, since calendars are shared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

_OURS = uuid5(NAMESPACE_URL, "misam-desktop")


class Reminder(NamedTuple):
    """Something to do on a day. ``words`` name nobody; by its ``key`` a file made anew has the same entry."""

    key: str
    on: date
    words: str


def calendar_file(reminders: Iterable[Reminder], *, told: str, made_at: datetime) -> bytes:
    """The days as an ``.ics`` file, each a whole day that leaves the calendar free; ``told`` stands in every entry.

    Keys do not stand in it: they are ids of the store.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//MISAM Desktop//SV")
    calendar.add("version", "2.0")
    for one in reminders:
        entry = Event()
        entry.add("uid", str(uuid5(_OURS, one.key)))
        entry.add("dtstamp", made_at)
        entry.add("dtstart", one.on)
        entry.add("dtend", one.on + timedelta(days=1))
        entry.add("summary", one.words)
        entry.add("description", told)
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content
