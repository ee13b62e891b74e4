"""Samverkansforum in figures: every referral is accounted for, and meetings are held, cancelled or planned."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.codes import Agency, Outcome, Presence
from misam_desktop.domain.counting import Counting, PeriodBackwards
from misam_desktop.domain.forum_figures import (
    Received,
    as_forum_report,
    day_band,
    meeting_tables,
    referral_tables,
    standing,
)
from misam_desktop.domain.meeting import MeetingState
from misam_desktop.domain.meeting_figures import KeptMeeting, reason_code, reasons_of, reasons_table
from misam_desktop.domain.report import Middle, Report, Share
from tests.domain.figures import BACKWARDS, DAYS, DAYS_OR_NONE, LAST, SEXES, YEAR, counted, must_be_behind, told, wrong

ALL_THERE = dict.fromkeys(Agency, Presence.PLATS)


def referral(**said: Any) -> Received:
    """A woman who was referred in March and accepted ten days later."""
    day = date(2026, 3, 2)
    return Received("referral", "kvinna", day, Outcome.ANTAS, day + timedelta(days=10), None)._replace(**said)


def meeting(**said: Any) -> KeptMeeting:
    """One that was held in March with all four."""
    return KeptMeeting("meeting", date(2026, 3, 12), MeetingState.CLOSED, False, "", ALL_THERE)._replace(**said)


def report_of(*referrals: Received, meetings: tuple[KeptMeeting, ...] = ()) -> Report:
    of_referrals, of_meetings = referral_tables(**YEAR), meeting_tables()
    counting = Counting([*of_referrals, *of_meetings])
    counting.add(of_referrals, referrals)
    counting.add(of_meetings, meetings)
    return as_forum_report(counting, **YEAR)


# Where a referral stands


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ({}, "avgjorda"),
        ({"outcome": None, "outcome_on": None}, "vantar"),
        ({"outcome_on": LAST + timedelta(days=1)}, "vantar"),
        ({"outcome_on": LAST}, "avgjorda"),
        ({"outcome": Outcome.KOMPLETTERA}, "kompletteras"),
        ({"outcome": None, "outcome_on": None, "withdrawn_on": LAST}, "atertagna"),
        ({"outcome": None, "outcome_on": None, "withdrawn_on": LAST + timedelta(days=1)}, "vantar"),
        ({"outcome": None, "outcome_on": None, "enrolled": True}, "avgjorda"),
        ({"outcome_on": None}, "avgjorda"),
    ],
)
def test_a_referral_stands_as_it_did_at_the_end_of_the_period(said: dict[str, Any], stands: str) -> None:
    assert standing(referral(**said), LAST) == stands
    assert told(report_of(referral(**said)).sections[0]) == {"total": 1, stands: 1}


def test_only_referrals_of_the_period_count() -> None:
    report = report_of(referral(referred_on=date(2025, 12, 31)), referral(referred_on=LAST + timedelta(days=1)))
    assert told(report.sections[0]) == {}


@pytest.mark.parametrize(
    ("days", "band"), [(0, "0-7"), (7, "0-7"), (8, "8-14"), (14, "8-14"), (15, "15-28"), (29, "29-"), (None, "okand")]
)
def test_days_have_bands_without_gaps(days: int | None, band: str) -> None:
    assert day_band(days) == band


def test_what_was_concluded_stands_by_its_code_with_how_long_it_took() -> None:
    report = report_of(referral(also_nafs=True), referral(outcome=Outcome.ATER, outcome_on=None, sex="man"))
    _, outcomes, beside, days, wait, *_ = report.sections
    assert told(outcomes) == {"antas": 1, "ater": 1}
    assert told(beside) == {"also_nafs": 1}
    assert told(days) == {"8-14": 1, "okand": 1}
    assert wait.rows[0].figures == {
        "antal": 1,
        "median_dagar": Middle(value=10, of=1),
        "medel_dagar": Middle(value=10, of=1),
    }


def test_an_enrolment_without_an_outcome_is_told_and_not_lost() -> None:
    report = report_of(referral(outcome=None, outcome_on=None, enrolled=True))
    assert told(report.sections[1]) == {"okand": 1}
    assert wrong(report) == ["bedomda"]


# Meetings


def test_meetings_are_held_cancelled_or_planned_and_all_of_them_are_told() -> None:
    states = (MeetingState.CLOSED, MeetingState.OPEN, MeetingState.CANCELLED, MeetingState.PLANNED)
    report = report_of(meetings=tuple(meeting(state=state, outside=state is MeetingState.OPEN) for state in states))
    assert told(report.sections[5], "antal") == {"total": 4, "hallna": 2, "utanfor": 1, "installda": 1, "planerade": 1}
    assert wrong(report) == []


def test_all_four_took_part_when_none_was_absent_or_not_noted() -> None:
    absent = meeting(present=ALL_THERE | {Agency.FK: Presence.FRANVARANDE})
    silent = meeting(present={})
    report = report_of(meetings=(meeting(), absent, silent))
    assert report.sections[7].rows[0].figures["andel"] == Share(numerator=1, denominator=3)
    assert report.sections[6].rows[1].figures == {
        "total": 3, "plats": 1, "video": 0, "telefon": 0, "franvarande": 1, "okand": 1,
    }  # fmt: skip


def test_reasons_are_the_same_whatever_their_case_and_spaces() -> None:
    assert reasons_of(["För få  ärenden", "för få ärenden"]) == {"för få ärenden": "För få ärenden"}
    assert reason_code("") == "okand"
    table = reasons_table("why", reasons_of(["Sjukdom"]))
    must_be_behind([table], [meeting(), meeting(state=MeetingState.CANCELLED, why="sjukdom")])


# Any of them

_RECEIVED = st.builds(
    Received,
    referral_id=st.just("r"),
    sex=SEXES,
    referred_on=DAYS,
    outcome=st.none() | st.sampled_from(Outcome),
    outcome_on=DAYS_OR_NONE,
    withdrawn_on=DAYS_OR_NONE,
    also_nafs=st.booleans(),
    also_sip=st.booleans(),
    enrolled=st.booleans(),
)
_KEPT = st.builds(
    KeptMeeting,
    meeting_id=st.just("m"),
    on=DAYS,
    state=st.sampled_from(MeetingState),
    outside=st.booleans(),
    why=st.just(""),
    present=st.dictionaries(st.sampled_from(Agency), st.sampled_from(Presence)),
)


@given(st.lists(_RECEIVED, max_size=10), st.lists(_KEPT, max_size=6))
def test_behind_every_number_stand_as_many_as_it_says(referrals: list[Received], meetings: list[KeptMeeting]) -> None:
    must_be_behind(referral_tables(**YEAR), referrals)
    must_be_behind(meeting_tables(), meetings)
    assert set(wrong(report_of(*referrals, meetings=tuple(meetings)))) <= {"bedomda"}


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PeriodBackwards):
        referral_tables(**BACKWARDS)


def test_a_sex_that_no_list_has_makes_the_accounting_fail() -> None:
    of = referral_tables(**YEAR)
    counting = counted([*of, *meeting_tables()], [])
    counting.add(of, [referral(sex="x")])
    assert "redovisade" in wrong(as_forum_report(counting, **YEAR))
