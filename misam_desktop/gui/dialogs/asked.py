"""What was offered or asked, on which days: when it was another day than today, or has to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from misam_desktop.commands.asked import note_asked
from misam_desktop.domain.asked import Asked
from misam_desktop.gui.asking import Noting, Went, facts_of, name_of, way_of, ways, words_of
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Day, OneOf
from misam_desktop.gui.text import tr
from misam_desktop.vault import Request

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def open_asked(work: Workspace, noting: Noting, asked: Asked | None) -> None:
    """Show what is noted, and change it; nothing chosen takes it back."""
    words, today = words_of(noting.what), work.session.clock.today()

    def save(values: dict[str, Any]) -> Request[Asked]:
        facts = facts_of(values["went"], on=values.get("on", today), done_on=values.get("done_on"))
        return note_asked(noting.episode_id, noting.what, facts, occasion=noting.occasion, seen=noting.version)

    fields = [
        Field(
            name="went",
            label=tr("Hur gick det?"),
            kind=lambda: OneOf(ways(noting.what), empty=tr("Inget noterat")),
        ),
        Field(
            name="on",
            label=tr("Vilken dag?"),
            kind=lambda: Day(today),
            required=True,
            half=True,
            only_if=lambda values: values["went"] is not None,
        ),
        Field(
            name="done_on",
            label=words.done,
            kind=lambda: Day(today),
            required=True,
            half=True,
            only_if=lambda values: values["went"] is Went.DONE,
        ),
    ]
    FormDialog(
        work,
        title=name_of(noting.what, noting.occasion),
        intro=tr("Bara att det är gjort och när. Svaren sparas aldrig."),
        content=fields if words.done else fields[:2],
        values={
            "went": way_of(asked),
            "on": (asked and (asked.offered_on or asked.not_offered_on)) or today,
            "done_on": (asked and asked.done_on) or today,
        },
        save=save,
        then=lambda _noted: work.tell(tr("Det är noterat.")),
        wide=480,
    ).open()
