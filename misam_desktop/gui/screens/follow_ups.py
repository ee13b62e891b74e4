"""Uppföljningar: what is late, what presses and what comes; Enter opens one, and saving it takes the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from misam_desktop.domain.access import May
from misam_desktop.domain.follow_up import FollowUpState
from misam_desktop.domain.tells import BASICS
from misam_desktop.gui import theme
from misam_desktop.gui.copying import copies_cases
from misam_desktop.gui.deadlines import days_left, tone_of
from misam_desktop.gui.dialogs.follow_up import open_follow_ups_in_turn, open_move, open_not_reached, what
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.tables import Column, FilterField, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, holding, label, shortcut_text
from misam_desktop.queries.follow_ups import AHEAD, FollowUpRow, open_follow_ups
from misam_desktop.vault import Topic
from misam_desktop.wording import day_of_week, day_short, how_many

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class FollowUpsScreen(Screen):
    """Mine or everybody's, the earliest first; the buttons at the top act on the row where the user is."""

    shows = frozenset({Topic.FOLLOW_UPS, Topic.CASES, Topic.PERSONS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Uppföljningar"))
        self._rows: list[FollowUpRow] = []
        self._add_buttons()
        self._add_filters()
        self._add_table()

    def _add_buttons(self) -> None:
        self.case = button(tr("Öppna ärendet"), self._open_case)
        self.move_date = button(tr("Flytta …"), lambda: self._with_current(open_move))
        self.not_reached = button(tr("Kunde inte nås …"), lambda: self._with_current(open_not_reached))
        self.follow_up = button(f"{tr('Följ upp')}  {shortcut_text('Return')}", self._follow_up, "primary")
        self._acting = (self.case, self.move_date, self.not_reached, self.follow_up)
        for one in self._acting:
            self.buttons.addWidget(one)

    def _add_filters(self) -> None:
        self.mine, self.everyone = _toggle(tr("Mina"), self.reload), _toggle(tr("Alla"), self.reload)
        whose = QButtonGroup(self)
        whose.addButton(self.mine)
        whose.addButton(self.everyone)
        (self.everyone if self.work.desk.may(May.RUN_FORUM) else self.mine).setChecked(True)
        self.states = {state: _toggle("", partial(self._choose, state)) for state in _words()}
        self.filter = FilterField(tr("Filtrera"), tr("Filtrera uppföljningar"), leads_to=lambda: self.table)
        self.filter.setMaximumWidth(theme.current().px(240))
        self.filter.textChanged.connect(self._narrow)
        apart = QWidget()
        apart.setFixedWidth(theme.current().px(12))
        self.content.addWidget(
            holding(Flow(self.mine, self.everyone, apart, *self.states.values(), self.filter, gap=4))
        )

    def _add_table(self) -> None:
        self.table: Table[FollowUpRow] = Table("follow_ups", self._columns(), key=lambda one: one.id)
        self.table.remember_in(self.work.settings)
        self.table.setToolTip(tr("Enter öppnar uppföljningen. Ctrl+Enter öppnar ärendet."))
        self.table.opened.connect(lambda _row: self._follow_up())
        copies_cases(self.work, self.table, case_of=lambda one: one.episode_id)
        self.table.chosen.connect(self._let)
        case = QShortcut(QKeySequence("Ctrl+Return"), self.table, context=Qt.ShortcutContext.WidgetShortcut)
        case.activated.connect(self._open_case)
        self.nothing = label("", "muted", wrap=True)
        card = Card()
        card.add(self.nothing)
        card.add(self.table, stretch=1)
        card.body.addStretch()
        self.content.addWidget(card, 1)
        self.setFocusProxy(self.table)

    def _columns(self) -> tuple[Column[FollowUpRow], ...]:
        return (
            Column(title=tr("Läge"), words=_chip, tone=_tone, sort=lambda one: one.days_left, width=150),
            Column(title=tr("Person"), words=lambda one: one.name, width=180, most=300, main=True, tells=BASICS.kinds),
            Column(
                title=tr("Uppföljning"),
                words=lambda one: what(one.anchor, one.months),
                sort=lambda one: (one.anchor, one.months),
                width=128,
                most=200,
                folds=2,
            ),
            Column(
                title=tr("Senast"),
                words=self._due,
                sort=lambda one: one.due_on,
                tip=self._planned,
                width=232,
                most=290,
                folds=1,
            ),
            Column(title=tr("Handläggare"), words=lambda one: one.owner, width=150, most=200, folds=3),
            Column(title=tr("Uppdragsgivare"), words=lambda one: one.commissioner, width=124, folds=4),
        )

    def _due(self, one: FollowUpRow) -> str:
        today = self.session.clock.today()
        day = day_of_week(one.due_on, today=today)
        if one.tries:
            return tr("{day} · nytt försök").format(day=day)
        if one.due_on == one.original_due_on:
            return day
        original = day_short(one.original_due_on, today=today)
        return tr("{day} · flyttad från {original}").format(day=day, original=original)

    def _planned(self, one: FollowUpRow) -> str:
        original = day_of_week(one.original_due_on, today=self.session.clock.today())
        words = tr("Planerad till {original} från början.").format(original=original)
        tries = how_many(one.tries, tr("försök utan svar"), tr("försök utan svar"))
        return f"{words} {tries}." if one.tries else words

    def showEvent(self, event: QShowEvent) -> None:
        """Coming into sight with the list under the hands: Enter is the next key."""
        super().showEvent(event)
        self.table.setFocus()

    def reload(self) -> None:
        """Ask for what waits."""
        question = open_follow_ups(mine=self.mine.isChecked())
        self.session.ask(question, owner=self, then=self._show, instead_of="rows")

    def _show(self, found: list[FollowUpRow]) -> None:
        self._rows = found
        counts = Counter(one.state for one in found)
        for state, words in _words().items():
            self.states[state].setText(f"{words}  {counts[state]}")
            self.states[state].setVisible(bool(counts[state]) or self.states[state].isChecked())
        self._show_chosen()
        self.loaded.emit()

    def _choose(self, state: FollowUpState) -> None:
        """One state at a time; pressed again, all."""
        for other, one in self.states.items():
            one.setChecked(other is state and one.isChecked())
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = [state for state, one in self.states.items() if one.isChecked()]
        self.table.show_rows([one for one in self._rows if not chosen or one.state in chosen])
        self._tell_when_empty()

    def _narrow(self, words: str) -> None:
        self.table.narrow(words)
        self._tell_when_empty()

    def _tell_when_empty(self) -> None:
        self.keep_focus(self.table, bool(self.table.rows), otherwise=self.mine)
        self.nothing.setText(self._why_empty())
        self.nothing.setVisible(not self.table.rows)
        self.table.setVisible(bool(self.table.rows))
        self._let(self.table.current)

    def _why_empty(self) -> str:
        if self._rows:
            return tr("Ingen uppföljning passar det du har valt. Ta bort filtret för att se alla.")
        today = self.session.clock.today()
        mine, everyone = tr("Du har inget att följa upp"), tr("Det finns inget att följa upp")
        words = tr("{nothing} till och med {day}. Uppföljningar planeras av sig själva när någon skrivs in.")
        return words.format(
            nothing=mine if self.mine.isChecked() else everyone, day=day_short(today + AHEAD, today=today)
        )

    def _let(self, one: FollowUpRow | None) -> None:
        for acting in self._acting:
            acting.setEnabled(one is not None)

    def _follow_up(self) -> None:
        """Open the form of the current one, and after it of the others that press."""
        here = self.table.current
        if here is None:
            return
        pressing = [one.id for one in self.table.rows if one.state is not FollowUpState.KOMMANDE]
        ids = pressing if here.id in pressing else [here.id]
        open_follow_ups_in_turn(self.work, ids, at=ids.index(here.id))

    def _with_current(self, opens: Callable[[Workspace, str], None]) -> None:
        if self.table.current is not None:
            opens(self.work, self.table.current.id)

    def _open_case(self) -> None:
        if self.table.current is not None:
            self.work.open_case(self.table.current.episode_id)


def _words() -> dict[FollowUpState, str]:
    """The states that an open follow-up can have, in the order of their haste."""
    return {
        FollowUpState.FORFALLEN: tr("Försenade"),
        FollowUpState.SNART: tr("Snart"),
        FollowUpState.KUNDE_INTE_NAS: tr("Kunde inte nås"),
        FollowUpState.KOMMANDE: tr("Kommande"),
    }


def _toggle(words: str, pressed: Callable[[], object]) -> QPushButton:
    made = button(words, pressed, "step")
    made.setCheckable(True)
    return made


def _chip(one: FollowUpRow) -> str:
    return tr("Kunde inte nås") if one.state is FollowUpState.KUNDE_INTE_NAS else days_left(one.days_left)


def _tone(one: FollowUpRow) -> Tone:
    match one.state:
        case FollowUpState.KUNDE_INTE_NAS:
            return Tone.AMBER
        case FollowUpState.KOMMANDE:
            return Tone.MUTED
    return tone_of(one.days_left)
