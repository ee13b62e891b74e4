"""Samverkansforum: prepare the meeting and run it, and enrol those it found to need coordinated measures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget

from misam_desktop.commands.forum import open_forum, plan_meeting, reopen_forum
from misam_desktop.commands.forum_items import draw_codes
from misam_desktop.domain.ids import ActivityId, MeetingId
from misam_desktop.domain.meeting import Meeting, MeetingState
from misam_desktop.domain.timing import shares
from misam_desktop.gui.dialogs.meeting import open_cancel
from misam_desktop.gui.dialogs.meeting_move import open_move
from misam_desktop.gui.forum_parts.ending import open_end
from misam_desktop.gui.forum_parts.enrolments import EnrolmentsPane
from misam_desktop.gui.forum_parts.meeting import MeetingPane
from misam_desktop.gui.forum_parts.words import elapsed, forum_title, when_and_where
from misam_desktop.gui.inputs import Choice, OneOf
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.led import LedPlace
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.timer import ItemTimer, TimerBar
from misam_desktop.gui.widgets import Banner, button, chip, holding, retone, set_role, shortcut_text
from misam_desktop.queries.forum import EnrolRow, ForumDay, QueueRow, forum_day, waiting_for_enrolment
from misam_desktop.vault import Topic
from misam_desktop.wording import day_short, how_many, label

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_TICK_MS = 20_000
_TONES = {
    MeetingState.PLANNED: Tone.PLAIN,
    MeetingState.OPEN: Tone.GREEN,
    MeetingState.CLOSED: Tone.MUTED,
    MeetingState.CANCELLED: Tone.RED,
}


class ForumScreen(Screen):
    """Two sides of one forum: its meeting, and those who wait for enrolment."""

    shows = frozenset({Topic.CASES, Topic.MEETINGS, Topic.CONSENTS, Topic.PERSONS, Topic.SETTINGS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Samverkansforum"))
        self._day: ForumDay | None = None
        self._on: date | None = None
        self.state = chip("")
        self.timer = ItemTimer(work.session.clock, self)
        self._led = LedPlace(work.session, self, place="forum")
        for one in (self.state, TimerBar(self.timer)):
            self.titles.addWidget(one)
        self.meeting, self.enrolments = MeetingPane(work, self.timer), EnrolmentsPane(work)
        self._add_ways()
        self._add_actions()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.meeting)
        self._stack.addWidget(self.enrolments)
        self.never_ended = Banner()
        self.content.addWidget(self.never_ended)
        self.content.addWidget(self._stack, 1)
        self.enrolments.table.chosen.connect(lambda _row: self._let())
        self.meeting.queue.chosen.connect(self._time)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_state)
        self._tick.start()

    def _add_ways(self) -> None:
        """Which activity, which side, which day."""
        mine = self.work.desk.my_activities
        self.activity = OneOf([Choice(one.id, one.name) for one in mine])
        self.activity.name(tr("Insats"), "")
        self.activity.setVisible(len(mine) > 1)
        self.activity.changed.connect(lambda: self._go_to(None))
        self.to_meeting = self._side(tr("Mötet"), 0)
        self.to_enrolments = self._side(tr("Väntar på inskrivning"), 1)
        self.to_meeting.setChecked(True)
        sides = QButtonGroup(self)
        sides.addButton(self.to_meeting)
        sides.addButton(self.to_enrolments)
        self.before = button("", lambda: self._go_to(self._shown.before), "link")
        self.after = button("", lambda: self._go_to(self._shown.after), "link")
        ways = Flow(self.activity, self.to_meeting, self.to_enrolments, self.before, self.after)
        self.content.addWidget(holding(ways))

    def _side(self, words: str, at: int) -> QPushButton:
        made = button(words, partial(self._show_side, at), "step")
        made.setCheckable(True)
        return made

    def _add_actions(self) -> None:
        self.project = button(tr("Projektor"), self._project)
        self.project.setToolTip(tr("F11 visar och döljer. På projektorn syns bara kod och frågeställning."))
        self.postpone = button(tr("Flytta …"), self._postpone)
        self.cancel = button(tr("Ställ in …"), self._cancel)
        self.hold_today = button(tr("Håll mötet i dag"), lambda: self._start(self.session.clock.today()))
        self.reopen = button(tr("Öppna mötet igen"), self._reopen)
        self.end = button(tr("Avsluta mötet"), self._end)
        self.papers = button(tr("Papper och utskick …"), self._papers)
        self.go_on = button(tr("Till inskrivning"), partial(self._show_side, 1), "primary")
        self.start = button(tr("Starta mötet"), lambda: self._start(self._shown.on), "primary")
        self.enrol = button(f"{tr('Skriv in …')}  {shortcut_text('Return')}", self.enrolments.enrol, "primary")
        ending = (self.papers, self.project, self.postpone, self.cancel, self.hold_today, self.reopen, self.end)
        for one in (*ending, self.go_on, self.start, self.enrol):
            self.buttons.addWidget(one)
            one.hide()

    # Reading

    def showEvent(self, event: QShowEvent) -> None:
        """Coming into sight at the forum that is next, with its queue under the hands."""
        if self._on is not None and self._on < self.session.clock.today():
            self._on = None
            self._is_stale = True
        super().showEvent(event)
        self._take_focus()

    def _take_focus(self) -> None:
        (self.meeting, self.enrolments)[self._stack.currentIndex()].setFocus()

    @property
    def _activity_id(self) -> ActivityId | None:
        chosen: ActivityId | None = self.activity.value()
        return chosen

    @property
    def _shown(self) -> ForumDay:
        assert self._day is not None, "the actions come with the day"
        return self._day

    def reload(self) -> None:
        """Ask for the forum of the day, and who waits for enrolment."""
        activity_id = self._activity_id
        if activity_id is None:
            self.banner.tell(tr("Du arbetar inte i någon insats som har ett forum."), Tone.AMBER)
            self.loaded.emit()
            return
        ask = self.session.ask
        ask(forum_day(activity_id, on=self._on), owner=self, then=self._show_day, instead_of="day")
        ask(waiting_for_enrolment(activity_id), owner=self, then=self._show_enrolments, instead_of="enrolments")

    def _show_day(self, day: ForumDay) -> None:
        self._day = day
        today = self.session.clock.today()
        self.heading.setText(forum_title(day, today=today))
        self.beside_heading.setText(when_and_where(day))
        for way, to, words in ((self.before, day.before, "‹ {day}"), (self.after, day.after, "{day} ›")):
            way.setText(words.format(day=day_short(to, today=today)) if to else "")
            way.setVisible(to is not None)
        self._tell_never_ended(day)
        if self._stack.currentWidget() is self.meeting:
            self.keep_focus(self.meeting.queue, bool(day.queue), otherwise=self.to_meeting)
        self.meeting.show_day(day)
        if day.uncoded and day.state is MeetingState.OPEN and day.meeting is not None:
            self.session.do(draw_codes(day.meeting.id), owner=self)
        self._keep_open(day)
        self._show_state()
        self._let()

    def _keep_open(self, day: ForumDay) -> None:
        """A meeting that is led here does not lock for want of a key."""
        if day.meeting is not None:
            goes_on = day.state is MeetingState.OPEN
            self.work.idle.lead(day.meeting.id, day.meeting.opened_at if goes_on else None)
            self._led.keep(goes_on and day.on == self.session.clock.today())
        self._time(self.meeting.queue.current)

    def _time(self, row: QueueRow | None) -> None:
        """Each case has an even share of the meeting; what is concluded counts no more."""
        day = self._day
        if day is None or row is None or day.state is not MeetingState.OPEN or row.outcome is not None:
            self.timer.rest()
            return
        share = shares([None] * len(day.queue), minutes=day.activity.settings.rhythm.minutes)[0]
        self.timer.take(row.id, share)

    def _show_enrolments(self, found: list[EnrolRow]) -> None:
        if self._stack.currentWidget() is self.enrolments:
            self.keep_focus(self.enrolments.table, bool(found), otherwise=self.to_enrolments)
        self.enrolments.show_rows(found)
        words = tr("Väntar på inskrivning")
        self.to_enrolments.setText(f"{words}  {len(found)}" if found else words)
        self._let()
        self.loaded.emit()

    def _show_state(self) -> None:
        """Where the meeting stands, and how long it has gone on."""
        day = self._day
        if day is None:
            return
        words = label(day.state)
        is_today = day.on == self.session.clock.today()
        if is_today and day.state is MeetingState.OPEN and day.meeting is not None and day.meeting.opened_at:
            words = f"{words} · {elapsed(day.meeting.opened_at, self.session.clock.now())}"
        self.state.setText(words)
        retone(self.state, _TONES[day.state])

    def _tell_never_ended(self, day: ForumDay) -> None:
        self.never_ended.clear()
        if day.never_ended is None:
            return
        words = tr("Mötet {day} är inte avslutat.").format(
            day=day_short(day.never_ended, today=self.session.clock.today())
        )
        self.never_ended.tell(words, Tone.AMBER, action=(tr("Gå dit"), partial(self._go_to, day.never_ended)))

    def _let(self) -> None:
        """Show the actions that are possible; one of them is the primary."""
        day = self._day
        state = day.state if day is not None and self._stack.currentIndex() == 0 else None
        is_due = day is not None and day.on <= self.session.clock.today()
        is_untouched = day is not None and all(row.outcome is None for row in day.queue)
        shown = {
            self.start: state is MeetingState.PLANNED and is_due,
            self.hold_today: state is MeetingState.PLANNED and not is_due,
            self.cancel: state is MeetingState.PLANNED or (state is MeetingState.OPEN and is_untouched),
            self.end: state is MeetingState.OPEN,
            self.reopen: state in {MeetingState.CLOSED, MeetingState.CANCELLED},
            self.papers: state in {MeetingState.PLANNED, MeetingState.OPEN, MeetingState.CLOSED},
            self.project: state is MeetingState.OPEN,
            self.postpone: state is MeetingState.PLANNED,
            self.go_on: state is MeetingState.CLOSED and bool(self.enrolments.table.rows),
            self.enrol: self._stack.currentIndex() == 1,
        }
        for action, is_shown in shown.items():
            action.setVisible(is_shown)
        set_role(self.end, "" if day is not None and day.left else "primary")
        self.enrol.setEnabled(self.enrolments.table.current is not None)

    # Going

    def _go_to(self, day: date | None) -> None:
        """The forum of a day; None is the next."""
        self._on = day
        self._show_side(0)
        self.reload()

    def _show_side(self, at: int) -> None:
        (self.to_meeting, self.to_enrolments)[at].setChecked(True)
        self._stack.setCurrentIndex(at)
        self._take_focus()
        self._let()

    # Running the meeting

    def _start(self, on: date) -> None:
        self._on = on
        request = open_forum(self._shown.activity.id, on=on)
        self.session.do(request, owner=self, then=lambda _meeting: self._take_focus())

    def _end(self) -> None:
        day = self._shown
        left = how_many(day.left, tr("remiss väntar"), tr("remisser väntar"))
        words = tr("Mötet är avslutat. {left} till nästa möte.") if day.left else tr("Mötet är avslutat.")
        open_end(self.work, day, then=partial(self._is_over, words.format(left=left), day.on))

    def _cancel(self) -> None:
        day = self._shown
        then = partial(self._is_over, tr("Mötet är inställt."), day.on)
        open_cancel(self.work, day.activity.id, on=day.on, then=then)

    def _is_over(self, words: str, on: date, meeting: Meeting) -> None:
        """Stay with the meeting that has just ended, and let it be taken back."""
        self._on = on
        self.work.tell(words, undo=partial(self._open_again, meeting.id))

    def _reopen(self) -> None:
        if self._shown.meeting is not None:
            self._open_again(self._shown.meeting.id)

    def _papers(self) -> None:
        self._of_meeting(self._show_papers)

    def _show_papers(self, meeting: Meeting) -> None:
        self.work.go("forum_papers", meeting.id)

    def _project(self) -> None:
        """Put it on or off; the keys that lead the meeting work at once."""
        self.meeting.projecting.turn()
        self._take_focus()

    def _postpone(self) -> None:
        self._of_meeting(lambda meeting: open_move(self.work, meeting, then=self._moved))

    def _of_meeting(self, then: Callable[[Meeting], None]) -> None:
        """Do this with the meeting of the day, which is put in the calendar if it was only the rhythm's."""
        day = self._shown
        if day.meeting is not None:
            then(day.meeting)
        else:
            self.session.do(plan_meeting(day.activity.id, on=day.on), owner=self, then=then)

    def _moved(self, meeting: Meeting) -> None:
        """Go with the meeting to its new day."""
        self._on = meeting.on

    def _open_again(self, meeting_id: MeetingId) -> None:
        self.session.do(reopen_forum(meeting_id), owner=self, then=lambda _meeting: self._take_focus())
