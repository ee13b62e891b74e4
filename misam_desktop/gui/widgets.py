"""The small parts that every screen is made of: headings, cards, chips, buttons, banners."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from misam_desktop.gui import theme
from misam_desktop.gui.theme import Tone

GAP = 12
"""Between cards, in pixels of the 4 px grid."""
EDGE = 24
"""From what stands on a page to its edge."""


def label(text: str, role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """Plain text in one of the style sheet's roles; never read as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class FreeLabel(QLabel):
    """Plain text in one line where there is room for it, and in several where there is not."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", role)

    def sizeHint(self) -> QSize:
        """All in one line; Qt itself would rather have a text that wraps stand in a square."""
        self.ensurePolished()
        words = self.fontMetrics().size(Qt.TextFlag.TextSingleLine, self.text())
        return words + QSize(2, 0) if self.text() else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Nothing for no text."""
        return super().minimumSizeHint() if self.text() else QSize(0, 0)


class ElidedLabel(QLabel):
    """Plain text that is shortened where there is too little room; the whole of it is under the pointer."""

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As much as there is room for."""
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if shown == self.text() else self.text())
        painter = QPainter(self)
        where, palette = self.contentsRect(), self.palette()
        self.style().drawItemText(painter, where, self.alignment(), palette, True, shown, self.foregroundRole())
        painter.end()


def chip(text: str, tone: Tone = Tone.PLAIN) -> QLabel:
    """A word on a coloured ground: the colour says nothing that the word does not."""
    made = QLabel(text)
    dress_chip(made, tone)
    return made


def dress_chip(made: QLabel, tone: Tone = Tone.PLAIN) -> None:
    """Make a chip of a label."""
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", "chip")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setProperty("tone", tone.value)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)


def retone(widget: QWidget, tone: Tone) -> None:
    """Give a chip or banner another tone."""
    _restyle(widget, "tone", tone.value)


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another of the style sheet's roles."""
    _restyle(widget, "role", role)


def _restyle(widget: QWidget, name: str, value: str) -> None:
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def button(text: str, pressed: Callable[[], object], role: str = "", *, shortcut: str = "") -> QPushButton:
    """A button; its shortcut stands in its text and works from the whole window it is in."""
    made = QPushButton(f"{text}  {shortcut_text(shortcut)}" if shortcut else text)
    if role:
        made.setProperty("role", role)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked: pressed())
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if shortcut:
        QShortcut(QKeySequence(shortcut), made).activated.connect(made.click)
    return made


def toggles(*ways: tuple[str, Callable[[], object]], within: QWidget) -> list[QPushButton]:
    """Buttons of which one is down, at first the first: each shows another list ``within`` the same page."""
    group = QButtonGroup(within)
    made = [button(words, pressed, "step") for words, pressed in ways]
    for one in made:
        one.setCheckable(True)
        group.addButton(one)
    made[0].setChecked(True)
    return made


def shortcut_text(shortcut: str) -> str:
    """How a shortcut is written on this system."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


class Card(QFrame):
    """A surface with a heading, room for something beside it, and a body."""

    def __init__(self, title: str = "", *, beside: Iterable[QWidget] = ()) -> None:
        super().__init__()
        self.setProperty("role", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.setSpacing(8)
        if title:
            self.title = label(title, "section")
            outer.addLayout(row(self.title, None, *beside))
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)

    def add(self, *parts: QWidget | QLayout, stretch: int = 0) -> None:
        """Put parts into the body, one under the other."""
        for part in parts:
            _add(self.body, part, stretch)


Action = tuple[str, Callable[[], object]]


class Banner(QFrame):
    """A sentence across a screen or form, with what can be done about it; hidden until something is told."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._inner = QHBoxLayout(self)
        self._inner.setContentsMargins(12, 8, 12, 8)
        self._text = label("", wrap=True)
        self._inner.addWidget(self._text, 1)
        self._actions: list[QPushButton] = []
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def tell(
        self,
        text: str,
        tone: Tone = Tone.RED,
        *,
        action: Action | None = None,
        other: Action | None = None,
    ) -> None:
        """Say something; ``action`` is a word and what it does, ``other`` one more of them."""
        self._text.setText(text)
        self.setAccessibleName(text)
        retone(self, tone)
        for gone in self._actions:
            self._inner.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._actions = [button(*one) for one in (action, other) if one is not None]
        for one in self._actions:
            self._inner.addWidget(one)
        self.show()

    def clear(self) -> None:
        """Say nothing more."""
        self._text.clear()
        self.hide()


Part = QWidget | QLayout | int | None
"""A widget, a layout, a gap in pixels, or None for a stretch."""


def row(*parts: Part, gap: int = 8) -> QHBoxLayout:
    """Parts beside each other."""
    return _filled(QHBoxLayout(), parts, gap)


def column(*parts: Part, gap: int = 8) -> QVBoxLayout:
    """Parts under each other."""
    return _filled(QVBoxLayout(), parts, gap)


L = TypeVar("L", bound=QBoxLayout)


def _filled(layout: L, parts: Iterable[Part], gap: int) -> L:
    layout.setSpacing(gap)
    layout.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        else:
            _add(layout, part, 0)
    return layout


def _add(layout: QBoxLayout, part: QWidget | QLayout, stretch: int) -> None:
    if isinstance(part, QLayout):
        layout.addLayout(part, stretch)
    else:
        layout.addWidget(part, stretch)


def holding(layout: QLayout) -> QWidget:
    """A widget around a layout."""
    made = QWidget()
    made.setLayout(layout)
    return made


def scrolling(inside: QWidget, *, sideways: bool = False) -> QScrollArea:
    """Something that may be taller than the window, and wider where ``sideways``: a table that does not wrap."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def middle(inside: QWidget, page: QWidget, *, wide: int) -> None:
    """Put one thing in the middle of an empty page, at most ``wide`` pixels of the 100 % design across."""
    inside.setMaximumWidth(theme.current().px(wide))
    across = row(None, inside, None)  # not by alignment: that would cut text that wraps
    across.setContentsMargins(GAP, GAP, GAP, GAP)
    across.setStretch(1, 1000)  # so that it is only narrower where the window is
    down = column(None, across, None, gap=0)
    down.setStretch(2, 2)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scrolling(holding(down)))
