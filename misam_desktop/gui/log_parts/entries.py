"""What has happened: the entries of the log, narrowed by period, user, unit and kind, some hundred at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from misam_desktop.domain.codes import EntryKind
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import PersonId
from misam_desktop.gui.choices import of_codes
from misam_desktop.gui.inputs import Choice
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.log_parts import words
from misam_desktop.gui.log_parts.narrowing import Narrowing
from misam_desktop.gui.tables import Column, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, button, column, holding, label, row
from misam_desktop.queries.log_page import LogLine, LogPage, Wanted, log_page
from misam_desktop.wording import how_many, local_time, month, sentence

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_MONTHS = 12
"""How many months back can be chosen by name."""


class Entries(QWidget):
    """One page of the log. ``told`` is what stands beside the page's heading."""

    told = Signal(str)
    loaded = Signal()
    failed = Signal(str)

    def __init__(self, work: Workspace, *, person_id: PersonId | None = None, others: bool) -> None:
        super().__init__()
        self.work, self._person_id = work, person_id
        self._newer: list[int | None] = []
        self._before: int | None = None
        self._older: int | None = None
        periods = _periods(work.session.clock.today())
        self.period = Narrowing(tr("Period"), periods, empty=tr("Alla dagar"))
        self.user = Narrowing(tr("Användare"), [], empty=tr("Alla användare"))
        units = [Choice(unit.id, unit.short) for unit in work.desk.units]
        self.unit = Narrowing(tr("Enhet"), units, empty=tr("Alla enheter"))
        self.kind = Narrowing(tr("Slag"), of_codes(EntryKind), empty=tr("Alla slag"))
        self.period.set_value(None if person_id else periods[1].value)
        self.filters = [self.period, *([self.user, self.unit] if others else []), self.kind]
        for one in self.filters:
            one.changed.connect(self.begin)
        self._is_own = not others
        self.table = _table(work, is_person=person_id is not None, others=others)
        self.nothing = label(tr("Inget i loggen stämmer med valen."), "muted", wrap=True)
        self.newer = button(tr("Nyare"), self._go_newer)
        self.older = button(tr("Äldre"), self._go_older)
        self._lay_out()

    def _lay_out(self) -> None:
        card = Card()
        card.add(holding(Flow(*self.filters)), self.nothing)
        card.add(self.table, stretch=1)
        card.body.addStretch()
        card.add(row(None, self.newer, self.older))
        whole = column(card, gap=0)
        self.setLayout(whole)
        self.setFocusProxy(self.table)
        for one in (self.nothing, self.newer, self.older):
            one.hide()

    def begin(self) -> None:
        """Show the newest of what is chosen now."""
        self._newer, self._before = [], None
        self.reload()

    def reload(self) -> None:
        """Ask for the page in sight."""
        wanted = Wanted(
            days=self.period.value(),
            user_id=self.user.value(),
            unit_id=self.unit.value(),
            kind=self.kind.value(),
            person_id=self._person_id,
            before=self._before,
        )
        self.work.session.ask(log_page(wanted), owner=self, then=self._show, failed=self._missing, instead_of="log")

    def _go_older(self) -> None:
        self._newer.append(self._before)
        self._before = self._older
        self.reload()

    def _go_newer(self) -> None:
        self._before = self._newer.pop()
        self.reload()

    def _show(self, page: LogPage) -> None:
        self._older = page.older
        self._offer_users(page)
        self.table.show_rows(page.lines)
        self.table.setVisible(bool(page.lines))
        self.nothing.setVisible(not page.lines)
        self.newer.setVisible(bool(self._newer))
        self.older.setVisible(page.older is not None)
        self.told.emit(self._how_many(page))
        self.loaded.emit()

    def _offer_users(self, page: LogPage) -> None:
        self.user.blockSignals(True)
        self.user.set_choices([Choice(user_id, name) for user_id, name in page.users])
        self.user.blockSignals(False)

    def _how_many(self, page: LogPage) -> str:
        if page.older is None and not self._newer:
            told = how_many(len(page.lines), tr("händelse"), tr("händelser"))
        else:
            told = tr("{count} händelser, sidan {page}").format(count=len(page.lines), page=len(self._newer) + 1)
        return tr("{told}, dina egna").format(told=told) if self._is_own and page.lines else told

    def _missing(self, error: MisamError) -> None:
        """Nothing stays that may no longer be read."""
        self.table.show_rows([])
        self.table.hide()
        self.told.emit("")
        self.failed.emit(sentence(error))
        self.loaded.emit()


def _periods(today: date) -> list[Choice]:
    """Days from today on back, and each month by its name."""
    days = [(tr("I dag"), 0), (tr("7 dagar"), 6), (tr("31 dagar"), 30)]
    return [Choice((today - timedelta(days=back), today), words) for words, back in days] + [
        Choice(between, name) for between, name in months_back(today, count=_MONTHS)
    ]


def months_back(today: date, *, count: int) -> list[tuple[tuple[date, date], str]]:
    """The months from this one back, from day to day, with their names."""
    found: list[tuple[tuple[date, date], str]] = []
    last = (today.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    for _ in range(count):
        found.append(((last.replace(day=1), last), f"{month(last)} {last.year}"))
        last = last.replace(day=1) - timedelta(days=1)
    return found


def _table(work: Workspace, *, is_person: bool, others: bool) -> Table[LogLine]:
    who = (
        Column[LogLine](title=tr("Vem"), words=lambda one: one.user, width=130, most=150, main=True),
        Column[LogLine](title=tr("Enhet"), words=lambda one: one.unit, width=76, most=90, folds=4),
    )
    case = () if is_person else (_case_column(),)
    name = "log-person" if is_person else "log" if others else "log-own"
    table = Table[LogLine](
        name,
        (
            Column(title=tr("När"), words=lambda one: local_time(one.at), sort=lambda one: one.seq, width=146, folds=1),
            *(who if others else ()),
            Column(title=tr("Slag"), words=words.kind, tone=words.tone, width=110, folds=3),
            *case,
            Column(title=tr("Vad"), words=words.what, width=220, main=not others),
        ),
        key=lambda one: str(one.seq),
    )
    table.setAccessibleName(tr("Händelser i loggen"))
    table.setToolTip(tr("Enter öppnar ärendet."))
    table.opened.connect(lambda one: words.open_line(work, one))
    table.remember_in(work.settings)
    return table


def _case_column() -> Column[LogLine]:
    return Column(title=tr("Ärende"), words=lambda one: one.case, width=150, most=180, folds=2)
