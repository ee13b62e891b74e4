"""The forum's queue: one referral on two lines, what is done with a tick and its outcome, and a way to undo that."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent

from misam_desktop.domain.referral import ReferralState
from misam_desktop.gui.forum_parts.preparation import HINDERS
from misam_desktop.gui.forum_parts.words import outcome_short, waited
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.two_lines import TwoLineList, TwoLines, action_place
from misam_desktop.queries.forum import QueueRow


class Queue(TwoLineList):
    """The referrals in the order the forum takes them."""

    undo_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Kö"))
        self.rows: list[QueueRow] = []

    @property
    def current(self) -> QueueRow | None:
        """The row where the user is."""
        at = self.currentRow()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def show_rows(self, rows: tuple[QueueRow, ...], *, at: str | None) -> None:
        """Show these rows, and go to the one with this id or the first without an outcome."""
        self.rows = list(rows)
        ids = [str(one.id) for one in rows]
        self.fill([_spoken(one) for one in rows], at=ids.index(at) if at in ids else self.first_left())

    def says(self, at: int) -> TwoLines:
        """Who is referred, and by whom and since when, or what the meeting has said."""
        row = self.rows[at]
        if row.outcome is None:
            return TwoLines(row.name, " · ".join(_below(row)), mark=_mark(row))
        undo = tr("Ångra") if row.can_be_taken_back else ""
        return TwoLines(row.name, f"✓ {outcome_short(row)}", settled=True, good=True, action=undo)

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
    return action_place(rect, tr("Ångra"))


def _spoken(row: QueueRow) -> str:
    marks = dict.fromkeys((_mark(row)[0], tr("SGI 0") if row.sgi0 else "", outcome_short(row)))
    return ", ".join([row.name, *_below(row), *filter(None, marks)])


def _below(row: QueueRow) -> list[str]:
    """Who refers, since when, and how much is missing beside a consent."""
    lacks = sum(one not in HINDERS for one in row.lacks)
    return [row.unit, waited(row.days_waiting), *([tr("{count} saknas").format(count=lacks)] if lacks else [])]


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
