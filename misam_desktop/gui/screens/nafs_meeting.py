"""NAFS-möte: the dagordning before the meeting, and the meeting itself, case by case."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent

from misam_desktop.commands.agenda import move_item
from misam_desktop.commands.forum import open_forum, reopen_forum
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import MeetingId
from misam_desktop.domain.meeting import Meeting, MeetingState, agenda_can_be_printed, state_of
from misam_desktop.gui import theme
from misam_desktop.gui.dialogs.meeting_move import open_move
from misam_desktop.gui.dialogs.nafs_calendar import open_cancel_and_move
from misam_desktop.gui.dialogs.nafs_meeting import open_general
from misam_desktop.gui.dialogs.nafs_move import open_move_on
from misam_desktop.gui.forum_parts.attendance import AttendanceBar
from misam_desktop.gui.in_room import agencies_leaving
from misam_desktop.gui.layouts import Columns
from misam_desktop.gui.nafs_parts.agenda import AgendaList
from misam_desktop.gui.nafs_parts.calendar import MeetingDays
from misam_desktop.gui.nafs_parts.ending import open_end
from misam_desktop.gui.nafs_parts.item import ItemPane
from misam_desktop.gui.nafs_parts.leading import Leading
from misam_desktop.gui.nafs_parts.recall import recall_words
from misam_desktop.gui.nafs_parts.words import MEETING_TONES, meeting_title
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.timer import TimerBar
from misam_desktop.gui.widgets import GAP, Banner, Card, button, chip, column, holding, label, retone, scrolling
from misam_desktop.queries.agenda import AgendaLine, AgendaPage, agenda_of
from misam_desktop.vault import Topic
from misam_desktop.wording import how_many, sentence
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_ITEM_WIDE, _LEAST_TALL = 560, 300


class NafsMeetingScreen(Screen):
    """To the left what is taken up and in which order, to the right the item where one is."""

    shows = frozenset({Topic.CASES, Topic.MEETINGS, Topic.CONSENTS, Topic.PERSONS, Topic.SETTINGS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.id = MeetingId(subject)
        self.page: AgendaPage | None = None
        self._here: str | None = None
        self.state = chip("")
        self.days = MeetingDays()
        for one in (self.state, *self.days.chips):
            self.titles.addWidget(one)
        self.attendance = AttendanceBar(work)
        self.over, self.recall, self.spoken, self.too_many = Banner(), Banner(), Banner(), Banner()
        self.agenda = AgendaList(work.desk)
        self.progress = label("", "muted")
        self.general = button(tr("Ny generell fråga …"), partial(open_general, work, self.id))
        self.nothing = label("", "muted", wrap=True)
        self.keys = label("", "small", wrap=True)
        self.leading = Leading(work, self, self.agenda)
        self.time = TimerBar(self.leading.timer)
        self.titles.addWidget(self.time)
        self._agenda_card = Card(tr("Dagordning"), beside=[self.progress])
        self._agenda_card.add(self.nothing, self.agenda, self.keys, self.general)
        self._agenda_card.body.setStretch(1, 1)
        self.item = ItemPane(work)
        self._columns = Columns(side_wide=_ITEM_WIDE)
        self._columns.main.addWidget(self._agenda_card, 1)
        self._beside = scrolling(self.item)
        self._columns.side.addWidget(self._beside, 1)
        self._agenda_card.setMinimumHeight(theme.current().px(_LEAST_TALL))
        self._columns.right.setMinimumHeight(theme.current().px(_LEAST_TALL))
        inside = column(self.over, self.attendance, self.recall, self.spoken, self.too_many, gap=GAP)
        inside.addWidget(self._columns, 1)
        self.content.addWidget(scrolling(holding(inside)), 1)
        self._columns.hide()
        self.attendance.hide()
        self._add_actions()
        self.agenda.chosen.connect(self._show_line)
        self.agenda.moved.connect(self._move)
        self.item.saved.connect(self._go_on)
        self.item.gone_out.connect(self._turned)
        self.setFocusProxy(self.agenda)

    def _add_actions(self) -> None:
        self.papers = button(tr("Papper och utskick …"), self._open_papers)
        self.project = button(tr("Projektor"), self.leading.projecting.turn)
        self.project.setToolTip(tr("F11 visar och döljer. På projektorn syns bara kod och frågor."))
        self.postpone = button(tr("Flytta …"), self._move_meeting)
        self.cancel = button(tr("Ställ in …"), self._cancel)
        self.reopen = button(tr("Öppna mötet igen"), self._reopen)
        self.end = button(tr("Avsluta mötet"), self._end, "primary")
        self.start = button(tr("Starta mötet"), self._start, "primary")
        self.ways_on = (self.papers, self.project, self.postpone, self.cancel, self.reopen, self.end, self.start)
        for one in self.ways_on:
            self.buttons.addWidget(one)
            one.hide()

    def _open_papers(self) -> None:
        self.work.go("nafs_papers", self.id)

    def showEvent(self, event: QShowEvent) -> None:
        """The keys work at once."""
        super().showEvent(event)
        self.agenda.setFocus()

    # Reading

    def reload(self) -> None:
        """Read the agenda again."""
        self.session.ask(agenda_of(self.id), owner=self, then=self._show, failed=self._missing, instead_of="agenda")

    def _missing(self, error: MisamError) -> None:
        """Nothing stays on the page that may no longer be read."""
        self.page = None
        self.leading.take_page(None)
        self.heading.setText(tr("NAFS-möte"))
        banners = (self.over, self.recall, self.spoken, self.too_many)
        for part in (self._columns, self.attendance, *banners, self.state, *self.days.chips):
            part.hide()
        for one in self.ways_on:
            one.hide()
        self.agenda.blockSignals(True)
        self.agenda.lines = []
        self.agenda.clear()
        self.agenda.blockSignals(False)
        self.banner.tell(sentence(error))
        self.loaded.emit()

    def _show(self, page: AgendaPage) -> None:
        self.page = page
        today, state = self.session.clock.today(), state_of(page.meeting)
        self.heading.setText(meeting_title(page.team.name, page.meeting.on, today=today))
        self.beside_heading.setText(" · ".join(filter(None, [page.meeting.starts, page.meeting.place])))
        self.state.setText(word_for(state))
        retone(self.state, MEETING_TONES[state])
        self.days.show_of(page.meeting, today)
        self._columns.show()
        self.leading.take_page(page)
        self._tell(page)
        moves = page.leads and state in {MeetingState.PLANNED, MeetingState.OPEN}
        self.general.setVisible(moves)
        self.keys.setText(self._keys(moves=moves))
        self.keys.setVisible(bool(self.keys.text()) and len(page.lines) > 1)
        self.nothing.setVisible(not page.lines)
        self.nothing.setText(_why_empty(page, state))
        self.agenda.setVisible(bool(page.lines))
        cases = sum(one.case is not None for one in page.lines)
        self.progress.setText(how_many(cases, tr("ärende"), tr("ärenden")) if cases else "")
        self.agenda.show_lines(page.lines, too_many=page.too_many, at=self._here, moves=moves)
        self._let(page, state)
        self.loaded.emit()

    def _keys(self, *, moves: bool) -> str:
        """What the keys do here."""
        words = [tr("Alt+↑ och Alt+↓ flyttar, eller dra med musen.")] * moves
        words += [tr("Page Up och Page Down, eller Ctrl+↑ och Ctrl+↓, byter punkt.")] * self.leading.goes_on
        return " ".join(words)

    def _show_attendance(self, page: AgendaPage, line: AgendaLine | None) -> None:
        said, goes_on = {one.agency: one for one in page.attendance}, state_of(page.meeting) is MeetingState.OPEN
        self.attendance.setVisible(page.leads and page.meeting.opened_at is not None)
        leaving = line.leaving if line is not None else ()
        out = agencies_leaving(self.work.desk, page.room, leaving)
        self.attendance.show_meeting(
            page.meeting, said, goes_on=goes_on, out=out, gone=set(leaving) <= set(self.item.gone)
        )

    def _tell(self, page: AgendaPage) -> None:
        """Papers that must come back, what is taken up without a paper, and what there is no time for."""
        if page.recall:
            words = recall_words(page.recall, self.work.desk)
            self.recall.tell(words, Tone.RED, action=(tr("Papper och utskick"), self._open_papers))
        else:
            self.recall.clear()
        if page.spoken:
            words = tr("Ett ärende tas muntligt.") if page.spoken == 1 else tr("{count} ärenden tas muntligt.")
            self.spoken.tell(words.format(count=page.spoken), Tone.AMBER)
        else:
            self.spoken.clear()
        if page.too_many:
            words = tr("Mötet har tid för {capacity} ärenden. {over} för mycket: ta de sista på nästa möte.")
            over = how_many(len(page.too_many), tr("ärende"), tr("ärenden"))
            capacity = page.team.settings.rhythm.capacity
            move = (tr("Flytta till nästa möte …"), self._move_on) if self._goes_on(page) else None
            self.too_many.tell(words.format(capacity=capacity, over=over), Tone.AMBER, action=move)
        else:
            self.too_many.clear()

    def _let(self, page: AgendaPage, state: MeetingState) -> None:
        """Show the actions that are possible."""
        is_due = page.meeting.on <= self.session.clock.today()
        shown = {
            self.project: state is MeetingState.OPEN,
            self.papers: agenda_can_be_printed(page.meeting, today=self.session.clock.today()),
            self.start: state is MeetingState.PLANNED and is_due,
            self.postpone: state is MeetingState.PLANNED,
            self.cancel: state is MeetingState.PLANNED,
            self.end: state is MeetingState.OPEN,
            self.reopen: state in {MeetingState.CLOSED, MeetingState.CANCELLED},
        }
        for action, holds in shown.items():
            action.setVisible(holds and page.leads)

    def _show_line(self, line: AgendaLine | None) -> None:
        if self.page is not None:
            before, self._here = self._here, line.item.id if line is not None else None
            if self._here != before:
                self._beside.verticalScrollBar().setValue(0)  # who leaves the room stands at the top
            self.item.show_line(line, self.page)
            self._show_attendance(self.page, line)
            self.leading.take_line(line, self.item.gone)

    def _turned(self) -> None:
        """Those who leave for the item have gone out, or come back."""
        if self.page is not None:
            self._show_attendance(self.page, self.agenda.current)
            self.leading.take_line(self.agenda.current, self.item.gone)

    # Acting

    def _move(self, line: AgendaLine, to: int) -> None:
        self._here = line.item.id
        self.session.do(move_item(line.item.id, to=to), owner=self)

    def _goes_on(self, page: AgendaPage) -> bool:
        return state_of(page.meeting) in {MeetingState.PLANNED, MeetingState.OPEN}

    def _move_on(self) -> None:
        if self.page is not None:
            open_move_on(self.work, self.page, words=lambda line: self.agenda.words(line)[0])

    def _start(self) -> None:
        if self.page is not None:
            meeting = self.page.meeting
            request = open_forum(meeting.activity_id, on=meeting.on)
            self.session.do(request, owner=self, then=lambda _meeting: self.agenda.setFocus())

    def _go_on(self, to_next: bool) -> None:  # noqa: FBT001 – the signal says it
        """What was agreed is saved."""
        if to_next:
            self.leading.after()
        self.agenda.setFocus()

    def _end(self) -> None:
        if self.page is not None:
            open_end(self.work, self.page, then=self._is_over)

    def _is_over(self, _meeting: Meeting) -> None:
        words = tr("Mötet är avslutat. Återkoppling ges inom sju arbetsdagar från mötet.")
        self.work.tell(words, undo=self._reopen)
        action = (tr("Papper och utskick"), self._open_papers)
        self.over.tell(tr("Mötet är avslutat. Minnesanteckningarna kan lämnas ut."), Tone.GREEN, action=action)

    def _move_meeting(self) -> None:
        if self.page is not None:
            open_move(self.work, self.page.meeting)

    def _cancel(self) -> None:
        if self.page is not None:
            open_cancel_and_move(self.work, self.page.meeting)

    def _reopen(self) -> None:
        """Take back the end; what was moved when the meeting was cancelled is not moved back."""
        self.over.clear()
        was_cancelled = self.page is not None and state_of(self.page.meeting) is MeetingState.CANCELLED
        then = self._tell_moved if was_cancelled else None
        self.work.session.do(reopen_forum(self.id), owner=self, then=then)

    def _tell_moved(self, _meeting: Meeting) -> None:
        words = tr("Mötet är planerat igen. Det som flyttades när det ställdes in står kvar på teamets nästa möte.")
        self.over.tell(words, Tone.AMBER)


def _why_empty(page: AgendaPage, state: MeetingState) -> str:
    if state is MeetingState.CANCELLED:
        return tr("Mötet är inställt: {why}.").format(why=page.meeting.cancelled_why.rstrip(". "))
    return tr("Inget står på dagordningen än. Ärenden sätts upp från sin egen sida.")
