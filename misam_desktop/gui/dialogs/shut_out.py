"""Jäv: who is kept out of a case, one more, or one let in again; and stepping aside oneself."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

from misam_desktop.commands.shut_outs import let_in, shut_out, step_aside
from misam_desktop.domain.access import May
from misam_desktop.domain.ids import ContactId, ReferralId
from misam_desktop.gui.choices import of_contacts
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import OneOf
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from misam_desktop.gui.workspace import Workspace


def jav_buttons(
    work: Workspace,
    referral_id: ReferralId,
    *,
    allows: Collection[May],
    kept_out: Collection[ContactId],
    gone: Callable[[], None],
) -> list[QWidget]:
    """What a page of a case offers about jäv; ``gone`` closes it for whoever has stepped aside."""
    found: list[QWidget] = []
    if May.STEP_ASIDE in allows:
        found.append(button(tr("Jag är jävig …"), partial(open_step_aside, work, referral_id, gone)))
    if May.SHUT_OUT in allows:
        words = tr("Jäv ({count}) …").format(count=len(kept_out)) if kept_out else tr("Jäv …")
        found.append(button(words, partial(open_shut_out, work, referral_id, kept_out)))
    return found


def open_step_aside(work: Workspace, referral_id: ReferralId, gone: Callable[[], None]) -> None:
    """Ask once more: who has stepped aside cannot come back on their own."""

    def done(_made: object) -> None:
        gone()
        work.tell(tr("Du ser inte längre ärendet."))

    dialog = FormDialog(
        work,
        title=tr("Jag är jävig"),
        intro=tr(
            "Ärendet försvinner för dig med en gång, ur alla listor. "
            "Du kan inte ångra det själv: bara en koordinator eller en kollega som arbetar med ärendet kan "
            "släppa in dig igen. "
            "Ingen annan får ett meddelande."
        ),
        content=[],
        save=lambda _values: step_aside(referral_id),
        then=done,
        word=tr("Kliv åt sidan"),
        wide=520,
    )
    dialog.open()


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
