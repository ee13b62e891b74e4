"""Bakom siffran: what one number of a report counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from misam_desktop.domain.period import Period
from misam_desktop.domain.report import ReportKind
from misam_desktop.domain.tells import BASICS
from misam_desktop.gui.copying import copies_cases
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.tables import Column, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, button, column, holding
from misam_desktop.queries.counted import Behind, BehindRow, Number, Thing
from misam_desktop.queries.reports import behind_number
from misam_desktop.vault import Topic
from misam_desktop.wording import column_label, day_short, how_many, iso, label, section_title

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_BETWEEN = "\n"


class _Words(NamedTuple):
    """What a list calls its things and their two days; ``open`` is of a thing that has no last day."""

    since: str
    until: str
    open: str
    one: str
    many: str


_WORDS = {
    Thing.EPISODE: _Words("Inskriven", "Avslutad", "Pågår", "deltagande", "deltaganden"),
    Thing.REFERRAL: _Words("Remiss", "Bedömd eller avslutad", "–", "remiss", "remisser"),
    Thing.FOLLOW_UP: _Words("Ska göras", "Gjord", "–", "uppföljning", "uppföljningar"),
    Thing.MEETING: _Words("Mötesdag", "", "", "möte", "möten"),
    Thing.NAFS_CASE: _Words("Aktualiserad", "Första möte", "–", "ärende", "ärenden"),
    Thing.QUESTION: _Words("Ställd", "Besvarad", "–", "fråga", "frågor"),
    Thing.DEVIATION: _Words("Kom in", "Avslutad", "Öppen", "avvikelse eller synpunkt", "avvikelser och synpunkter"),
    Thing.FEEDBACK: _Words("Möte", "Återkoppling", "–", "återkoppling", "återkopplingar"),
}


def subject_of(activity: str, number: Number, period: Period, row_words: str) -> str:
    """What the page is about, as its subject; ``row_words`` is what the row is called."""
    return _BETWEEN.join((activity, *number, iso(period.first), iso(period.last), row_words))


class BehindScreen(Screen):
    """As many rows as the number says; Enter, or the button, opens the case."""

    shows = frozenset({Topic.CASES, Topic.CONSENTS, Topic.PERSONS, Topic.FOLLOW_UPS, Topic.MEETINGS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self._activity, kind, *place, first, last, row_words = subject.split(_BETWEEN)
        self.number = Number(ReportKind(kind), *place)
        self.period = Period(date.fromisoformat(first), date.fromisoformat(last))
        words = column_label(self.number.section, self.number.column)
        self.heading.setText(f"{section_title(self.number.section)}: {row_words}, {words}")
        self.table: Table[BehindRow] | None = None
        self.opening = button(tr("Öppna ärendet"), self._open_selected)
        self.buttons.addWidget(self.opening)
        self._card = Card()
        self.content.addWidget(holding(column(self._card)), 1)

    def reload(self) -> None:
        """Find them again."""
        question = behind_number(self._activity, self.number, first=self.period.first, last=self.period.last)
        self.session.ask(question, owner=self, then=self._show, instead_of="behind")

    def _show(self, behind: Behind) -> None:
        words = _WORDS[behind.of]
        if self.table is None:
            self.table = self._table(behind.of, words)
            self._card.add(self.table, stretch=1)
            self.setFocusProxy(self.table)
        self.table.show_rows(behind.rows)
        self.opening.setVisible(any(_leads(one) for one in behind.rows))
        days = f"{iso(self.period.first)}–{iso(self.period.last)}"
        count = how_many(len(behind.rows), words.one, words.many)
        report = label(self.number.report)
        self.beside_heading.setText(f"{report} · {self._activity} · {days} · {count}")
        self.loaded.emit()

    def _table(self, of: Thing, words: _Words) -> Table[BehindRow]:
        today = self.work.desk.today
        name = tr("Möte") if of is Thing.MEETING else tr("Person")
        columns = [
            Column[BehindRow](title=name, words=lambda one: one.name, width=260, most=420, main=True,
                              tells=BASICS.kinds),
            Column[BehindRow](
                title=words.since,
                words=lambda one: day_short(one.from_on, today=today),
                sort=lambda one: one.from_on,
                width=130,
            ),
            Column[BehindRow](
                title=words.until,
                words=lambda one: day_short(one.until_on, today=today) if one.until_on else words.open,
                sort=lambda one: str(one.until_on or "9999"),
                width=160,
            ),
        ]  # fmt: skip
        table = Table(
            f"behind_{of.value}",
            columns if words.until else columns[:2],
            key=lambda one: f"{_leads(one)}{one.from_on}{id(one)}",
        )
        table.opened.connect(self._open)
        copies_cases(self.work, table, case_of=lambda one: one.episode_id or one.referral_id)
        table.remember_in(self.work.settings)
        return table

    def _open_selected(self) -> None:
        chosen = self.table.current if self.table is not None else None
        if chosen is not None:
            self._open(chosen)
        else:
            self.work.tell(tr("Välj en rad först."))

    def _open(self, one: BehindRow) -> None:
        if _leads(one):
            self.work.open_any(episode_id=one.episode_id, referral_id=one.referral_id, nafs_case_id=one.nafs_case_id)
        else:
            self.work.tell(tr("Ärendet är skyddat, eller visas inte för dig."))


def _leads(one: BehindRow) -> str:
    """The id of the case that a row leads to, or nothing."""
    return one.episode_id or one.referral_id or one.nafs_case_id or ""
