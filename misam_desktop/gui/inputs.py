"""The kinds of input that forms are declared with: each gives a value, or says what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from misam_desktop import assets
from misam_desktop.domain.days import parse_day
from misam_desktop.domain.errors import NotANumber, UserError
from misam_desktop.gui import theme
from misam_desktop.gui.layouts import Grid
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, label


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: the value behind it, its words, and a definition to stand beside it."""

    value: Any
    words: str
    help: str = ""


class Input(QWidget):
    """One input of a form. ``raw`` is what a draft keeps; ``value`` is what a command takes."""

    changed = Signal()
    left = Signal()
    """The user has finished with the input: time to say what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self._inner = QVBoxLayout(self)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(4)

    def hold(self, widget: QWidget) -> None:
        """Put the one widget that takes the focus inside."""
        self._inner.addWidget(widget)
        self.setFocusProxy(widget)

    def value(self) -> Any:
        """What was entered, or None. Raises UserError when it cannot be understood."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def raw(self) -> Any:
        """The entered text or keys, right or wrong, as JSON can hold them."""
        raise NotImplementedError

    def set_raw(self, raw: Any) -> None:
        """Show what a draft has kept."""
        raise NotImplementedError

    def words(self) -> str:
        """What was entered, for reading."""
        return str(self.raw())

    def mark(self, *, wrong: bool) -> None:
        """Show by its frame that something is wrong."""
        widget = self.focusProxy() or self
        widget.setProperty("wrong", "true" if wrong else "false")
        widget.style().unpolish(widget)
        widget.style().polish(widget)

    def name(self, accessible: str, description: str) -> None:
        """What a screen reader says."""
        widget = self.focusProxy() or self
        widget.setAccessibleName(accessible)
        widget.setAccessibleDescription(description)


class Text(Input):
    """One line."""

    def __init__(self, placeholder: str = "", *, secret: bool = False) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.textChanged.connect(self.changed)
        self.line.editingFinished.connect(self.left)
        self.hold(self.line)

    def value(self) -> Any:
        """The text, trimmed but for secrets."""
        return self.raw() if self.line.echoMode() is QLineEdit.EchoMode.Password else self.raw().strip()

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.line.setText(value or "")

    def raw(self) -> str:
        """As typed."""
        return self.line.text()

    def set_raw(self, raw: Any) -> None:
        """As kept."""
        self.line.setText(raw)


class LongText(Input):
    """Several lines. Tab leaves it, as it leaves every other input."""

    def __init__(self, lines: int = 3, placeholder: str = "") -> None:
        super().__init__()
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setFixedHeight(theme.current().px(20 * lines + 18))
        self.edit.textChanged.connect(self.changed)
        self.hold(self.edit)

    def value(self) -> str:
        """The text, trimmed."""
        return self.raw().strip()

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.edit.setPlainText(value or "")

    def raw(self) -> str:
        """As typed."""
        return self.edit.toPlainText()

    def set_raw(self, raw: Any) -> None:
        """As kept."""
        self.edit.setPlainText(raw)


class Day(Text):
    """A day, typed in any common form or picked in a calendar; arrow up and down are a day later and earlier."""

    def __init__(self, today: date) -> None:
        super().__init__("ÅÅÅÅ-MM-DD")
        self._today = today
        self._calendar = QAction(QIcon(str(assets.resource("icons", "calendar.svg"))), tr("Välj i kalendern"), self)
        self._calendar.triggered.connect(self._open_calendar)
        self.line.addAction(self._calendar, QLineEdit.ActionPosition.TrailingPosition)
        self.line.editingFinished.connect(self._tidy)
        self.line.installEventFilter(self)

    def value(self) -> date | None:
        """The day, or None. Raises DayUnknown."""
        text = self.raw().strip()
        return parse_day(text, today=self._today) if text else None

    def set_value(self, value: Any) -> None:
        """Show a day."""
        self.line.setText("" if value is None else value.isoformat())

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Step by days with the arrows."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)

    def _step(self, days: int) -> None:
        try:
            day = self.value() or self._today
        except UserError:
            return  # the form says what is wrong with it
        self.set_value(date.fromordinal(day.toordinal() + days))

    def _tidy(self) -> None:
        try:
            self.set_value(self.value())
        except UserError:
            return  # as above

    def _open_calendar(self) -> None:
        menu, calendar = QMenu(self), QCalendarWidget()
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        try:
            day = self.value() or self._today
        except UserError:
            day = self._today
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(lambda chosen: self._pick(chosen, menu))
        calendar.clicked.connect(lambda chosen: self._pick(chosen, menu))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.popup(self.line.mapToGlobal(self.line.rect().bottomLeft()))

    def _pick(self, chosen: QDate, menu: QMenu) -> None:
        self.set_value(date(chosen.year(), chosen.month(), chosen.day()))
        menu.close()
        self.line.setFocus()


