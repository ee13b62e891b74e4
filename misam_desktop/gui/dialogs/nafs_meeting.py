"""What is asked about a NAFS meeting: its day, a question that concerns no person, and how long an item takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from misam_desktop.commands.agenda import put_general, set_minutes
from misam_desktop.commands.forum import plan_meeting
from misam_desktop.commands.nafs_calendar import Cancelled, cancel_and_move
from misam_desktop.gui import choices
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Choice, Day, LongText, Number, OneOf, Text
from misam_desktop.gui.text import tr
from misam_desktop.wording import day_long, day_short

if TYPE_CHECKING:
    from misam_desktop.domain.agenda import AgendaItem
    from misam_desktop.domain.ids import MeetingId
    from misam_desktop.domain.meeting import Meeting
    from misam_desktop.gui.workspace import Workspace


def open_plan(work: Workspace) -> None:
    """Ask for which team and day a meeting is planned."""
    teams = [Choice(one.id, one.name) for one in work.desk.my_teams]
    FormDialog(
        work,
        title=tr("Planera ett möte"),
        content=[
            Field(name="team", label=tr("NAFS-team"), kind=lambda: OneOf(teams), required=True),
            Field(name="on", label=tr("Dag"), kind=lambda: Day(work.desk.today), required=True),
        ],
        save=lambda values: plan_meeting(values["team"], on=values["on"]),
        then=lambda meeting: _planned(work, meeting.id),
        word=tr("Planera"),
        wide=440,
    ).open()


def _planned(work: Workspace, meeting_id: MeetingId) -> None:
    work.tell(tr("Mötet är planerat."))
    work.go("nafs_meeting", meeting_id)


def open_general(work: Workspace, meeting_id: MeetingId) -> None:
    """Ask for a question that concerns no person."""
    FormDialog(
        work,
        title=tr("Generell frågeställning"),
        intro=tr("En fråga som inte gäller någon person. Alla som får dagordningen läser den."),
        content=[
            Field(name="question", label=tr("Fråga"), kind=lambda: LongText(3), required=True),
            Field(
                name="asked_id",
                label=tr("Till"),
                kind=lambda: OneOf(choices.of_units(work.desk), empty=tr("Alla")),
            ),
        ],
        save=lambda values: put_general(meeting_id, question=values["question"], asked_id=values["asked_id"]),
        then=lambda _item: work.tell(tr("Frågan står på dagordningen.")),
        word=tr("Lägg till"),
        draft=("nafs_general", meeting_id),
    ).open()


def open_minutes(work: Workspace, item: AgendaItem) -> None:
    """Ask how long an item takes; empty is an even share of the hour."""
    FormDialog(
        work,
        title=tr("Tid"),
        intro=tr("Hur många minuter? Tomt fält ger en lika stor del av mötet som de andra."),
        content=[Field(name="minutes", label=tr("Minuter"), kind=Number)],
        values={"minutes": item.minutes},
        save=lambda values: set_minutes(item.id, values["minutes"], seen=item.version),
        wide=400,
    ).open()


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
