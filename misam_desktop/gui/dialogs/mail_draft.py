"""A mail draft with the encrypted paper of a case: where it is saved, and its password, shown once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from misam_desktop.commands.hand_outs import HandedOut, hand_out
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.encrypted import encrypted
from misam_desktop.domain.codes import Act
from misam_desktop.domain.errors import MisamError
from misam_desktop.gui.dialog import GrowingDialog
from misam_desktop.gui.dialogs.sheet import Chosen
from misam_desktop.gui.saving import choose_where
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, column, holding, label, row
from misam_desktop.keys.passwords import new_paper_password
from misam_desktop.transfer.files import write_file
from misam_desktop.transfer.mail import mail_draft

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

DRAFT = "handling.eml"
Refused = Callable[[MisamError], None]


def choose_draft(
    work: Workspace, chosen: Chosen, *, owner: QWidget, then: Callable[[], None], refused: Refused
) -> None:
    """Ask where the draft is saved; nothing is given out before that."""
    save = partial(save_draft, work, chosen, owner=owner, then=then, refused=refused)
    title, kind = tr("Spara mejlutkastet"), tr("Mejl (*.eml)")
    choose_where(owner, title=title, kind=kind, suffix="eml", name=DRAFT, then=save)


def save_draft(
    work: Workspace, chosen: Chosen, path: Path, *, owner: QWidget, then: Callable[[], None], refused: Refused
) -> None:
    """Give the case out to the units, write the draft with the encrypted paper, and tell its password."""
    password = new_paper_password()

    def handed(out: HandedOut) -> None:
        then()
        told = partial(tell_password, work, password, without_address=out.without_address)
        work.session.beside(partial(write, out), owner=work, then=lambda _done: told())

    def write(out: HandedOut) -> None:
        write_file(path, mail_draft(out.addresses, encrypted(to_pdf(out.paper), password)), replace=True)

    given = hand_out(chosen.referral_id, to=chosen.to, act=Act.MEJLUTKAST, seen=chosen.kinds)
    work.session.do(given, owner=owner, then=handed, failed=refused)


def tell_password(work: Workspace, password: str, *, without_address: Sequence[str] = (), saved: str = "") -> None:
    """Show the password of the paper, which is kept nowhere, and the units whose address must be written by hand.

    ``saved`` says what was saved, a mail draft if nothing is said.
    """
    words = tr("Lösenordet visas bara nu. Ge det till mottagaren på annat sätt än i mejlet, till exempel per telefon.")
    inside = holding(column(label(words, wrap=True), label(password, "page", selectable=True)))
    dialog = GrowingDialog(work, inside, title=tr("Papperets lösenord"))
    done = button(tr("Klart"), dialog.accept, "primary")
    intro = saved or tr("Mejlutkastet är sparat. Öppna det i ditt mejlprogram.")
    if without_address:
        words = tr("{saved} Ingen funktionsadress finns för {units}: skriv mottagaren där.")
        intro = words.format(saved=intro, units=", ".join(without_address))
    dialog.lay_out(intro=intro, buttons=row(None, done), wide=480)
    dialog.open()
