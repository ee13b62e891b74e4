"""The dagordning as a list: one item on two lines, moved by Alt+arrows or by hand."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget

from misam_desktop.domain.ids import AgendaItemId
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui.nafs_parts.words import answered_words, missing
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.two_lines import TwoLineList, TwoLines
from misam_desktop.gui.withheld import said
from misam_desktop.queries.agenda import AgendaLine
from misam_desktop.queries.desk import Desk


class AgendaList(TwoLineList):
    """The items in the order they are taken up."""

    moved = Signal(object, int)
    """A line is to stand at this place of the whole agenda, counted from 1."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Dagordning"))
        self.desk = desk
        self.lines: list[AgendaLine] = []
        self.too_many: frozenset[AgendaItemId] = frozenset()
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

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
        self.lines, self.too_many = list(lines), too_many
        ids = [str(one.item.id) for one in self.lines]
        self.fill([self._spoken(one) for one in self.lines], at=ids.index(at) if at in ids else 0 if ids else -1)

    def says(self, at: int) -> TwoLines:
        """Its number, what it is, and what is to be known of it."""
        line = self.lines[at]
        upper, lower = self.words(line)
        return TwoLines(upper, lower, mark=self.mark(line), number=f"{at + 1}.", settled=line.is_out)

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
