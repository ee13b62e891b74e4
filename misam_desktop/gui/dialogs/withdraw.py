"""Taking back a referral that shall not be assessed, a duplicate too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.referrals import withdraw_referral
from misam_desktop.domain.ids import ReferralId
from misam_desktop.domain.referral import Referral
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import LongText
from misam_desktop.gui.text import tr
from misam_desktop.vault import Request

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def open_withdraw_referral(
    work: Workspace,
    referral_id: ReferralId,
    *,
    seen: int,
    then: Callable[[Referral], object] | None = None,
) -> None:
    """Ask why a referral is taken back. The referring unit reads it, and must not learn of others by it."""

    def save(values: dict[str, Any]) -> Request[Referral]:
        return withdraw_referral(referral_id, why=values["why"], seen=seen)

    def done(withdrawn: Referral) -> None:
        work.tell(tr("Remissen är återtagen."))
        if then is not None:
            then(withdrawn)

    dialog = FormDialog(
        work,
        title=tr("Återta remissen"),
        intro=tr("Remissen tas inte upp i forumet. Den finns kvar bland de besvarade."),
        content=[
            Field(
                name="why",
                label=tr("Varför"),
                kind=lambda: LongText(3),
                required=True,
                help=tr("Enheten som remitterade läser det här. Nämn ingen enhet som samtycket inte gäller."),
            )
        ],
        save=save,
        then=done,
        word=tr("Återta"),
    )
    dialog.open()
