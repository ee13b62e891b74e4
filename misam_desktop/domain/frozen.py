"""Frysta rapporter: a report kept as it read on a day, whatever is corrected or called something else since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from misam_desktop.domain.ids import ActivityId, UserId
from misam_desktop.domain.worded import WordedReport


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenReport:
    """A report of one activity, who froze it and when, and what they wrote beside it. It is never changed."""

    id: str
    activity_id: ActivityId
    content: WordedReport
    comment: str
    by: UserId
    at: datetime
    version: int = 1
