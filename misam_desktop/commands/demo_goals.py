"""The goals of the made-up team's activity, and how each year met them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from misam_desktop.commands.demo_cast import reference
from misam_desktop.commands.demo_stage import Stage
from misam_desktop.commands.goals import judge_goal, set_goals
from misam_desktop.domain.clocks import next_working_day
from misam_desktop.domain.goal import Goal, GoalRating, Reached, Whom
from misam_desktop.domain.period import PeriodKind, period_of


def plan_goals(stage: Stage, *, new_id: Callable[[], str]) -> None:
    """Set them on the first day, and judge each year that has gone in the January after it."""
    entries = reference("team")["goal"]
    coordinator = stage.team.coordinators[0]
    goals = [
        Goal(
            code=one["code"],
            name=one["name"],
            reached=Reached(one["reached"]),
            of=Whom(one["of"]),
            target=one["target"],
        )
        for one in entries
    ]
    stage.do(coordinator, set_goals(stage.activity.id, goals, seen=stage.activity.version))
    for number, year in enumerate(range(stage.plan.first_day.year, stage.today.year)):
        day = next_working_day(date(year + 1, 1, 20))
        for entry in entries:
            judging = partial(_judge, stage, entry, number, year, new_id=new_id)
            stage.at(day, judging, hour=15, minute=30)


def _judge(stage: Stage, entry: dict[str, Any], number: int, year: int, *, new_id: Callable[[], str]) -> None:
    ratings = entry["ratings"]
    request = judge_goal(
        stage.activity.id,
        entry["code"],
        period_of(PeriodKind.AR, date(year, 1, 1)),
        rating=GoalRating(ratings[number % len(ratings)]),
        comment=entry["comment"],
        seen=None,
    )
    with stage.other_ids(new_id):
        stage.do(stage.team.coordinators[0], request)
