"""What is asked about what stands on a NAFS meeting: a question that concerns no person, how long an item takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from misam_desktop.commands.agenda import put_general, set_minutes
from misam_desktop.gui import choices
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import LongText, Number, OneOf
from misam_desktop.gui.text import tr

if TYPE_CHECKING:
    from misam_desktop.domain.agenda import AgendaItem
    from misam_desktop.domain.ids import MeetingId
    from misam_desktop.gui.workspace import Workspace


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
