"""The chart of a section beside its table: the same drawing as on paper, in the colours of the window."""

from __future__ import annotations

from functools import cache, partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QBoxLayout, QLayout, QVBoxLayout, QWidget

from misam_desktop import assets
from misam_desktop.documents.charts import as_svg, chart
from misam_desktop.documents.patterns import Inks
from misam_desktop.domain.worded import WordedSection
from misam_desktop.gui import theme
from misam_desktop.gui.session import Session
from misam_desktop.gui.text import tr

_WIDE, _PIXELS = 270, 4 / 3
"""How wide a chart is, in points, and how many pixels of the 100 % design a point is."""
_GAP = 24


@cache
def _load_letters() -> None:
    """The letters of the charts, once; the rest of the window keeps its own."""
    for path in sorted(assets.resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


class _Picture(NamedTuple):
    """A chart as it is shown, and how high it is in points."""

    content: bytes
    high: float


class ChartView(QSvgWidget):
    """A chart in its own size, drawn beside the window, and anew in other colours.

    What it shows stands in the table too. Where there is no number to draw it stays out of sight.
    """

    def __init__(self, section: WordedSection, session: Session) -> None:
        super().__init__()
        _load_letters()
        self._section, self._session, self._drawn_as = section, session, ""
        self.setAccessibleName(tr("Diagram: {title}").format(title=section.title))
        self.hide()
        self.draw()

    def draw(self) -> None:
        """Draw it in the colours of the day."""
        self._drawn_as = theme.current().mode
        self._session.beside(partial(_drawn, self._section, _inks()), owner=self, then=self._take)

    def _take(self, picture: _Picture | None) -> None:
        if picture is not None:
            self.load(picture.content)
            self.setFixedSize(*(theme.current().px(round(size * _PIXELS)) for size in (_WIDE, picture.high)))
            self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Light has become dark, or the other way."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self._drawn_as != theme.current().mode:
            self.draw()


def _drawn(section: WordedSection, inks: Inks) -> _Picture | None:
    drawing = chart(section, wide=_WIDE, inks=inks)
    return None if drawing is None else _Picture(as_svg(drawing), drawing.height)


def _inks() -> Inks:
    look = theme.current()
    return Inks(*(look.colour(name).name() for name in ("text", "surface", "muted")))


class _Beside(QWidget):
    """A table with its chart to the right, or under it where both do not fit beside each other."""

    def __init__(self, table: QWidget, view: ChartView) -> None:
        super().__init__()
        self._table, self._view = table, view
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(_GAP)
        self._box.addWidget(table)
        self._box.addWidget(view, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to be told that it is too narrow."""
        wide = max(self._table.minimumSizeHint().width(), self._view.width())
        return QSize(wide, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Another size, or another table."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            fits = self._table.minimumSizeHint().width() + _GAP + self._view.width() <= self.width()
            beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._box.setDirection(beside if fits else under)
        return super().event(event)


def with_chart(table: QLayout, section: WordedSection, session: Session) -> QWidget:
    """The table of a section, with its chart."""
    holder = QWidget()
    top = QVBoxLayout(holder)
    top.setContentsMargins(0, 0, 0, 0)
    top.addLayout(table)
    top.addStretch(1)
    return _Beside(holder, ChartView(section, session))
