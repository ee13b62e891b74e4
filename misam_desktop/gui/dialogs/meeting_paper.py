"""The papers of a NAFS meeting before they leave: looked at from memory, logged and written when one is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from misam_desktop.commands.nafs_papers import Given, give_agenda, give_minutes
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.domain.codes import Act
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.gate import GateChanged
from misam_desktop.domain.ids import MeetingId
from misam_desktop.gui.dialogs.sheet import DECIDES
from misam_desktop.gui.pages import drawn
from misam_desktop.gui.paper import PaperDialog
from misam_desktop.queries.nafs_papers import MeetingPaper, agenda_preview, minutes_preview
from misam_desktop.vault import Question, Request, Topic

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of paper: how it is looked at, how it is given out, and the neutral name of its file."""

    preview: Callable[[MeetingId], Question[MeetingPaper]]
    give: Callable[[MeetingId], Request[Given]]
    file: str


AGENDA = Kind(agenda_preview, partial(give_agenda, act=Act.UTSKRIFT), "dagordning.pdf")
MINUTES = Kind(minutes_preview, partial(give_minutes, act=Act.UTSKRIFT), "minnesanteckningar.pdf")


def open_meeting_paper(work: Workspace, meeting_id: MeetingId, kind: Kind, *, owner: QWidget) -> None:
    """Show the paper that all who come to the meeting get."""

    def draw(found: MeetingPaper) -> None:
        def made() -> tuple[bytes, list[QImage]]:
            content = to_pdf(found.paper)
            return content, drawn(content)

        work.session.beside(made, owner=owner, then=partial(show, found))

    def show(found: MeetingPaper, made: tuple[bytes, list[QImage]]) -> None:
        MeetingPaperDialog(work, *made, of=meeting_id, kind=kind, found=found).open()

    work.session.ask(kind.preview(meeting_id), owner=owner, then=draw)


class MeetingPaperDialog(PaperDialog):
    """One paper, for as long as it may leave as it stands."""

    def __init__(
        self,
        work: Workspace,
        content: bytes,
        pages: Sequence[QImage],
        *,
        of: MeetingId,
        kind: Kind,
        found: MeetingPaper,
    ) -> None:
        super().__init__(work, content, pages, title=found.paper.title, name=kind.file)
        self._id, self._kind, self._found = of, kind, found
        work.session.touched.connect(self._touched)

    def _touched(self, topics: frozenset[Topic]) -> None:
        if topics & (DECIDES | {Topic.MEETINGS}):
            question = self._kind.preview(self._id)
            self.work.session.ask(question, owner=self, then=self._look_again, failed=self.stop)

    def _look_again(self, found: MeetingPaper) -> None:
        if found.paper.parts != self._found.paper.parts:
            self.stop(GateChanged())

    def stop(self, error: MisamError) -> None:
        """Nothing of it stays in sight; the frame says why."""
        self.reject()
        self.work.session.told.emit(error)

    def leaves(self, then: Callable[[bytes], None]) -> None:
        """Ask the gate a last time, and write down which unit gets which case."""

        def handed(given: Given) -> None:
            self.work.session.beside(partial(to_pdf, given.paper), owner=self, then=then, failed=self.stop)

        self.work.session.do(self._kind.give(self._id), owner=self, then=handed, failed=self.stop)
