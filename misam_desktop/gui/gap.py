"""What a window says when the log ends before where this profile has seen it, until an administratör has said why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import GapReason
from misam_desktop.gui.choices import of_codes
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Radios
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.keys.heads import Gap, GapKind
from misam_desktop.unlocking import gap_accepted
from misam_desktop.wording import gap_told

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def tell_gap(work: Workspace, gap: Gap | None) -> None:
    """Let it stand at the top of every page; who may gets the way to explain it."""
    if gap is None:
        work.warning.clear()
        return
    may_explain = work.desk.may(May.ADMINISTER)
    told = gap_told(gap.kind, gap.seq, gap.at, then="explain" if may_explain else "tell")
    settles = may_explain and gap.kind is not GapKind.NOT_KEPT
    action = (tr("Ange orsaken …"), lambda: _open(work, gap)) if settles else None
    work.warning.tell(told, Tone.RED, action=action)


def _open(work: Workspace, gap: Gap) -> None:
    def accepted(_done: object) -> None:
        work.session.close_gap()
        tell_gap(work, None)
        work.tell(tr("Orsaken är antecknad i loggen."))

    dialog = FormDialog(
        work,
        title=tr("Varför slutar loggen tidigare?"),
        intro=tr("Ta reda på vad som har hänt med registrets fil innan du svarar. Svaret står kvar i loggen."),
        content=[
            Field(name="reason", label=tr("Orsak"), kind=lambda: Radios(of_codes(GapReason)), required=True),
        ],
        save=lambda values: gap_accepted(gap, values["reason"]),
        then=accepted,
        word=tr("Anteckna"),
        wide=480,
    )
    dialog.open()
