"""Tillägg: what is added to the minutes of a forum once they are locked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from misam_desktop.commands.forum_minutes import amend_minutes
from misam_desktop.domain.forum_minutes import AmendmentFacts
from misam_desktop.domain.ids import MeetingId, ReferralId
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Choice, LongText, OneOf
from misam_desktop.gui.text import tr

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def open_amendment(work: Workspace, meeting_id: MeetingId, cases: Sequence[tuple[ReferralId, str]]) -> None:
    """Add to minutes that are locked; ``cases`` are those of the forum, by the names that the writer knows."""
    dialog: FormDialog = FormDialog(
        work,
        title=tr("Tillägg till minnesanteckningarna"),
        intro=tr("Det som står ändras inte. Tillägget skrivs ut under det, med skälet, ditt namn och dagen."),
        content=[
            Field(
                name="referral_id",
                label=tr("Gäller"),
                kind=lambda: OneOf([Choice(one, name) for one, name in cases], empty=tr("Hela mötet")),
                help=tr("Ett tillägg om ett ärende följer ärendets samtycke."),
            ),
            Field(
                name="text",
                label=tr("Tillägg"),
                kind=lambda: LongText(4),
                required=True,
                help=tr("Skriv inga namn eller personnummer."),
            ),
            Field(name="reason", label=tr("Skäl"), kind=lambda: LongText(2), required=True),
        ],
        save=lambda said: amend_minutes(meeting_id, AmendmentFacts(**said)),
        then=lambda _made: work.tell(tr("Tillägget är sparat. Lämna ut anteckningarna igen.")),
        wide=560,
    )
    dialog.open()
