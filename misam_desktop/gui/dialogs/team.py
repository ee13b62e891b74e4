"""Who works around the person, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from misam_desktop.commands.episodes import change_team
from misam_desktop.domain.episode import Episode
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import LongText
from misam_desktop.gui.text import tr

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def open_team(work: Workspace, episode: Episode) -> None:
    """Change who is in the team of an episode."""
    dialog = FormDialog(
        work,
        title=tr("Team"),
        content=[
            Field(
                name="team",
                label=tr("Vilka som arbetar runt personen"),
                kind=lambda: LongText(3),
                help=tr("Till exempel «Eva Ek (Af), Bo Berg (Regionen), arbetsterapeut»."),
            )
        ],
        values={"team": episode.team},
        save=lambda values: change_team(episode.id, team=values["team"], seen=episode.version),
        then=lambda _saved: work.tell(tr("Teamet är ändrat.")),
        wide=480,
    )
    dialog.form["team"].setFocus()
    dialog.open()
