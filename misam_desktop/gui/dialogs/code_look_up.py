"""Slå upp kod: whom a code on a dagordning stands for, for those whom the consent names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.ids import ReferralId
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Text
from misam_desktop.gui.text import tr
from misam_desktop.queries.code_look_up import CodeFound, look_up_code
from misam_desktop.vault import Question

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


_PAGES = {Purpose.NAFS: "nafs_case", Purpose.SIP: "sip"}


def open_look_up(work: Workspace) -> None:
    """Ask for the code, and open the case that it stands for."""

    def question(values: dict[str, Any]) -> Question[CodeFound]:
        return look_up_code(values["code"])

    def opened(found: CodeFound) -> None:
        if found.purpose is Purpose.SAMVERKAN:
            work.open_referral(ReferralId(found.case_id))
        else:
            work.go(_PAGES[found.purpose], found.case_id)

    dialog = FormDialog(
        work,
        title=tr("Slå upp kod"),
        intro=tr("Koden står på dagordningen. Sökningen loggas."),
        content=[Field(name="code", label=tr("Kod"), kind=lambda: Text("K7MQ2X-F"), required=True)],
        save=question,
        then=opened,
        word=tr("Slå upp"),
        wide=400,
    )
    dialog.open()
