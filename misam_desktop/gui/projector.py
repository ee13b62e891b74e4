"""The projector: one item in letters that are read from the other end of the room, and nobody's identity.

It shows what it is given and asks for nothing. A NAFS meeting and a forum use the same one.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeySequence, QResizeEvent, QScreen, QShortcut
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from misam_desktop.domain.projected import Sight, Slide
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui.text import breakable, tr
from misam_desktop.gui.timer import ItemTimer, TimeChip
from misam_desktop.gui.widgets import clear, column, label, row, scrolling

BEFORE, AFTER = ("PgUp", "Ctrl+Up"), ("PgDown", "Ctrl+Down")
"""The keys to the item before and to the next, here and on the meeting's page."""
_LARGE, _LEAST = 16, 40
"""How many lines of the usual and of the least size fit on the height: smaller ones are not read from five metres."""
_EDGE = 24
_HELD_BACK = {
    Sight.HELD_BACK: "Samtycket omfattar inte alla som är med. De som inte omfattas lämnar rummet så länge.",
    Sight.ENDED: "Ärendet är återtaget, eller så gäller samtycket inte längre. Det tas inte upp.",
}


def other_screen(mine: QScreen | None, screens: Sequence[QScreen]) -> QScreen | None:
    """Another screen than the one that is worked on, if there is one."""
    return next((one for one in screens if one is not mine), None)


class Projector(QWidget):
    """A window of its own: on the second screen when there is one, else over the whole of this."""

    stepped = Signal(int)
    """The next item is wanted, or the one before."""
    closed = Signal()

    def __init__(self, parent: QWidget, timer: ItemTimer) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("projector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(tr("Projektor"))
        self.slide: Slide | None = None
        self.head, self.time = label("", "page", wrap=True), TimeChip(timer)
        self._texts: list[tuple[QLabel, float]] = []
        self._inside = column(gap=0)
        self._body = QWidget()
        self._body.setLayout(self._inside)
        self._area = scrolling(self._body)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        outer = QVBoxLayout(self)
        above = row(self.head, 12, self.time)
        above.setStretch(0, 1)
        outer.addLayout(above)
        outer.addWidget(self._area, 1)
        self._outer = outer
        self._add_keys()

    def _add_keys(self) -> None:
        steps = {**dict.fromkeys(BEFORE, -1), **dict.fromkeys(AFTER, 1)}
        for keys, by in steps.items():
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self.stepped.emit(by))
        for keys in ("Escape", "F11"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.close)
        for keys, by in (("Up", -1), ("Down", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self.scroll_by(by))

    def open_beside(self, window: QWidget) -> None:
        """Come up where the others look; whoever works goes on where they are."""
        screen = other_screen(window.screen(), QGuiApplication.screens())
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, screen is not None)
        if screen is not None:
            self.setScreen(screen)
            self.setGeometry(screen.geometry())
        self.showFullScreen()
        if screen is not None:
            window.activateWindow()  # a window manager may have given the keys away all the same

    def closeEvent(self, event: object) -> None:
        """Nothing of what was shown stays behind."""
        self.show_slide(None)
        self.closed.emit()
        super().closeEvent(event)  # type: ignore[arg-type]  # what Qt gave

    # What it shows

    def show_slide(self, slide: Slide | None) -> None:
        """Show one item, or nothing."""
        if slide == self.slide and slide is not None:
            return
        self.slide = slide
        clear(self._inside)
        self._texts = [(self.head, 1.3)]
        self.head.setText("" if slide is None else _title(slide))
        for words, size, role in [] if slide is None else _lines(slide):
            made = label(breakable(words), role, wrap=True)
            self._texts.append((made, size))
            self._inside.addWidget(made)
        self._inside.addStretch(1)
        self._area.verticalScrollBar().setValue(0)
        self._fit()

    def scroll_by(self, steps: int) -> None:
        """Go on in a text that is longer than the screen."""
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + steps * self._area.viewport().height() // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another screen: other letters."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As large as the text can be and still be seen whole; never smaller than what can be read."""
        edge = self.height() // _EDGE
        self._outer.setContentsMargins(edge, edge, edge, edge)
        self._outer.setSpacing(edge // 2)
        room = self.height() - 3 * edge
        least, size = self.height() // _LEAST, self.height() // _LARGE
        while size > least and self._tall(size, self.width() - 3 * edge) > room:
            size -= max(size // 12, 1)
        for one, times in self._texts:
            one.setStyleSheet(f"font-size: {round(max(size, least, 1) * times)}px;")
            one.setContentsMargins(0, 0, 0, size // 3)
        self.time.set_size(self.height() // _LEAST)

    def _tall(self, size: int, wide: int) -> int:
        """How tall all of it would be."""
        tall, font = 0, QFont(self.font())
        for one, times in self._texts:
            font.setPixelSize(max(round(size * times), 1))
            within = QRect(0, 0, max(wide, 1), 1_000_000)
            tall += QFontMetrics(font).boundingRect(within, Qt.TextFlag.TextWordWrap, one.text()).height() + size // 3
        return tall


def _title(slide: Slide) -> str:
    """The code, or what stands instead of it."""
    if slide.sight is Sight.SPOKEN:
        return tr("Ett ärende tas muntligt")
    if slide.sight is Sight.GENERAL:
        return tr("Generell fråga")
    if slide.sight is Sight.CASE and slide.code:
        return shown(slide.code)
    return tr("Ärende {at}").format(at=slide.at)


def _lines(slide: Slide) -> list[tuple[str, float, str]]:
    """What stands under it: the words, how large they are beside the question, and their role."""
    if slide.sight in _HELD_BACK:
        return [(tr("Visas inte här"), 1.3, "strong"), (tr(_HELD_BACK[slide.sight]), 1.0, "")]
    lines = [(tr("Från {unit}").format(unit=slide.raised_by), 0.7, "muted")] if slide.raised_by else []
    for one in slide.asked:
        if one.unit is not None:
            lines.append((tr("Till {unit}").format(unit=one.unit or tr("alla")), 0.7, "muted"))
        lines.append((_read(one.text), 1.0, ""))
    if slide.next_step != "":
        step = tr("Nästa steg, {unit}").format(unit=slide.responsible) if slide.responsible else tr("Nästa steg")
        lines += [(step, 0.7, "ok"), (_read(slide.next_step), 1.0, "strong")]
    return lines


def _read(text: str | None) -> str:
    return tr("Läses upp: texten kan röja vem ärendet gäller.") if text is None else text
