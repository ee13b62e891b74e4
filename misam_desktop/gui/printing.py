"""A paper on a printer: drawn from memory page by page, so that no file is left behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from misam_desktop.gui.pages import drawn
from misam_desktop.gui.text import tr

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_WIDE = 1654
"""Pixels across of an A4 page at 200 dots an inch."""


def choose_printer(dialog: QDialog, *, name: str, then: Callable[[QPrinter], None]) -> None:
    """Ask on which printer; ``name`` is what stands in its queue."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    chooser = QPrintDialog(printer, dialog)
    chooser.setWindowTitle(tr("Skriv ut"))
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chooser.setWindowModality(Qt.WindowModality.WindowModal)
    chooser.accepted.connect(lambda: then(printer))
    chooser.show()


def print_on(work: Workspace, printer: QPrinter, content: bytes) -> None:
    """Draw the pages beside the window, and put them on paper."""

    def put(pages: Sequence[QImage]) -> None:
        put_on(printer, pages)
        work.tell(tr("Papperet är skickat till skrivaren."))

    work.session.beside(lambda: sharp(content), owner=work, then=put)


def sharp(content: bytes) -> list[QImage]:
    """All pages of a PDF as the printer needs them: drawn beside the window."""
    return drawn(content, wide=_WIDE, most=None)


def put_on(printer: QPrinter, pages: Sequence[QImage]) -> None:
    """Each picture on a page of its own, as large as it goes; the paper has its own margins."""
    printer.setFullPage(True)
    painter = QPainter(printer)
    for at, page in enumerate(pages):
        if at:
            printer.newPage()
        room = painter.viewport()
        painter.drawImage(
            QRect(room.topLeft(), page.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)), page
        )
    painter.end()
