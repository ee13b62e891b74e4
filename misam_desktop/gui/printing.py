"""A paper on a printer: drawn from memory page by page, so that no file is left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from misam_desktop.gui.pages import drawn
from misam_desktop.gui.text import tr

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_WIDE = 1654
"""Pixels across of an A4 page at 200 dots an inch."""
_AIR = 40
"""How many white lines part two bands of a page: more than there are between two lines of text."""


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

    def put(pages: Sequence[Sheet]) -> None:
        put_on(printer, pages)
        work.tell(tr("Papperet är skickat till skrivaren."))

    work.session.beside(lambda: sharp(content), owner=work, then=put)


class Sheet(NamedTuple):
    """A page as the printer gets it: the bands of it that are not white, and where each stands on the ``whole``.

    The window stands still while a page is put on paper, for as long as what is drawn is high.
    """

    whole: QSize
    bands: list[tuple[QRect, QImage]]


def sharp(content: bytes) -> list[Sheet]:
    """All pages of a PDF as the printer needs them: drawn beside the window."""
    return [_sheet(page) for page in drawn(content, wide=_WIDE, most=None)]


def _sheet(page: QImage) -> Sheet:
    lines, length = page.constBits(), page.bytesPerLine()
    white = b"\xff" * length
    inked = [at for at in range(page.height()) if lines[at * length : (at + 1) * length] != white]
    places = [QRect(0, first, page.width(), last - first + 1) for first, last in _runs(inked)]
    return Sheet(page.size(), [(at, page.copy(at)) for at in places])


def _runs(inked: Iterable[int]) -> list[tuple[int, int]]:
    """The first and last line of each band; what less than ``_AIR`` white lines part is one."""
    runs: list[tuple[int, int]] = []
    for at in inked:
        if runs and at - runs[-1][1] <= _AIR:
            runs[-1] = runs[-1][0], at
        else:
            runs.append((at, at))
    return runs


def put_on(printer: QPrinter, pages: Sequence[Sheet]) -> None:
    """Each picture on a page of its own, as large as it goes; the paper has its own margins."""
    printer.setFullPage(True)
    painter = QPainter(printer)
    for number, page in enumerate(pages):
        if number:
            printer.newPage()
        room = painter.viewport()
        scale = page.whole.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio).width() / page.whole.width()
        for at, band in page.bands:
            painter.drawImage(QRectF(0, at.y() * scale, at.width() * scale, at.height() * scale), band)
    painter.end()
