"""A paper before it is saved or printed: shown from memory, and gone with the dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.paper import Paper
from misam_desktop.gui.dialog import Dialog
from misam_desktop.gui.pages import MOST, Pages, drawn, size_within
from misam_desktop.gui.saving import choose_where
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, label, row
from misam_desktop.transfer.files import write_file

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from misam_desktop.gui.workspace import Workspace


def open_paper(work: Workspace, paper: Paper, *, name: str, then: Callable[[], None] | None = None) -> None:
    """Draw a paper beside the window and show it; ``name`` is the neutral name it is saved under."""

    def show(made: tuple[bytes, list[QImage]]) -> None:
        PaperDialog(work, *made, title=paper.title, name=name, then=then).open()

    work.session.beside(partial(made_of, paper), owner=work, then=show)


def made_of(paper: Paper) -> tuple[bytes, list[QImage]]:
    """A paper as PDF, and its pages as pictures: done beside the window."""
    content = to_pdf(paper)
    return content, drawn(content)


class PaperDialog(Dialog):
    """One PDF. ``then`` is called once it has been saved or sent to the printer, which then closes the dialog.

    ``above`` stands over its pages, and ``ways`` lead out too.
    """

    def __init__(
        self,
        work: Workspace,
        content: bytes,
        pages: Sequence[QImage],
        *,
        title: str,
        name: str,
        then: Callable[[], None] | None = None,
        above: Sequence[QWidget] = (),
        ways: Sequence[QWidget] = (),
    ) -> None:
        super().__init__(work, title=title)
        self._content, self._name, self._then = content, name, then
        self.view = Pages(pages, named=title)
        self.save = button(tr("Spara …"), self._choose, "primary", shortcut="Ctrl+S")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        for one in above:
            layout.addWidget(one)
        layout.addWidget(self.view, 1)
        layout.addWidget(label(_what_to_know(pages), "small", wrap=True))
        on_paper = button(tr("Skriv ut …"), self._print, shortcut="Ctrl+P")
        layout.addLayout(row(*ways, None, button(tr("Stäng"), self.reject), on_paper, self.save))
        self.resize(size_within(work))

    def _print(self) -> None:
        from misam_desktop.gui.printing import choose_printer

        def chosen(printer: QPrinter) -> None:
            self.leaves(partial(self.put_on, printer))

        choose_printer(self, name=self._name, then=chosen)

    def put_on(self, printer: QPrinter, content: bytes) -> None:
        """Send it to the printer that was chosen."""
        from misam_desktop.gui.printing import print_on

        print_on(self.work, printer, content)
        if self._then is not None:
            self.accept()
            self._then()

    def _choose(self) -> None:
        title, kind = tr("Spara (filen är inte krypterad)"), tr("PDF (*.pdf)")
        choose_where(self, title=title, kind=kind, suffix="pdf", name=self._name, then=self.save_to)

    def leaves(self, then: Callable[[bytes], None]) -> None:
        """Let the paper go to the file or the printer that was chosen; here there is nothing more to ask."""
        then(self._content)

    def save_to(self, path: Path) -> None:
        """Write it where the user says."""
        self.leaves(partial(self._write, path))

    def _write(self, path: Path, content: bytes) -> None:
        write = partial(write_file, path, content, replace=True)
        self.work.session.beside(write, owner=self, then=lambda _done: self._saved())

    def _saved(self) -> None:
        self.accept()
        self.work.tell(tr("Papperet är sparat."))
        if self._then is not None:
            self._then()


def _what_to_know(pages: Sequence[QImage]) -> str:
    words = tr("En sparad fil är inte krypterad.")
    more = tr("Bara de första {count} sidorna visas här. Alla sparas och skrivs ut.").format(count=MOST)
    return f"{words} {more}" if len(pages) == MOST else words
