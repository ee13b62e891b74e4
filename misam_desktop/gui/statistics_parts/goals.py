"""The goals under their figures: how each was met as the koordinator judges it, and the goals themselves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from misam_desktop.domain.access import May
from misam_desktop.domain.goal import Goal
from misam_desktop.domain.period import Period
from misam_desktop.domain.report import Report
from misam_desktop.gui.case_parts.sheet import Lines
from misam_desktop.gui.dialogs.goal import open_goal, open_judging
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, button, column, holding, label
from misam_desktop.queries.goals import Goals
from misam_desktop.wording import goal_words
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def goals_card(work: Workspace, report: Report, goals: Goals) -> Card:
    """Each goal with its rating and comment; who may set them finds the ways beside."""
    may = work.desk.may(May.CHANGE_SETTINGS)
    new = button(tr("Nytt mål …"), partial(open_goal, work, goals.activity, None))
    card = Card(tr("Bedömning av målen"), beside=[new] if may else [])
    if not goals.activity.settings.goals:
        card.add(label(tr("Verksamheten har inga mål än."), "muted", wrap=True))
        return card
    period = Period(report.first, report.last)
    rows = [
        (_words(goals, one), *(_ways(work, goals, one, period) if may else ())) for one in goals.activity.settings.goals
    ]
    card.add(Lines(rows, stretch=0, least=480, from_top=True))
    return card


def _words(goals: Goals, goal: Goal) -> QWidget:
    judged = goals.judged.get(goal.code)
    rating = word_for(judged.rating) if judged and judged.rating else tr("Inte bedömt")
    parts = [label(goal_words(goal), "strong", wrap=True), label(rating, "" if judged else "muted")]
    if judged and judged.comment:
        parts.append(label(judged.comment, wrap=True, selectable=True))
    return holding(column(*parts, gap=2))


def _ways(work: Workspace, goals: Goals, goal: Goal, period: Period) -> tuple[QWidget, QWidget]:
    judging = button(tr("Bedöm …"), partial(open_judging, work, goals, goal, period))
    judging.setAccessibleName(tr("Bedöm {name}").format(name=goal.name))
    changing = button(tr("Ändra …"), partial(open_goal, work, goals.activity, goal))
    changing.setAccessibleName(tr("Ändra {name}").format(name=goal.name))
    return judging, changing
