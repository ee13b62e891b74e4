"""A forum that is cancelled, and a substitute who takes part in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.forum import cancel_forum, record_attendance
from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.ids import ActivityId, MeetingId
from misam_desktop.domain.meeting import Attendance, Meeting
from misam_desktop.gui import choices
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Radios, Text
from misam_desktop.gui.text import tr
from misam_desktop.vault import Request
from misam_desktop.wording import day_long, label

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def open_cancel(
    work: Workspace,
    activity_id: ActivityId,
    *,
    on: date,
    then: Callable[[Meeting], None] | None = None,
) -> None:
    """Ask why the forum of a day is cancelled."""
    FormDialog(
        work,
        title=tr("Ställ in mötet"),
        intro=tr("Mötet {day} hålls inte. Remisserna väntar till nästa möte.").format(day=day_long(on)),
        content=[Field(name="why", label=tr("Varför ställs mötet in?"), kind=Text, required=True)],
        save=lambda values: cancel_forum(activity_id, on=on, why=values["why"]),
        then=then,
        word=tr("Ställ in"),
        wide=480,
    ).open()


def open_substitute(work: Workspace, meeting_id: MeetingId, agency: Agency, *, said: Attendance | None) -> None:
    """Name who takes part in an authority's place, and how."""

    def save(values: dict[str, Any]) -> Request[Attendance]:
        return record_attendance(meeting_id, agency, values["presence"], substitute=values["substitute"])

    FormDialog(
        work,
        title=tr("Ersättare för {agency}").format(agency=label(agency)),
        content=[
            Field(name="substitute", label=tr("Namn"), kind=Text),
            Field(
                name="presence",
                label=tr("Närvaro"),
                kind=lambda: Radios(choices.of_codes(Presence), columns=2),
                required=True,
            ),
        ],
        values={
            "substitute": said.substitute if said else "",
            "presence": said.presence if said else Presence.PLATS,
        },
        save=save,
        wide=480,
    ).open()
