"""The papers of a NAFS meeting before they are given out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from misam_desktop.commands.nafs_papers import Given, give_agenda, give_minutes
from misam_desktop.domain.codes import Act
from misam_desktop.domain.ids import MeetingId
from misam_desktop.gui.dialogs.leaving import DECIDES, LeavingDialog
from misam_desktop.gui.paper import made_of
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
        work.session.beside(partial(made_of, found.paper), owner=owner, then=partial(show, found))

    def show(found: MeetingPaper, made: tuple[bytes, list[QImage]]) -> None:
        MeetingPaperDialog(work, *made, of=meeting_id, kind=kind, found=found).open()

    work.session.ask(kind.preview(meeting_id), owner=owner, then=draw)


class MeetingPaperDialog(LeavingDialog):
    """One paper of a meeting, for as long as it may leave as it stands."""

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
        super().__init__(
            work,
            content,
            pages,
            title=found.paper.title,
            name=kind.file,
            asks=kind.preview(of),
            holds=lambda again: again.paper.parts == found.paper.parts,
            gives=kind.give(of),
            decides=DECIDES | {Topic.MEETINGS},
        )
