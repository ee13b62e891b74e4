"""What Uppföljning Finsam asks for, out of the store."""

from __future__ import annotations

from datetime import date

from misam_desktop.domain import finsam_figures
from misam_desktop.domain.activity import Activity
from misam_desktop.queries.counted import Making
from misam_desktop.queries.participations import participations
from misam_desktop.vault import Look


def making(look: Look, activity: Activity, *, first: date, last: date) -> Making:
    """The number of participants of an activity in a period. Raises PeriodBackwards."""
    of = finsam_figures.tables(first=first, last=last)
    return Making(
        sources=(participations(look, activity.id, of, first=first, last=last),),
        report=lambda counting: finsam_figures.as_finsam_report(counting, first=first, last=last),
    )
