"""Frys rapporten: kept as it reads now, with a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from misam_desktop.commands.reports import Wanted, freeze_report
from misam_desktop.domain.frozen import FrozenReport
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Text
from misam_desktop.gui.text import tr
from misam_desktop.vault import Request

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def open_freeze(work: Workspace, wanted: Wanted) -> None:
    """Ask for a comment, and keep the report."""

    def save(said: dict[str, Any]) -> Request[FrozenReport]:
        return freeze_report(wanted, comment=said["comment"] or "")

    def show(frozen: FrozenReport) -> None:
        work.go("frozen", frozen.id)

    FormDialog(
        work,
        title=tr("Frys rapporten"),
        intro=tr(
            "Rapporten sparas som den ser ut nu och kan öppnas igen om flera år, även när siffror har rättats sedan "
            "dess. Den kan inte ändras."
        ),
        content=[
            Field(
                name="comment",
                label=tr("Kommentar"),
                kind=Text,
                help=tr("Till exempel «Till styrelsen i februari». Skriv inget om enskilda personer."),
            )
        ],
        save=save,
        then=show,
        word=tr("Frys"),
    ).open()
