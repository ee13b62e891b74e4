"""The scanned paper of a consent: taken in from a file, and shown from memory as long as it may be read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QLayout, QVBoxLayout

from misam_desktop.commands.consents import add_scan, remove_scan
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import ConsentId
from misam_desktop.domain.paper import Scan
from misam_desktop.gui.dialog import Dialog
from misam_desktop.gui.dialogs.leaving import DECIDES
from misam_desktop.gui.pages import Pages, drawn, size_within
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, label, row
from misam_desktop.queries.consents import scan_of
from misam_desktop.transfer.files import read_file
from misam_desktop.vault import Topic

if TYPE_CHECKING:
    from misam_desktop.documents.scans import Checked
    from misam_desktop.gui.workspace import Workspace


def choose_scan(work: Workspace, consent_id: ConsentId) -> None:
    """Ask for the file of a scanned paper, and keep it with its consent."""
    dialog = QFileDialog(work, tr("Välj det skannade papperet"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(tr("PDF eller bild (*.pdf *.jpg *.jpeg *.png)"))
    dialog.fileSelected.connect(lambda chosen: take_scan(work, consent_id, Path(chosen)))
    dialog.open()


def take_scan(work: Workspace, consent_id: ConsentId, path: Path) -> None:
    """Read the file beside the store, write it anew without what could act, and keep that inside the store."""

    def read() -> Checked:
        from misam_desktop.documents.scans import checked

        return checked(read_file(path))

    def keep(paper: Checked) -> None:
        told = tr("Papperet är sparat i registret. Ta bort filen om den inte behövs.")
        work.session.do(add_scan(consent_id, paper), owner=work, then=lambda _scan: work.tell(told))

    work.session.beside(read, owner=work, then=keep)


def open_scan(work: Workspace, consent_id: ConsentId) -> None:
    """Show the scanned paper; the read is logged before."""

    def show(scan: Scan) -> None:
        work.session.beside(
            lambda: drawn(scan.content, media=scan.media),
            owner=work,
            then=lambda pages: ScanDialog(work, consent_id, scan, pages).open(),
        )

    work.session.ask(scan_of(consent_id), owner=work, then=show)


class ScanDialog(Dialog):
    """One paper. When its consent or its case changes it is asked for again, and goes when it may not be read."""

    def __init__(self, work: Workspace, consent_id: ConsentId, scan: Scan, pages: Sequence[QImage]) -> None:
        super().__init__(work, title=tr("Skannat samtycke"))
        self._id, self._scan = consent_id, scan
        self.view = Pages(pages, named=self.windowTitle())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.addWidget(label(self.windowTitle(), "page"))
        layout.addWidget(self.view, 1)
        layout.addLayout(self._buttons())
        self.resize(size_within(work))
        work.session.touched.connect(self._touched)

    def _buttons(self) -> QLayout:
        self.close_it = button(tr("Stäng"), self.accept, "primary")
        self.remove = button(tr("Ta bort"), self._remove)
        self.replace = button(tr("Byt ut …"), self._replace)
        return row(self.remove, self.replace, None, self.close_it)

    def _touched(self, topics: frozenset[Topic]) -> None:
        if topics & DECIDES and self.isVisible():
            question = scan_of(self._id)
            self.work.session.ask(question, owner=self, then=self._still, failed=self._gone, instead_of="scan")

    def _still(self, scan: Scan) -> None:
        """Another paper has taken its place: that one is opened instead."""
        if scan.id != self._scan.id:
            self.accept()
            open_scan(self.work, self._id)

    def _gone(self, _error: MisamError) -> None:
        self.reject()

    def _replace(self) -> None:
        choose_scan(self.work, self._id)

    def _remove(self) -> None:
        self.remove.setEnabled(False)
        self.work.session.do(remove_scan(self._id), owner=self, then=lambda _none: self._removed())

    def _removed(self) -> None:
        self.accept()
        self.work.tell(
            tr("Det skannade papperet är borttaget."), undo=partial(_put_back, self.work, self._id, self._scan)
        )


def _put_back(work: Workspace, consent_id: ConsentId, scan: Scan) -> None:
    from misam_desktop.documents.scans import Checked

    work.session.do(add_scan(consent_id, Checked(scan.media, scan.content)), owner=work)
