"""Idag: what waits for the one who looks, each with its one action; for a koordinator also how the team stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from misam_desktop.domain.access import May
from misam_desktop.domain.episode import AssignmentRole
from misam_desktop.domain.ids import AgendaItemId
from misam_desktop.domain.sip_next import SipStep
from misam_desktop.domain.tells import BASICS
from misam_desktop.gui.asking import note_from_list
from misam_desktop.gui.case_parts.consents import renew_what_ends
from misam_desktop.gui.cells import ACTION_ROLE
from misam_desktop.gui.copying import copies_cases
from misam_desktop.gui.deadlines import days_left, tone_of
from misam_desktop.gui.dialogs.enrol import open_enrol
from misam_desktop.gui.dialogs.feedback import open_feedback
from misam_desktop.gui.dialogs.follow_up import open_follow_up
from misam_desktop.gui.dialogs.reassign import open_reassign
from misam_desktop.gui.layouts import ENOUGH, Columns
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.screens.today_cards import capacity_card, late_card, meeting_card, without_cases
from misam_desktop.gui.screens.today_nafs import nafs_cards
from misam_desktop.gui.tables import Column, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, clear, label, scrolling, shortcut_text
from misam_desktop.queries.task_rows import Task, TodayRow
from misam_desktop.queries.today import Today, today
from misam_desktop.vault import Topic
from misam_desktop.wording import day_long, day_of_week, how_many

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_LEAST_ROWS = 5
_SIDE_WIDE = 260


class TodayScreen(Screen):
    """What waits, sorted by what happens if it is left lying."""

    shows = frozenset({Topic.CASES, Topic.FOLLOW_UPS, Topic.CONSENTS, Topic.PERSONS, Topic.MEETINGS, Topic.SETTINGS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Idag"))
        if not work.desk.may(May.SEE_CASES):
            self.content.addWidget(without_cases(work))
            self.content.addStretch(1)
            return
        self.coordinates = work.desk.may(May.RUN_FORUM)
        self.table = _tasks_table(work)
        self.nothing = label("", "muted", wrap=True)
        self.order = label(tr("Mest bråttom först"), "small")
        self.card = Card(tr("Väntar på dig"), beside=[self.order])
        self.take_in = button(tr("Ta in er lista"), partial(work.go, "register"))
        self.card.add(self.nothing, self.take_in, self.table)
        self.columns = Columns(side_wide=_SIDE_WIDE)
        self.columns.main.addWidget(self.card, 1)
        self.columns.main.addStretch()
        self.columns.right.setVisible(self.coordinates)
        self.content.addWidget(scrolling(self.columns))
        # a koordinator's primary action is the next forum
        self.begin = _begin(work, is_primary=not self.coordinates and not work.desk.leads_nafs)
        self.buttons.addWidget(self.begin)
        self._below: list[QWidget] = []
        self.setFocusProxy(self.table)

    def reload(self) -> None:
        """Ask what waits."""
        day = self.session.clock.today()
        week = tr("vecka {week}").format(week=day.isocalendar().week)
        self.beside_heading.setText(f"{day_long(day)} · {week}")
        self.session.ask(today(), owner=self, then=self._show, instead_of="today")

    def _show(self, found: Today) -> None:
        if self.work.desk.may(May.SEE_CASES):
            self._show_tasks(found)
            self._show_meetings(found)
            self._show_team(found)
        self.loaded.emit()

    def _show_tasks(self, found: Today) -> None:
        self.table.show_rows(found.tasks)
        self.keep_focus(self.table, bool(found.tasks), otherwise=self.begin)
        self.table.setVisible(bool(found.tasks))
        self.order.setVisible(bool(found.tasks))
        self.nothing.setVisible(not found.tasks)
        self.nothing.setText(_nothing_waits(found, self.work))
        self.take_in.setVisible(not found.tasks and _is_new(found) and self.work.desk.may(May.IMPORT_REGISTER))
        self._suit_card(len(found.tasks))

    def _suit_card(self, rows: int) -> None:
        """No taller than what is in it: the next meeting follows close under a short list."""
        grows = QSizePolicy.Policy.Preferred if rows else QSizePolicy.Policy.Maximum
        self.card.setSizePolicy(QSizePolicy.Policy.Preferred, grows)
        self.columns.main.setStretchFactor(self.card, 1 if rows else 0)
        self.table.setMinimumHeight(self.table.height_for(min(rows, _LEAST_ROWS)))
        around = self.card.sizeHint().height() - self.card.body.sizeHint().height()
        self.card.setMaximumHeight(around + self.table.height_for(rows) if rows else ENOUGH)

    def _show_meetings(self, found: Today) -> None:
        for card in self._below:
            card.deleteLater()
        self._below = [*nafs_cards(self.work, found.nafs, is_primary=not self.work.desk.may(May.RUN_FORUM))]
        self._below += [
            meeting_card(self.work, meeting, is_primary=self.coordinates and not at)
            for at, meeting in enumerate(found.next_meetings)
        ]
        for card in self._below:
            self.columns.main.insertWidget(self.columns.main.count() - 1, card)

    def _show_team(self, found: Today) -> None:
        clear(self.columns.side)
        if found.capacity is not None:
            self.columns.side.addWidget(capacity_card(self.work, found.capacity))
        if self.coordinates:
            self.columns.side.addWidget(late_card(self.work, found.late_by_unit))
        self.columns.side.addStretch(1)


def _begin(work: Workspace, *, is_primary: bool) -> QWidget:
    """A new referral, or a NAFS case for whoever only begins those; the key works from everywhere, by the workspace."""
    kind = "primary" if is_primary else ""
    if not work.desk.may(May.WRITE_REFERRAL) and work.desk.may(May.WRITE_NAFS):
        return button(tr("Nytt NAFS-ärende"), partial(work.go, "new_nafs_case"), kind)
    return button(f"{tr('Ny remiss')}  {shortcut_text('Ctrl+N')}", work.new_referral, kind)


def _is_new(found: Today) -> bool:
    """Whether the register is still without cases and referrals."""
    return (
        found.capacity is not None and not found.capacity.open and not any(one.waiting for one in found.next_meetings)
    )


def _nothing_waits(found: Today, work: Workspace) -> str:
    """What an empty list says, and what comes next."""
    words = [tr("Ingenting väntar på dig just nu.")]
    day = work.session.clock.today()
    if _is_new(found):
        words.append(tr("Registret är tomt. Ta in er lista från Excel, eller börja med en ny remiss."))
    if found.next_follow_up_on is not None:
        due = day_long(found.next_follow_up_on)
        words.append(tr("Din nästa uppföljning ska göras senast {day}.").format(day=due))
    elif not found.next_meetings and not found.nafs:
        words.append(tr("Uppföljningar, samtycken som går ut och remisser att komplettera visas här."))
    for meeting in found.next_meetings[:1]:
        when = tr("i dag") if meeting.on == day else day_long(meeting.on)
        words.append(tr("Nästa {name} är {when}.").format(name=meeting.name.lower(), when=when))
    for one in found.nafs[:1]:
        when = tr("i dag") if one.meeting.on == day else day_long(one.meeting.on)
        words.append(tr("Nästa NAFS-möte är {when}.").format(when=when))
    return " ".join(words)


def _tasks_table(work: Workspace) -> Table[TodayRow]:
    table = Table(
        "today",
        (
            Column(title="", words=_chip, tone=_tone, sort=lambda row: (row.urgency, row.object_id), width=146),
            Column(title=tr("Vad"), words=lambda row: row.what, width=178, most=280, main=True),
            Column(title=tr("Vem"), words=lambda row: row.name, width=164, most=280, folds=1, tells=BASICS.kinds),
            Column(
                title=tr("Senast"),
                words=lambda row: _last_day(work, row),
                sort=lambda row: str(row.due_on or "9999"),
                width=100,
                folds=2,
            ),
            Column(title="", words=_action_words, action=partial(_act, work), width=118),
        ),
        key=lambda row: f"{row.task}:{row.object_id}",
    )
    copies_cases(work, table, case_of=lambda row: row.episode_id or row.referral_id or row.nafs_case_id or row.sip_id)
    table.setToolTip(tr("Enter gör det som står på knappen. Ctrl+Enter öppnar ärendet."))
    table.doubleClicked.connect(lambda at: None if at.data(ACTION_ROLE) else _open(work, table.current))
    shortcut = QShortcut(QKeySequence("Ctrl+Return"), table, context=Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(lambda: _open(work, table.current))
    return table


def _chip(row: TodayRow) -> str:
    if row.days_left is not None:
        return days_left(row.days_left)
    waited = -row.urgency[1]
    return tr("Väntat {days}").format(days=how_many(waited, tr("dag"), tr("dagar"))) if waited else tr("Ny i dag")


def _tone(row: TodayRow) -> Tone:
    return Tone.PLAIN if row.days_left is None else tone_of(row.days_left)


def _last_day(work: Workspace, row: TodayRow) -> str:
    return "" if row.due_on is None else day_of_week(row.due_on, today=work.session.clock.today())


def _action_words(row: TodayRow) -> str:
    words = {
        Task.FOLLOW_UP: tr("Följ upp"),
        Task.ENROL: tr("Skriv in"),
        Task.COMPLETE: tr("Komplettera"),
        Task.CONSENT: tr("Förnya"),
        Task.CASE_LEAD: tr("Utse"),
        Task.REREFERRAL: tr("Öppna"),
        Task.FEEDBACK: tr("Återkoppla"),
        Task.ANSWER: tr("Läs"),
        Task.OFFER_QUESTIONS: tr("Erbjuden i dag"),
        Task.NOTE_ANSWERED: tr("Besvarad"),
    }
    steps = {
        SipStep.BEGIN: tr("Förbered"),
        SipStep.SET_MEETING: tr("Bestäm"),
        SipStep.SEND: tr("Kalla"),
        SipStep.ANSWERS: tr("Notera"),
        SipStep.MEET: tr("Öppna"),
        SipStep.FINISH: tr("Skriv"),
        SipStep.FOLLOW_UP: tr("Följ upp"),
    }
    return words[row.task] if row.sip_step is None else steps[row.sip_step]


def _act(work: Workspace, row: TodayRow) -> None:
    """The one action of a row."""
    if row.asked is not None:
        note_from_list(work, row.asked)
        return
    does: dict[Task, Callable[[], object]] = {
        Task.FOLLOW_UP: lambda: open_follow_up(work, row.object_id),
        Task.ENROL: lambda: open_enrol(work, row.object_id),
        Task.COMPLETE: lambda: work.open_referral(row.object_id),
        Task.ANSWER: lambda: work.open_referral(row.object_id),
        Task.CONSENT: lambda: renew_what_ends(work, row.referral_id) if row.referral_id else _open(work, row),
        Task.CASE_LEAD: lambda: open_reassign(work, row.object_id, AssignmentRole.CASE_LEAD),
        Task.REREFERRAL: lambda: work.open_case(row.object_id),
        Task.SIP: lambda: work.go("sip", row.object_id),
        Task.FEEDBACK: lambda: open_feedback(work, AgendaItemId(row.object_id), name=row.name, due_on=row.due_on),
    }
    does[row.task]()


def _open(work: Workspace, row: TodayRow | None) -> None:
    """The case that a row is about, of whichever kind."""
    if row is not None:
        work.open_any(
            episode_id=row.episode_id, referral_id=row.referral_id, nafs_case_id=row.nafs_case_id, sip_id=row.sip_id
        )
