"""Jäv: who is kept out of a case, one more, or one let in again."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from misam_desktop.commands.shut_outs import let_in, shut_out
from misam_desktop.domain.ids import ContactId, ReferralId
from misam_desktop.gui.choices import of_contacts
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import OneOf
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def open_shut_out(work: Workspace, referral_id: str, kept_out: Collection[ContactId]) -> None:
    """Ask who is jävig. Whoever names themselves is told that the case is then gone for them."""
    case = ReferralId(referral_id)
    offered = [one for one in of_contacts(work.desk) if one.value not in kept_out]
    names = ", ".join(work.desk.contact(one) for one in kept_out)
    words = tr(
        "Kollegan ser inget av ärendet från och med nu och får inte veta det. "
        "Väljer du dig själv försvinner ärendet för dig."
    )
    stands = tr("Utestängda nu: {names}.").format(names=names) if names else ""

    def done(_made: object) -> None:
        work.tell(tr("Kollegan ser inte längre ärendet."))

    dialog = FormDialog(
        work,
        title=tr("Jäv"),
        intro=" ".join(filter(None, [words, stands])),
        content=[
            Field(
                name="contact_id",
                label=tr("Vem som är jävig"),
                kind=lambda: OneOf(offered, empty=tr("Välj …")),
                required=True,
            )
        ],
        save=lambda values: shut_out(case, values["contact_id"]),
        then=done,
        word=tr("Stäng ute"),
        extra=[
            button(tr("Släpp in {name}").format(name=work.desk.contact(one)), partial(_let_in, work, case, one))
            for one in kept_out
        ],
        wide=520,
    )
    dialog.open()


def _let_in(work: Workspace, case: ReferralId, contact_id: ContactId) -> None:
    def done(_done: object) -> None:
        work.tell(tr("Kollegan kan se ärendet igen."))

    work.session.do(let_in(case, contact_id), owner=work, then=done)
    for dialog in work.findChildren(FormDialog):
        dialog.reject()
