"""A meeting that moves to another day, hour or place, and what is unusual about where it is put."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.forum import move_meeting
from misam_desktop.domain import calendar
from misam_desktop.domain.clocks import next_working_day
from misam_desktop.domain.identifying import like_a_personal_number
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Day, Text
from misam_desktop.gui.nafs_parts.calendar import dates_words
from misam_desktop.gui.text import tr
from misam_desktop.wording import day_long, day_off, day_short

if TYPE_CHECKING:
    from misam_desktop.domain.meeting import Meeting
    from misam_desktop.gui.workspace import Workspace


def open_move(work: Workspace, meeting: Meeting, *, then: Callable[[Meeting], None] | None = None) -> None:
    """Ask to which day, hour and place a meeting moves, and say which days follow from it."""
    today = work.desk.today
    intro = [tr("Ärendena följer med, under samma koder.")]
    if meeting.sent_at is not None:
        intro.append(tr("Dagordningen är redan skickad: en ny behöver skickas."))
    elif meeting.given_at is not None:
        intro.append(tr("Dagordningen har redan lämnats ut: en ny behöver skickas."))
    dialog: FormDialog = FormDialog(
        work,
        title=tr("Flytta mötet"),
        intro=" ".join(intro),
        content=[Field(name="on", label=tr("Ny dag"), kind=lambda: Day(today), required=True), *place_fields()],
        values={"on": meeting.on, "starts": meeting.starts, "place": meeting.place},
        save=lambda values: move_meeting(meeting.id, **values),
        then=lambda moved: _moved(work, moved, then),
        word=tr("Flytta"),
        wide=480,
    )
    team = work.desk.activity(meeting.activity_id)

    def tell() -> None:
        values = dialog.form.peek()
        day = values["on"]
        follows = dates_words(calendar.dated(replace(meeting, on=day), team.settings.rhythm), today) if day else ""
        dialog.form.note("on", " ".join(filter(None, [day_note(day), follows])))
        dialog.form.note("place", place_note(values["place"]))

    dialog.form.changed.connect(tell)
    tell()
    dialog.open()


def _moved(work: Workspace, meeting: Meeting, then: Callable[[Meeting], None] | None) -> None:
    if then is not None:
        then(meeting)
    today = work.desk.today
    told = [
        tr("Mötet är flyttat till {day}.").format(day=day_short(meeting.on, today=today)),
        dates_words(meeting, today),
        tr("Skicka en ny dagordning.") if meeting.given_at or meeting.sent_at else "",
    ]
    work.tell(" ".join(filter(None, told)))


def place_fields(*, only_if: Any = None) -> list[Field]:
    """The hour and the place, or the link of a video meeting."""
    return [
        Field(name="starts", label=tr("Tid"), kind=lambda: Text("14.00"), half=True, only_if=only_if),
        Field(name="place", label=tr("Plats eller länk"), kind=Text, half=True, only_if=only_if),
    ]


def day_note(day: date | None) -> str:
    """That a day is one on which nobody works; a meeting can stand there all the same."""
    why = day_off(day) if day is not None else ""
    if day is None or not why:
        return ""
    words = tr("⚠ Ingen arbetsdag: {why}. Mötet kan planeras ändå. Nästa arbetsdag är {day}.")
    return words.format(why=why.lower(), day=day_long(next_working_day(day)))


def place_note(place: str | None) -> str:
    """That a place or a link looks as if it tells of a person."""
    if not like_a_personal_number(place or ""):
        return ""
    return tr("⚠ Det här ser ut som ett personnummer. Skriv bara platsen eller länken.")
