"""Text till egen akt: what the own unit files of a case after a NAFS meeting, as a paper or copied."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from misam_desktop.commands.nafs_papers import file_item
from misam_desktop.domain.codes import Act
from misam_desktop.domain.ids import AgendaItemId
from misam_desktop.gui.dialogs.leaving import DECIDES, LeavingDialog
from misam_desktop.gui.paper import made_of
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.queries.nafs_letters import Filed, own_file_preview
from misam_desktop.vault import Topic

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

FILE = "egen-akt.pdf"


def open_own_file(work: Workspace, item_id: AgendaItemId, *, owner: QWidget) -> None:
    """Show the text before it is copied, saved or printed."""

    def draw(found: Filed) -> None:
        work.session.beside(partial(made_of, found.paper), owner=owner, then=partial(show, found))

    def show(found: Filed, made: tuple[bytes, list[QImage]]) -> None:
        OwnFileDialog(work, *made, of=item_id, found=found).open()

    work.session.ask(own_file_preview(item_id), owner=owner, then=draw)


class OwnFileDialog(LeavingDialog):
    """The paper, and the same as text on the clipboard."""

    def __init__(
        self, work: Workspace, content: bytes, pages: Sequence[QImage], *, of: AgendaItemId, found: Filed
    ) -> None:
        self._id = of
        self.copy = button(tr("Kopiera texten"), self._copy)
        super().__init__(
            work,
            content,
            pages,
            title=found.paper.title,
            name=FILE,
            asks=own_file_preview(of),
            holds=lambda again: again.text == found.text,
            gives=file_item(of, act=Act.UTSKRIFT),
            decides=DECIDES | {Topic.MEETINGS},
            ways=(self.copy,),
        )

    def _copy(self) -> None:
        self.work.session.do(file_item(self._id, act=Act.URKLIPP), owner=self, then=self._copied, failed=self.stop)

    def _copied(self, taken: Filed) -> None:
        self.accept()
        self.work.clipboard.put(taken.text)
        self.work.tell(tr("Texten är kopierad. Urklipp töms efter 30 sekunder. Bocka av när den står i akten."))
