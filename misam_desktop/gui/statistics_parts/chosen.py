"""What figures are shown: activity, report and period, at the top of Statistik and never out of sight."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from misam_desktop.domain.activity import Activity
from misam_desktop.domain.days import DayUnknown
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.period import Period, PeriodKind, beside, period_of
from misam_desktop.domain.report import ReportKind
from misam_desktop.domain.report_reach import leads, may_read, reports_of
from misam_desktop.gui import choices
from misam_desktop.gui.inputs import Choice, Day, Flag, OneOf
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, holding
from misam_desktop.vault import actor_of

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class Chosen(QWidget):
    """The filters. Of own days both are written; the periods of the calendar are stepped through."""

    changed = Signal()

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self._today = work.desk.today
        self._actor = actor_of(work.desk.me)
        self._activities = {one.name: one for one in work.desk.activities if may_read(self._actor, one)}
        self.activity = OneOf([Choice(name, name) for name in self._activities])
        self.report = OneOf([])
        self.kind = OneOf([*choices.of_codes(PeriodKind), Choice(None, tr("Egna dagar"))])
        self.first, self.last = Day(self._today), Day(self._today)
        self.before = button("‹", partial(self._step, -1))
        self.after = button("›", partial(self._step, 1))
        self.before.setAccessibleName(tr("Perioden före"))
        self.after.setAccessibleName(tr("Perioden efter"))
        self.compares = Flag(tr("Jämför med året före"))
        named = ((self.report, tr("Rapport")), (self.activity, tr("Verksamhet")), (self.kind, tr("Period")),
                 (self.first, tr("Från")), (self.last, tr("Till")))  # fmt: skip
        for one, name in named:
            one.name(name, "")
        self.period = period_of(PeriodKind.AR, self._today)
        self.unclear: MisamError | None = None
        """What is wrong with the days that are written: there is no period of them, and no figures."""
        self._offer_reports()
        self._show_period()
        self._let()
        self.activity.changed.connect(self._choose_activity)
        self.kind.changed.connect(self._choose_kind)
        for day in (self.first, self.last):
            day.changed.connect(self._choose_days)
        for other in (self.report, self.compares):
            other.changed.connect(self.changed)
        ways = Flow(
            self.report, self.activity, self.kind, self.before, self.after, self.first, self.last, self.compares
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(holding(ways))

    @property
    def of(self) -> Activity | None:
        """The activity; None for who reads no figures of any."""
        return self._activities.get(self.activity.value())

    @property
    def leads(self) -> bool:
        """Whether the lists behind the activity's figures open."""
        return self.of is not None and leads(self._actor, self.of)

    @property
    def period_kind(self) -> PeriodKind | None:
        """Which period of the calendar; None for own days."""
        kind: PeriodKind | None = self.kind.value()
        return kind

    @property
    def report_kind(self) -> ReportKind:
        """Which report."""
        kind: ReportKind = self.report.value()
        return kind

    def _offer_reports(self) -> None:
        """Those that there are of the activity."""
        blocked = QSignalBlocker(self.report)
        self.report.set_choices(choices.of_codes(reports_of(self.of.settings.kind)) if self.of else [])
        blocked.unblock()

    def _choose_activity(self) -> None:
        self._offer_reports()
        self.changed.emit()

    def _show_period(self) -> None:
        for one, day in ((self.first, self.period.first), (self.last, self.period.last)):
            blocked = QSignalBlocker(one)
            one.set_value(day)
            blocked.unblock()

    def _let(self) -> None:
        is_own = self.kind.value() is None
        for one in (self.first, self.last):
            one.setVisible(is_own)
        for step in (self.before, self.after):
            step.setVisible(not is_own)

    def _choose_kind(self) -> None:
        self.unclear = None
        if self.period_kind is not None:
            self.period = period_of(self.period_kind, min(self.period.last, self._today))
        self._show_period()
        self._let()
        self.changed.emit()

    def _step(self, by: int) -> None:
        if self.period_kind is not None:
            self.period = beside(self.period_kind, self.period, by=by)
            self._show_period()
            self.changed.emit()

    def _choose_days(self) -> None:
        try:
            self.period, self.unclear = Period(_day(self.first), _day(self.last)), None
        except MisamError as error:
            self.unclear = error
        self.changed.emit()


def _day(one: Day) -> date:
    """What is written. Raises DayUnknown."""
    day = one.value()
    if day is None:
        raise DayUnknown
    return day
