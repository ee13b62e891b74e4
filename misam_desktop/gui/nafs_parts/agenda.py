"""The dagordning as a list: one item on two lines, moved by Alt+arrows or by hand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from misam_desktop.domain.ids import AgendaItemId
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui import theme
from misam_desktop.gui.nafs_parts.words import answered_words, missing
from misam_desktop.gui.painting import font_of, pill, write
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.withheld import said
from misam_desktop.queries.agenda import AgendaLine
from misam_desktop.queries.desk import Desk

_TALL = 52
_SIDE = 10


class AgendaList(QListWidget):
    """The items in the order they are taken up."""

    chosen = Signal(object)
    """Another line is current, or None."""
    moved = Signal(object, int)
    """A line is to stand at this place of the whole agenda, counted from 1."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.lines: list[AgendaLine] = []
        self.too_many: frozenset[AgendaItemId] = frozenset()
        self.setObjectName("queue")
        self.setAccessibleName(tr("Dagordning"))
        self.setItemDelegate(_Rows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.currentRowChanged.connect(lambda _at: self.chosen.emit(self.current))

    @property
    def current(self) -> AgendaLine | None:
        """The line where the user is."""
        at = self.currentRow()
        return self.lines[at] if 0 <= at < len(self.lines) else None

    def show_lines(
        self, lines: Collection[AgendaLine], *, too_many: frozenset[AgendaItemId], at: str | None, moves: bool
    ) -> None:
        """Show these, and go to the one with this id or the first; ``moves`` lets them change places."""
        modes = QListWidget.DragDropMode
        self.setDragDropMode(modes.InternalMove if moves else modes.NoDragDrop)
        self.blockSignals(True)
        self.clear()
        self.lines, self.too_many = list(lines), too_many
        for one in self.lines:
            QListWidgetItem(self).setData(Qt.ItemDataRole.AccessibleTextRole, self._spoken(one))
        ids = [str(one.item.id) for one in self.lines]
        self.setCurrentRow(ids.index(at) if at in ids else 0 if ids else -1)
        self.blockSignals(False)
        self.chosen.emit(self.current)

    def words(self, line: AgendaLine) -> tuple[str, str]:
        """The two lines of an item: code and name, or the question; unit and answers."""
        if line.case is None or line.person is None:
            to = self.desk.unit(line.item.asked_id) or tr("alla")
            return line.item.question, tr("Generell fråga till {unit}").format(unit=to)
        name = said(line.person, "family_name", line.person.full_name or tr("Namn saknas"), kinds=line.kinds)
        upper = "  ".join(filter(None, [line.item.code and shown(line.item.code), name]))
        return upper, f"{self.desk.unit(line.case.unit_id)} · {answered_words(line.questions)}"

    def mark(self, line: AgendaLine) -> tuple[str, Tone]:
        """What makes an item another than the rest."""
        if line.is_out:
            return tr("Utgår"), Tone.RED
        if line.person is not None and line.person.protected:
            return tr("Tas muntligt"), Tone.RED
        count = missing(line.checked)
        if count:
            return tr("{count} saknas").format(count=count), Tone.AMBER
        if line.item.id in self.too_many:
            return tr("Ryms inte"), Tone.AMBER
        return (tr("Tillägg"), Tone.PLAIN) if line.addendum else ("", Tone.PLAIN)

    def _spoken(self, line: AgendaLine) -> str:
        return ", ".join(filter(None, [*self.words(line), self.mark(line)[0]]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the item, an arrow alone goes to the next."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.move_current(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def move_current(self, by: int) -> None:
        """Ask for another place for the item where the user is."""
        self._ask_for(self.currentRow() + by)

    def dropEvent(self, event: QDropEvent) -> None:
        """Let go by hand: nothing moves here before the store has said so."""
        at = self.indexAt(event.position().toPoint())
        onto = at.row() if at.isValid() else len(self.lines) - 1
        self._ask_for(onto)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()

    def _ask_for(self, row: int) -> None:
        line = self.current
        moves = self.dragDropMode() is QListWidget.DragDropMode.InternalMove
        if moves and line is not None and 0 <= row < len(self.lines) and row != self.currentRow():
            self.moved.emit(line, self.lines[row].at)


class _Rows(QStyledItemDelegate):
    """Paints an item of the agenda."""

    def __init__(self, agenda: AgendaList) -> None:
        super().__init__(agenda)
        self._agenda = agenda

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines."""
        return QSize(0, theme.current().px(_TALL))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One item."""
        line, now = self._agenda.lines[index.row()], theme.current()
        known = cast(Any, option)
        rect, is_current = QRect(known.rect), bool(known.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_current:
            painter.fillRect(rect, now.colour("sel"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, now.colour("line"))
        half, number = rect.height() // 2, now.px(26)
        left = rect.left() + _SIDE + number
        upper = QRect(left, rect.top() + 4, rect.right() - left - _SIDE, half - 2)
        lower = QRect(left, rect.top() + half, rect.right() - left - _SIDE, half - 6)
        place = QRect(rect.left() + _SIDE, upper.top(), number, upper.height())
        write(painter, place, f"{index.row() + 1}.", now.colour("muted"), font_of(14))
        text, tone = self._agenda.mark(line)
        if text:
            upper = upper.adjusted(0, 0, -pill(painter, upper, text, tone) - _SIDE, 0)
        first, second = self._agenda.words(line)
        write(painter, upper, first, now.colour("muted" if line.is_out else "text"), font_of(14, bold=is_current))
        write(painter, lower, second, now.colour("muted"), font_of(12))
        painter.restore()
