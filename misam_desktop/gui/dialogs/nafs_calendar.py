"""What is asked about when a NAFS team meets: a series of meetings, one, one beside them; one moved, one cancelled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.forum import plan_meeting
from misam_desktop.commands.nafs_calendar import (
    Cancelled,
    Planned,
    cancel_and_move,
    move_meeting,
    plan_outside,
    plan_series,
)
from misam_desktop.domain import calendar
from misam_desktop.domain.clocks import next_working_day
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.identifying import like_a_personal_number
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field, Form
from misam_desktop.gui.inputs import Choice, Day, OneOf, Radios, Text
from misam_desktop.gui.nafs_parts.calendar import dates_words, rhythm_words
from misam_desktop.gui.text import tr
from misam_desktop.vault import Request
from misam_desktop.wording import day_long, day_off, day_short, how_many

if TYPE_CHECKING:
    from misam_desktop.domain.activity import Activity
    from misam_desktop.domain.ids import ActivityId
    from misam_desktop.domain.meeting import Meeting
    from misam_desktop.gui.workspace import Workspace

SERIES, ONE, OUTSIDE = "series", "one", "outside"
_AHEAD = timedelta(weeks=52)
Taken = Mapping["ActivityId", Collection[date]]


def open_plan(work: Workspace, taken: Taken) -> None:
    """Ask which meetings are planned; ``taken`` are the days on which each team has one already."""
    teams = {one.id: one for one in work.desk.my_teams}
    today = work.desk.today
    dialog: FormDialog = FormDialog(
        work,
        title=tr("Planera möten"),
        content=_plan_fields([Choice(one.id, one.name) for one in teams.values()], today),
        values={"how": ONE},
        save=_planning,
        then=lambda done: _planned(work, done),
        word=tr("Planera"),
        wide=520,
    )
    telling = _Telling(dialog.form, teams, taken, today)
    dialog.form.changed.connect(partial(_Telling.tell, telling))
    telling.tell()
    dialog.open()


def _plan_fields(teams: list[Choice], today: date) -> list[Field]:
    ways = [
        Choice(ONE, tr("Ett möte")),
        Choice(SERIES, tr("En serie möten")),
        Choice(OUTSIDE, tr("Ett möte utanför strukturen")),
    ]

    def _is(*kinds: str) -> Any:
        return lambda values: values["how"] in kinds

    return [
        Field(name="team", label=tr("NAFS-team"), kind=lambda: OneOf(teams), required=True),
        Field(name="how", label=tr("Vad"), kind=lambda: Radios(ways, columns=1), required=True),
        Field(name="on", label=tr("Dag"), kind=lambda: Day(today), required=True, only_if=_is(ONE, OUTSIDE)),
        Field(name="first", label=tr("Från"), kind=lambda: Day(today), required=True, half=True, only_if=_is(SERIES)),
        Field(name="until", label=tr("Till"), kind=lambda: Day(today), required=True, half=True, only_if=_is(SERIES)),
        *place_fields(only_if=_is(OUTSIDE)),
    ]


def place_fields(*, only_if: Any = None) -> list[Field]:
    """The hour and the place, or the link of a video meeting."""
    return [
        Field(name="starts", label=tr("Tid"), kind=lambda: Text("14.00"), half=True, only_if=only_if),
        Field(name="place", label=tr("Plats eller länk"), kind=Text, half=True, only_if=only_if),
    ]


def _planning(values: dict[str, Any]) -> Request[Any]:
    if values["how"] == SERIES:
        return plan_series(values["team"], first=values["first"], until=values["until"])
    if values["how"] == OUTSIDE:
        return plan_outside(values["team"], on=values["on"], starts=values["starts"], place=values["place"])
    return plan_meeting(values["team"], on=values["on"])


def _planned(work: Workspace, done: Planned | Meeting) -> None:
    if not isinstance(done, Planned):
        work.tell(tr("Mötet är planerat."))
        work.go("nafs_meeting", done.id)
        return
    count = len(done.meetings)
    if not count:
        work.tell(tr("Inget nytt möte är planerat."))
        return
    words = how_many(count, tr("möte är planerat"), tr("möten är planerade"))
    work.tell(" ".join([f"{words}.", *_skipped(done.days_off, work.desk.today)]))


def _skipped(days: Iterable[date], today: date) -> list[str]:
    """«Hoppas över: 24 dec (julafton).»."""
    found = list(days)
    named = zip(_shortly(found, today), found, strict=True)
    told = ", ".join(f"{words} ({day_off(day).lower()})" for words, day in named)
    return [tr("Hoppas över: {days}.").format(days=told)] if told else []


def _shortly(days: Sequence[date], today: date) -> list[str]:
    """«1 dec», «26 jan 2027», «23 feb»: a year is said once."""
    before = [today, *days]
    return [day_short(day, today=earlier) for earlier, day in zip(before, days, strict=False)]


@dataclass(slots=True)
class _Telling:
    """Says beside the fields what would be planned, and what is unusual about a day or a place."""

    form: Form
    teams: Mapping[ActivityId, Activity]
    taken: Taken
    today: date
    _of: ActivityId | None = None

    def tell(self) -> None:
        """What follows from what is chosen now."""
        values = self.form.peek()
        team = self.teams.get(values["team"])
        if team is None:
            return
        if team.id != self._of:
            self._of = team.id
            first = calendar.goes_on(team.settings.rhythm, self.taken.get(team.id, ()), self.today)
            self.form.show_values({"first": first, "until": first + _AHEAD})
            values = self.form.peek()
        self.form.note("team", rhythm_words(team.settings.rhythm))
        self.form.note("until", self._series(team, values) if self.form.applies("until") else "")
        self.form.note("on", self._day(team, values["on"]) if self.form.applies("on") else "")
        self.form.note("place", place_note(values["place"]))

    def _day(self, team: Activity, day: date | None) -> str:
        has_one = tr("⚠ Teamet har redan ett möte den dagen.") if day in self.taken.get(team.id, ()) else ""
        return " ".join(filter(None, [has_one, day_note(day)]))

    def _series(self, team: Activity, values: Mapping[str, Any]) -> str:
        """Which days are planned and which are skipped, before anything is."""
        try:
            found = calendar.series(team.settings.rhythm, first=values["first"], until=values["until"])
        except (UserError, TypeError):  # a day is missing, or wrong: the form says so
            return ""
        taken = self.taken.get(team.id, ())
        new = calendar.planned_days(found, taken)
        words = how_many(len(new), tr("möte planeras"), tr("möten planeras"))
        days = ", ".join(_shortly(new, self.today))
        told = [f"{words}: {days}." if new else tr("Inget möte planeras.")]
        had = len(found.days) - len(new)
        told += [tr("{meetings} finns redan.").format(meetings=how_many(had, tr("möte"), tr("möten")))] if had else []
        return " ".join([*told, *_skipped(found.days_off, self.today)])


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


def open_move(work: Workspace, meeting: Meeting) -> None:
    """Ask to which day, hour and place a meeting moves, and say which days follow from it."""
    today = work.desk.today
    intro = [tr("Ärendena följer med, under samma koder.")]
    intro += [tr("Dagordningen är redan skickad: en ny behöver skickas.")] if meeting.sent_at is not None else []
    dialog: FormDialog = FormDialog(
        work,
        title=tr("Flytta mötet"),
        intro=" ".join(intro),
        content=[Field(name="on", label=tr("Ny dag"), kind=lambda: Day(today), required=True), *place_fields()],
        values={"on": meeting.on, "starts": meeting.starts, "place": meeting.place},
        save=lambda values: move_meeting(meeting.id, **values),
        then=lambda moved: _moved(work, moved),
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


def _moved(work: Workspace, meeting: Meeting) -> None:
    today = work.desk.today
    told = [
        tr("Mötet är flyttat till {day}.").format(day=day_short(meeting.on, today=today)),
        dates_words(meeting, today),
        tr("Skicka en ny dagordning.") if meeting.sent_at is not None else "",
    ]
    work.tell(" ".join(filter(None, told)))


def open_cancel_and_move(work: Workspace, meeting: Meeting) -> None:
    """Ask why a meeting is cancelled, and say what becomes of its cases."""

    def done(cancelled: Cancelled) -> None:
        day = day_short(cancelled.to.on, today=work.session.clock.today())
        words = [tr("Mötet är inställt. {moved} flyttade till {day}.").format(moved=cancelled.moved, day=day)]
        words += [tr("{left} kunde inte flyttas.").format(left=cancelled.left)] if cancelled.left else []
        work.tell(" ".join(words))

    FormDialog(
        work,
        title=tr("Ställ in mötet"),
        intro=tr("Mötet {day} hålls inte. Ärendena flyttas till teamets nästa möte, under nya koder.").format(
            day=day_long(meeting.on)
        ),
        content=[Field(name="why", label=tr("Varför ställs mötet in?"), kind=Text, required=True)],
        save=lambda values: cancel_and_move(meeting.id, why=values["why"]),
        then=done,
        word=tr("Ställ in"),
        wide=480,
    ).open()
