"""The pages of a paper, drawn from memory: nothing of it is written anywhere, and it goes with its widget.

Drawn to pictures beside the window: Qt's own view of a PDF keeps drawing while it is taken down with its window.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from misam_desktop.gui import theme
from misam_desktop.gui.widgets import column, holding

PDF = "application/pdf"
WIDE = 1240
"""Pixels across of a page on the screen: an A4 page at 150 dots an inch."""
MOST = 24
"""Pages that are drawn: what is shown is for a look, and a longer paper is read where it was saved."""
_TALLEST = 4
"""A page taller than so many times its width is drawn no taller."""


def drawn(content: bytes, *, media: str = PDF, wide: int = WIDE, most: int | None = MOST) -> list[QImage]:
    """The pages of a PDF, or the one picture; for a lane beside the window, since it takes a moment."""
    return _of_pdf(content, wide, most) if media == PDF else [_narrowed(QImage.fromData(content), wide)]


def _of_pdf(content: bytes, wide: int, most: int | None) -> list[QImage]:
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    pages = [_page(document, at, wide) for at in range(document.pageCount())[:most]]
    document.close()
    return pages


def _page(document: QPdfDocument, at: int, wide: int) -> QImage:
    """One page on white: a PDF has no ground of its own."""
    size = document.pagePointSize(at)
    tall = round(wide * min(size.height() / max(size.width(), 1), _TALLEST))
    page = QImage(wide, max(tall, 1), QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.drawImage(0, 0, document.render(at, QSize(page.width(), page.height())))
    painter.end()
    return page


def _narrowed(image: QImage, wide: int) -> QImage:
    return image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation) if image.width() > wide else image


def size_within(window: QWidget) -> QSize:
    """How large a dialog with pages is: never more than the window, whose edge would hide its buttons."""
    tall = max(theme.current().px(420), window.height() - 40)
    return QSize(min(theme.current().px(760), window.width()), min(tall, window.height()))


class Pages(QScrollArea):
    """Pictures under each other, as wide as the room there is and no wider than they are."""

    def __init__(self, pages: Sequence[QImage], *, named: str) -> None:
        super().__init__()
        self._whole = [QPixmap.fromImage(page) for page in pages]
        self._shown = [QLabel() for _ in pages]
        for one in self._shown:
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(holding(column(*self._shown, None, gap=6)))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(named)

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return len(self._shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: the pictures first, so that each gets all of its height from the start."""
        for whole, shown in zip(self._whole, self._shown, strict=True):
            wide = min(self.viewport().width(), whole.width())
            if wide > 0:
                shown.setPixmap(whole.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation))
                shown.setFixedHeight(shown.pixmap().height())
        super().resizeEvent(event)
