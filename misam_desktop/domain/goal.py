"""The goals of an activity: a target with what is counted and of how many, and what the koordinator writes of it.

Source: process.md §9, the row «Target»; the documents use several denominators for the same numerator, so that a goal
always names its own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, UserId
from misam_desktop.domain.referral import TextRequired

if TYPE_CHECKING:
    from misam_desktop.domain.activity import Activity

LONGEST_NAME, LONGEST_COMMENT = 120, 2000


class TargetWrong(UserError):
    """A target is a whole percentage from 1 to 100."""

    code = "target_wrong"


class GoalTwice(UserError):
    """Two goals of an activity have the same name."""

    code = "goal_twice"


class GoalTextLong(UserError):
    """The text is longer than there is room for; ``most`` is how many signs there are."""

    code = "goal_text_long"


class Reached(StrEnum):
    """What is counted: the numerator of a goal."""

    ARBETE_STUDIER = "arbete_studier"
    ARBETE = "arbete"
    STUDIER = "studier"
    EGEN_FORSORJNING = "egen_forsorjning"
    BEHOV_UPPFYLLT = "behov_uppfyllt"


class Whom(StrEnum):
    """Of how many: the denominator of a goal."""

    REMITTERADE = "remitterade"
    DELTAGARE = "deltagare"
    AVSLUTADE = "avslutade"


class GoalRating(StrEnum):
    """How far a goal was met, as the koordinator judges it (codelists.md, «Måluppfyllelse»)."""

    UPPFYLLT = "uppfyllt"
    DELVIS = "delvis"
    INTE = "inte"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal. ``code`` stays when it is renamed; ``target`` is the least percentage."""

    code: str
    name: str
    reached: Reached
    of: Whom
    target: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the koordinator has written of a goal for a period."""

    id: str
    activity_id: ActivityId
    goal: str
    first_on: date
    last_on: date
    rating: GoalRating | None
    comment: str
    by: UserId
    at: datetime
    version: int = 1


def with_goals(activity: Activity, goals: Sequence[Goal]) -> Activity:
    """The activity with these goals. Raises TextRequired, GoalTextLong, GoalTwice, TargetWrong."""
    kept = tuple(replace(one, name=" ".join(one.name.split())) for one in goals)
    for one in kept:
        _must_be_sound(one)
    if len({one.name.casefold() for one in kept}) != len(kept):
        raise GoalTwice(field="name")
    return replace(activity, settings=replace(activity.settings, goals=kept))


def _must_be_sound(goal: Goal) -> None:
    if not goal.name:
        raise TextRequired(field="name")
    if len(goal.name) > LONGEST_NAME:
        raise GoalTextLong(field="name", most=LONGEST_NAME)
    if not 1 <= goal.target <= 100:
        raise TargetWrong(field="target")


def must_be_short(comment: str) -> str:
    """The comment as it is kept. Raises GoalTextLong."""
    if len(comment.strip()) > LONGEST_COMMENT:
        raise GoalTextLong(field="comment", most=LONGEST_COMMENT)
    return comment.strip()


def free_code(taken: Collection[str]) -> str:
    """A code for a new goal, that none has: «mal_1»."""
    number = 1
    while f"mal_{number}" in taken:
        number += 1
    return f"mal_{number}"
