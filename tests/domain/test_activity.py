"""A verksamhet is a set of settings: read, written back, and asked what it takes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.activity import (
    ActivityClosed,
    Anchor,
    FollowUpOwner,
    Kind,
    ReferrerNotOffered,
    Schedule,
    UnitRequired,
    must_take,
    settings_as_data,
    settings_from,
)
from misam_desktop.domain.codes import Purpose, Referrer
from tests.domain.worlds import AF, AFTERWARDS, QUARTERLY, activity, settings

schedules = st.builds(
    Schedule,
    anchor=st.sampled_from(Anchor),
    months=st.lists(st.integers(1, 24), unique=True, max_size=5).map(lambda months: tuple(sorted(months))),
    then_every=st.integers(0, 6),
    by=st.sampled_from(FollowUpOwner),
)


@given(kept=st.lists(schedules, max_size=3))
def test_settings_come_back_from_the_text_they_are_kept_as(kept: list[Schedule]) -> None:
    before = settings(schedules=tuple(kept))
    assert settings_from(json.loads(json.dumps(settings_as_data(before)))) == before


def test_an_activity_without_follow_ups_says_nothing_of_them() -> None:
    data = settings_as_data(settings(schedules=()))
    del data["follow_up"]
    assert settings_from(data | {"name": "NAFS"}).schedules == ()


@pytest.mark.parametrize("slip", [{"min_agee": 16}, {"kind": "forumm"}, {"follow_up": [{"anchor": "enrolment"}]}])
def test_a_slip_in_the_settings_is_not_passed_over(slip: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        settings_from(settings_as_data(settings()) | slip)


@pytest.mark.parametrize(("staff_fte", "capacity"), [(0.0, 0), (1.0, 20), (6.25, 125), (1.02, 20), (1.03, 21)])
def test_capacity_is_the_staffing_in_whole_cases(staff_fte: float, capacity: int) -> None:
    assert settings(staff_fte=staff_fte).capacity == capacity


@pytest.mark.parametrize(
    ("months", "held"), [(2, False), (3, True), (12, True), (13, False), (15, True), (18, True), (0, False)]
)
def test_a_schedule_that_goes_on_holds_every_third_month_after_its_last(months: int, held: bool) -> None:
    assert QUARTERLY.holds(months) is held


@pytest.mark.parametrize(("months", "held"), [(3, True), (6, True), (9, False)])
def test_a_schedule_that_ends_holds_only_what_it_names(months: int, held: bool) -> None:
    assert AFTERWARDS.holds(months) is held


def test_a_schedule_without_a_first_entry_holds_nothing() -> None:
    assert not replace(QUARTERLY, months=()).holds(3)


def test_an_open_activity_takes_a_referral_from_a_unit() -> None:
    must_take(activity(), referrer=Referrer.AF, unit_id=AF)


def test_somebody_who_comes_alone_has_no_unit() -> None:
    must_take(activity(), referrer=Referrer.ANNAN, unit_id=None)


def test_an_activity_that_came_with_a_list_takes_no_referrals() -> None:
    with pytest.raises(ActivityClosed):
        must_take(activity(open_for_referrals=False), referrer=Referrer.AF, unit_id=AF)


def test_only_the_activitys_own_referrers_are_taken() -> None:
    closed_to_own = activity(settings=settings(referrers=(Referrer.AF,)))
    with pytest.raises(ReferrerNotOffered):
        must_take(closed_to_own, referrer=Referrer.ANNAN, unit_id=None)


def test_an_authority_names_its_unit() -> None:
    with pytest.raises(UnitRequired):
        must_take(activity(), referrer=Referrer.AF, unit_id=None)


def test_the_cases_of_a_nafs_team_have_a_consent_of_their_own() -> None:
    assert [kind.purpose for kind in Kind] == [Purpose.SAMVERKAN, Purpose.NAFS]
