"""Skyddade personuppgifter on a person's page: marked, seen by others than before, or not protected any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from misam_desktop.commands.protection import lift_protection, protect
from misam_desktop.domain.access import May
from misam_desktop.domain.ids import ReferralId
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.owners import NAME, choice_of, owners_field
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.queries.owners import Protection, protection
from misam_desktop.vault import Request

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from misam_desktop.gui.workspace import Workspace


def ways_to_protect(work: Workspace, referral_id: ReferralId, allows: Collection[May]) -> list[QWidget]:
    """The button of a person's card, for those who may."""
    if May.PROTECT not in allows:
        return []
    made = button(tr("Skydd …"), lambda: open_protection(work, referral_id))
    made.setAccessibleName(tr("Skyddade personuppgifter …"))
    return [made]


def open_protection(work: Workspace, referral_id: ReferralId) -> None:
    """Ask who shall see the person of a case."""
    work.session.ask(protection(referral_id), owner=work, then=lambda found: _ask_who(work, referral_id, found))


def _ask_who(work: Workspace, referral_id: ReferralId, found: Protection) -> None:
    offered = [
        choice_of(work.desk, one.id, one.name, one.unit_id, leads=one.coordinates)
        for one in sorted(found.offered, key=lambda one: one.name)
    ]

    def save(values: dict[str, Any]) -> Request[None]:
        return protect(referral_id, values[NAME], seen=found.version)

    def done(_none: None) -> None:
        work.tell(tr("Personuppgifterna är skyddade. Bara de valda ser dem."))

    def lift() -> None:
        dialog.accept()
        _ask_once_more(work, referral_id, found)

    dialog = FormDialog(
        work,
        title=tr("Skyddade personuppgifter"),
        intro=_what_it_means(found),
        content=[owners_field(offered)],
        values={NAME: found.owners},
        save=save,
        then=done,
        word=tr("Spara") if found.is_protected else tr("Skydda"),
        extra=[button(tr("Ta bort skyddet …"), lift)] if found.is_protected else [],
        wide=600,
    )
    dialog.open()


def _what_it_means(found: Protection) -> str:
    if found.is_protected:
        return tr("Personen är skyddad. Väljer du bort dig själv försvinner ärendet för dig.")
    return tr(
        "Personen står bara som «Skyddad» för alla andra, går inte att söka på namn och kommer aldrig med på "
        "dagordning, i utskick eller export. Nummer, telefon och adress visas först när någon anger varför. "
        "Skyddet gäller personnumret, i hela registret. Väljer du bort dig själv försvinner ärendet för dig."
    )


def _ask_once_more(work: Workspace, referral_id: ReferralId, found: Protection) -> None:
    """What it means that somebody is not protected any more, before it is so."""

    def done(_none: None) -> None:
        work.tell(tr("Personen är inte längre skyddad."))

    dialog = FormDialog(
        work,
        title=tr("Ta bort skyddet"),
        intro=tr(
            "Namn och nummer visas då som för andra personer: för alla som får se ärendet, i listor, i sökningen och "
            "på det som lämnas ut. Det gäller allt som finns på personnumret. Kontrollera först att personen inte "
            "längre har skyddade personuppgifter."
        ),
        content=[],
        save=lambda _values: lift_protection(referral_id, seen=found.version),
        then=done,
        word=tr("Ta bort skyddet"),
        wide=520,
    )
    dialog.open()
