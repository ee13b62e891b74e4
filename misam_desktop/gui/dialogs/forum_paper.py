"""The minutes of a forum before they are given out, and what is added to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from misam_desktop.commands.forum_minutes import amend_minutes, give_forum_minutes
from misam_desktop.commands.nafs_papers import Given
from misam_desktop.domain.codes import Act
from misam_desktop.domain.forum_minutes import AmendmentFacts
from misam_desktop.domain.ids import MeetingId, ReferralId
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.dialogs.meeting_paper import Wanted
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Choice, LongText, OneOf
from misam_desktop.gui.text import tr
from misam_desktop.queries.forum_minutes import forum_minutes_preview
from misam_desktop.queries.nafs_papers import MeetingPaper
from misam_desktop.vault import Question, Request

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumWanted(Wanted):
    """The minutes of a forum, for all or for one unit."""

    def preview(self) -> Question[MeetingPaper]:
        """How they are looked at."""
        return forum_minutes_preview(self.meeting_id, receivers=self.receivers, for_unit=self.paper.unit_id)

    def give(self, act: Act) -> Request[Given]:
        """How they are given out, and written down."""
        return give_forum_minutes(self.meeting_id, receivers=self.receivers, for_unit=self.paper.unit_id, act=act)


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
