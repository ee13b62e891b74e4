"""Försörjning: several at once, the first the main one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.codes import Livelihood
from misam_desktop.domain.livelihood import (
    UNKNOWN,
    LivelihoodGroup,
    LivelihoodRepeated,
    Livelihoods,
    NoneExcludesOthers,
    group_of,
)

ALONE = (Livelihood.INGEN, Livelihood.OKAND)
together = st.lists(st.sampled_from([code for code in Livelihood if code not in ALONE]), unique=True, min_size=1)


def test_the_first_is_the_main_one() -> None:
    assert Livelihoods((Livelihood.LON, Livelihood.FORSORJNINGSSTOD)).main is Livelihood.LON


@pytest.mark.parametrize("nothing", [Livelihoods(()), Livelihoods(), Livelihoods.parse("")])
def test_nothing_said_is_unknown(nothing: Livelihoods) -> None:
    assert nothing == UNKNOWN
    assert nothing.main is Livelihood.OKAND


@pytest.mark.parametrize("alone", ALONE)
def test_none_and_unknown_can_be_held_alone(alone: Livelihood) -> None:
    assert Livelihoods((alone,)).main is alone


@pytest.mark.parametrize("alone", ALONE)
@pytest.mark.parametrize("first", [True, False])
def test_none_and_unknown_exclude_the_others(alone: Livelihood, first: bool) -> None:
    both = (alone, Livelihood.LON) if first else (Livelihood.LON, alone)
    with pytest.raises(NoneExcludesOthers):
        Livelihoods(both)


def test_the_same_is_not_named_twice() -> None:
    with pytest.raises(LivelihoodRepeated):
        Livelihoods((Livelihood.LON, Livelihood.STUDIESTOD, Livelihood.LON))


def test_the_stored_text_keeps_the_order() -> None:
    held = Livelihoods.parse("forsorjningsstod+sjukersattning")
    assert held.codes == (Livelihood.FORSORJNINGSSTOD, Livelihood.SJUKERSATTNING)


@given(codes=together)
def test_writing_and_reading_gives_the_same_back(codes: list[Livelihood]) -> None:
    held = Livelihoods(tuple(codes))
    assert Livelihoods.parse(str(held)) == held


def test_a_code_that_does_not_exist_is_no_livelihood() -> None:
    with pytest.raises(ValueError, match="lotto"):
        Livelihoods.parse("lon+lotto")


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        (LivelihoodGroup.EGEN, {Livelihood.LON, Livelihood.STUDIESTOD}),
        (LivelihoodGroup.INGEN, {Livelihood.INGEN}),
        (LivelihoodGroup.OKAND, {Livelihood.OKAND}),
    ],
)
def test_the_report_groups_what_is_not_public(group: LivelihoodGroup, codes: set[Livelihood]) -> None:
    assert {code for code in Livelihood if group_of(code) is group} == codes


def test_all_the_rest_is_public() -> None:
    public = {code for code in Livelihood if group_of(code) is LivelihoodGroup.OFFENTLIG}
    assert len(public) == 8
    assert Livelihood.ANNAN_OFFENTLIG in public