_DIGITS = 9
"""How many digits a number has at most."""


class Number(Text):
    """A whole number, or nothing."""

    def value(self) -> int | None:
        """The number, or None. Raises NotANumber."""
        text = self.raw().strip()
        if text and not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
            raise NotANumber
        return int(text) if text else None

    def set_value(self, value: Any) -> None:
        """Show a number."""
        self.line.setText("" if value is None else str(value))


class OneOf(Input):
    """One choice in a list that drops down; typing finds it."""

    def __init__(self, choices: Sequence[Choice], *, empty: str | None = None) -> None:
        super().__init__()
        self._choices = [*([Choice(None, empty)] if empty is not None else []), *choices]
        self.box = QComboBox()
        self.box.addItems([choice.words for choice in self._choices])
        self.box.setMaxVisibleItems(16)
        self.box.setMinimumWidth(theme.current().px(80))  # else the longest choice would push its neighbours aside
        self.box.currentIndexChanged.connect(self.changed)
        self.box.activated.connect(lambda _at: self.left.emit())
        self.box.installEventFilter(self)
        self.hold(self.box)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """The wheel scrolls the form: it must not change a closed list that it happens to pass over."""
        if event.type() == QEvent.Type.Wheel and not self.box.view().isVisible():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def value(self) -> Any:
        """What is chosen."""
        at = self.box.currentIndex()
        return self._choices[at].value if at >= 0 else None

    def set_value(self, value: Any) -> None:
        """Choose; what does not stand in the list becomes the first."""
        values = [choice.value for choice in self._choices]
        self.box.setCurrentIndex(values.index(value) if value in values else 0)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices, keeping what was chosen if it is among them."""
        kept = self.value()
        first = [choice for choice in self._choices if choice.value is None]
        self._choices = [*first, *choices]
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItems([choice.words for choice in self._choices])
        self.set_value(kept)
        self.box.blockSignals(False)
        self.changed.emit()

    def words(self) -> str:
        """What the list shows."""
        return self.box.currentText()

    def raw(self) -> str:
        """The chosen value as text."""
        return _key(self.value())

    def set_raw(self, raw: Any) -> None:
        """As kept."""
        self.set_value(next((choice.value for choice in self._choices if _key(choice.value) == raw), None))


class Radios(Input):
    """One of a few choices, all in sight."""

    def __init__(self, choices: Sequence[Choice], *, columns: int = 4) -> None:
        super().__init__()
        self._choices = list(choices)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons = [QRadioButton(choice.words) for choice in choices]
        self._inner.addLayout(Grid(*self.buttons, columns=columns))
        for radio, choice in zip(self.buttons, choices, strict=True):
            radio.setToolTip(choice.help)
            self._group.addButton(radio)
            radio.toggled.connect(lambda on: self.changed.emit() if on else None)
        self.setFocusProxy(self.buttons[0])

    def value(self) -> Any:
        """What is chosen, or None."""
        return next((c.value for b, c in zip(self.buttons, self._choices, strict=True) if b.isChecked()), None)

    def set_value(self, value: Any) -> None:
        """Choose, or nothing."""
        self._group.setExclusive(False)
        for radio, choice in zip(self.buttons, self._choices, strict=True):
            radio.setChecked(value is not None and choice.value == value)
        self._group.setExclusive(True)
        self.changed.emit()

    def words(self) -> str:
        """The words of the chosen button."""
        return next((radio.text() for radio in self.buttons if radio.isChecked()), "")

    def raw(self) -> str:
        """The chosen value as text."""
        return _key(self.value())

    def set_raw(self, raw: Any) -> None:
        """As kept."""
        self.set_value(next((choice.value for choice in self._choices if _key(choice.value) == raw), None))


class Checks(Input):
    """Any number of choices, all in sight, each with its definition under the pointer or, ``explained``, beneath."""

    def __init__(self, choices: Sequence[Choice], *, columns: int = 2, explained: bool = False) -> None:
        super().__init__()
        self._choices = list(choices)
        self.boxes = [QCheckBox(choice.words) for choice in choices]
        if explained:
            for box, choice in zip(self.boxes, choices, strict=True):
                meaning = label(choice.help, "small", wrap=True)
                meaning.setContentsMargins(theme.current().px(26), 0, 0, 4)
                self._inner.addWidget(box)
                self._inner.addWidget(meaning)
        else:
            self._inner.addLayout(Grid(*self.boxes, columns=columns))
        for box, choice in zip(self.boxes, choices, strict=True):
            box.setToolTip(choice.help)
            box.setAccessibleDescription(choice.help)
            box.toggled.connect(lambda _on: self.changed.emit())
        if self.boxes:
            self.setFocusProxy(self.boxes[0])

    def value(self) -> tuple[Any, ...]:
        """What is ticked, in the order of the list."""
        return tuple(c.value for b, c in zip(self.boxes, self._choices, strict=True) if b.isChecked())

    def set_value(self, value: Any) -> None:
        """Tick these."""
        for box, choice in zip(self.boxes, self._choices, strict=True):
            box.setChecked(choice.value in (value or ()))

    def words(self) -> str:
        """The words of the ticked boxes."""
        return ", ".join(box.text() for box in self.boxes if box.isChecked())

    def raw(self) -> list[str]:
        """The ticked values as texts."""
        return [_key(value) for value in self.value()]

    def set_raw(self, raw: Any) -> None:
        """As kept."""
        self.set_value([choice.value for choice in self._choices if _key(choice.value) in raw])


class Flag(Input):
    """Yes or no, said beside the box itself."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.box = QCheckBox(words)
        self.box.toggled.connect(lambda _on: self.changed.emit())
        self.hold(self.box)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def set_value(self, value: Any) -> None:
        """Tick it or not."""
        self.box.setChecked(bool(value))

    def words(self) -> str:
        """Yes or no."""
        return tr("Ja") if self.value() else tr("Nej")

    def raw(self) -> bool:
        """The same."""
        return self.value()

    def set_raw(self, raw: Any) -> None:
        """The same."""
        self.set_value(raw)


