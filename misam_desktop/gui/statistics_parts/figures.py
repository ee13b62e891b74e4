"""The grid that figures stand in, counted now or frozen: words to the left, and each figure under its heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from misam_desktop.gui import theme
from misam_desktop.gui.widgets import label

MANY = 7
"""From so many columns of a section on, a table is made narrow."""
_WORDS, _FIGURE = 210, 64
_FEW_WORDS, _NARROW = 200, 34
"""How wide a column is at least, in pixels of the 100 % design; the latter of narrow tables."""
_LONG = 9
"""How many letters a heading has on one line at least."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BOTTOM = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom


def figures_grid(
    headings: Sequence[str], rows: Iterable[tuple[str, Iterable[QWidget]]], *, is_narrow: bool
) -> QGridLayout:
    """The whole grid; each row has its words and a figure for each heading."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    for at, words in enumerate(headings, start=1):
        grid.addWidget(label(words, "small", wrap=len(words) > _LONG), 0, at, _BOTTOM)
        grid.setColumnMinimumWidth(at, theme.current().px(_NARROW if is_narrow else _FIGURE))
    for number, (words, figures) in enumerate(rows, start=1):
        grid.addWidget(label(words, wrap=True), number, 0)
        for at, figure in enumerate(figures, start=1):
            grid.addWidget(figure, number, at, _RIGHT)
    grid.setColumnMinimumWidth(0, theme.current().px(_FEW_WORDS if is_narrow else _WORDS))
    grid.setColumnStretch(len(headings) + 1, 1)
    return grid


def figure_label(words: str) -> QWidget:
    """A figure that opens nothing; «–» steps back."""
    return label(words, "muted" if words == "–" else "")
