"""How the forum says things: outcomes by their keys, authorities in a meeting, and who leaves the room."""

from __future__ import annotations

from datetime import date, datetime

from misam_desktop.domain.codes import Agency, Outcome
from misam_desktop.domain.meeting import Attendance
from misam_desktop.domain.preparation import Lack
from misam_desktop.gui.text import tr
from misam_desktop.queries.forum import ForumDay, QueueRow
from misam_desktop.wording import day_off, how_many, month, short


def outcome_short(row: QueueRow) -> str:
    """What this meeting concluded, with what goes beside it: «Reguljär samverkan, även SIP»."""
    if row.outcome is None:
        return ""
    beside = [tr("även NAFS")] * row.also_nafs + [tr("även SIP")] * row.also_sip
    return ", ".join([short(row.outcome), *beside])


def waited(days: int) -> str:
    """«9 dagar», «i dag»."""
    return how_many(days, tr("dag"), tr("dagar")) if days > 0 else tr("i dag")


def taking_part(day: ForumDay) -> dict[Agency, Attendance]:
    """What has been said of each authority's attendance."""
    return {one.agency: one for one in day.attendance}


def lack_words(lack: Lack, row: QueueRow) -> str:
    """What a referral lacks before it is taken up."""
    return {
        Lack.CONSENT: tr("Samtycke saknas"),
        Lack.ENDS: tr("Samtycket går ut före mötet"),
        Lack.ASKED: tr("{units} ingår inte i samtycket").format(units=in_words(list(row.outside_consent))),
        Lack.NEEDED: tr("Ingen myndighet som behövs är vald"),
        Lack.WHY: tr("Det står inte varför myndigheterna behövs"),
    }[lack]


def in_words(names: list[str]) -> str:
    """«FK, AME och Region»."""
    return tr("{some} och {last}").format(some=", ".join(names[:-1]), last=names[-1]) if names[1:] else "".join(names)


def elapsed(since: datetime, now: datetime) -> str:
    """Hours and minutes: «00.24»."""
    minutes = max(int((now - since).total_seconds()) // 60, 0)
    return f"{minutes // 60:02}.{minutes % 60:02}"


def forum_title(day: ForumDay, *, today: date) -> str:
    """«Samverkansforum 26 november», with the year when it is another than today's."""
    words = f"{day.activity.settings.forum_name} {day.on.day} {month(day.on)}"
    return words if day.on.year == today.year else f"{words} {day.on.year}"


def when_and_where(day: ForumDay) -> str:
    """«13.00 · Samverkanslokalen», as the meeting has it or, before it is planned, the rhythm."""
    rhythm = day.activity.settings.rhythm
    starts, place = (day.meeting.starts, day.meeting.place) if day.meeting else (rhythm.starts, rhythm.place)
    return " · ".join(part for part in (starts, place, day_off_words(day.on)) if part)


def day_off_words(day: date) -> str:
    """«⚠ julafton», for a meeting on a day when nobody works; nothing for others."""
    why = day_off(day)
    return f"⚠ {why.lower()}" if why else ""


def outcome_words(outcome: Outcome, *, needs_text: bool) -> str:
    """An outcome on its button; dots say that a text goes with it."""
    return f"{short(outcome)} …" if needs_text else short(outcome)
