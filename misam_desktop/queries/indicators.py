"""The indicators of «Indikatorenkät» with the totals that were typed in, for the screen where that is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.ids import IndicatorId
from misam_desktop.domain.indicator import Indicator, Total
from misam_desktop.queries.report_asked import totals_of
from misam_desktop.queries.reports import named
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look, query


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """Those that totals can be typed in for in a period, in the order of the list, and those that have been."""

    activity: Activity
    indicators: tuple[Indicator, ...]
    totals: Mapping[IndicatorId, Total]


@query("indicators.read", needs=May.SEE_REPORTS)
def indicators_of(look: Look, activity_name: str, *, first: date, last: date) -> Indicators:
    """The newest wording, and older ones that have totals in exactly this period. Raises ActivityUnknown."""
    activity = named(look, activity_name)
    totals = {one.indicator_id: one for one in totals_of(look, activity.id, first=first, last=last)}
    known = rows.indicators.where(look.conn, order_by=[tables.indicator.c.place])
    shown = tuple(one for one in known if one.active or one.id in totals)
    return Indicators(activity=activity, indicators=shown, totals=totals)
