"""Ärenden: the cases that go on, and those that have ended within a year."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from misam_desktop.domain.clocks import add_months
from misam_desktop.domain.tells import BASICS
from misam_desktop.gui.copying import copies_cases
from misam_desktop.gui.deadlines import due
from misam_desktop.gui.dialogs.export_list import export_cases
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.tables import Column, FilterField, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, label, row, toggles
from misam_desktop.queries.cases import CaseRow, discharged_cases, open_cases
from misam_desktop.vault import Topic
from misam_desktop.wording import day_short, how_many

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_MONTHS_BACK = 12


class CasesScreen(Screen):
    """A list that is narrowed by typing; Enter opens a case."""

    shows = frozenset({Topic.CASES, Topic.FOLLOW_UPS, Topic.PERSONS, Topic.CONTACTS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Ärenden"))
        self.ended = False
        hint = tr("Filtrera på namn, enhet eller handläggare")
        self.filter = FilterField(hint, tr("Filtrera ärenden"), leads_to=lambda: self.table)
        self.filter.textChanged.connect(self._narrow)
        self.toggles = toggles(
            (tr("Pågående"), partial(self.show_ended, ended=False)),
            (tr("Avslutade senaste året"), partial(self.show_ended, ended=True)),
            within=self,
        )
        self.tables = (_table(work, ended=False), _table(work, ended=True))
        self.nothing = label("", "muted", wrap=True)
        card = Card()
        card.add(row(self.filter, *self.toggles))
        card.add(self.nothing)
        for table in self.tables:
            card.add(table, stretch=1)
        card.body.addStretch()
        self.content.addWidget(card, 1)
        self.export = button(tr("Exportera …"), self._export)
        self.export.setToolTip(tr("Ctrl+C kopierar raden, Ctrl+Skift+C alla rader som visas"))
        self.buttons.addWidget(self.export)
        self.setFocusProxy(self.filter)

    @property
    def table(self) -> Table[CaseRow]:
        """The list in sight."""
        return self.tables[self.ended]

    def show_ended(self, *, ended: bool) -> None:
        """Show the other list."""
        if ended != self.ended:
            self.ended = ended
            self.reload()

    def reload(self) -> None:
        """Ask for the list in sight."""
        since = add_months(self.session.clock.today(), -_MONTHS_BACK)
        question = discharged_cases(since=since) if self.ended else open_cases()
        self.session.ask(question, owner=self, then=self._show, instead_of="cases")

    def _show(self, found: list[CaseRow]) -> None:
        self.table.show_rows(found)
        self._narrow(self.filter.text())
        self.loaded.emit()

    def _narrow(self, words: str) -> None:
        self.table.narrow(words)
        for table in self.tables:
            table.setVisible(table is self.table and bool(table.rows))
        self.nothing.setVisible(not self.table.rows)
        self.export.setEnabled(bool(self.table.rows))
        self.nothing.setText(self._why_empty(words))
        self.beside_heading.setText(how_many(len(self.table.rows), tr("ärende"), tr("ärenden")))

    def _export(self) -> None:
        export_cases(self.work, [one.id for one in self.table.rows])

    def _why_empty(self, words: str) -> str:
        if words.strip():
            return tr("Inget ärende stämmer med «{words}». Sök i hela registret med Ctrl+K.").format(
                words=words.strip()
            )
        if self.ended:
            return tr("Inga ärenden har avslutats det senaste året.")
        return tr("Inga ärenden pågår. Ett ärende börjar när en antagen remiss skrivs in.")


def _table(work: Workspace, *, ended: bool) -> Table[CaseRow]:
    def day(value: date | None) -> str:
        return "" if value is None else day_short(value, today=work.session.clock.today())

    has_several = len(work.desk.my_activities) > 1
    last = (
        Column[CaseRow](
            title=tr("Avslutad"),
            words=lambda row: day(row.discharged_on),
            sort=lambda row: row.discharged_on,
            width=120,
        )
        if ended
        else _next_follow_up(work)
    )
    table = Table[CaseRow](
        "cases-ended" if ended else "cases",
        (
            Column(title=tr("Namn"), words=lambda row: row.name, width=190, most=300, main=True, tells=BASICS.kinds),
            Column(title=tr("Personnummer"), words=lambda row: row.number, width=120, folds=3, tells=BASICS.kinds),
            Column(title=tr("Insats"), words=lambda row: row.activity, width=92, folds=6, shown=has_several),
            Column(title=tr("Uppdragsgivare"), words=lambda row: row.commissioner, width=124, folds=2),
            Column(title=tr("Handläggare"), words=lambda row: row.case_worker, width=140, most=200, folds=1),
            Column(title=tr("Samordnare"), words=lambda row: row.case_lead or "–", width=140, most=200, folds=4),
            Column(
                title=tr("Inskriven"),
                words=lambda row: day(row.enrolled_on),
                sort=lambda row: row.enrolled_on,
                width=104,
                folds=5,
            ),
            last,
        ),
        key=lambda row: row.id,
    )
    table.setAccessibleName(tr("Avslutade ärenden") if ended else tr("Pågående ärenden"))
    table.opened.connect(lambda row: work.open_case(row.id))
    copies_cases(work, table, case_of=lambda row: row.id)
    table.remember_in(work.settings)
    return table


def _next_follow_up(work: Workspace) -> Column[CaseRow]:
    def said(row: CaseRow) -> tuple[str, Tone | None]:
        return ("–", None) if row.next_due_on is None else due(row.next_due_on, today=work.session.clock.today())

    return Column(
        title=tr("Nästa uppföljning"),
        words=lambda row: said(row)[0],
        tone=lambda row: said(row)[1],
        sort=lambda row: row.next_due_on or date.max,
        width=156,
    )
