"""Brevhuvud: what stands at the top of the team's letters."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from misam_desktop.commands.letterheads import set_letterhead
from misam_desktop.domain.access import May
from misam_desktop.domain.letterhead import Letterhead
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import LongText, Text
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def letterhead_button(work: Workspace) -> QPushButton:
    """Opens the letterhead, for who may set it."""
    made = button(tr("Brevhuvud …"), partial(open_letterhead, work))
    made.setVisible(work.desk.may(May.CHANGE_SETTINGS))
    return made


def open_letterhead(work: Workspace) -> None:
    """Show what stands at the top of letters, and change it."""
    now = work.desk.letterhead
    dialog: FormDialog = FormDialog(
        work,
        title=tr("Brevhuvud"),
        intro=tr("Står överst på alla brev som skrivs från och med nu. Det som lämnas tomt skrivs inte ut."),
        content=[
            Field(
                name="lines",
                label=tr("Avsändare och adress"),
                kind=lambda: LongText(4),
                help=tr("En rad för varje del, till exempel namn, gata och postadress."),
            ),
            Field(
                name="contact",
                label=tr("Så når man er"),
                kind=Text,
                help=tr("Till exempel telefon till växeln eller en funktionsbrevlåda."),
            ),
            Field(name="place", label=tr("Ort"), kind=Text, help=tr("Står före dagen."), half=True),
        ],
        values=asdict(now),
        save=lambda said: set_letterhead(Letterhead(**said), seen=now),
        then=lambda _kept: work.tell(tr("Brevhuvudet är sparat.")),
        wide=520,
    )
    dialog.open()
