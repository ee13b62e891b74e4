"""The tables of what is written beside figures."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from misam_desktop.domain.goal import GoalRating
from misam_desktop.store.columns import a_table, column, text, to
from misam_desktop.store.types import DAY, INSTANT, a_code

goal_judged = a_table(
    "goal_judged",
    to("activity_id", "activity"),
    text("goal"),
    column("first_on", DAY),
    column("last_on", DAY),
    column("rating", a_code(GoalRating), nullable=True),
    text("comment"),
    to("by", "user"),
    column("at", INSTANT),
    UniqueConstraint("activity_id", "goal", "first_on", "last_on"),
)
"""How a goal of an activity was met in a period, as its koordinator judges it."""

frozen_report = a_table(
    "frozen_report",
    to("activity_id", "activity"),
    text("content"),
    text("comment"),
    to("by", "user"),
    column("at", INSTANT),
    Index(None, "activity_id"),
)
"""Reports as they read when they were frozen, whole; written once and never changed."""
