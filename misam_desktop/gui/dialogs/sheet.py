"""The paper of a case before it is given out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from misam_desktop.commands.hand_outs import hand_out
from misam_desktop.documents.paper import Paper
from misam_desktop.domain.codes import Act, InfoKind
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.gate import To, for_all
from misam_desktop.domain.ids import ReferralId
from misam_desktop.gui.dialogs.leaving import LeavingDialog
from misam_desktop.gui.paper import made_of
from misam_desktop.queries.handed_out import gate_preview, paper_preview

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

FILE = "arendeblad.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is given out of which case, and to whom, as it was looked at."""

    referral_id: ReferralId
    to: tuple[To, ...]
    kinds: tuple[InfoKind, ...]


def open_sheet(
    work: Workspace, chosen: Chosen, *, owner: QWidget, then: Callable[[], None], refused: Callable[[MisamError], None]
) -> None:
    """Show the paper instead of its ``owner``, which ``then`` closes."""

    def draw(paper: Paper) -> None:
        work.session.beside(partial(made_of, paper), owner=owner, then=partial(show, paper.title))

    def show(title: str, made: tuple[bytes, list[QImage]]) -> None:
        then()
        SheetDialog(work, chosen, *made, title=title).open()

    question = paper_preview(chosen.referral_id, chosen.to, seen=chosen.kinds)
    work.session.ask(question, owner=owner, then=draw, failed=refused)


class SheetDialog(LeavingDialog):
    """The paper of one case."""

    def __init__(self, work: Workspace, chosen: Chosen, content: bytes, pages: Sequence[QImage], *, title: str) -> None:
        super().__init__(
            work,
            content,
            pages,
            title=title,
            name=FILE,
            asks=gate_preview(chosen.referral_id, chosen.to),
            holds=lambda found: for_all(found.cells) >= set(chosen.kinds),
            gives=hand_out(chosen.referral_id, to=chosen.to, act=Act.UTSKRIFT, seen=chosen.kinds),
        )
