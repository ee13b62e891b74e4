"""Frysta rapporter: the list of them, and one as it read, with what would be another figure today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from misam_desktop.domain.worded import Difference, WordedSection
from misam_desktop.gui.case_parts.sheet import Lines
from misam_desktop.gui.dialogs.report_out import ReportOut, of_frozen
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.session import Session
from misam_desktop.gui.statistics_parts.charts import with_chart
from misam_desktop.gui.statistics_parts.figures import MANY, figure_label, figures_grid
from misam_desktop.gui.statistics_parts.tables import checks_of
from misam_desktop.gui.tables import Column, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import GAP, Card, button, clear, column, holding, label, scrolling
from misam_desktop.queries.frozen import FrozenRow, Opened, frozen_report, frozen_reports
from misam_desktop.report_words import check_words, printed
from misam_desktop.vault import Topic
from misam_desktop.wording import how_many, local_time_short, moment

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class FrozenListScreen(Screen):
    """Enter opens one."""

    shows = frozenset({Topic.REPORTS, Topic.SETTINGS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Frysta rapporter"))
        self.table = self._table()
        card = Card()
        card.add(self.table, stretch=1)
        self.content.addWidget(holding(column(card)), 1)
        self.setFocusProxy(self.table)

    def reload(self) -> None:
        """Read the list again."""
        self.session.ask(frozen_reports(), owner=self, then=self._show, instead_of="frozen")

    def _show(self, found: list[FrozenRow]) -> None:
        self.table.show_rows(found)
        self.beside_heading.setText(how_many(len(found), tr("rapport"), tr("rapporter")))
        self.loaded.emit()

    def _table(self) -> Table[FrozenRow]:
        today = self.work.desk.today
        table = Table(
            "frozen",
            (
                Column[FrozenRow](title=tr("Rapport"), words=lambda one: one.title, width=260, main=True),
                Column(title=tr("Verksamhet"), words=lambda one: one.about, width=150),
                Column(title=tr("Period"), words=lambda one: one.period, width=120),
                Column(
                    title=tr("Fryst"),
                    words=lambda one: local_time_short(one.at.isoformat(), today=today),
                    sort=lambda one: one.at,
                    width=110,
                ),
                Column(title=tr("Av"), words=lambda one: one.by, width=120),
                Column(title=tr("Kommentar"), words=lambda one: one.comment, width=180),
            ),
            key=lambda one: one.id,
        )
        table.opened.connect(lambda one: self.work.go("frozen", one.id))
        table.remember_in(self.work.settings)
        return table


class FrozenScreen(Screen):
    """One report as it read. What has been corrected since does not change it, and is told."""

    shows = frozenset({Topic.REPORTS, Topic.CASES, Topic.CONSENTS, Topic.PERSONS, Topic.FOLLOW_UPS, Topic.MEETINGS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.opened: Opened | None = None
        self.out = button(tr("Spara eller skriv ut …"), self._take_out, "primary")
        self.buttons.addWidget(self.out)
        self.told = label("", "muted", wrap=True)
        self.content.addWidget(self.told)
        self._inside = column(gap=GAP)
        self.content.addWidget(scrolling(holding(self._inside), sideways=True), 1)

    def reload(self) -> None:
        """Open it again."""
        self.session.ask(frozen_report(self.subject), owner=self, then=self._show, instead_of="frozen")

    def _show(self, opened: Opened) -> None:
        self.opened = opened
        report = opened.frozen.content
        self.heading.setText(report.title)
        self.beside_heading.setText(f"{report.about} · {report.period}")
        words = tr("Fryst {at} av {who}.").format(at=moment(opened.frozen.at), who=opened.by)
        self.told.setText(f"{words} {opened.frozen.comment}".strip())
        self.banner.clear()
        clear(self._inside)
        if opened.differences:
            count = how_many(len(opened.differences), tr("siffra"), tr("siffror"))
            words = tr("Räknad i dag skulle {count} vara annorlunda. Rapporten här är som den var.")
            self.banner.tell(words.format(count=count))
            self._inside.addWidget(_differences_card(opened.differences))
        for section in report.sections:
            self._inside.addWidget(_section_card(section, self.session))
        self._inside.addWidget(checks_of((one.ok, check_words(one)) for one in report.checks))
        self._inside.addStretch(1)
        self.loaded.emit()

    def _take_out(self) -> None:
        if self.opened is not None:
            report = self.opened.frozen.content
            name = f"{report.id}-{report.first:%Y-%m}-{report.last:%Y-%m}-fryst"
            ReportOut(self.work, of_frozen(self.subject, name)).open()


def _section_card(section: WordedSection, session: Session) -> Card:
    card = Card(section.title)
    headings = [one.words for one in section.columns]
    rows = (
        (row.words, [figure_label(printed(row.figures[one.code])) for one in section.columns]) for row in section.rows
    )
    grid = figures_grid(headings, rows, is_narrow=len(headings) >= MANY)
    card.body.addWidget(with_chart(grid, section, session))
    for words in filter(None, (row.note for row in section.rows)):
        card.add(label(words, "muted", wrap=True))
    return card


def _differences_card(found: tuple[Difference, ...]) -> Card:
    """Each figure as it was and as it would be counted now."""
    card = Card(tr("Det här är annorlunda i dag"))
    rows = []
    for one in found:
        words = tr("{section}: {row}, {column}").format(
            section=one.section, row=one.row, column=one.column[:1].lower() + one.column[1:]
        )
        change = tr("{before} då, {after} i dag").format(before=printed(one.before), after=printed(one.after))
        rows.append((label(words, wrap=True), label(change, "strong")))
    card.add(Lines(rows, stretch=0, least=0))
    return card
