"""Bakom siffran: the episodes that one number of the account counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from misam_desktop.domain.counting import TOTAL
from misam_desktop.domain.period import Period
from misam_desktop.domain.report import ReportKind
from misam_desktop.domain.tells import BASICS
from misam_desktop.gui.copying import copies_cases
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.tables import Column, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, column, holding
from misam_desktop.queries.counted import Behind, BehindRow, Number
from misam_desktop.queries.reports import behind_number
from misam_desktop.vault import Topic
from misam_desktop.wording import column_label, day_short, how_many, iso, section_title

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_BETWEEN = "\n"


def subject_of(activity: str, number: Number, period: Period, row_words: str) -> str:
    """What the page is about, as its subject; ``row_words`` is what the row is called."""
    return _BETWEEN.join((activity, *number, iso(period.first), iso(period.last), row_words))


class BehindScreen(Screen):
    """As many rows as the number says; Enter opens the case."""

    shows = frozenset({Topic.CASES, Topic.CONSENTS, Topic.PERSONS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self._activity, kind, *place, first, last, row_words = subject.split(_BETWEEN)
        self.number = Number(ReportKind(kind), *place)
        self.period = Period(date.fromisoformat(first), date.fromisoformat(last))
        of = "" if self.number.column == TOTAL else f", {column_label(self.number.section, self.number.column)}"
        self.heading.setText(f"{section_title(self.number.section)}: {row_words}{of}")
        self.table = self._table()
        card = Card()
        card.add(self.table, stretch=1)
        self.content.addWidget(holding(column(card)), 1)
        self.setFocusProxy(self.table)

    def reload(self) -> None:
        """Find them again."""
        question = behind_number(self._activity, self.number, first=self.period.first, last=self.period.last)
        self.session.ask(question, owner=self, then=self._show, instead_of="behind")

    def _show(self, behind: Behind) -> None:
        found = behind.rows
        self.table.show_rows(found)
        days = f"{iso(self.period.first)}–{iso(self.period.last)}"
        count = how_many(len(found), tr("deltagande"), tr("deltaganden"))
        self.beside_heading.setText(f"{self._activity} · {days} · {count}")
        self.loaded.emit()

    def _table(self) -> Table[BehindRow]:
        today = self.work.desk.today
        table = Table(
            "behind",
            (
                Column[BehindRow](
                    title=tr("Person"), words=lambda one: one.name, width=220, most=320, main=True, tells=BASICS.kinds
                ),
                Column(
                    title=tr("Inskriven"),
                    words=lambda one: day_short(one.from_on, today=today),
                    sort=lambda one: one.from_on,
                    width=130,
                ),
                Column(
                    title=tr("Avslutad"),
                    words=lambda one: day_short(one.until_on, today=today) if one.until_on else tr("Pågår"),
                    sort=lambda one: str(one.until_on or "9999"),
                    width=130,
                ),
            ),
            key=lambda one: one.episode_id or f"{one.from_on}{id(one)}",
        )
        table.opened.connect(self._open)
        copies_cases(self.work, table, case_of=lambda one: one.episode_id)
        table.remember_in(self.work.settings)
        return table

    def _open(self, one: BehindRow) -> None:
        if one.episode_id is not None:
            self.work.open_case(one.episode_id)
        else:
            self.work.tell(tr("Ärendet är skyddat, eller visas inte för dig."))
