"""The meeting itself: attendance above, then the queue, the case and its outcomes, and what is done with the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from misam_desktop.commands.forum import record_outcome, take_back_outcome
from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.errors import MisamError, Stale
from misam_desktop.domain.ids import ReferralId
from misam_desktop.domain.meeting import MeetingState
from misam_desktop.domain.referral import AlreadyConcluded, Referral
from misam_desktop.gui import theme
from misam_desktop.gui.forum_parts.attendance import AttendanceBar
from misam_desktop.gui.forum_parts.case import CasePane
from misam_desktop.gui.forum_parts.outcomes import OutcomePane
from misam_desktop.gui.forum_parts.preparation import PreparationPane
from misam_desktop.gui.forum_parts.queue import Queue
from misam_desktop.gui.layouts import ENOUGH
from misam_desktop.gui.projecting import Projecting, Wanted
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.timer import ItemTimer
from misam_desktop.gui.widgets import GAP, Banner, Card, column, holding, label, scrolling
from misam_desktop.queries.forum import ForumDay, QueueRow
from misam_desktop.queries.forum_projected import forum_projected
from misam_desktop.wording import day_long, short

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_NARROW, _LEAST_TALL = 780, 320
_QUEUE_WIDE, _OUTCOMES_WIDE = (240, 300), (240, 288)
"""The least and the most: between them the columns at the sides get their share of the window."""
_SHARE = 0.3


class MeetingPane(QWidget):
    """One day's forum. Two keys for an outcome: its number, then Ctrl+Enter; a text that is typed keeps the keys."""

    def __init__(self, work: Workspace, timer: ItemTimer) -> None:
        super().__init__()
        self._work = work
        self._day: ForumDay | None = None
        self._here: str | None = None
        self._shown: str | None = None
        self._was_stale = False
        self.attendance = AttendanceBar(work)
        self.told = Banner()
        self.nothing = label("", "muted", wrap=True)
        self._nothing_card = Card()
        self._nothing_card.add(self.nothing)
        self._nothing_card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.queue = Queue()
        self.case = CasePane(work)
        self.panes = QWidget()
        self.outcomes, self.preparation = OutcomePane(self), PreparationPane(work)
        self.projecting = Projecting(work, self, timer, wanted=self._projected, step=self.step)
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        self.progress = label("", "muted")
        self._queue_card = Card(tr("Kö"), beside=[self.progress])
        self._queue_card.add(self.queue, stretch=1)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.panes)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP)
        for part, stretch in ((self._queue_card, 0), (self.case, 1), (self.preparation, 0), (self.outcomes, 0)):
            self._box.addWidget(part, stretch)
        inside = column(self.attendance, self.told, self._nothing_card, gap=GAP)
        inside.addWidget(self.panes, 1)
        inside.addStretch(0)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolling(holding(inside)))
        self.setFocusProxy(self.queue)

    def _listen(self) -> None:
        self.queue.chosen.connect(self._show_case)
        self.queue.undo_wanted.connect(self.take_back)
        self.outcomes.picked.connect(self._on_picked)
        self.outcomes.save_wanted.connect(self.save)
        self.outcomes.undo_wanted.connect(self._take_back_current)
        for key in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)
        self.preparation.wanted.connect(self.queue.setCurrentRow)
        self.case.gone_out.connect(self._turned)

    def step(self, by: int) -> None:
        """To a case further on, or back; at the ends nothing happens."""
        at = self.queue.currentRow() + by
        if 0 <= at < len(self.queue.rows):
            self.queue.setCurrentRow(at)

    def show_day(self, day: ForumDay) -> None:
        """Show the forum as it has been read, at the place where the user was."""
        is_other = self._day is None or self._day.on != day.on or self._day.activity.id != day.activity.id
        if is_other:
            self.case.leave()
            self._here = self._shown = None
        self._day = day
        self.attendance.setVisible(day.meeting is not None and day.meeting.opened_at is not None)
        self.progress.setText(
            tr("{done} av {count} klara").format(done=len(day.queue) - day.left, count=len(day.queue))
        )
        is_ahead = day.state is MeetingState.PLANNED
        self.preparation.setVisible(is_ahead)
        self.outcomes.setVisible(not is_ahead)
        if is_ahead:
            self.preparation.show_day(day)
        if day.state is not MeetingState.OPEN:
            self.projecting.put_away()
        self._show_queue(day)

    def _projected(self) -> Wanted | None:
        """The case that stands on the projector, while the meeting goes on."""
        found, day = self.queue.current, self._day
        if found is None or day is None or day.meeting is None or day.state is not MeetingState.OPEN:
            return None
        return found.id, forum_projected(day.meeting.id, found.id, left=self.case.gone)

    def _turned(self) -> None:
        """Those who leave for the case have gone out, or come back."""
        if self._day is not None:
            self.attendance.show_day(self._day, self.queue.current, self.case.gone)
        self.projecting.show_now()

    def _show_queue(self, day: ForumDay) -> None:
        is_empty = not day.queue
        self.panes.setVisible(not is_empty)
        self._nothing_card.setVisible(is_empty)
        self.nothing.setText(_why_empty(day))
        self.queue.show_rows(day.queue, at=self._here)
        if is_empty:
            self.attendance.show_day(day, None)

    def _show_case(self, found: QueueRow | None) -> None:
        if found is None or self._day is None:
            return
        is_same, self._shown, self._here = found.id == self._shown, found.id, found.id
        if not is_same:
            self.told.clear()
        writes = self._day.state is MeetingState.OPEN and found.outcome is None
        self.case.show_case(found, self._day, writes=writes)
        self.outcomes.show_case(found, self._day, keeps_choice=is_same)
        self.attendance.show_day(self._day, found, self.case.gone)
        self.projecting.show_now()
        if self._was_stale and is_same:
            self._tell_what_others_did(found)
        self._was_stale = False

    # Recording

    def _on_picked(self, outcome: Outcome) -> None:
        """Some outcomes want a text first; the others are a key away from being saved."""
        assert self._day is not None
        wants_text = outcome in self._day.activity.settings.text_required
        self.case.ask_for_text(outcome if wants_text else None)
        if not wants_text and not self.queue.hasFocus():
            self.queue.setFocus()

    def save(self) -> None:
        """Record what was picked, and take the next."""
        found, day, outcome = self.queue.current, self._day, self.outcomes.outcome
        if found is None or day is None or day.meeting is None or not self.outcomes.can_pick:
            return
        if outcome is None:
            self.outcomes.complain(tr("Välj en bedömning först, med musen eller en siffra."))
            return
        request = record_outcome(
            found.id,
            outcome,
            meeting_id=day.meeting.id,
            text=self.case.text,
            also_nafs=self.outcomes.also_nafs.isChecked(),
            also_sip=self.outcomes.also_sip.isChecked(),
            seen=found.version,
        )
        self.outcomes.wait()
        self._work.session.do(request, owner=self, then=self._saved, failed=self._refused)

    def _saved(self, referral: Referral) -> None:
        assert referral.outcome is not None
        self.case.saved()
        self.queue.setFocus()
        self._here = self.queue.next_left() or self._here
        self._work.tell(
            tr("Bedömningen är sparad: {outcome}.").format(outcome=short(referral.outcome)),
            undo=lambda: self._take_back(referral.id, referral.version),
        )

    def _refused(self, error: MisamError) -> None:
        self.outcomes.wait(over=True)
        if isinstance(error, Stale | AlreadyConcluded):
            self._was_stale = True
            self._work.here.refresh()
            return
        self.case.show_error(error)

    def _tell_what_others_did(self, found: QueueRow) -> None:
        if found.outcome is not None:
            text = tr("Någon annan har redan sparat en bedömning: {outcome}. Det du skrev är inte sparat.")
            self.told.tell(text.format(outcome=short(found.outcome)), Tone.AMBER)
            return
        self.told.tell(tr("Någon annan har ändrat remissen. Läs den igen och spara sedan."), Tone.AMBER)

    # Taking back

    def take_back(self, found: QueueRow) -> None:
        """Undo the outcome of a row; it stands in the queue again."""
        self._take_back(found.id, found.version)

    def _take_back_current(self) -> None:
        if self.queue.current is not None:
            self.take_back(self.queue.current)

    def _take_back(self, referral_id: ReferralId, seen: int) -> None:
        def back(referral: Referral) -> None:
            self._here = referral.id
            self._work.tell(tr("Bedömningen är ångrad. Remissen står i kön igen."))

        self._work.session.do(take_back_outcome(referral_id, seen=seen), owner=self, then=back)

    # Where there is little room the panes stand under each other

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to be told that it is too narrow."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other or under each other."""
        super().resizeEvent(event)
        now = theme.current()
        is_narrow = event.size().width() < now.px(_NARROW)
        beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(under if is_narrow else beside)
        sides = ((self._queue_card, _QUEUE_WIDE), (self.outcomes, _OUTCOMES_WIDE), (self.preparation, _OUTCOMES_WIDE))
        for part, (least, most) in sides:
            wide = min(max(round(event.size().width() * _SHARE), now.px(least)), now.px(most))
            part.setMinimumWidth(0 if is_narrow else wide)
            part.setMaximumWidth(ENOUGH if is_narrow else wide)
        for part in (self._queue_card, self.case):
            part.setMinimumHeight(now.px(_LEAST_TALL))


def _why_empty(day: ForumDay) -> str:
    match day.state:
        case MeetingState.CANCELLED:
            why = day.meeting.cancelled_why if day.meeting else ""
            return tr("Mötet är inställt: {why}. Remisserna väntar till nästa möte.").format(why=why)
        case MeetingState.CLOSED:
            return tr("Mötet gjorde inga bedömningar.")
    when = " ".join(part for part in (day_long(day.on), _at(day)) if part)
    text = tr("Ingen remiss väntar på bedömning. Nästa möte är {when}. Remisser som lämnas till forumet hamnar här.")
    return text.format(when=when)


def _at(day: ForumDay) -> str:
    starts = day.meeting.starts if day.meeting else day.activity.settings.rhythm.starts
    return tr("kl. {time}").format(time=starts) if starts else ""
