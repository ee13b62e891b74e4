"""The chart of a section beside its table: the same drawing as on paper, in the colours of the window."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFontDatabase
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QBoxLayout, QLayout, QVBoxLayout, QWidget

from misam_desktop import assets
from misam_desktop.documents.charts import as_svg, chart
from misam_desktop.documents.patterns import Inks
from misam_desktop.domain.worded import WordedSection
from misam_desktop.gui import theme
from misam_desktop.gui.text import tr

_WIDE = 420
"""How wide a chart is, in pixels of the 100 % design."""
_GAP = 24


@cache
def _load_letters() -> None:
    """The letters of the charts, once; the rest of the window keeps its own."""
    for path in sorted(assets.resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


class _ChartView(QSvgWidget):
    """A chart in its own size; what it shows stands in the table beside."""

    def __init__(self, content: bytes, size: QSize, section: WordedSection) -> None:
        super().__init__()
        self.load(content)
        self.setFixedSize(size)
        self.setAccessibleName(tr("Diagram: {title}").format(title=section.title))


class _Beside(QWidget):
    """A table with its chart to the right, or under it where both do not fit beside each other."""

    def __init__(self, table: QWidget, view: _ChartView) -> None:
        super().__init__()
        self._table, self._view = table, view
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(_GAP)
        self._box.addWidget(table)
        self._box.addWidget(view)
        self._box.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to be told that it is too narrow."""
        wide = max(self._table.minimumSizeHint().width(), self._view.width())
        return QSize(wide, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Another size, or another table."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            fits = self._table.sizeHint().width() + _GAP + self._view.width() <= self.width()
            beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._box.setDirection(beside if fits else under)
        return super().event(event)


def with_chart(table: QLayout, section: WordedSection) -> QWidget:
    """The table of a section, with its chart where there is one."""
    holder = QWidget()
    top = QVBoxLayout(holder)
    top.setContentsMargins(0, 0, 0, 0)
    top.addLayout(table)
    top.addStretch(1)
    view = _view_of(section)
    return holder if view is None else _Beside(holder, view)


def _view_of(section: WordedSection) -> _ChartView | None:
    look = theme.current()
    inks = Inks(*(look.colour(name).name() for name in ("text", "surface", "muted")))
    drawing = chart(section, wide=_WIDE, inks=inks)
    if drawing is None:
        return None
    _load_letters()
    return _ChartView(as_svg(drawing), QSize(look.px(_WIDE), look.px(round(drawing.height))), section)
