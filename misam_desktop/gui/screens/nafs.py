"""NAFS-möten: the meetings of the teams, the cases, and for who leads them the teams, in tabs."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget

from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.meeting import MeetingState
from misam_desktop.domain.tells import BASICS
from misam_desktop.gui.copying import copies_cases, copies_freely
from misam_desktop.gui.deadlines import due
from misam_desktop.gui.dialogs.code_look_up import open_look_up
from misam_desktop.gui.dialogs.export_list import export_nafs
from misam_desktop.gui.dialogs.nafs_calendar import open_plan
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.nafs_parts.half_year import HalfYear
from misam_desktop.gui.nafs_parts.teams import team_table
from misam_desktop.gui.nafs_parts.words import MEETING_TONES
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.tables import Column, FilterField, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Banner, Card, button, column, holding, label
from misam_desktop.queries.desk import Desk, desk
from misam_desktop.queries.drafts import DraftRow, my_drafts
from misam_desktop.queries.nafs_cases import NafsRow, nafs_cases
from misam_desktop.queries.nafs_meetings import NafsMeetingRow, nafs_meetings
from misam_desktop.vault import Topic
from misam_desktop.wording import day_of_week, day_short, how_many, moment
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

NEW = "new_nafs_case"


class NafsScreen(Screen):
    """What is next comes first: the meetings for who leads them, the cases for everybody else."""

    shows = frozenset(
        {
            Topic.CASES,
            Topic.MEETINGS,
            Topic.CONSENTS,
            Topic.PERSONS,
            Topic.SETTINGS,
            Topic.DRAFTS,
            Topic.CONTACTS,
        }
    )

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("NAFS-möten"))
        self.meetings, self.cases = self._meetings_table(), self._cases_table()
        self.teams = team_table(work)
        self.no_meetings, self.no_cases, self.no_teams = (label("", "muted", wrap=True) for _ in range(3))
        self.filter = FilterField(tr("Filtrera"), tr("Filtrera listan"), leads_to=lambda: self._table)
        self.filter.textChanged.connect(self._narrow)
        self.begun = Banner()
        self._add_ways()
        self._stack = QStackedWidget()
        for table, nothing in (
            (self.meetings, self.no_meetings),
            (self.cases, self.no_cases),
            (self.teams, self.no_teams),
        ):
            card = Card()
            card.add(nothing)
            card.add(table, stretch=1)
            page = column(card)
            page.setStretch(0, 1)
            page.addStretch()
            self._stack.addWidget(holding(page))
        self.months = HalfYear(today=lambda: self._today, opened=lambda one: work.go("nafs_meeting", one.id))
        months = Card()
        months.add(self.months, stretch=1)
        self._stack.addWidget(months)
        self.content.addWidget(self.begun)
        self.content.addWidget(self._stack, 1)
        self.plan = button(tr("Planera möten …"), self._plan)
        self.new_case = button(tr("Nytt NAFS-ärende"), partial(work.go, NEW), "primary")
        self.register = button(tr("Register"), partial(work.go, "nafs_ledger"))
        self.look_up = button(tr("Slå upp kod …"), partial(open_look_up, work))
        self.export = button(tr("Exportera …"), self._export)
        self.export.setToolTip(tr("Ctrl+C kopierar raden, Ctrl+Skift+C alla rader som visas"))
        for one in (self.export, self.register, self.look_up, self.plan, self.new_case):
            self.buttons.addWidget(one)
        for one in (self.plan, self.export):
            one.hide()

    def _plan(self) -> None:
        taken: dict[ActivityId, set[date]] = {}
        for one in self.meetings.all_rows:
            taken.setdefault(one.team_id, set()).add(one.on)
        open_plan(self.work, taken)

    def _add_ways(self) -> None:
        self.to_meetings, self.to_cases = self._side(tr("Möten"), 0), self._side(tr("Ärenden"), 1)
        self.to_teams = self._side(tr("Team"), 2)
        self.to_months = self._side(tr("Månader"), 3)
        self.sides = (self.to_meetings, self.to_cases, self.to_teams, self.to_months)
        sides = QButtonGroup(self)
        for one in self.sides:
            sides.addButton(one)
        self.to_meetings.setChecked(True)
        self.to_teams.setVisible(self.work.desk.leads_nafs)
        self.filter.setMaximumWidth(260)
        ways = (self.to_meetings, self.to_months, self.to_cases, self.to_teams, self.filter)
        self.content.addWidget(holding(Flow(*ways)))

    def _side(self, words: str, at: int) -> QPushButton:
        made = button(words, partial(self.show_side, at), "step")
        made.setCheckable(True)
        return made

    @property
    def _table(self) -> Table[Any]:
        return (self.meetings, self.cases, self.teams, self.meetings)[self._stack.currentIndex()]

    def _narrow(self, words: str) -> None:
        self._table.narrow(words)
        self._offer_export()

    def _offer_export(self) -> None:
        self.export.setVisible(self._table is self.cases)
        self.export.setEnabled(bool(self.cases.rows))

    def _export(self) -> None:
        export_nafs(self.work, [one.case_id for one in self.cases.rows])

    def show_side(self, at: int) -> None:
        """One of the tabs."""
        self.sides[at].setChecked(True)
        self._stack.setCurrentIndex(at)
        self.filter.setVisible(at != self.sides.index(self.to_months))
        self._narrow(self.filter.text())
        self._table.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """The keys work at once."""
        super().showEvent(event)
        self._table.setFocus()

    # Reading

    def reload(self) -> None:
        """Ask for both lists, and for what is half-written."""
        self.session.ask(my_drafts(), owner=self, then=self._offer_begun, instead_of="drafts")
        self.session.ask(desk(), owner=self, then=self._show_teams, instead_of="desk")
        self.session.ask(nafs_meetings(), owner=self, then=self._show_meetings, instead_of="meetings")
        self.session.ask(nafs_cases(), owner=self, then=self._show_cases, instead_of="cases")

    def _offer_begun(self, drafts: list[DraftRow]) -> None:
        kept = next((one for one in drafts if one.form == NEW), None)
        if kept is None:
            self.begun.clear()
            return
        words = tr("Du har ett påbörjat NAFS-ärende, sparat {moment}.").format(moment=moment(kept.saved_at))
        self.begun.tell(words, Tone.PLAIN, action=(tr("Fortsätt"), partial(self.work.go, NEW)))

    def _show_teams(self, found: Desk) -> None:
        self.work.desk = found
        teams = [one for one in found.my_teams if found.leads_nafs]
        self.teams.show_rows(teams)
        self.teams.setVisible(bool(teams))
        self.no_teams.setText(tr("Du leder inget NAFS-team."))
        self.no_teams.setVisible(not teams)

    def _show_meetings(self, found: list[NafsMeetingRow]) -> None:
        self.meetings.show_rows(found)
        self.months.show_rows(found)
        self.meetings.setVisible(bool(found))
        self.no_meetings.setVisible(not found)
        me = self.work.desk.me.id
        leads = any(one.id == me for one in self.work.desk.nafs_coordinators)
        self.plan.setVisible(leads)
        self.no_meetings.setText(
            tr("Inga möten är planerade än. Planera det första med knappen uppe till höger.")
            if leads
            else tr("Möten visas här när ett ärende som du kan läsa står på deras dagordning.")
        )

    def _show_cases(self, found: list[NafsRow]) -> None:
        self.cases.show_rows(found)
        self.cases.setVisible(bool(found))
        self.no_cases.setVisible(not found)
        self.no_cases.setText(tr("Inga NAFS-ärenden än. Börja med ett nytt: då frågas efter personnumret först."))
        owed = [one for one in found if one.due_on is not None]
        late = [one for one in owed if one.due_on is not None and one.due_on < self._today]
        self.beside_heading.setText(_counted(len(found), len(owed), len(late)))
        self._offer_export()
        self.to_cases.setText(f"{tr('Ärenden')}  {len(found)}" if found else tr("Ärenden"))
        self.loaded.emit()

    @property
    def _today(self) -> date:
        return self.session.clock.today()

    # The lists

    def _meetings_table(self) -> Table[NafsMeetingRow]:
        table = Table(
            "nafs_meetings",
            (
                Column[NafsMeetingRow](
                    title=tr("Möte"),
                    words=lambda one: " ".join(filter(None, [day_of_week(one.on, today=self._today), one.starts])),
                    sort=lambda one: one.on,
                    width=170,
                    most=220,
                    main=True,
                ),
                Column(title=tr("Team"), words=lambda one: one.team, width=210, most=320, folds=1),
                Column(title=tr("Läge"), words=_state_words, tone=_meeting_tone, width=110, folds=2),
                Column(
                    title=tr("Ärenden"),
                    words=_cases_words,
                    sort=lambda one: one.cases,
                    tone=lambda one: Tone.AMBER if _is_over(one) else None,
                    width=120,
                    folds=3,
                ),
                Column(
                    title=tr("Sista dag för ärenden"),
                    words=self._last_day,
                    sort=lambda one: str(one.stop_on or "9999"),
                    width=150,
                    folds=5,
                ),
                Column(
                    title=tr("Dagordning"),
                    words=lambda one: self._sending(one)[0],
                    tone=lambda one: self._sending(one)[1],
                    sort=lambda one: str(one.send_on or "9999"),
                    width=150,
                    folds=4,
                ),
                Column(title=tr("Plats"), words=lambda one: one.place, width=110, folds=6),
            ),
            key=lambda one: one.id,
        )
        copies_freely(self.work, table)
        table.opened.connect(lambda one: self.work.go("nafs_meeting", one.id))
        table.doubleClicked.connect(lambda _at: self._open_meeting())
        table.remember_in(self.work.settings)
        return table

    def _cases_table(self) -> Table[NafsRow]:
        table = Table(
            "nafs_cases",
            (
                Column[NafsRow](
                    title=tr("Person"), words=lambda one: one.name, width=160, most=260, main=True, tells=BASICS.kinds
                ),
                Column(title=tr("Team"), words=lambda one: one.team, width=190, most=280, folds=5),
                Column(title=tr("Enhet"), words=lambda one: one.unit, width=110, folds=4),
                Column(title=tr("Besvarade frågor"), words=_answered, tone=_answered_tone, width=150, folds=2),
                Column(
                    title=tr("Möte"),
                    words=self._meeting,
                    sort=lambda one: str(one.meeting_on or "9999"),
                    width=100,
                    folds=3,
                ),
                Column(
                    title=tr("Återkoppling senast"),
                    words=lambda one: self._due(one)[0],
                    tone=lambda one: self._due(one)[1],
                    sort=lambda one: str(one.due_on or "9999"),
                    width=170,
                    folds=1,
                ),
            ),
            key=lambda one: one.case_id,
        )
        copies_cases(self.work, table, case_of=lambda one: one.case_id)
        table.opened.connect(lambda one: self.work.go("nafs_case", one.case_id))
        table.doubleClicked.connect(lambda _at: self._open_case())
        table.remember_in(self.work.settings)
        return table

    def _last_day(self, one: NafsMeetingRow) -> str:
        return day_short(one.stop_on, today=self._today) if one.stop_on and self._is_ahead(one) else ""

    def _sending(self, one: NafsMeetingRow) -> tuple[str, Tone | None]:
        """«Skickas 9 dec», and whether that is late."""
        if not self._is_ahead(one) or not (one.sent or one.send_on):
            return "", None
        if one.sent or one.send_on is None:
            return tr("Skickad"), Tone.GREEN
        day = day_short(one.send_on, today=self._today)
        if one.send_on < self._today:
            return tr("Försenad: {day}").format(day=day), Tone.RED
        return tr("Skickas {day}").format(day=day), Tone.PLAIN

    def _is_ahead(self, one: NafsMeetingRow) -> bool:
        return one.state is MeetingState.PLANNED and one.on >= self._today

    def _open_meeting(self) -> None:
        if self.meetings.current is not None:
            self.work.go("nafs_meeting", self.meetings.current.id)

    def _open_case(self) -> None:
        if self.cases.current is not None:
            self.work.go("nafs_case", self.cases.current.case_id)

    def _meeting(self, one: NafsRow) -> str:
        if one.is_draft:
            return tr("Utkast")
        return day_short(one.meeting_on, today=self._today) if one.meeting_on else tr("Väntar")

    def _due(self, one: NafsRow) -> tuple[str, Tone | None]:
        return due(one.due_on, today=self._today) if one.due_on else ("", None)


def _counted(cases: int, owed: int, late: int) -> str:
    """«8 ärenden · 2 väntar på återkoppling · 1 försenad»."""
    parts = [how_many(cases, tr("ärende"), tr("ärenden")) if cases else ""]
    parts += [tr("{count} väntar på återkoppling").format(count=owed)] if owed else []
    parts += [how_many(late, tr("försenad"), tr("försenade"))] if late else []
    return " · ".join(filter(None, parts))


def _state_words(one: NafsMeetingRow) -> str:
    words = word_for(one.state)
    return tr("{state}, utanför").format(state=words) if one.outside else words


def _meeting_tone(one: NafsMeetingRow) -> Tone:
    return MEETING_TONES[one.state]


def _cases_words(one: NafsMeetingRow) -> str:
    if one.leads and one.capacity and one.state is not MeetingState.CANCELLED:
        return tr("{cases} av {capacity}").format(cases=one.cases, capacity=one.capacity)
    return str(one.cases) if one.cases else ""


def _is_over(one: NafsMeetingRow) -> bool:
    return bool(one.leads and one.capacity and one.cases > one.capacity)


def _answered(one: NafsRow) -> str:
    if not one.asked:
        return tr("Inga frågor")
    return tr("{done} av {count}").format(done=one.answered, count=one.asked)


def _answered_tone(one: NafsRow) -> Tone | None:
    if not one.asked:
        return Tone.AMBER
    return Tone.GREEN if one.answered == one.asked else None
