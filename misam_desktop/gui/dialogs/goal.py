"""One goal of an activity, and how it was met in a period."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.goals import judge_goal, set_goals
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.goal import Goal, GoalRating, Reached, Whom, free_code
from misam_desktop.domain.period import Period
from misam_desktop.gui import choices
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import LongText, Number, OneOf, Text
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.queries.goals import Goals
from misam_desktop.vault import Request

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def open_goal(work: Workspace, activity: Activity, goal: Goal | None) -> None:
    """A new goal, or one that is changed or taken away."""
    goals = activity.settings.goals

    def save(said: dict[str, Any]) -> Request[Activity]:
        if goal is None:
            code = free_code({one.code for one in goals})
            return set_goals(activity.id, (*goals, Goal(code=code, **said)), seen=activity.version)
        changed = replace(goal, **said)
        return set_goals(
            activity.id, [changed if one.code == goal.code else one for one in goals], seen=activity.version
        )

    away = button(tr("Ta bort målet"), partial(_take_away, work, activity, goal), "danger")
    dialog: FormDialog = FormDialog(
        work,
        title=tr("Nytt mål") if goal is None else tr("Ändra målet"),
        intro=tr("Ett mål säger alltid vad som räknas och av hur många."),
        content=[
            Field(name="name", label=tr("Mål"), kind=Text, required=True),
            Field(
                name="reached",
                label=tr("Vad som räknas"),
                kind=lambda: OneOf(choices.of_codes(Reached)),
                required=True,
                half=True,
            ),
            Field(name="of", label=tr("Av"), kind=lambda: OneOf(choices.of_codes(Whom)), required=True, half=True),
            Field(name="target", label=tr("Minst, i procent"), kind=Number, required=True, half=True),
        ],
        values=None if goal is None else {name: value for name, value in asdict(goal).items() if name != "code"},
        save=save,
        then=lambda _kept: work.tell(tr("Målet är sparat.")),
        extra=() if goal is None else (away,),
        wide=560,
    )
    away.clicked.connect(dialog.reject)
    dialog.open()


def _take_away(work: Workspace, activity: Activity, goal: Goal | None) -> None:
    left = [one for one in activity.settings.goals if goal is None or one.code != goal.code]
    work.session.do(
        set_goals(activity.id, left, seen=activity.version),
        owner=work,
        then=lambda _kept: work.tell(tr("Målet är borttaget.")),
    )


def open_judging(work: Workspace, goals: Goals, goal: Goal, period: Period) -> None:
    """How a goal was met in a period, in one of three steps, with a comment."""
    judged = goals.judged.get(goal.code)
    dialog: FormDialog = FormDialog(
        work,
        title=goal.name,
        intro=tr("Bedömningen och kommentaren står i rapporten, också för ledningen. Skriv ingenting om enskilda."),
        content=[
            Field(
                name="rating",
                label=tr("Bedömning"),
                kind=lambda: OneOf(choices.of_codes(GoalRating), empty=tr("Inte bedömt")),
            ),
            Field(name="comment", label=tr("Kommentar"), kind=lambda: LongText(5)),
        ],
        values={"rating": judged.rating, "comment": judged.comment} if judged else None,
        save=lambda said: judge_goal(
            goals.activity.id, goal.code, period, **said, seen=judged.version if judged else None
        ),
        then=lambda _kept: work.tell(tr("Bedömningen är sparad.")),
        wide=560,
    )
    dialog.open()
