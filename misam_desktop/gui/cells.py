"""How table cells are painted: words, chips and buttons, each row with one ground from edge to edge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from misam_desktop.gui import theme
from misam_desktop.gui.theme import Tone

TONE_ROLE = Qt.ItemDataRole.UserRole + 1
ACTION_ROLE = Qt.ItemDataRole.UserRole + 2
CHIPS_ROLE = Qt.ItemDataRole.UserRole + 3
UNDER_ROLE = Qt.ItemDataRole.UserRole + 4
"""The words of the columns that have given way."""
ROW_HEIGHT = 38
"""In pixels of the 100 % design."""
TALL_ROW_HEIGHT = 54
"""The same where words stand under each other."""
_SIDE = 10
_BETWEEN = 6
_LEAST_CHIP = 48


class Cells(QStyledItemDelegate):
    """Paints the cells of every table."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        rect, state, font = _parts(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.current().colour("sel"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.current().colour("line"))
        text, tone, chips = index.data() or "", index.data(TONE_ROLE), index.data(CHIPS_ROLE)
        under = index.data(UNDER_ROLE)
        if under is not None:
            rect = _paint_under(painter, rect, under, font)
        if chips is not None:
            _paint_chips(painter, rect, chips, font)
        elif index.data(ACTION_ROLE):
            _paint_button(painter, rect, text, font)
        elif tone is not None and text:
            _paint_chip(painter, rect, text, font, Tone(tone))
        else:
            _paint_words(painter, rect, text, font)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Wide enough for the words and what stands around them."""
        _, _, font = _parts(option)
        wide = QFontMetrics(_bold(font)).horizontalAdvance(index.data() or "")
        return QSize(wide + 4 * _SIDE + 4, theme.current().px(ROW_HEIGHT))


def _parts(option: QStyleOptionViewItem) -> tuple[QRect, QStyle.StateFlag, QFont]:
    """The fields that the type stubs leave out."""
    known = cast(Any, option)
    font = QFont(known.font)
    font.setPixelSize(theme.current().px(14))
    return QRect(known.rect), known.state, font


def _bold(font: QFont, size: int = 14) -> QFont:
    made = QFont(font)
    made.setPixelSize(theme.current().px(size))
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _paint_words(painter: QPainter, rect: QRect, text: str, font: QFont) -> None:
    painter.setFont(font)
    painter.setPen(theme.current().colour("text"))
    inside = rect.adjusted(_SIDE, 0, -4, 0)
    shown = QFontMetrics(font).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, inside.width())
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _paint_under(painter: QPainter, rect: QRect, text: str, font: QFont) -> QRect:
    """The second line of a cell; gives the room that is left for the first."""
    now = theme.current()
    small = QFont(font)
    small.setPixelSize(now.px(12))
    middle = rect.center().y() + now.px(2)
    painter.setFont(small)
    painter.setPen(now.colour("muted"))
    inside = QRect(rect.left() + _SIDE, middle, rect.width() - _SIDE - 4, now.px(18))
    shown = QFontMetrics(small).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, inside.width())
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    return QRect(rect.left(), middle - now.px(22), rect.width(), now.px(22))


def _paint_chip(painter: QPainter, rect: QRect, text: str, font: QFont, tone: Tone) -> int:
    ground, ink = theme.current().chip(tone)
    return _pill(painter, rect, text, _bold(font, 12), ground=ground, ink=ink, frame=ground, tall=20, radius=10)


def _paint_chips(painter: QPainter, rect: QRect, chips: Sequence[tuple[str, Tone]], font: QFont) -> None:
    """One after the other, for as long as there is room for a word."""
    for text, tone in chips:
        if rect.width() > theme.current().px(_LEAST_CHIP):
            rect = rect.adjusted(_paint_chip(painter, rect, text, font, Tone(tone)) + _BETWEEN, 0, 0, 0)


def _paint_button(painter: QPainter, rect: QRect, text: str, font: QFont) -> None:
    now = theme.current()
    _pill(
        painter, rect, text, font,
        ground=now.colour("surface"), ink=now.colour("text"), frame=now.colour("field"), tall=28, radius=6,
    )  # fmt: skip


def _pill(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    *,
    ground: QColor,
    ink: QColor,
    frame: QColor,
    tall: int,
    radius: int,
) -> int:
    """Draw it, and tell how wide it became."""
    now = theme.current()
    room = rect.width() - _SIDE - 4
    wide = min(QFontMetrics(font).horizontalAdvance(text) + 2 * _SIDE + 2, room)
    height = now.px(tall)
    inside = QRect(rect.left() + _SIDE, rect.center().y() - height // 2, wide, height)
    painter.setFont(font)
    painter.setPen(frame)
    painter.setBrush(ground)
    painter.drawRoundedRect(inside, now.px(radius), now.px(radius))
    painter.setPen(ink)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, wide - _SIDE)
    painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, shown)
    return wide
