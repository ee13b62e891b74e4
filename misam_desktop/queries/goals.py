"""The goals of an activity for their forms: what they are, and what has been written of them for a period."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.goal import Judged
from misam_desktop.queries.report_goals import judged
from misam_desktop.queries.reports import named
from misam_desktop.vault import Look, query


class Goals(NamedTuple):
    """An activity with its goals, and what was written by a goal's code."""

    activity: Activity
    judged: dict[str, Judged]


@query("goals.read", needs=May.SEE_REPORTS)
def goals_of(look: Look, activity_name: str, *, first: date, last: date) -> Goals:
    """The goals of an activity by its name. Raises ActivityUnknown."""
    activity = named(look, activity_name)
    return Goals(activity, {one.goal: one for one in judged(look, activity, first=first, last=last)})
