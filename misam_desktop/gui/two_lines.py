"""A list whose rows say one thing on two lines: what it is and a mark at the right, and below it what goes with it."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from misam_desktop.gui import theme
from misam_desktop.gui.painting import RIGHT, font_of, pill, write
from misam_desktop.gui.theme import Tone

_TALL = 52
_SIDE = 10
_NUMBER = 26


class TwoLines(NamedTuple):
    """What a row says. ``settled`` is what there is nothing more to do about; ``action`` can be clicked."""

    upper: str
    lower: str
    mark: tuple[str, Tone] = ("", Tone.PLAIN)
    number: str = ""
    settled: bool = False
    good: bool = False
    action: str = ""


class TwoLineList(QListWidget):
    """Rows of two lines; what each says is asked of the list when it is painted."""

    chosen = Signal(object)
    """Another row is current, or None."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("queue")
        self.setAccessibleName(name)
        self.setItemDelegate(_Rows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.currentRowChanged.connect(lambda _at: self.chosen.emit(self.current))

    @property
    def current(self) -> object:
        """What stands in the row where the user is, or None."""
        raise NotImplementedError

    def says(self, at: int) -> TwoLines:
        """What the row at a place says."""
        raise NotImplementedError

    def fill(self, spoken: list[str], *, at: int) -> None:
        """So many rows, each with what a screen reader says of it, and go to one of them; -1 is none."""
        self.blockSignals(True)
        self.clear()
        for words in spoken:
            QListWidgetItem(self).setData(Qt.ItemDataRole.AccessibleTextRole, words)
        self.setCurrentRow(at)
        self.blockSignals(False)
        self.chosen.emit(self.current)


def action_place(rect: QRect, words: str) -> QRect:
    """Where the action stands in a row."""
    wide = QFontMetrics(font_of(12, bold=True)).horizontalAdvance(words)
    at = QPoint(rect.right() - _SIDE - wide, rect.center().y())
    return QRect(at, QSize(wide + _SIDE, theme.current().px(_TALL) // 2))


class _Rows(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self, rows: TwoLineList) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines."""
        return QSize(0, theme.current().px(_TALL))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        says, now = self._rows.says(index.row()), theme.current()
        known = cast(Any, option)
        rect, is_current = QRect(known.rect), bool(known.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_current:
            painter.fillRect(rect, now.colour("sel"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, now.colour("line"))
        number, half = now.px(_NUMBER) if says.number else 0, rect.height() // 2
        upper = QRect(rect.left() + _SIDE + number, rect.top() + 4, rect.width() - 2 * _SIDE - number, half - 2)
        lower = QRect(upper.left(), rect.top() + half, upper.width(), half - 6)
        place = QRect(rect.left() + _SIDE, upper.top(), number, upper.height())
        write(painter, place, says.number, now.colour("muted"), font_of(14))
        text, tone = says.mark
        if text:
            upper = upper.adjusted(0, 0, -pill(painter, upper, text, tone) - _SIDE, 0)
        ink = now.colour("muted" if says.settled else "text")
        write(painter, upper, says.upper, ink, font_of(14, bold=is_current))
        self._paint_below(painter, lower, says)
        painter.restore()

    def _paint_below(self, painter: QPainter, rect: QRect, says: TwoLines) -> None:
        now, bold = theme.current(), font_of(12, bold=True)
        if says.action:
            write(painter, rect, says.action, now.colour("accent"), bold, align=RIGHT)
            rect = rect.adjusted(0, 0, -QFontMetrics(bold).horizontalAdvance(says.action) - _SIDE, 0)
        ink = now.colour("green" if says.good else "muted")
        write(painter, rect, says.lower, ink, bold if says.good else font_of(12))
