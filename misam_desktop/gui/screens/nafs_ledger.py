"""NAFS-register: who was asked what and when the answer came; which meetings were held, and who came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Agency
from misam_desktop.domain.meeting import MeetingState
from misam_desktop.domain.nafs_figures import tally
from misam_desktop.domain.tells import BASICS, QUESTION
from misam_desktop.gui.copying import copies_cases, copies_freely
from misam_desktop.gui.inputs import Choice, OneOf
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.nafs_parts.register import came_words, of_years, open_meetings_export, year_table
from misam_desktop.gui.nafs_parts.words import MEETING_TONES
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.tables import Column, FilterField, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import GAP, Card, button, column, holding, label, scrolling
from misam_desktop.queries.nafs_ledger import AskedRow, KeptRow, meeting_register, question_ledger
from misam_desktop.vault import Topic
from misam_desktop.wording import day_of_week, day_short, how_many
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_MOST_YEARS, _LEAST_MEETINGS = 4, 5
"""How many rows of the two tables are in sight, whatever the size of the text."""


class NafsLedgerScreen(Screen):
    """The questions for everybody; the meetings for who leads them."""

    shows = frozenset({Topic.CASES, Topic.MEETINGS, Topic.CONSENTS, Topic.PERSONS, Topic.SETTINGS, Topic.CONTACTS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("NAFS-register"))
        self.leads = work.desk.leads_nafs and work.desk.may(May.LEAD_MEETING)
        self._asked: list[AskedRow] = []
        self._kept: list[KeptRow] = []
        self.questions, self.kept, self.years = self._question_table(), self._meeting_table(), year_table(work)
        self.filter = FilterField(tr("Filtrera"), tr("Filtrera listan"), leads_to=lambda: self._table)
        self.filter.setMaximumWidth(220)
        self.filter.textChanged.connect(self._narrow)
        self._add_choices()
        self._add_ways()
        self.export = button(tr("Exportera …"), partial(open_meetings_export, work))
        self.buttons.addWidget(self.export)
        self.export.hide()
        self.no_questions = label(tr("Inga frågor än. De kommer hit när ett ärende lämnas till ett team."), "muted")
        self.no_meetings = label(tr("Inga möten än."), "muted")
        self.no_years = label(tr("Inget möte har hållits eller ställts in än."), "muted")
        self._stack = QStackedWidget()
        asked, sums, every = Card(), Card(tr("Per team och år")), Card(tr("Alla möten"))
        for card, nothing, table in (
            (asked, self.no_questions, self.questions),
            (sums, self.no_years, self.years),
            (every, self.no_meetings, self.kept),
        ):
            card.add(nothing)
            card.add(table, stretch=1)
        self._stack.addWidget(_page(asked))
        self._stack.addWidget(scrolling(_page(sums, every)))
        self.content.addWidget(self._stack, 1)

    def _add_choices(self) -> None:
        authorities = [Choice(one, word_for(one)) for one in Agency]
        states = [Choice(False, tr("Utan svar")), Choice(True, tr("Besvarade"))]
        teams = [Choice(one.name, one.name) for one in self.work.desk.my_teams]
        self.team = OneOf(teams, empty=tr("Alla team"))
        self.authority = OneOf(authorities, empty=tr("Alla myndigheter"))
        self.answered = OneOf(states, empty=tr("Alla frågor"))
        named = ((self.team, tr("Team")), (self.authority, tr("Tillfrågad myndighet")), (self.answered, tr("Svar")))
        for one, name in named:
            one.name(name, "")
            one.changed.connect(self._show_chosen)

    def _add_ways(self) -> None:
        self.to_questions, self.to_meetings = self._side(tr("Frågor och svar"), 0), self._side(tr("Möten"), 1)
        sides = QButtonGroup(self)
        for one in (self.to_questions, self.to_meetings):
            sides.addButton(one)
        self.to_questions.setChecked(True)
        self.to_meetings.setVisible(self.leads)
        ways = Flow(self.to_questions, self.to_meetings, self.team, self.authority, self.answered, self.filter)
        self.content.addWidget(holding(ways))

    def _side(self, words: str, at: int) -> QPushButton:
        made = button(words, partial(self.show_side, at), "step")
        made.setCheckable(True)
        return made

    @property
    def _table(self) -> Table[Any]:
        return self.kept if self._stack.currentIndex() else self.questions

    def _narrow(self, words: str) -> None:
        self._table.narrow(words)

    def show_side(self, at: int) -> None:
        """One of the tabs."""
        (self.to_questions, self.to_meetings)[at].setChecked(True)
        self._stack.setCurrentIndex(at)
        self.authority.setVisible(not at)
        self.answered.setVisible(not at)
        self.export.setVisible(bool(at) and bool(self._kept))
        self._table.narrow(self.filter.text())
        self._table.setFocus()
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """The keys work at once."""
        super().showEvent(event)
        self._table.setFocus()

    # Reading

    def reload(self) -> None:
        """Ask for both."""
        if self.leads:
            self.session.ask(meeting_register(), owner=self, then=self._take_kept, instead_of="kept")
        self.session.ask(question_ledger(), owner=self, then=self._take_asked, instead_of="asked")

    def _take_kept(self, found: list[KeptRow]) -> None:
        ahead = [one for one in found if one.on > self._today]
        self._kept = [one for one in found if one.on <= self._today] + ahead[::-1]
        self._show_chosen()

    def _take_asked(self, found: list[AskedRow]) -> None:
        self._asked = found
        self._show_chosen()
        self.loaded.emit()

    def _show_chosen(self) -> None:
        """The rows of the team, the authority and the kind of question that are chosen."""
        team, authority, answered = (one.value() for one in (self.team, self.authority, self.answered))
        asked = [
            one
            for one in self._asked
            if team in (None, one.team)
            and authority in (None, one.agency)
            and (answered is None or answered is (one.answered_on is not None))
        ]
        kept = [one for one in self._kept if team in (None, one.team)]
        years = of_years(kept)
        for table, rows, nothing in (
            (self.questions, asked, self.no_questions),
            (self.kept, kept, self.no_meetings),
            (self.years, years, self.no_years),
        ):
            _show(table, rows, nothing)
        self.years.setFixedHeight(self.years.height_for(min(max(1, len(years)), _MOST_YEARS)))
        self.kept.setMinimumHeight(self.kept.height_for(_LEAST_MEETINGS))
        self._tell()

    def _tell(self) -> None:
        """The figures of what is shown."""
        self.beside_heading.setText(_held(self.kept.all_rows) if self._stack.currentIndex() else self._answers())

    def _answers(self) -> str:
        found = tally([one.days for one in self.questions.all_rows])
        if not found.asked:
            return ""
        told = [
            how_many(found.asked, tr("fråga"), tr("frågor")),
            how_many(found.answered, tr("besvarad"), tr("besvarade")),
        ]
        if found.median_days is not None:
            days = f"{found.median_days:g}".replace(".", ",")
            told.append(tr("svar inom {days} dagar i median").format(days=days))
        return " · ".join(told)

    # The lists

    def _question_table(self) -> Table[AskedRow]:
        table = Table(
            "nafs_questions",
            (
                Column[AskedRow](
                    title=tr("Fråga"),
                    words=lambda one: one.text,
                    width=210,
                    most=420,
                    main=True,
                    tells=QUESTION.kinds,
                ),
                Column(title=tr("Till"), words=lambda one: one.unit, width=80, folds=1),
                Column(title=tr("Person"), words=lambda one: one.name, width=125, folds=5, tells=BASICS.kinds),
                Column(title=tr("Frågad av"), words=lambda one: one.asked_by, width=135, folds=4),
                Column(
                    title=tr("Frågad"), words=lambda one: self._day(one.asked_on), sort=_asked_on, width=75, folds=3
                ),
                Column(
                    title=tr("Besvarad"),
                    words=lambda one: self._day(one.answered_on) if one.answered_on else tr("Nej"),
                    sort=lambda one: str(one.answered_on or "9999"),
                    tone=lambda one: Tone.PLAIN if one.answered_on else Tone.AMBER,
                    width=85,
                    folds=2,
                ),
                Column(title=tr("Svar av"), words=lambda one: one.answered_by, width=90, folds=6),
                Column(
                    title=tr("Dagar"),
                    words=lambda one: "" if one.days is None else str(one.days),
                    sort=lambda one: 99_999 if one.days is None else one.days,
                    width=60,
                    folds=7,
                ),
                Column(title=tr("Team"), words=lambda one: one.team, width=160, folds=8, shown=False),
            ),
            key=lambda one: one.id,
        )
        copies_cases(self.work, table, case_of=lambda one: one.case_id)
        table.opened.connect(lambda one: self.work.go("nafs_case", one.case_id))
        table.remember_in(self.work.settings)
        return table

    def _meeting_table(self) -> Table[KeptRow]:
        table = Table(
            "nafs_kept",
            (
                Column[KeptRow](
                    title=tr("Möte"),
                    words=lambda one: day_of_week(one.on, today=self._today),
                    sort=lambda one: one.on,
                    width=140,
                    main=True,
                ),
                Column(title=tr("Team"), words=lambda one: one.team, width=190, most=260, folds=1),
                Column(title=tr("Läge"), words=_state, tone=lambda one: MEETING_TONES[one.state], width=150, folds=2),
                Column(
                    title=tr("Ärenden"),
                    words=lambda one: str(len(one.cases) or ""),
                    sort=lambda one: len(one.cases),
                    width=80,
                    folds=4,
                ),
                Column(title=tr("Deltog"), words=came_words, width=220, most=340, folds=3),
                Column(title=tr("Varför inställt"), words=lambda one: one.why, width=170, folds=5),
            ),
            key=lambda one: one.id,
        )
        copies_freely(self.work, table)
        table.opened.connect(lambda one: self.work.go("nafs_meeting", one.id))
        table.remember_in(self.work.settings)
        return table

    @property
    def _today(self) -> date:
        return self.session.clock.today()

    def _day(self, day: date) -> str:
        return day_short(day, today=self._today)


def _page(*cards: Card) -> Any:
    page = column(*cards, gap=GAP)
    page.setStretch(len(cards) - 1, 1)
    return holding(page)


def _show(table: Table[Any], rows: list[Any], nothing: Any) -> None:
    table.show_rows(rows)
    table.setVisible(bool(rows))
    nothing.setVisible(not rows)


def _asked_on(one: AskedRow) -> date:
    return one.asked_on


def _state(one: KeptRow) -> str:
    words = tr("Hållet") if one.state is MeetingState.CLOSED else word_for(one.state)
    return tr("{state}, utanför").format(state=words) if one.outside else words


def _held(found: Iterable[KeptRow]) -> str:
    held = of_years(found)
    counts = (
        (sum(one.counts.held for one in held), tr("hållet"), tr("hållna")),
        (sum(one.counts.cancelled for one in held), tr("inställt"), tr("inställda")),
        (sum(one.counts.outside for one in held), tr("utanför strukturen"), tr("utanför strukturen")),
        (sum(one.counts.cases for one in held), tr("ärende"), tr("ärenden")),
    )
    return " · ".join(how_many(*one) for one in counts) if held else ""
