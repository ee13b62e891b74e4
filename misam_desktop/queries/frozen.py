"""Frysta rapporter: which there are, one as it read, and what its figures would be today."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from misam_desktop.documents.consents import Frame
from misam_desktop.documents.paper import Paper
from misam_desktop.documents.reports import Made, report_paper
from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.frozen import FrozenReport
from misam_desktop.domain.report import ReportKind
from misam_desktop.domain.report_reach import may_read
from misam_desktop.domain.steps import Steps
from misam_desktop.domain.suppression import without_small
from misam_desktop.domain.worded import Difference, WordedReport, differences
from misam_desktop.queries.papers import frame
from misam_desktop.queries.reports import named, report_of
from misam_desktop.report_words import worded
from misam_desktop.store import rows
from misam_desktop.vault import Look, query, query_in_steps
from misam_desktop.wording import iso


class FrozenRow(NamedTuple):
    """One frozen report in the list."""

    id: str
    title: str
    about: str
    period: str
    at: datetime
    by: str
    comment: str


class Outgoing(NamedTuple):
    """A report with what stands around it on a paper. Its small counts are hidden when it is told, as ``made`` says."""

    report: WordedReport
    made: Made
    frame: Frame

    def told(self) -> WordedReport:
        """The report as it leaves: asked beside the window, since hiding can take a second or two."""
        return without_small(self.report) if self.made.covered else self.report

    @property
    def paper(self) -> Paper:
        """The same as a paper."""
        return report_paper(self.told(), self.made, self.frame)


class Opened(NamedTuple):
    """A frozen report, who froze it, and each figure that would be another one today."""

    frozen: FrozenReport
    by: str
    differences: tuple[Difference, ...]


@query("report.frozen_listed", needs=May.SEE_REPORTS)
def frozen_reports(look: Look) -> list[FrozenRow]:
    """Those of the activities whose figures the actor reads, the newest first."""
    names = {one.id: one.name for one in rows.users.where(look.conn)}
    readable = {one.id for one in rows.activities.where(look.conn) if may_read(look.actor, one)}
    found = [one for one in rows.frozen_reports.where(look.conn) if one.activity_id in readable]
    return [
        FrozenRow(one.id, one.content.title, one.content.about, one.content.period, one.at, names[one.by], one.comment)
        for one in sorted(found, key=lambda one: one.at, reverse=True)
    ]


@query_in_steps("report.frozen_opened", needs=May.SEE_REPORTS)
def frozen_report(look: Look, frozen_id: str) -> Steps[Opened]:
    """One as it read, beside what is counted for the same days today. Raises NotFound."""
    frozen, activity = found(look, frozen_id)
    was = frozen.content
    report = yield from report_of(look, ReportKind(was.id), activity.name, first=was.first, last=was.last)
    now = worded(report, about=activity.name)
    return Opened(frozen, rows.users.get(look.conn, frozen.by).name, differences(was, now))


@query_in_steps("report.previewed", needs=May.SEE_REPORTS)
def report_preview(
    look: Look, kind: ReportKind, activity_name: str, *, first: date, last: date, covered: bool = False
) -> Steps[Outgoing]:
    """A report as it would be given out, to be looked at first. Raises ActivityUnknown, PeriodBackwards and more."""
    name = named(look, activity_name).name
    report = yield from report_of(look, kind, name, first=first, last=last)
    return outgoing(look, worded(report, about=name), covered=covered)


@query("report.frozen_previewed", needs=May.SEE_REPORTS)
def frozen_preview(look: Look, frozen_id: str, *, covered: bool = False) -> Outgoing:
    """The same of a frozen one. Raises NotFound."""
    return outgoing_frozen(look, found(look, frozen_id)[0], covered=covered)


def outgoing(look: Look, report: WordedReport, *, covered: bool) -> Outgoing:
    """A report that was counted now."""
    return Outgoing(report, Made(counted=iso(look.today), covered=covered), frame(look))


def outgoing_frozen(look: Look, frozen: FrozenReport, *, covered: bool) -> Outgoing:
    """A report as it read when it was frozen."""
    by = rows.users.get(look.conn, frozen.by).name
    day = iso(frozen.at.astimezone().date())
    made = Made(counted=day, frozen_by=by, comment=frozen.comment, covered=covered)
    return Outgoing(frozen.content, made, frame(look))


def found(look: Look, frozen_id: str) -> tuple[FrozenReport, Activity]:
    """A frozen report of an activity whose figures the actor reads. Raises NotFound."""
    frozen = rows.frozen_reports.get(look.conn, frozen_id)
    activity = rows.activities.get(look.conn, frozen.activity_id)
    if not may_read(look.actor, activity):
        raise NotFound
    return frozen, activity
