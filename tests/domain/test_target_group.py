"""The target group: three boxes that warn and never block."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from misam_desktop.domain.codes import Agency
from misam_desktop.domain.target_group import Box, ReasonRequired, TargetGroup, check, must_have_reason

TWO = (Agency.AF, Agency.KOMMUN)


def misam(
    age: int | None = 40,
    agencies: Collection[Agency] = TWO,
    close_cooperation: bool | None = True,
) -> TargetGroup:
    return check(
        age=age,
        min_age=16,
        max_age=64,
        agencies=agencies,
        least_agencies=2,
        close_cooperation=close_cooperation,
    )


def test_who_meets_all_three_is_within() -> None:
    assert misam().is_within
    assert misam().not_met == ()


@pytest.mark.parametrize(("age", "within"), [(15, False), (16, True), (64, True), (65, False)])
def test_both_age_limits_are_within(age: int, within: bool) -> None:
    assert misam(age=age).age is within


def test_an_unknown_age_is_neither_yes_nor_no_and_not_within() -> None:
    group = misam(age=None)
    assert group.age is None
    assert group.not_met == (Box.AGE,)


def test_units_of_one_kommun_count_as_one_authority() -> None:
    assert misam(agencies=[Agency.KOMMUN, Agency.KOMMUN]).not_met == (Box.AGENCIES,)


def test_the_least_number_of_authorities_is_a_setting() -> None:
    group = check(age=40, min_age=20, max_age=64, agencies=TWO, least_agencies=3, close_cooperation=True)
    assert group.not_met == (Box.AGENCIES,)


@pytest.mark.parametrize("answer", [None, False])
def test_the_third_box_is_met_only_by_a_yes(answer: bool | None) -> None:
    assert misam(close_cooperation=answer).not_met == (Box.CLOSE_COOPERATION,)


def test_every_box_that_fails_is_named_in_the_order_of_the_screen() -> None:
    assert misam(age=70, agencies=[], close_cooperation=False).not_met == tuple(Box)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_outside_the_target_group_a_reason_is_asked_for(reason: str) -> None:
    with pytest.raises(ReasonRequired) as refused:
        must_have_reason(misam(age=66), reason)
    assert refused.value.params == {"field": "target_reason"}


def test_outside_the_target_group_a_reason_is_enough() -> None:
    must_have_reason(misam(age=66), "Fyllde 65 medan remissen skrevs")


def test_within_the_target_group_no_reason_is_asked_for() -> None:
    must_have_reason(misam(), "")
