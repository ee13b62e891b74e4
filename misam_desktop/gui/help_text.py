"""A page of the help as it is read: Markdown in the program's own look, with links, pictures and the way back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from misam_desktop import assets
from misam_desktop.gui import theme
from misam_desktop.gui.help_pages import path_of
from misam_desktop.gui.text import tr

PICTURE_WIDE = 640
"""How wide a picture is shown, in pixels whatever the size of the text."""
_LARGER = {1: 2, 2: 1}
"""By how many of Qt's steps a heading is larger than the text: half as large again, and a fifth."""
_LINE_HEIGHT = 135.0
"""Per cent."""
_PICTURE = "\ufffc"
"""What stands in a text where a picture does."""


class HelpText(QTextBrowser):
    """Shows one page at a time; it reads files of the help and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Hjälptext"))
        self.setUndoRedoEnabled(False)
        self.setMinimumWidth(PICTURE_WIDE + 60)
        self.document().setDocumentMargin(16)
        self.page = ""
        """The page in sight."""
        self.sourceChanged.connect(self._show)

    def open_page(self, name: str) -> None:
        """Show a page, and remember the one before for the way back."""
        self.setSource(QUrl.fromLocalFile(str(path_of(name))), QTextDocument.ResourceType.MarkdownResource)

    def _show(self, url: QUrl) -> None:
        """Another page has been read; the browser itself still says the one before."""
        self.page = url.fileName().removesuffix(".md")
        self._dress()

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        """A file of the help; a picture as wide as it is shown."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, url)
        picture, ratio = QImage(str(assets.resource("help", QUrl(url).fileName()))), self.devicePixelRatioF()
        wide = min(picture.width(), round(PICTURE_WIDE * ratio))
        picture = picture.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        return picture

    def changeEvent(self, event: QEvent) -> None:
        """Another palette or size of text: the page is made anew, where it was."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.source().isValid():
            at = self.verticalScrollBar().value()
            self.reload()
            self.verticalScrollBar().setValue(at)

    # Looks

    def _dress(self) -> None:
        """Headings, lists and tables of the size, colour and air that the program's screens have."""
        block = self.document().begin()
        while block.isValid():
            _dress_block(block)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _dress_table(frame)

    # Finding

    def mark(self, words: str) -> None:
        """Show every place of the page where the words stand, and go to the first."""
        found = list[QTextEdit.ExtraSelection]()
        at = QTextCursor(self.document())
        while words and not (at := self.document().find(words, at)).isNull():
            one = QTextEdit.ExtraSelection()
            one.cursor, one.format = at, QTextCharFormat()
            one.format.setBackground(theme.current().colour("sel"))
            found.append(one)
        self.setExtraSelections(found)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if found:
            self.find(words)

    def find_next(self, words: str) -> None:
        """Go to the next place, and after the last to the first."""
        if not self.find(words):
            self.moveCursor(QTextCursor.MoveOperation.Start)
            self.find(words)


def _dress_block(block: QTextBlock) -> None:
    cursor, format_, px = QTextCursor(block), QTextBlockFormat(), theme.current().px
    level = block.blockFormat().headingLevel()
    in_table = cursor.currentTable() is not None
    air = 0 if in_table else 2 if block.textList() is not None else 6
    format_.setTopMargin(px(18) if level > 1 else px(air))
    format_.setBottomMargin(px(air))
    if not in_table and _PICTURE not in block.text():  # a line as high as a picture is high enough
        format_.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.mergeBlockFormat(format_)
    if level:
        words = QTextCharFormat()
        words.setProperty(QTextFormat.Property.FontSizeAdjustment.value, _LARGER[level])
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(words)


def _dress_table(table: QTextTable) -> None:
    now, format_ = theme.current(), table.format().toTableFormat()
    format_.setBorder(1)
    format_.setBorderBrush(QBrush(now.colour("line")))
    format_.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    format_.setBorderCollapse(True)
    format_.setCellSpacing(0)
    format_.setCellPadding(now.px(5))
    format_.setTopMargin(now.px(6))
    format_.setBottomMargin(now.px(10))
    format_.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(format_)
