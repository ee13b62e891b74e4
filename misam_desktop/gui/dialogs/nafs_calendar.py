"""What is asked about when a NAFS team meets: a series of meetings, one, one beside them; one moved, one cancelled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.forum import plan_meeting
from misam_desktop.commands.nafs_calendar import (
    Cancelled,
    Planned,
    cancel_and_move,
    plan_outside,
    plan_series,
)
from misam_desktop.domain import calendar
from misam_desktop.domain.errors import UserError
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.dialogs.meeting_move import day_note, place_fields, place_note
from misam_desktop.gui.forms import Field, Form
from misam_desktop.gui.inputs import Choice, Day, OneOf, Radios, Text
from misam_desktop.gui.nafs_parts.calendar import rhythm_words
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
