"""Days as a calendar file: whole days, the same entry each time, and nothing that says whose."""

from __future__ import annotations

from datetime import UTC, date, datetime

from icalendar import Calendar

from misam_desktop.transfer.calendars import Reminder, calendar_file

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
AFTER_3 = Reminder("id-av-uppföljningen", date(2027, 2, 26), "Uppföljning efter 3 månader (MISAM)")


def made(*reminders: Reminder) -> bytes:
    return calendar_file(reminders, told="Öppna programmet.", made_at=NOW)


def test_a_reminder_is_a_whole_day_with_its_words() -> None:
    [event] = Calendar.from_ical(made(AFTER_3)).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2027, 2, 26), date(2027, 2, 27))
    assert (str(event["summary"]), str(event["description"])) == (AFTER_3.words, "Öppna programmet.")


def test_the_same_reminder_is_the_same_entry_when_it_is_moved() -> None:
    moved = AFTER_3._replace(on=date(2027, 3, 1))
    first, again = (Calendar.from_ical(made(one)).walk("VEVENT")[0]["uid"] for one in (AFTER_3, moved))
    assert first == again


def test_no_id_of_the_store_stands_in_the_file() -> None:
    assert AFTER_3.key.encode() not in made(AFTER_3)
