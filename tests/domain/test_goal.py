"""Goals: what is counted and of how many, and what an activity may have for goals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop import assets
from misam_desktop.domain.access import Actor
from misam_desktop.domain.activity import Activity, Kind, settings_as_data, settings_from
from misam_desktop.domain.codes import Role
from misam_desktop.domain.counting import PeriodBackwards
from misam_desktop.domain.goal import (
    LONGEST_COMMENT,
    Goal,
    GoalTextLong,
    GoalTwice,
    Reached,
    TargetWrong,
    Whom,
    free_code,
    must_be_short,
    with_goals,
)
from misam_desktop.domain.goal_figures import Case, as_goal_report, has_reached, is_of, tables
from misam_desktop.domain.ids import ActivityId, UnitId, UserId
from misam_desktop.domain.referral import TextRequired
from misam_desktop.domain.report import Note, ReportKind, Share
from misam_desktop.domain.report_reach import NotOfThisKind, leads, may_read, must_be_of, reports_of
from tests.domain.figures import BACKWARDS, DAYS, DAYS_OR_NONE, LAST, YEAR, counted, must_be_behind, wrong

GOAL = Goal(code="mal_1", name="Till arbete", reached=Reached.ARBETE, of=Whom.AVSLUTADE, target=35)
ACTIVITY = Activity(
    id=ActivityId("misam"),
    name="MISAM",
    settings=settings_from(assets.toml(assets.database("reference", "activities", "misam.toml"))),
)


def case(**said: Any) -> Case:
    """Referred and enrolled in March, ended in work in June."""
    return Case(
        "r", "e", date(2026, 3, 1), date(2026, 3, 9), date(2026, 6, 1), "arbete", "uppfyllt", "lon", True
    )._replace(**said)


# What an activity may have


def test_goals_are_settings_that_come_back_as_they_were() -> None:
    settings = with_goals(ACTIVITY, [replace(GOAL, name="  Till   arbete ")]).settings
    assert settings_from(settings_as_data(settings)).goals == (GOAL,)


@pytest.mark.parametrize(
    ("goals", "refusal"),
    [
        ([replace(GOAL, name=" ")], TextRequired),
        ([replace(GOAL, name="x" * 121)], GoalTextLong),
        ([replace(GOAL, target=0)], TargetWrong),
        ([replace(GOAL, target=101)], TargetWrong),
        ([GOAL, replace(GOAL, code="mal_2", name="TILL arbete")], GoalTwice),
    ],
)
def test_a_goal_has_a_name_of_its_own_and_a_percentage(goals: list[Goal], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        with_goals(ACTIVITY, goals)


def test_a_new_goal_gets_a_code_that_none_has() -> None:
    assert free_code({"mal_1", "mal_3"}) == "mal_2"


def test_a_comment_has_room_for_so_much() -> None:
    assert must_be_short(" bra ") == "bra"
    with pytest.raises(GoalTextLong):
        must_be_short("x" * (LONGEST_COMMENT + 1))


# What is counted


@pytest.mark.parametrize(
    ("whom", "said", "counts"),
    [
        (Whom.REMITTERADE, {}, True),
        (Whom.REMITTERADE, {"referred_on": date(2025, 12, 31)}, False),
        (Whom.REMITTERADE, {"enrolled_on": None, "discharged_on": None}, True),
        (Whom.DELTAGARE, {}, True),
        (Whom.DELTAGARE, {"discharged_on": None}, True),
        (Whom.DELTAGARE, {"discharged_on": date(2025, 12, 31)}, False),
        (Whom.DELTAGARE, {"enrolled_on": None, "discharged_on": None}, False),
        (Whom.DELTAGARE, {"enrolled_on": date(2027, 1, 1), "discharged_on": None}, False),
        (Whom.AVSLUTADE, {}, True),
        (Whom.AVSLUTADE, {"discharged_on": None}, False),
        (Whom.AVSLUTADE, {"discharged_on": date(2027, 1, 1)}, False),
    ],
)
def test_a_goal_names_of_how_many(whom: Whom, said: dict[str, Any], counts: bool) -> None:
    assert is_of(whom, case(**said), **YEAR) is counts


@pytest.mark.parametrize(
    ("reached", "said", "counts"),
    [
        (Reached.ARBETE, {}, True),
        (Reached.ARBETE, {"destination": "studier"}, False),
        (Reached.STUDIER, {"destination": "studier"}, True),
        (Reached.ARBETE_STUDIER, {"destination": "studier"}, True),
        (Reached.ARBETE_STUDIER, {"destination": "af"}, False),
        (Reached.BEHOV_UPPFYLLT, {}, True),
        (Reached.BEHOV_UPPFYLLT, {"discharge_reason": "flyttat"}, False),
        (Reached.EGEN_FORSORJNING, {}, True),
        (Reached.EGEN_FORSORJNING, {"livelihood_out": "akassa"}, False),
        (Reached.EGEN_FORSORJNING, {"livelihood_out": None}, False),
        (Reached.ARBETE, {"discharged_on": None}, False),
        (Reached.ARBETE, {"discharged_on": date(2027, 1, 1)}, False),
    ],
)
def test_a_goal_names_what_is_reached(reached: Reached, said: dict[str, Any], counts: bool) -> None:
    assert has_reached(reached, case(**said), last=LAST) is counts


def test_the_share_is_of_those_who_may_be_counted_with_where_they_went() -> None:
    people = [case(), case(destination="af"), case(detailed=False)]
    note = Note(section="mal", row="mal_1", rating="delvis", comment="På väg")
    found = counted(tables([GOAL], **YEAR, labels={"mal_1": "Till arbete"}), people)
    report = as_goal_report(found, **YEAR, notes=[note])
    [row] = report.sections[0].rows
    assert (row.figures["andel"], row.figures["utan_detaljer"]) == (Share(numerator=1, denominator=2), 1)
    assert (row.label, report.notes, wrong(report)) == ("Till arbete", (note,), [])


_CASES = st.builds(
    Case,
    st.just("r"),
    st.just("e"),
    DAYS,
    DAYS_OR_NONE,
    DAYS_OR_NONE,
    st.sampled_from(["arbete", "studier", "af", None]),
    st.sampled_from(["uppfyllt", "flyttat", None]),
    st.sampled_from(["lon", "akassa", None]),
    st.booleans(),
)


@given(st.lists(_CASES, max_size=8))
def test_behind_every_number_stand_as_many_as_it_says(cases: list[Case]) -> None:
    goals = [
        Goal(code=f"{reached}_{whom}", name="", reached=reached, of=whom, target=50)
        for reached in Reached
        for whom in Whom
    ]
    of = tables(goals, **YEAR, labels={})
    must_be_behind(of, cases)
    assert wrong(as_goal_report(counted(of, cases), **YEAR, notes=())) == []


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PeriodBackwards):
        tables([], **BACKWARDS, labels={})


# Which reports, and for whom


def test_a_nafs_team_has_a_report_of_its_own_and_a_forum_the_others() -> None:
    assert reports_of(Kind.NAFS) == (ReportKind.NAFS, ReportKind.AVVIKELSER)
    assert set(reports_of(Kind.FORUM)) == set(ReportKind) - {ReportKind.NAFS}
    must_be_of(ReportKind.FLODE, ACTIVITY)
    with pytest.raises(NotOfThisKind):
        must_be_of(ReportKind.NAFS, ACTIVITY)


@pytest.mark.parametrize(
    ("role", "kind", "reads"),
    [
        (Role.KOORDINATOR, Kind.FORUM, True),
        (Role.KOORDINATOR, Kind.NAFS, False),
        (Role.NAFS_KOORDINATOR, Kind.NAFS, True),
        (Role.NAFS_KOORDINATOR, Kind.FORUM, False),
        (Role.LEDNING, Kind.FORUM, True),
        (Role.LEDNING, Kind.NAFS, True),
        (Role.HANDLAGGARE, Kind.FORUM, False),
        (Role.ADMINISTRATOR, Kind.FORUM, False),
    ],
)
def test_figures_are_read_of_what_one_leads_and_by_ledning_of_all(role: Role, kind: Kind, reads: bool) -> None:
    activity = replace(ACTIVITY, settings=replace(ACTIVITY.settings, kind=kind))
    actor = Actor(user_id=UserId("u"), contact_id=None, unit_id=UnitId("af"), roles=frozenset({role}))
    assert may_read(actor, activity) is reads
    assert leads(actor, activity) is (reads and role is not Role.LEDNING)
    assert not may_read(replace(actor, activity_ids=frozenset({ActivityId("other")})), activity)
