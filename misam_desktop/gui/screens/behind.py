"""Bakom siffran: the episodes that one number of the account counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from misam_desktop.domain.codes import Sex
from misam_desktop.domain.period import Period
from misam_desktop.domain.tells import BASICS
from misam_desktop.gui.copying import copies_cases
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.tables import Column, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, column, holding
from misam_desktop.queries.reports import BehindRow, Number, behind_number
from misam_desktop.vault import Topic
from misam_desktop.wording import day_short, how_many, iso, row_label, section_title
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_BETWEEN = "\n"


def subject_of(activity: str, number: Number, period: Period) -> str:
    """What the page is about, as its subject."""
    sex = number.sex.value if number.sex else ""
    return _BETWEEN.join((activity, number.section, number.code, sex, iso(period.first), iso(period.last)))


class BehindScreen(Screen):
    """As many rows as the number says; Enter opens the case."""

    shows = frozenset({Topic.CASES, Topic.CONSENTS, Topic.PERSONS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self._activity, section, code, sex, first, last = subject.split(_BETWEEN)
        self.number = Number(section, code, Sex(sex) if sex else None)
        self.period = Period(date.fromisoformat(first), date.fromisoformat(last))
        of = f", {word_for(self.number.sex).lower()}" if self.number.sex else ""
        self.heading.setText(f"{section_title(section)}: {row_label(section, code)}{of}")
        self.table = self._table()
        card = Card()
        card.add(self.table, stretch=1)
        self.content.addWidget(holding(column(card)), 1)
        self.setFocusProxy(self.table)

    def reload(self) -> None:
        """Find them again."""
        question = behind_number(self._activity, self.number, first=self.period.first, last=self.period.last)
        self.session.ask(question, owner=self, then=self._show, instead_of="behind")

    def _show(self, found: list[BehindRow]) -> None:
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
                    words=lambda one: day_short(one.enrolled_on, today=today),
                    sort=lambda one: one.enrolled_on,
                    width=130,
                ),
                Column(
                    title=tr("Avslutad"),
                    words=lambda one: day_short(one.discharged_on, today=today) if one.discharged_on else tr("Pågår"),
                    sort=lambda one: str(one.discharged_on or "9999"),
                    width=130,
                ),
            ),
            key=lambda one: one.episode_id or f"{one.enrolled_on}{id(one)}",
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
