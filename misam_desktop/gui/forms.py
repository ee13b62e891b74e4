"""Forms are declared: a list of fields with kind, label, help and what is required; this builds and reads them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from misam_desktop.domain.errors import MisamError, UserError
from misam_desktop.gui import theme
from misam_desktop.gui.inputs import Flag, Input
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import GAP, Banner, Card, column, label
from misam_desktop.wording import sentence

Values = Mapping[str, Any]
_TWO_COLUMNS = 820
"""From this width, in pixels of the 100 % design, a form that fills a page has two columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. ``kind`` makes its input; ``name`` is also what an error calls it.

    ``half`` fields share a line two by two. ``only_if`` shows the field only while the others' values say so; a hidden
    field keeps its text but gives no value. ``check`` raises UserError for a value that can be judged at once.
    """

    name: str
    label: str
    kind: Callable[[], Input]
    help: str = ""
    required: bool = False
    half: bool = False
    only_if: Callable[[Values], bool] | None = None
    check: Callable[[Any], object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Fields under a heading; ``aside`` ones come last, and stand to the right on a page that has room for it."""

    title: str
    fields: Sequence[Field]
    help: str = ""
    aside: bool = False


@dataclass(slots=True, eq=False)
class _Line:
    """A field on the screen: its input, and the words around it."""

    field: Field
    input: Input
    whole: QWidget
    error: QLabel
    note: QLabel


