"""The goals of an activity, and what its koordinator writes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from misam_desktop.commands.goals import judge_goal, set_goals
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import Role
from misam_desktop.domain.counting import PeriodBackwards
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.goal import Goal, GoalRating, GoalTwice, Judged, Reached, Whom
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.period import Period
from misam_desktop.domain.report import Note, ReportKind, Share
from misam_desktop.queries.goals import Goals, goals_of
from misam_desktop.queries.reports import counted_report
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.test_register import BO, ENDED, EVA, take
from tests.commands.worlds import MISAM, REGION, colleague, one, refused

YEAR = Period(date(2019, 1, 1), date(2019, 12, 31))
WORK = Goal(code="mal_1", name="Till arbete", reached=Reached.ARBETE, of=Whom.AVSLUTADE, target=35)
REFERRED = replace(WORK, code="mal_2", name="Av remitterade", of=Whom.REMITTERADE)


@pytest.fixture
def with_goals(karin: Vault) -> Vault:
    karin.do(set_goals(MISAM, [WORK, REFERRED], seen=1))
    return karin


def judge(vault: Vault, goal: str = "mal_1", **said: Any) -> Judged:
    given: dict[str, Any] = {"rating": GoalRating.DELVIS, "comment": " På väg. ", "seen": None} | said
    return vault.do(judge_goal(MISAM, goal, given.pop("period", YEAR), **given)).value


def read(vault: Vault) -> Goals:
    return vault.ask(goals_of("MISAM", first=YEAR.first, last=YEAR.last))


def test_a_goal_is_counted_with_what_it_counts_and_of_how_many(with_goals: Vault) -> None:
    take(
        with_goals,
        ENDED | {"avslutad_till": "arbete", "avslutad": "2019-11-04"},
        BO,
        EVA | {"samtycke_syften": "samverkan"},
    )
    report = with_goals.ask(counted_report(ReportKind.MAL, "MISAM", first=YEAR.first, last=YEAR.last))
    figures = {row.code: (row.figures["andel"], row.figures["utan_detaljer"]) for row in report.sections[0].rows}
    assert figures == {
        "mal_1": (Share(numerator=1, denominator=1), 0),
        "mal_2": (Share(numerator=1, denominator=2), 1),
    }
    assert report.sections[0].rows[0].label == "Till arbete – i arbete, av avslutade, minst 35 %"


def test_what_is_written_of_a_goal_stands_in_the_report_of_its_period_alone(with_goals: Vault) -> None:
    judge(with_goals)
    report = with_goals.ask(counted_report(ReportKind.MAL, "MISAM", first=YEAR.first, last=YEAR.last))
    assert report.notes == (Note(section="mal", row="mal_1", rating="delvis", comment="På väg."),)
    other = with_goals.ask(counted_report(ReportKind.MAL, "MISAM", first=date(2020, 1, 1), last=date(2020, 12, 31)))
    assert other.notes == ()


def test_a_judgement_is_changed_over_what_was_seen(with_goals: Vault) -> None:
    first = judge(with_goals)
    with refused(with_goals, Stale):
        judge(with_goals)
    again = judge(with_goals, rating=None, comment="", seen=first.version)
    assert read(with_goals).judged == {"mal_1": again}


def test_goals_are_set_over_what_was_seen(with_goals: Vault) -> None:
    with refused(with_goals, Stale):
        with_goals.do(set_goals(MISAM, [], seen=1))
    with refused(with_goals, GoalTwice):
        with_goals.do(set_goals(MISAM, [WORK, replace(WORK, code="mal_2")], seen=2))
    assert one(with_goals, rows.activities, MISAM).settings.goals == (WORK, REFERRED)


def test_only_a_goal_of_the_activity_is_judged_and_for_a_period_that_runs_forwards(with_goals: Vault) -> None:
    with refused(with_goals, NotFound):
        judge(with_goals, "mal_9")
    with refused(with_goals, PeriodBackwards):
        judge(with_goals, period=Period(YEAR.last, YEAR.first))


def test_goals_are_for_the_koordinator_of_the_activity(with_goals: Vault, jonas: Vault) -> None:
    with refused(jonas, NotPermitted):
        judge(jonas)
    elsewhere = colleague(with_goals, "kim", Role.KOORDINATOR, unit_id=REGION, activity_ids=(ActivityId("other"),))
    with refused(elsewhere, NotFound):
        judge(elsewhere)
