"""Stegförflyttning, försörjning before and after, and the numbers for Uppföljning Finsam."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain import finsam_figures
from misam_desktop.domain.counting import PeriodBackwards
from misam_desktop.domain.finsam_figures import Participant
from misam_desktop.domain.step_figures import Moved, as_step_report, movement, tables
from tests.domain import test_yearly
from tests.domain.figures import BACKWARDS, SEXES, YEAR, counted, must_be_behind, told, wrong

STEPS = ("Kartläggning", "Stabilisering", "Förberedelse")


def one(*steps: int, ended: bool = False, **said: Any) -> Moved:
    """A woman since 2018, with what her follow-ups recorded; ended in work this year."""
    made = test_yearly.ended(date(2026, 3, 1), **said) if ended else test_yearly.one(**said)
    return Moved(made, steps[0], steps[-1], len(steps)) if steps else Moved(made)


@pytest.mark.parametrize(
    ("steps", "moved"),
    [((1, 3), "framat"), ((2, 2), "kvar"), ((3, 1), "bakat"), ((2,), "ett_steg"), ((), "okand")],
)
def test_somebody_has_moved_who_stood_on_two_steps(steps: tuple[int, ...], moved: str) -> None:
    assert movement(one(*steps)) == moved


def test_the_matrix_goes_from_the_first_step_to_the_last() -> None:
    found = counted(tables(**YEAR, steps=STEPS), [one(1, 2, 3), one(2), one(1, 2, detailed=False)])
    matrix = found.section("steg")
    assert {row.code: row.figures["steg_3"] for row in matrix.rows} == {"steg_1": 1, "steg_2": 0, "steg_3": 0}
    assert matrix.rows[1].label == "2 Stabilisering"
    assert told(found.section("steg_riktning")) == {"framat": 1, "ett_steg": 1, "utan_detaljer": 1}


def test_forsorjning_goes_from_what_was_main_before_to_what_was_after() -> None:
    people = [one(ended=True), one(ended=True, detailed=False), one()]
    found = counted(tables(**YEAR, steps=STEPS), people)
    assert told(found.section("forsorjning_grupp"), "egen") == {"offentlig": 1}
    assert told(found.section("forsorjning_flode"), "lon") == {"forsorjningsstod": 1}
    assert told(found.section("forsorjning_underlag")) == {"med": 1, "utan_detaljer": 1}
    assert wrong(as_step_report(found, **YEAR)) == []


def test_who_has_gone_before_the_period_counts_nowhere() -> None:
    gone = one(1, 2)._replace(participation=test_yearly.ended(date(2025, 1, 1)))
    found = counted(tables(**YEAR, steps=STEPS), [gone])
    assert [told(section) for section in found.sections()] == [{}] * 6


def test_a_step_that_is_not_on_the_scale_makes_the_sum_fail() -> None:
    found = counted(tables(**YEAR, steps=STEPS), [one(1, 7)])
    assert wrong(as_step_report(found, **YEAR)) == ["summa_steg"]


_PEOPLE = st.builds(
    lambda steps, ended, sex, detailed, out: (
        one(*steps, ended=ended, sex=sex, detailed=detailed)
        if not ended
        else Moved(test_yearly.ended(date(2026, 3, 1), sex=sex, detailed=detailed)._replace(livelihood_out=out))
    ),
    st.lists(st.integers(1, 3), max_size=3),
    st.booleans(),
    SEXES,
    st.booleans(),
    st.sampled_from(["lon", "okand", "ingen", "sjukpenning", None]),
)


@given(st.lists(_PEOPLE, max_size=8))
def test_behind_every_number_stand_as_many_as_it_says(people: list[Moved]) -> None:
    of = tables(**YEAR, steps=STEPS)
    must_be_behind(of, people)
    assert wrong(as_step_report(counted(of, people), **YEAR)) == []


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PeriodBackwards):
        tables(**BACKWARDS, steps=STEPS)


# Uppföljning Finsam


def participant(**said: Any) -> Participant:
    """A woman since 2024."""
    return Participant("anna", "kvinna", date(2024, 5, 2), None, "e")._replace(**said)


def test_finsam_gets_persons_once_and_how_often_they_took_part_beside() -> None:
    twice = [participant(discharged_on=date(2026, 3, 1)), participant(enrolled_on=date(2026, 6, 1))]
    other = participant(person_id="kim", sex="annat")
    gone = participant(person_id="bo", sex="man", discharged_on=date(2025, 3, 1))
    found = counted(finsam_figures.tables(**YEAR), [*twice, other, gone])
    section = found.section("finsam")
    assert [row.figures for row in section.rows] == [
        {"kvinna": 1, "man": 0, "annat": 1},
        {"kvinna": 2, "man": 0, "annat": 1},
    ]
    assert wrong(finsam_figures.as_finsam_report(found, **YEAR)) == []
    must_be_behind(finsam_figures.tables(**YEAR), [*twice, other, gone])


def test_a_sex_that_no_list_has_makes_the_number_for_finsam_fail() -> None:
    found = counted(finsam_figures.tables(**YEAR), [participant(sex="x")])
    assert wrong(finsam_figures.as_finsam_report(found, **YEAR)) == ["personer_ryms"]
