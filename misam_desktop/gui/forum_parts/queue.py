"""The forum's queue: one referral on two lines, what is done with a tick and its outcome, and a way to undo that."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from misam_desktop.domain.referral import ReferralState
from misam_desktop.gui import theme
from misam_desktop.gui.forum_parts.words import outcome_short, waited
from misam_desktop.gui.painting import RIGHT, font_of, pill, write
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.queries.forum import QueueRow

_TALL = 52
_SIDE = 10


class Queue(QListWidget):
    """The referrals in the order the forum takes them."""

    chosen = Signal(object)
    """Another row is current, or None."""
    undo_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[QueueRow] = []
        self.setObjectName("queue")
        self.setAccessibleName(tr("Kö"))
        self.setItemDelegate(_Rows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.currentRowChanged.connect(lambda _at: self.chosen.emit(self.current))

    @property
    def current(self) -> QueueRow | None:
        """The row where the user is."""
        at = self.currentRow()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def show_rows(self, rows: tuple[QueueRow, ...], *, at: str | None) -> None:
        """Show these rows, and go to the one with this id or the first without an outcome."""
        self.blockSignals(True)
        self.clear()
        self.rows = list(rows)
        for one in rows:
            item = QListWidgetItem(self)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(one))
        ids = [one.id for one in rows]
        self.setCurrentRow(ids.index(at) if at in ids else self.first_left())  # type: ignore[arg-type]  # it is in ids
        self.blockSignals(False)
        self.chosen.emit(self.current)

    def first_left(self, *, after: int = -1) -> int:
        """The first place without an outcome after a place, going round; the last when all have one."""
        order = [*range(after + 1, len(self.rows)), *range(after + 1)]
        return next((at for at in order if self.rows[at].outcome is None), len(self.rows) - 1)

    def next_left(self) -> str | None:
        """The id of the referral to take after the current one, or None when no other is left."""
        at = self.first_left(after=self.currentRow())
        left = 0 <= at < len(self.rows) and at != self.currentRow() and self.rows[at].outcome is None
        return self.rows[at].id if left else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on «Ångra» undoes; elsewhere in the row it only goes there."""
        super().mouseReleaseEvent(event)
        at = self.indexAt(event.position().toPoint())
        if not at.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        row = self.rows[at.row()]
        if row.can_be_taken_back and undo_place(self.visualRect(at)).contains(event.position().toPoint()):
            self.undo_wanted.emit(row)


def undo_place(rect: QRect) -> QRect:
    """Where «Ångra» stands in a row."""
    now = theme.current()
    wide = QFontMetrics(font_of(12, bold=True)).horizontalAdvance(tr("Ångra"))
    at = QPoint(rect.right() - _SIDE - wide, rect.center().y())
    return QRect(at, QSize(wide + _SIDE, now.px(_TALL) // 2))


def _spoken(row: QueueRow) -> str:
    marks = dict.fromkeys((_mark(row)[0], tr("SGI 0") if row.sgi0 else "", outcome_short(row)))
    return ", ".join([row.name, row.unit, waited(row.days_waiting), *filter(None, marks)])


class _Rows(QStyledItemDelegate):
    """Paints a row of the queue."""

    def __init__(self, queue: Queue) -> None:
        super().__init__(queue)
        self._queue = queue

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines."""
        return QSize(0, theme.current().px(_TALL))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One referral."""
        row, now = self._queue.rows[index.row()], theme.current()
        known = cast(Any, option)
        rect, is_current = QRect(known.rect), bool(known.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_current:
            painter.fillRect(rect, now.colour("sel"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, now.colour("line"))
        half = rect.height() // 2
        upper = QRect(rect.left() + _SIDE, rect.top() + 4, rect.width() - 2 * _SIDE, half - 2)
        lower = QRect(rect.left() + _SIDE, rect.top() + half, rect.width() - 2 * _SIDE, half - 6)
        room = self._paint_mark(painter, upper, row)
        write(painter, room, row.name, now.colour("muted" if row.outcome else "text"), font_of(14, bold=is_current))
        self._paint_below(painter, lower, row)
        painter.restore()

    def _paint_mark(self, painter: QPainter, rect: QRect, row: QueueRow) -> QRect:
        """What makes the referral another than the rest, at the right; gives the room that is left."""
        text, tone = _mark(row)
        if not text:
            return rect
        wide = pill(painter, rect, text, tone)
        return rect.adjusted(0, 0, -wide - _SIDE, 0)

    def _paint_below(self, painter: QPainter, rect: QRect, row: QueueRow) -> None:
        now = theme.current()
        if row.outcome is None:
            write(painter, rect, f"{row.unit} · {waited(row.days_waiting)}", now.colour("muted"), font_of(12))
            return
        undo = tr("Ångra") if row.can_be_taken_back else ""
        wide = QFontMetrics(font_of(12, bold=True)).horizontalAdvance(undo)
        write(painter, rect, undo, now.colour("accent"), font_of(12, bold=True), align=RIGHT)
        room = rect.adjusted(0, 0, -wide - _SIDE if undo else 0, 0)
        write(painter, room, f"✓ {outcome_short(row)}", now.colour("green"), font_of(12, bold=True))


def _mark(row: QueueRow) -> tuple[str, Tone]:
    if row.outcome is not None:
        return "", Tone.PLAIN
    if not row.has_consent:
        return tr("Samtycke saknas"), Tone.RED
    if row.is_protected:
        return tr("Tas muntligt"), Tone.RED
    if row.sgi0:
        return tr("SGI 0"), Tone.AMBER
    if row.state is ReferralState.COMPLETING:
        return tr("Kompletteras"), Tone.AMBER
    return (tr("Återremiss"), Tone.PLAIN) if row.is_rereferral else ("", Tone.PLAIN)
