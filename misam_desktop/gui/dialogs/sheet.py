"""The paper of a case before it is given out: looked at from memory, logged and written when it is saved.

A consent that is taken back meanwhile, here or in another program, closes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from misam_desktop.commands.hand_outs import HandedOut, hand_out
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.paper import Paper
from misam_desktop.domain.codes import Act, InfoKind
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.gate import GateChanged, To, for_all
from misam_desktop.domain.ids import ReferralId
from misam_desktop.gui.pages import drawn
from misam_desktop.gui.paper import PaperDialog
from misam_desktop.queries.handed_out import GatePreview, gate_preview, paper_preview
from misam_desktop.vault import Topic

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

FILE = "arendeblad.pdf"
DECIDES = frozenset({Topic.CONSENTS, Topic.CASES, Topic.PERSONS})
"""What can change what may leave."""


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
        def made() -> tuple[bytes, list[QImage]]:
            content = to_pdf(paper)
            return content, drawn(content)

        work.session.beside(made, owner=owner, then=partial(show, paper.title))

    def show(title: str, made: tuple[bytes, list[QImage]]) -> None:
        then()
        SheetDialog(work, chosen, *made, title=title).open()

    question = paper_preview(chosen.referral_id, chosen.to, seen=chosen.kinds)
    work.session.ask(question, owner=owner, then=draw, failed=refused)


class SheetDialog(PaperDialog):
    """The paper, for as long as all of it may leave."""

    def __init__(self, work: Workspace, chosen: Chosen, content: bytes, pages: Sequence[QImage], *, title: str) -> None:
        super().__init__(work, content, pages, title=title, name=FILE)
        self._chosen = chosen
        work.session.touched.connect(self._touched)

    def _touched(self, topics: frozenset[Topic]) -> None:
        if topics & DECIDES:
            question = gate_preview(self._chosen.referral_id, self._chosen.to)
            self.work.session.ask(question, owner=self, then=self._look_again, failed=self.stop)

    def _look_again(self, found: GatePreview) -> None:
        if not for_all(found.cells) >= set(self._chosen.kinds):
            self.stop(GateChanged())

    def stop(self, error: MisamError) -> None:
        """Nothing of it stays in sight; the frame says why."""
        self.reject()
        self.work.session.told.emit(error)

    def leaves(self, then: Callable[[bytes], None]) -> None:
        """Ask the gate a last time, and write down who gets what."""
        chosen = self._chosen

        def handed(out: HandedOut) -> None:
            self.work.session.beside(partial(to_pdf, out.paper), owner=self, then=then, failed=self.stop)

        given = hand_out(chosen.referral_id, to=chosen.to, act=Act.UTSKRIFT, seen=chosen.kinds)
        self.work.session.do(given, owner=self, then=handed, failed=self.stop)
