"""The goals of an activity, and what its koordinator writes of them for a period."""

from __future__ import annotations

from collections.abc import Sequence

from misam_desktop.domain import goal as rules
from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.counting import must_run_forwards
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.goal import Goal, GoalRating, Judged
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.period import Period
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, command

_G = tables.goal_judged.c


@command("goals.changed", needs=May.CHANGE_SETTINGS, touches=Topic.SETTINGS)
def set_goals(tx: Tx, activity_id: ActivityId, goals: Sequence[Goal], *, seen: int) -> Activity:
    """Set the goals of an activity; what was written of one that is taken away stays, unseen.

    Raises TextRequired, GoalTextLong, GoalTwice, TargetWrong, Stale.
    """
    activity = _admitted(tx, activity_id)
    if activity.version != seen:
        raise Stale
    return rows.activities.save(tx.conn, rules.with_goals(activity, goals))


@command("goal.judged", needs=May.CHANGE_SETTINGS, touches=Topic.SETTINGS)
def judge_goal(
    tx: Tx,
    activity_id: ActivityId,
    goal: str,
    period: Period,
    *,
    rating: GoalRating | None,
    comment: str,
    seen: int | None,
) -> Judged:
    """Write how a goal was met in a period; ``seen`` is the version of what stood there, None for nothing.

    Raises NotFound, GoalTextLong, PeriodBackwards, Stale.
    """
    activity = _admitted(tx, activity_id)
    must_run_forwards(period.first, period.last)
    if goal not in {one.code for one in activity.settings.goals}:
        raise NotFound
    which = (_G.activity_id == activity_id, _G.goal == goal, _G.first_on == period.first, _G.last_on == period.last)
    before = next(iter(rows.goals_judged.where(tx.conn, *which)), None)
    if (before and before.version) != seen:
        raise Stale
    judged = Judged(
        id=before.id if before else tx.new_id(),
        activity_id=activity_id,
        goal=goal,
        first_on=period.first,
        last_on=period.last,
        rating=rating,
        comment=rules.must_be_short(comment),
        by=tx.actor.user_id,
        at=tx.now,
        version=before.version if before else 1,
    )
    return rows.goals_judged.save(tx.conn, judged) if before else rows.goals_judged.add(tx.conn, judged)


def _admitted(tx: Tx, activity_id: ActivityId) -> Activity:
    activity = rows.activities.get(tx.conn, activity_id)
    tx.about(activity.id)
    tx.require(Subject(activity_id=activity.id, unit_ids=frozenset(), purpose=activity.settings.kind.purpose))
    return activity
