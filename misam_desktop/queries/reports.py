"""The figures: any report of an activity for a period, and the list behind each of its numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from misam_desktop.domain.access import Actor, May
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.report import Report, ReportKind
from misam_desktop.domain.report_reach import leads, may_read, must_be_of
from misam_desktop.domain.steps import Steps
from misam_desktop.domain.text import sort_key
from misam_desktop.queries import (
    report_asked,
    report_finsam,
    report_flow,
    report_follow_ups,
    report_forum,
    report_goals,
    report_nafs,
    report_steps,
    report_yearly,
)
from misam_desktop.queries.counted import Behind, Making, Number, count, listed
from misam_desktop.store import rows
from misam_desktop.vault import Look, query_in_steps


class ActivityUnknown(UserError):
    """No activity has this name; ``known`` says which there are."""

    code = "activity_unknown"


class _Maker(Protocol):
    def __call__(self, look: Look, activity: Activity, *, first: date, last: date) -> Making: ...


_MAKERS: dict[ReportKind, _Maker] = {
    ReportKind.ARSREDOVISNING: report_yearly.making,
    ReportKind.FORUM: report_forum.making,
    ReportKind.NAFS: report_nafs.making,
    ReportKind.UPPFOLJNINGAR: report_follow_ups.making,
    ReportKind.FLODE: report_flow.making,
    ReportKind.MAL: report_goals.making,
    ReportKind.FINSAM: report_finsam.making,
    ReportKind.STEG: report_steps.making,
    ReportKind.ENKATER: report_asked.surveys_making,
    ReportKind.AVVIKELSER: report_asked.deviations_making,
}


def account_of(look: Look, activity: Activity, *, first: date, last: date) -> Steps[Report]:
    """The yearly account of any activity, for whoever has asked the door already. Raises PeriodBackwards."""
    return (yield from count(report_yearly.making(look, activity, first=first, last=last)))


@query_in_steps("report.counted", needs=May.SEE_REPORTS)
def counted_report(look: Look, kind: ReportKind, activity_name: str, *, first: date, last: date) -> Steps[Report]:
    """Any report of an activity by its name, for a period; the log says which.

    Raises ActivityUnknown, NotOfThisKind, PeriodBackwards.
    """
    look.because(kind.value)
    return (yield from report_of(look, kind, activity_name, first=first, last=last))


def report_of(look: Look, kind: ReportKind, activity_name: str, *, first: date, last: date) -> Steps[Report]:
    """The same for whoever has asked the door already. Raises as it does."""
    return (yield from count(_making(look, kind, activity_name, first=first, last=last)))


@query_in_steps("report.number_opened", needs=May.SEE_BEHIND)
def behind_number(look: Look, activity_name: str, number: Number, *, first: date, last: date) -> Steps[Behind]:
    """What a number of a report counts, the oldest first: as many rows as it says. The log says which number.

    Not for ledning, who see figures alone, whatever else they lead. Raises ActivityUnknown, NotOfThisKind,
    PeriodBackwards, NotFound.
    """
    look.because(":".join(number))
    named(look, activity_name, whose=leads)
    making = _making(look, number.report, activity_name, first=first, last=last)
    return (yield from listed(look, making, number))


def _making(look: Look, kind: ReportKind, activity_name: str, *, first: date, last: date) -> Making:
    activity = named(look, activity_name)
    must_be_of(kind, activity)
    return _MAKERS[kind](look, activity, first=first, last=last)


def named(look: Look, activity_name: str, *, whose: Callable[[Actor, Activity], bool] = may_read) -> Activity:
    """The activity of a name whose figures the actor reads, or ``whose`` they otherwise may. Raises ActivityUnknown."""
    known = {one.name: one for one in rows.activities.where(look.conn) if whose(look.actor, one)}
    for name, activity in known.items():
        if name.casefold() == activity_name.strip().casefold():
            return activity
    raise ActivityUnknown(known=", ".join(sorted(known, key=sort_key)))
