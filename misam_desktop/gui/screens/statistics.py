"""Statistik: a report of an activity for a period, its checks, and the list behind every number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.period import Period, year_before
from misam_desktop.domain.report import Report, ReportKind, Row, Section
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.screens.behind import subject_of
from misam_desktop.gui.statistics_parts.chosen import Chosen
from misam_desktop.gui.statistics_parts.goals import goals_card
from misam_desktop.gui.statistics_parts.surveys import surveys_card
from misam_desktop.gui.statistics_parts.tables import Told, checks_card, missing_card, section_card
from misam_desktop.gui.statistics_parts.ways import ways
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import GAP, clear, column, holding, label, scrolling
from misam_desktop.queries.counted import Number
from misam_desktop.queries.goals import Goals, goals_of
from misam_desktop.queries.indicators import Indicators, indicators_of
from misam_desktop.queries.reports import counted_report
from misam_desktop.vault import Question, Topic
from misam_desktop.wording import check_sentence, moment, period_words, row_words, sentence

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class StatisticsScreen(Screen):
    """What is chosen stands at the top and is never out of sight; a red check is told before any figure."""

    shows = frozenset({Topic.CASES, Topic.CONSENTS, Topic.PERSONS, Topic.SETTINGS, Topic.FOLLOW_UPS, Topic.MEETINGS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Statistik"))
        self.report: Report | None = None
        self._earlier: Report | None = None
        self._goals: Goals | None = None
        self._indicators: Indicators | None = None
        self._cards: Iterator[QWidget] = iter(())
        self.chosen = Chosen(work)
        self.chosen.changed.connect(self.reload)
        for way in ways(work, self.chosen):
            self.buttons.addWidget(way)
        self.told = label("", "muted", wrap=True)
        self.content.addWidget(self.chosen)
        self.content.addWidget(self.told)
        self._inside = column(gap=GAP)
        self._area = scrolling(holding(self._inside), sideways=True)
        self.content.addWidget(self._area, 1)

    # Reading: the report, then the one beside it and what is written of goals

    def reload(self) -> None:
        """Count again."""
        if self.chosen.of is None:
            self.told.setText(tr("Du läser inga siffror än. Administratören lägger till verksamheter."))
            self.loaded.emit()
            return
        if self.chosen.unclear is not None:
            self._failed(self.chosen.unclear)
            return
        self.told.setText(tr("Räknar …"))
        self._ask_for(self._question(), self._counted)

    def _question(self, *, earlier: bool = False) -> Question[Report]:
        period = year_before(self.chosen.period) if earlier else self.chosen.period
        name: str = self.chosen.activity.value()
        return counted_report(self.chosen.report_kind, name, first=period.first, last=period.last)

    def _ask_for(self, question: Question[Report], then: Callable[[Report], None]) -> None:
        self.session.ask(question, owner=self, then=then, failed=self._failed, instead_of="report")

    def _counted(self, report: Report) -> None:
        self.report, self._earlier, self._goals, self._indicators = report, None, None, None
        if self.chosen.compares.value():
            self._ask_for(self._question(earlier=True), self._compared)
        else:
            self._go_on()

    def _compared(self, report: Report) -> None:
        self._earlier = report
        self._go_on()

    def _go_on(self) -> None:
        name, (first, last) = self.chosen.activity.value(), self.chosen.period
        if self.chosen.report_kind is ReportKind.MAL:
            goals = goals_of(name, first=first, last=last)
            self.session.ask(goals, owner=self, then=self._with_goals, failed=self._failed, instead_of="report")
        elif self.chosen.report_kind is ReportKind.ENKATER:
            found = indicators_of(name, first=first, last=last)
            self.session.ask(found, owner=self, then=self._with_indicators, failed=self._failed, instead_of="report")
        else:
            self._show()

    def _with_goals(self, goals: Goals) -> None:
        self._goals = goals
        self._show()

    def _with_indicators(self, found: Indicators) -> None:
        self._indicators = found
        self._show()

    def _failed(self, error: MisamError) -> None:
        """No figure stays beside a period that it is not of."""
        self.report, self._cards = None, iter(())
        clear(self._inside)
        self.told.clear()
        self.beside_heading.clear()
        self.banner.tell(sentence(error))
        self.loaded.emit()

    # Showing

    def _show(self) -> None:
        if self.chosen.unclear is not None:
            return  # written meanwhile
        report = self.report
        assert report is not None
        self.banner.clear()
        today = self.work.desk.today
        kind, period = self.chosen.period_kind, self.chosen.period
        self.beside_heading.setText(period_words(kind, period, today=today))
        self.told.setText(_when(report, moment(self.session.clock.now()), today=today))
        wrong = [check_sentence(one) for one in report.checks if not one.ok]
        if wrong:
            self.banner.tell("\n".join(wrong))
        opens = self._open if self.chosen.leads else None
        then = period_words(kind, year_before(period), today=today)
        clear(self._inside)
        told = Told(session=self.session, opens=opens, earlier=self._earlier, then=then)
        self._cards = self._made(report, told)
        self._add_next(self._cards)

    def _made(self, report: Report, told: Told) -> Iterator[QWidget]:
        """The cards from the top down, each when it is asked for."""
        yield from (section_card(section, told) for section in report.sections)
        if self._goals is not None:
            yield goals_card(self.work, report, self._goals)
        if self._indicators is not None:
            yield surveys_card(self.work, self._indicators, self.chosen.period, refused=self._refused)
        missing = missing_card(report, told.opens)
        if missing is not None:
            yield missing
        yield checks_card(report)

    def _add_next(self, cards: Iterator[QWidget]) -> None:
        """One more card; what is pressed or typed meanwhile goes before the next, and may ask for other figures."""
        if cards is not self._cards:
            return
        card = next(cards, None)
        if card is None:
            self._inside.addStretch(1)
            self.loaded.emit()
            return
        self._inside.addWidget(card)
        self.session.beside(lambda: None, owner=self, then=lambda _none: self._add_next(cards))

    def _refused(self, error: MisamError) -> None:
        """A list that is not taken: the figures stand as they were."""
        self.banner.tell(sentence(error))

    def scroll_to(self, part: float) -> None:
        """Show what lies so far down, from 0 to 1."""
        bar = self._area.verticalScrollBar()
        bar.setValue(round(part * bar.maximum()))

    def _open(self, section: Section, row: Row, column_code: str) -> None:
        report = self.report
        assert report is not None
        number = Number(ReportKind(report.id), section.id, row.code, column_code)
        period, words = Period(report.first, report.last), row_words(section.id, row)
        self.work.go("behind", subject_of(self.chosen.activity.value(), number, period, words))


def _when(report: Report, at: str, *, today: date) -> str:
    """The date of the figures, that the period goes on or has not begun, and that there are none."""
    counted = tr("Siffrorna räknades {at}.").format(at=at)
    if report.first > today:
        counted += " " + tr("Perioden har inte börjat: den som är inskriven i dag räknas som om ärendet pågår då.")
    elif report.last > today:
        counted += " " + tr("Perioden är inte slut.")
    figures = [figure for section in report.sections for row in section.rows for figure in row.figures.values()]
    if any(isinstance(figure, int) and figure for figure in figures):
        return counted
    return tr("Det finns inget att räkna för verksamheten under perioden.") + f" {counted}"
