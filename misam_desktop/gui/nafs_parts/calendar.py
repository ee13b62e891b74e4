"""How the calendar of a NAFS team is said: its rhythm, and the days that come before each of its meetings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from misam_desktop.domain.calendar import is_past_last_day
from misam_desktop.domain.meeting import Meeting, MeetingState, state_of
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import chip, retone
from misam_desktop.wording import day_short, weekday

if TYPE_CHECKING:
    from misam_desktop.domain.activity import Rhythm


_SOON = 3
"""From how many days before a day stands out."""


def rhythm_words(rhythm: Rhythm) -> str:
    """«Tisdagar var 4:e vecka klockan 14.00, 60 minuter, högst 10 ärenden»."""
    most = tr("högst {count} ärenden").format(count=rhythm.capacity) if rhythm.capacity else ""
    minutes = tr("{minutes} minuter").format(minutes=rhythm.minutes)
    return ", ".join(filter(None, [weekly_words(rhythm), minutes, most]))


def weekly_words(rhythm: Rhythm) -> str:
    """«Tisdagar var 4:e vecka klockan 14.00»."""
    day = weekday(rhythm.weekday).capitalize()
    weeks = {1: tr("varje vecka"), 2: tr("varannan vecka")}.get(
        rhythm.every_weeks, tr("var {weeks}:e vecka").format(weeks=rhythm.every_weeks)
    )
    starts = tr("klockan {hour}").format(hour=rhythm.starts) if rhythm.starts else ""
    return " ".join(filter(None, [tr("{day}ar").format(day=day), weeks, starts]))


def dates_words(meeting: Meeting, today: date) -> str:
    """«Sista dag för ärenden 4 dec. Dagordningen ska skickas 8 dec.»; nothing for a team that has no such days."""
    told = [f"{words}." for words, _ in (last_day(meeting, today), sending(meeting, today)) if words]
    return " ".join(told)


def last_day(meeting: Meeting, today: date) -> tuple[str, Tone]:
    """The last day for cases, and whether it has gone by; of a meeting that is over there is none to tell."""
    if meeting.stop_on is None or state_of(meeting) is not MeetingState.PLANNED:
        return "", Tone.PLAIN
    day = day_short(meeting.stop_on, today=today)
    if is_past_last_day(meeting, today):
        return tr("Sista dag för ärenden var {day}").format(day=day), Tone.MUTED
    near = (meeting.stop_on - today).days <= _SOON
    return tr("Sista dag för ärenden {day}").format(day=day), Tone.AMBER if near else Tone.PLAIN


def sending(meeting: Meeting, today: date) -> tuple[str, Tone]:
    """When the agenda is to be sent, or that it has been; red when it should have been."""
    if state_of(meeting) is not MeetingState.PLANNED:
        return "", Tone.PLAIN
    if meeting.sent_at is not None:
        day = day_short(meeting.sent_at.astimezone().date(), today=today)
        return tr("Dagordningen skickades {day}").format(day=day), Tone.GREEN
    if meeting.send_on is None:
        return "", Tone.PLAIN
    day = day_short(meeting.send_on, today=today)
    if meeting.send_on < today:
        return tr("Dagordningen skulle ha skickats {day}").format(day=day), Tone.RED
    near = (meeting.send_on - today).days <= _SOON
    return tr("Dagordningen ska skickas {day}").format(day=day), Tone.AMBER if near else Tone.PLAIN


def late_words(meeting: Meeting, today: date, *, leads: bool = False) -> str:
    """What it means that a case comes now: after the last day for cases, or once the agenda has been sent."""
    if meeting.sent_at is not None:
        return tr("⚠ Dagordningen är redan skickad. Ärendet kommer på en tilläggsdagordning.")
    if meeting.stop_on is not None and is_past_last_day(meeting, today):
        day = day_short(meeting.stop_on, today=today)
        words = tr("⚠ Sista dag för ärenden var {day}. Det går ändå.").format(day=day)
        return words if leads else " ".join([words, tr("Säg till NAFS-koordinatorn.")])
    return ""


class MeetingDays:
    """The days before a meeting as chips, and that it stands outside the structure."""

    def __init__(self) -> None:
        self.last, self.sent, self.outside = chip(""), chip(""), chip(tr("Utanför strukturen"), Tone.MUTED)
        self.chips = (self.last, self.sent, self.outside)
        for one in self.chips:
            one.hide()

    def show_of(self, meeting: Meeting, today: date) -> None:
        """What is to be told of this meeting now."""
        for one, (words, tone) in ((self.last, last_day(meeting, today)), (self.sent, sending(meeting, today))):
            one.setText(words)
            one.setVisible(bool(words))
            retone(one, tone)
        self.outside.setVisible(meeting.outside)