class Form(QWidget):
    """A declared form: shows values, reads them back, and tells what is wrong beside the field.

    One that fills a ``page`` has a card for each section, in two columns where there is room.
    """

    changed = Signal()

    def __init__(self, content: Sequence[Field | Section], values: Values | None = None, *, page: bool = False) -> None:
        super().__init__()
        self._lines: dict[str, _Line] = {}
        self.banner = Banner()
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GAP)
        outer.addWidget(self.banner)
        if page:
            self._add_cards(outer, _sections(content))
        else:
            for section in _sections(content):
                self._add_section(outer, section)
        outer.addStretch(1)
        if values is not None:
            self.show_values(values)
        self._show_what_applies()

    def __getitem__(self, name: str) -> Input:
        """The input of a field."""
        return self._lines[name].input

    @property
    def fields(self) -> list[Field]:
        """The declared fields, in their order."""
        return [line.field for line in self._lines.values()]

    def applies(self, name: str) -> bool:
        """Whether a field is shown: one that is not gives no value."""
        return not self._lines[name].whole.isHidden()

    def note(self, name: str, text: str) -> None:
        """Say something beside a field that is no error: what follows from what was entered."""
        self._lines[name].note.setText(text)
        self._lines[name].note.setVisible(bool(text))

    def show_values(self, values: Values) -> None:
        """Show these values; fields that are not among them stay as they are."""
        for name, value in values.items():
            if name in self._lines:
                self._lines[name].input.set_value(value)

    def peek(self) -> dict[str, Any]:
        """The values as far as they can be read, without a word about what is wrong."""
        return {name: _or_none(line.input) for name, line in self._lines.items()}

    def read(self, *, may_lack: Collection[str] = ()) -> dict[str, Any] | None:
        """The values, or None after having told what is wrong and gone to the first such field.

        ``may_lack`` names required fields that may be empty this time.
        """
        self.clear_errors()
        found: dict[str, Any] = {}
        wrong: list[_Line] = []
        for name, line in self._lines.items():
            if line.whole.isHidden():
                continue
            problem = _problem(line, may_lack=name in may_lack)
            if problem:
                _tell(line, problem)
                wrong.append(line)
            else:
                found[name] = line.input.value()
        if wrong:
            _go_to(wrong[0])
            return None
        return found

    def raw(self) -> dict[str, Any]:
        """What a draft keeps."""
        return {name: line.input.raw() for name, line in self._lines.items()}

    def show_raw(self, raw: Values) -> None:
        """Show what a draft has kept."""
        for name, value in raw.items():
            if name in self._lines:
                self._lines[name].input.set_raw(value)

    def show_error(self, error: MisamError) -> None:
        """Tell an error beside the field it names, or above the form."""
        line = self._lines.get(str(error.params.get("field", "")))
        if line is None or line.whole.isHidden():
            self.banner.tell(sentence(error))
            _bring_into_sight(self.banner)
            return
        _tell(line, sentence(error))
        _go_to(line)

    def tell(self, name: str, text: str) -> None:
        """Say beside a field what is wrong with it together with the others, and go there."""
        _tell(self._lines[name], text)
        self._lines[name].input.setFocus()

    def clear_errors(self) -> None:
        """Say nothing more about what was wrong."""
        self.banner.clear()
        for line in self._lines.values():
            _tell(line, "")

    def error_at(self, name: str) -> str:
        """What is told beside a field."""
        return self._lines[name].error.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room, one under the other where there is not."""
        has_room = self.width() >= theme.current().px(_TWO_COLUMNS)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if has_room else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)

    def _add_cards(self, outer: QVBoxLayout, sections: Sequence[Section]) -> None:
        self._columns.setSpacing(GAP)
        left, right = column(gap=GAP), column(gap=GAP)
        for section in sections:
            card = Card(section.title)
            self._add_fields(card.body, section)
            (right if section.aside else left).addWidget(card)
        for side in (left, right) if right.count() else (left,):
            side.addStretch(1)
            self._columns.addLayout(side, 1)
        outer.addLayout(self._columns)

    def _add_section(self, outer: QVBoxLayout, section: Section) -> None:
        if section.title:
            outer.addWidget(label(section.title, "section"))
        self._add_fields(outer, section)

    def _add_fields(self, outer: QVBoxLayout, section: Section) -> None:
        if section.help:
            outer.addWidget(label(section.help, "muted", wrap=True))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        at = 0
        for one in section.fields:
            if not one.half and at % 2:
                at += 1
            line = self._add_line(one)
            grid.addWidget(line.whole, at // 2, at % 2, 1, 1 if one.half else 2)
            at += 1 if one.half else 2
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        outer.addLayout(grid)

    def _add_line(self, one: Field) -> _Line:
        line = _Line(one, one.kind(), QFrame(), label("", "error", wrap=True), label("", "small", wrap=True))
        inner = QVBoxLayout(line.whole)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        if not isinstance(line.input, Flag):
            above = label(_above(one), "strong", wrap=True)
            above.setBuddy(line.input)
            inner.addWidget(above)
        inner.addWidget(line.input)
        if one.help:
            inner.addWidget(label(one.help, "small", wrap=True))
        inner.addWidget(line.note)
        inner.addWidget(line.error)
        inner.addStretch(1)
        line.note.hide()
        line.error.hide()
        line.input.name(one.label, one.help)
        line.input.changed.connect(self._on_changed)
        line.input.left.connect(lambda: self._judge(line))
        self._lines[one.name] = line
        return line

    def _judge(self, line: _Line) -> None:
        """Say at once what is wrong with what was typed; an empty field is told only when the form is saved."""
        _tell(line, _problem(line) if line.input.raw() else "")

    def _on_changed(self) -> None:
        self._show_what_applies()
        self.changed.emit()

    def _show_what_applies(self) -> None:
        conditional = [line for line in self._lines.values() if line.field.only_if is not None]
        if not conditional:
            return
        values = self.peek()
        for line in conditional:
            line.whole.setVisible(line.field.only_if is not None and line.field.only_if(values))


def _sections(content: Sequence[Field | Section]) -> list[Section]:
    """The content with loose fields gathered under no heading."""
    found: list[Section] = []
    loose: list[Field] = []
    for part in content:
        if isinstance(part, Field):
            loose.append(part)
            continue
        if loose:
            found.append(Section(title="", fields=tuple(loose)))
            loose = []
        found.append(part)
    return [*found, Section(title="", fields=tuple(loose))] if loose else found


def _above(one: Field) -> str:
    return one.label if one.required else tr("{label} (frivilligt)").format(label=one.label)


def _or_none(one: Input) -> Any:
    try:
        return one.value()
    except UserError:
        return None


def _problem(line: _Line, *, may_lack: bool = False) -> str:
    """What is wrong with an input, or nothing."""
    try:
        value = line.input.value()
        if line.field.check is not None and value not in (None, "", ()):
            line.field.check(value)
    except UserError as error:
        return sentence(error)
    if line.field.required and not may_lack and value in (None, "", ()):
        return tr("Det här behöver fyllas i.")
    return ""


def _go_to(line: _Line) -> None:
    line.input.setFocus()
    _bring_into_sight(line.whole)


def _bring_into_sight(widget: QWidget) -> None:
    """Scroll there, where the form is taller than what holds it."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(widget)


def _tell(line: _Line, text: str) -> None:
    line.error.setText(text)
    line.error.setVisible(bool(text))
    line.input.mark(wrong=bool(text))
