"""Who works around the person, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from misam_desktop.commands.episodes import change_team
from misam_desktop.gui.dialogs.case_dialog import CaseDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import LongText
from misam_desktop.gui.text import tr
from misam_desktop.queries.cases import CasePage

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def open_team(work: Workspace, page: CasePage) -> None:
    """Change who is in the team of an episode."""
    dialog = CaseDialog(
        work,
        page,
        title=tr("Team"),
        content=[
            Field(
                name="team",
                label=tr("Vilka som arbetar runt personen"),
                kind=lambda: LongText(3),
                help=tr("Till exempel «Eva Ek (Af), Bo Berg (Regionen), arbetsterapeut»."),
            )
        ],
        values={"team": page.episode.team},
        save=lambda now, values: change_team(now.episode.id, team=values["team"], seen=now.episode.version),
        stands=lambda now: tr("Nu står: {team}.").format(team=now.episode.team.rstrip(".") or "–"),
        then=lambda _saved: work.tell(tr("Teamet är ändrat.")),
        wide=480,
    )
    dialog.form["team"].setFocus()
    dialog.open()
