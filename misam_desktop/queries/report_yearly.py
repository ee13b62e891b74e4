"""The yearly account out of the store."""

from __future__ import annotations

from datetime import date

from misam_desktop.domain import yearly
from misam_desktop.domain.activity import Activity
from misam_desktop.queries.counted import Making
from misam_desktop.queries.participations import misregistered, participations
from misam_desktop.vault import Look


def making(look: Look, activity: Activity, *, first: date, last: date) -> Making:
    """The account of an activity for a period. Raises PeriodBackwards."""
    source = participations(look, activity.id, yearly.tables(first=first, last=last), first=first, last=last)
    mistakes = misregistered(look, activity.id, first=first, last=last)
    return Making(
        sources=(source,),
        report=lambda counting: yearly.as_account(counting, first=first, last=last, misregistered=mistakes),
    )
