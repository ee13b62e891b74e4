"""What lists paint their rows with: a text that is shortened where it must be, and a word on a coloured ground."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication

from misam_desktop.gui import theme
from misam_desktop.gui.theme import Tone

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_SIDE = 10


def font_of(size: int, *, bold: bool = False) -> QFont:
    """The text of a size, in pixels of the 100 % design."""
    font = QFont(QApplication.font())
    font.setPixelSize(theme.current().px(size))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def write(
    painter: QPainter, rect: QRect, text: str, ink: QColor, font: QFont, *, align: Qt.AlignmentFlag = LEFT
) -> None:
    """Text in one line."""
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(rect, align, QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width()))


def pill(painter: QPainter, rect: QRect, text: str, tone: Tone) -> int:
    """A word on its ground at the right of a rectangle; tells how wide it became."""
    now, font = theme.current(), font_of(12, bold=True)
    ground, ink = now.chip(tone)
    wide, tall = QFontMetrics(font).horizontalAdvance(text) + 2 * _SIDE, now.px(20)
    inside = QRect(rect.right() - wide, rect.center().y() - tall // 2, wide, tall)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(inside, tall / 2, tall / 2)
    write(painter, inside, text, ink, font, align=Qt.AlignmentFlag.AlignCenter)
    return wide