class MainAndOthers(Input):
    """Several of a list, of which the first is the main one: a list for that, and boxes for what comes beside it.

    Most have only one, so the boxes come when they are asked for, and Tab passes by in one step. ``alone`` are values
    beside which nothing else can stand. ``join`` makes the value out of the chosen ones.
    """

    def __init__(
        self,
        choices: Sequence[Choice],
        *,
        alone: Sequence[Any] = (),
        join: Callable[[tuple[Any, ...]], Any] = tuple,
        parts: Callable[[Any], Sequence[Any]] = tuple,
        empty: str | None = None,
    ) -> None:
        super().__init__()
        self._alone, self._join, self._parts = tuple(alone), join, parts
        self.main = OneOf(choices, empty=empty)
        self.others = Checks([choice for choice in choices if choice.value not in self._alone])
        self._beside = label(tr("Dessutom"), "small")
        self.more = button(tr("Lägg till fler"), self._open_others, "link")
        self._are_open = False
        for part in (self.main, self.more, self._beside, self.others):
            self._inner.addWidget(part)
        self.setFocusProxy(self.main.box)
        self.main.changed.connect(self._offer)
        self.others.changed.connect(self.changed)
        self._offer()

    def _open_others(self) -> None:
        self._are_open = True
        self._offer()
        next(box for box in self.others.boxes if not box.isHidden()).setFocus()

    def _offer(self) -> None:
        main = self.main.value()
        can_have_others = main is not None and main not in self._alone
        for box, choice in zip(self.others.boxes, self.others._choices, strict=True):  # noqa: SLF001 – its own part
            box.setVisible(can_have_others and choice.value != main)
            if box.isHidden():
                box.setChecked(False)
        self.more.setVisible(can_have_others and not self._are_open)
        self._beside.setVisible(can_have_others and self._are_open)
        self.others.setVisible(can_have_others and self._are_open)
        self.changed.emit()

    def value(self) -> Any:
        """The chosen ones, the main one first; None when nothing is chosen."""
        main = self.main.value()
        return None if main is None else self._join((main, *self.others.value()))

    def set_value(self, value: Any) -> None:
        """Show the chosen ones."""
        parts = list(self._parts(value)) if value is not None else []
        self.main.set_value(parts[0] if parts else None)
        self.others.set_value(parts[1:])
        self._open_if_used()

    def words(self) -> str:
        """The main one, and the others after it."""
        return ", ".join(filter(None, [self.main.words(), self.others.words()]))

    def raw(self) -> list[Any]:
        """The main one and the others as texts."""
        return [self.main.raw(), self.others.raw()]

    def set_raw(self, raw: Any) -> None:
        """As kept."""
        self.main.set_raw(raw[0])
        self.others.set_raw(raw[1])
        self._open_if_used()

    def _open_if_used(self) -> None:
        self._are_open = bool(self.others.value())
        self._offer()


def _key(value: Any) -> str:
    return "" if value is None else str(value)
