"""Enkäter och avvikelser as figures: what the screen shows beside each other for an activity and a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from misam_desktop.domain.access import May, in_activity
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import ActivityId, IndicatorId
from misam_desktop.domain.indicator import Indicator, Total
from misam_desktop.domain.report import Report
from misam_desktop.domain.steps import Steps
from misam_desktop.queries.counted import count
from misam_desktop.queries.report_asked import deviations_making, surveys_making
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look, query_in_steps

_T = tables.indicator_total.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveys:
    """The figures, the indicators that totals can be typed in for, and those that have been."""

    report: Report
    activity: Activity
    indicators: tuple[Indicator, ...]
    totals: Mapping[IndicatorId, Total]


@query_in_steps("report.surveys", needs=May.SEE_REPORTS)
def surveys(look: Look, activity_id: ActivityId, *, first: date, last: date) -> Steps[Surveys]:
    """What was offered and answered in a period. Raises NotFound, PeriodBackwards."""
    activity = _mine(look, activity_id)
    report = yield from count(surveys_making(look, activity, first=first, last=last))
    of_period = (_T.activity_id == activity.id, _T.first == first, _T.last == last)
    totals = {one.indicator_id: one for one in rows.indicator_totals.where(look.conn, *of_period)}
    known = rows.indicators.where(look.conn, order_by=[tables.indicator.c.place])
    indicators = tuple(one for one in known if one.active or one.id in totals)
    return Surveys(report=report, activity=activity, indicators=indicators, totals=totals)


@query_in_steps("report.deviations", needs=May.SEE_REPORTS)
def deviation_report(look: Look, activity_id: ActivityId, *, first: date, last: date) -> Steps[Report]:
    """How many avvikelser of each kind came in during a period. Raises NotFound, PeriodBackwards."""
    return (yield from count(deviations_making(look, _mine(look, activity_id), first=first, last=last)))


def _mine(look: Look, activity_id: ActivityId) -> Activity:
    """An activity that the actor works in. Raises NotFound."""
    activity = rows.activities.get(look.conn, activity_id)
    if not in_activity(look.actor, activity.id):
        raise NotFound
    return activity
