"""Statistik: the yearly account of an activity for a period, its checks, and the list behind every number."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.period import Period, PeriodKind, beside, period_of
from misam_desktop.domain.report import Report, ReportKind, Row, Section
from misam_desktop.gui import choices, theme
from misam_desktop.gui.case_parts.sheet import Lines
from misam_desktop.gui.inputs import Choice, Day, OneOf
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.screens.behind import subject_of
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import GAP, Card, button, clear, column, holding, label, scrolling
from misam_desktop.queries.counted import Number
from misam_desktop.queries.reports import yearly_account
from misam_desktop.vault import Topic
from misam_desktop.wording import check_sentence, column_label, period_words, row_words, section_title, sentence

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_WORDS, _FIGURE = 360, 64
"""How wide a column of the tables is at least, in pixels of the 100 % design."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class StatisticsScreen(Screen):
    """What is chosen stands at the top and is never out of sight; a red check is told before any figure."""

    shows = frozenset({Topic.CASES, Topic.CONSENTS, Topic.PERSONS, Topic.SETTINGS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Statistik"))
        self.account: Report | None = None
        activities = [one.name for one in work.desk.activities if one.settings.kind is Kind.FORUM]
        self.activity = OneOf([Choice(name, name) for name in activities])
        self.kind = OneOf([*choices.of_codes(PeriodKind), Choice(None, tr("Egna dagar"))])
        self.first, self.last = Day(work.desk.today), Day(work.desk.today)
        self.before = button("‹", partial(self._step, -1))
        self.after = button("›", partial(self._step, 1))
        self.before.setAccessibleName(tr("Perioden före"))
        self.after.setAccessibleName(tr("Perioden efter"))
        named = ((self.activity, tr("Verksamhet")), (self.kind, tr("Period")), (self.first, tr("Från")),
                 (self.last, tr("Till")))  # fmt: skip
        for one, name in named:
            one.name(name, "")
        self.period = period_of(PeriodKind.AR, work.desk.today)
        self._show_period()
        for one in (self.activity, self.first, self.last):
            one.changed.connect(self._choose)
        self.kind.changed.connect(self._choose_kind)
        self.told = label("", "muted")
        ways = Flow(self.activity, self.kind, self.before, self.after, self.first, self.last, self.told)
        self.content.addWidget(holding(ways))
        self._inside = column(gap=GAP)
        self._area = scrolling(holding(self._inside))
        self.content.addWidget(self._area, 1)
        self._let()

    # What is chosen

    def _show_period(self) -> None:
        for one, day in ((self.first, self.period.first), (self.last, self.period.last)):
            one.blockSignals(True)
            one.set_value(day)
            one.blockSignals(False)

    def _let(self) -> None:
        """Only own days are written; those of the calendar are stepped through."""
        is_own = self.kind.value() is None
        for one in (self.first, self.last):
            one.setVisible(is_own)
        for step in (self.before, self.after):
            step.setVisible(not is_own)

    def _choose_kind(self) -> None:
        kind: PeriodKind | None = self.kind.value()
        if kind is not None:
            self.period = period_of(kind, min(self.period.last, self.work.desk.today))
            self._show_period()
        self._let()
        self.reload()

    def _step(self, by: int) -> None:
        kind: PeriodKind | None = self.kind.value()
        if kind is not None:
            self.period = beside(kind, self.period, by=by)
            self._show_period()
            self.reload()

    def _choose(self) -> None:
        self.period = Period(self._day(self.first, self.period.first), self._day(self.last, self.period.last))
        self.reload()

    def _day(self, one: Day, otherwise: date) -> date:
        """What is written, or the day before it while it is being written."""
        try:
            return one.value() or otherwise
        except MisamError:
            return otherwise

    # Reading

    def reload(self) -> None:
        """Count again."""
        name: str | None = self.activity.value()
        if name is None:
            return
        self.told.setText(tr("Räknar …"))
        question = yearly_account(name, first=self.period.first, last=self.period.last)
        self.session.ask(question, owner=self, then=self._show, failed=self._failed, instead_of="account")

    def _failed(self, error: MisamError) -> None:
        """No figure stays beside a period that it is not of."""
        self.account = None
        clear(self._inside)
        self.told.clear()
        self.banner.tell(sentence(error))
        self.loaded.emit()

    def _show(self, account: Report) -> None:
        self.account = account
        self.banner.clear()
        words = period_words(self.kind.value(), self.period, today=self.work.desk.today)
        self.beside_heading.setText(words)
        self.told.setText(tr("Räknat {time}").format(time=f"{self.session.clock.now().astimezone():%H.%M}"))
        wrong = [check_sentence(one) for one in account.checks if not one.ok]
        if wrong:
            self.banner.tell("\n".join(wrong))
        clear(self._inside)
        for section in account.sections:
            self._inside.addWidget(self._section(section))
        self._inside.addWidget(_checks(account))
        self._inside.addStretch(1)
        self.loaded.emit()

    def _section(self, section: Section) -> Card:
        """A table: what is counted to the left, and each figure under its heading."""
        card, grid = Card(section_title(section.id)), QGridLayout()
        grid.setHorizontalSpacing(24)
        for at, code in enumerate(section.columns, start=1):
            grid.addWidget(label(column_label(section.id, code).capitalize(), "small"), 0, at, _RIGHT)
            grid.setColumnMinimumWidth(at, theme.current().px(_FIGURE))
        for number, row in enumerate(section.rows, start=1):
            grid.addWidget(label(row_words(section.id, row), wrap=True), number, 0)
            for at, code in enumerate(section.columns, start=1):
                grid.addWidget(self._figure(section, row, code), number, at, _RIGHT)
        grid.setColumnMinimumWidth(0, theme.current().px(_WORDS))
        grid.setColumnStretch(len(section.columns) + 1, 1)
        card.body.addLayout(grid)
        return card

    def _figure(self, section: Section, row: Row, column: str) -> QWidget:
        """A figure that opens its list, for who may reach a person from it."""
        figure = row.figures[column]
        if not figure or not self.work.desk.may(May.SEE_BEHIND):
            return label(str(figure) if figure else "–", "" if figure else "muted")
        number = Number(ReportKind.ARSREDOVISNING, section.id, row.code, column)
        made = button(str(figure), partial(self._open, number, row_words(section.id, row)), "link")
        of = "" if column == section.columns[0] else f", {column_label(section.id, column)}"
        made.setAccessibleName(f"{row_words(section.id, row)}{of}: {figure}")
        return made

    def _open(self, number: Number, words: str) -> None:
        self.work.go("behind", subject_of(self.activity.value(), number, self.period, words))


def _checks(account: Report) -> Card:
    """Each check with its sentence, the wrong ones first."""
    card = Card(tr("Kontroller"))
    rows = []
    for one in sorted(account.checks, key=lambda check: check.ok):
        mark = label("✓" if one.ok else "✕", "ok" if one.ok else "error")
        mark.setAccessibleName(tr("Stämmer") if one.ok else tr("Stämmer inte"))
        rows.append((mark, label(check_sentence(one), wrap=True)))
    card.add(Lines(rows, stretch=1, least=0, from_top=True))
    return card
