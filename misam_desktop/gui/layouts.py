"""Layouts that give way: parts that go on to the next line, and two columns that stand under each other when narrow."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QVBoxLayout, QWidget

from misam_desktop.gui import theme
from misam_desktop.gui.widgets import GAP

NARROW = 760
"""Under this many pixels of the 100 % design two columns stand under each other."""
ENOUGH = 2**24 - 1
"""As wide as Qt lets anything be."""


class Flow(QLayout):
    """Parts beside each other that go on to the next line where the room ends; ``fill`` shares out what is left.

    ``between`` is from line to line, ``gap`` if nothing else is said.
    """

    def __init__(self, *parts: QWidget, gap: int = 8, between: int | None = None, fill: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._fill = fill
        self._between = gap if between is None else between
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            self.addWidget(part)

    def addItem(self, item: QLayoutItem) -> None:
        """Put one more part last."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts there are."""
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        """One part."""
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        """Take one part out."""
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Neither way."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Fewer pixels across make more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How tall the lines are together."""
        lines = self._lines(width)
        return sum(_height(line, width) for line in lines) + self._between * max(len(lines) - 1, 0)

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = self._shown()
        wide = sum(item.sizeHint().width() for item in shown) + self.spacing() * max(len(shown) - 1, 0)
        return QSize(wide, _height(shown))

    def minimumSize(self) -> QSize:
        """One part a line."""
        shown = self._shown()
        return QSize(max((item.minimumSize().width() for item in shown), default=0), _height(shown))

    def setGeometry(self, rect: QRect) -> None:
        """Place every part."""
        super().setGeometry(rect)
        for item in self._items:
            if not item.sizeHint().width():
                item.setGeometry(QRect(rect.topLeft(), QSize(0, 0)))
        top = rect.top()
        for line in self._lines(rect.width()):
            self._place(line, QPoint(rect.left(), top), rect.width())
            top += _height(line, rect.width()) + self._between

    def _place(self, line: list[QLayoutItem], at: QPoint, width: int) -> None:
        wide = sum(item.sizeHint().width() for item in line) + self.spacing() * (len(line) - 1)
        left, more = at.x(), max(width - wide, 0) if self._fill else 0
        for place, item in enumerate(line):
            share = more * (place + 1) // len(line) - more * place // len(line)
            size = QSize(min(item.sizeHint().width() + share, width), _tall(item, width))
            item.setGeometry(QRect(QPoint(left, at.y() + (_height(line, width) - size.height()) // 2), size))
            left += size.width() + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty() and item.sizeHint().width()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or left + wide > width:
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += wide + self.spacing()
        return lines


class Grid(Flow):
    """Parts in columns: at most so many, and fewer where the room ends."""

    def __init__(self, *parts: QWidget, columns: int, gap: int = 16, between: int = 2) -> None:
        super().__init__(*parts, gap=gap, between=between)
        self._most = columns

    def sizeHint(self) -> QSize:
        """With all its columns."""
        lines, widths = self._in_lines(self._most), self._widths(self._most)
        tall = sum(map(_height, lines)) + self._between * max(len(lines) - 1, 0)
        return QSize(self._together(widths), tall)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        return self._in_lines(self._fitting(width))

    def _in_lines(self, columns: int) -> list[list[QLayoutItem]]:
        shown = self._shown()
        return [shown[at : at + columns] for at in range(0, len(shown), columns)]

    def _fitting(self, width: int) -> int:
        fits = (count for count in range(self._most, 1, -1) if self._together(self._widths(count)) <= width)
        return next(fits, 1)

    def _widths(self, columns: int) -> list[int]:
        shown = self._shown()
        return [max((one.sizeHint().width() for one in shown[at::columns]), default=0) for at in range(columns)]

    def _together(self, widths: list[int]) -> int:
        return sum(widths) + self.spacing() * (len(widths) - 1)

    def _place(self, line: list[QLayoutItem], at: QPoint, width: int) -> None:
        left = at.x()
        for wide, item in zip(self._widths(self._fitting(width)), line, strict=False):  # the last line may be short
            item.setGeometry(QRect(left, at.y(), min(item.sizeHint().width(), width), _height(line, width)))
            left += wide + self.spacing()


def _height(line: Iterable[QLayoutItem], width: int = ENOUGH) -> int:
    return max((_tall(item, width) for item in line), default=0)


def _tall(item: QLayoutItem, width: int) -> int:
    """How tall a part is; a text that wraps is taller where the whole line is too narrow for it."""
    hint = item.sizeHint()
    return item.heightForWidth(width) if hint.width() > width and item.hasHeightForWidth() else hint.height()


class Columns(QWidget):
    """What matters most to the left and what goes with it to the right, or under it where the window is narrow.

    ``side_wide`` is in pixels of the 100 % design; 0 gives both the same width.
    """

    def __init__(self, *, side_wide: int) -> None:
        super().__init__()
        self._side_wide = side_wide
        self.main, self.side = QVBoxLayout(), QVBoxLayout()
        self.left, self.right = QWidget(), QWidget()
        for widget, inner in ((self.left, self.main), (self.right, self.side)):
            widget.setLayout(inner)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(GAP)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP)
        self._box.addWidget(self.left, 1)
        self._box.addWidget(self.right)
        self.set_side_wide(side_wide)

    def set_side_wide(self, side_wide: int) -> None:
        """Give the right column another width."""
        self._side_wide = side_wide
        self._arrange(self.width())

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to be told that it is too narrow."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other or under each other."""
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        now = theme.current()
        is_narrow = width < now.px(NARROW)
        beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(under if is_narrow else beside)
        shared = is_narrow or not self._side_wide
        self._box.setStretch(1, 0 if is_narrow or self._side_wide else 1)
        self.right.setMinimumWidth(0 if shared else now.px(self._side_wide))
        self.right.setMaximumWidth(ENOUGH if shared else now.px(self._side_wide))
