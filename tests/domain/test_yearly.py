"""The yearly account: who is counted, where, and whether the sums hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.bands import AGE_BANDS, MONTHS_BANDS
from misam_desktop.domain.codes import Destination, DischargeReason, Education, Livelihood, Referrer, Sex
from misam_desktop.domain.counting import Counting, PeriodBackwards, PeriodUnlikely, behind, whole
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.report import Report
from misam_desktop.domain.yearly import Participation, account, as_account, tables

FIRST, LAST = date(2019, 1, 1), date(2019, 12, 31)
SECTIONS = (
    "deltagare", "aldersgrupp", "remittent", "utbildning", "forsorjning_in", "tid_offentlig", "forsorjning_ut",
    "avslutsorsak", "avslutad_till",
)  # fmt: skip


def one(**said: Any) -> Participation:
    """A woman of 27 whom Af referred, since May 2018."""
    return Participation(
        number="anna",
        sex="kvinna",
        birth_date=date(1992, 3, 12),
        referrer="af",
        education="gymnasium",
        livelihood="forsorjningsstod",
        support_months=14,
        enrolled_on=date(2018, 5, 2),
        discharged_on=None,
        discharge_reason=None,
        destination=None,
        livelihood_out=None,
        is_rereferral=False,
        detailed=True,
    )._replace(**said)


def ended(on: date, **said: Any) -> Participation:
    """The same, ended in work."""
    return one(discharged_on=on, discharge_reason="uppfyllt", destination="arbete", livelihood_out="lon", **said)


def count(*participations: Participation, **said: Any) -> Report:
    return account(participations, first=FIRST, last=LAST, **said)


def figures(counted: Report, section_id: str) -> dict[str, int]:
    """The totals of a section that are not 0."""
    section = next(section for section in counted.sections if section.id == section_id)
    return {row.code: whole(row) for row in section.rows if whole(row)}


# Who takes part


@pytest.mark.parametrize(
    ("enrolled_on", "discharged_on", "counts"),
    [
        (date(2018, 5, 2), date(2018, 12, 31), False),
        (date(2018, 5, 2), date(2019, 1, 1), True),
        (date(2018, 5, 2), None, True),
        (date(2019, 12, 31), None, True),
        (date(2020, 1, 1), None, False),
    ],
)
def test_an_episode_counts_if_it_overlaps_the_period(
    enrolled_on: date, discharged_on: date | None, counts: bool
) -> None:
    found = figures(count(one(enrolled_on=enrolled_on, discharged_on=discharged_on)), "deltagare")
    assert found.get("total", 0) == counts


def test_a_person_with_two_episodes_is_two_participants_and_one_person() -> None:
    found = figures(count(ended(date(2019, 3, 1)), one(enrolled_on=date(2019, 6, 1))), "deltagare")
    assert (found["total"], found["personer"]) == (2, 1)


@pytest.mark.parametrize(("enrolled_on", "new"), [(date(2018, 12, 31), 0), (date(2019, 1, 1), 1)])
def test_who_began_in_the_period_is_new_and_perhaps_a_rereferral(enrolled_on: date, new: int) -> None:
    found = figures(count(one(enrolled_on=enrolled_on, is_rereferral=True)), "deltagare")
    assert (found.get("nya", 0), found.get("aterremitterade", 0)) == (new, new)


@pytest.mark.parametrize(("on", "exits"), [(date(2019, 12, 31), 1), (date(2020, 1, 1), 0)])
def test_who_ended_in_the_period_is_an_exit_with_its_values(on: date, exits: int) -> None:
    counted = count(ended(on))
    assert figures(counted, "deltagare").get("avslutade", 0) == exits
    assert figures(counted, "forsorjning_ut") == ({"lon": 1} if exits else {})
    assert figures(counted, "avslutad_till") == ({"arbete": 1} if exits else {})
    assert figures(counted, "avslutsorsak") == ({"uppfyllt": 1} if exits else {})


# Under which value


def test_each_section_counts_a_participant_once_under_their_value() -> None:
    counted = count(one())
    assert {name: figures(counted, name) for name in SECTIONS[1:6]} == {
        "aldersgrupp": {"16-29": 1},
        "remittent": {"af": 1},
        "utbildning": {"gymnasium": 1},
        "forsorjning_in": {"forsorjningsstod": 1},
        "tid_offentlig": {"1_2": 1},
    }


@pytest.mark.parametrize(
    ("birth_date", "discharged_on", "band"),
    [
        (date(1989, 12, 31), None, "30-44"),
        (date(1989, 12, 31), date(2019, 12, 30), "16-29"),
        (date(1989, 12, 31), date(2020, 6, 1), "30-44"),
        (None, None, "ovrig"),
    ],
)
def test_the_age_is_that_of_the_last_day_or_of_the_exit_before_it(
    birth_date: date | None, discharged_on: date | None, band: str
) -> None:
    counted = count(one(birth_date=birth_date, discharged_on=discharged_on))
    assert figures(counted, "aldersgrupp") == {band: 1}


def test_what_is_not_known_at_exit_is_a_row_and_not_a_gap() -> None:
    counted = count(one(discharged_on=date(2019, 6, 1)))
    assert [figures(counted, name) for name in SECTIONS[6:]] == [{"okand": 1}] * 3


def test_who_has_not_consented_counts_by_sex_alone() -> None:
    counted = count(ended(date(2019, 6, 1), detailed=False))
    assert [figures(counted, name) for name in SECTIONS[1:]] == [{"utan_detaljer": 1}] * 8
    assert figures(counted, "deltagare") == {"total": 1, "personer": 1, "avslutade": 1}


def test_women_men_and_others_are_told_apart() -> None:
    counted = count(one(), one(number="bo", sex="man"), one(number="kim", sex="annat"))
    assert counted.sections[0].rows[0].figures == {"total": 3, "kvinna": 1, "man": 1, "annat": 1}


def test_every_code_of_a_list_has_its_row_in_the_published_order() -> None:
    counted = count()
    lists: list[Sequence[str]] = [AGE_BANDS, list(Referrer), list(Education), list(Livelihood), MONTHS_BANDS]
    exits: list[Sequence[str]] = [list(Livelihood), [*DischargeReason, "okand"], [*Destination, "okand"]]
    assert tuple(section.id for section in counted.sections) == SECTIONS
    assert [[row.code for row in section.rows] for section in counted.sections[1:]] == [
        [*codes, "utan_detaljer"] for codes in (*lists, *exits)
    ]


# Whether it can be trusted


def test_the_checks_of_a_right_account_all_hold() -> None:
    counted = count(ended(date(2019, 3, 1)), one(number="bo", sex="man"), misregistered=2)
    assert [check.id for check in counted.checks if not check.ok] == []
    assert counted.checks[-1].params == {"count": 2}


def test_a_code_that_no_list_has_makes_the_sums_fail() -> None:
    wrong = [check.id for check in count(one(referrer="okand_part")).checks if not check.ok]
    assert wrong == ["summa_remittent", "kon_summerar"]


def test_a_sex_that_no_list_has_makes_the_persons_fail() -> None:
    wrong = [check.id for check in count(one(sex="x")).checks if not check.ok]
    assert {"kon_summerar", "personer_ryms"} <= set(wrong)


def test_more_exits_than_participants_would_be_told() -> None:
    counting = Counting(tables(first=FIRST, last=LAST))
    counting._counts["deltagare"]["avslutade", "kvinna"] += 1
    checks = as_account(counting, first=FIRST, last=LAST).checks
    assert "avslutade_ryms" in [check.id for check in checks if not check.ok]


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PeriodBackwards):
        account([], first=LAST, last=FIRST)


@pytest.mark.parametrize(("first", "last"), [(FIRST, date.max), (date.min, LAST)])
def test_a_period_of_years_that_nobody_counts_for_is_refused(first: date, last: date) -> None:
    with pytest.raises(PeriodUnlikely):
        account([], first=first, last=last)


# Any participations, in any pieces

_DAYS = st.dates(date(2018, 1, 1), date(2020, 12, 31))


@st.composite
def _participations(draw: st.DrawFn) -> Participation:
    enrolled_on = draw(_DAYS)
    ends = draw(st.none() | _DAYS.map(lambda day: max(day, enrolled_on)))
    return one(
        number=draw(st.sampled_from("abcd")),
        sex=draw(st.sampled_from([sex.value for sex in Sex])),
        enrolled_on=enrolled_on,
        discharged_on=ends,
        livelihood_out=draw(st.none() | st.sampled_from([code.value for code in Livelihood])),
        support_months=draw(st.none() | st.integers(0, 200)),
        detailed=draw(st.booleans()),
    )


@given(st.lists(_participations(), max_size=12), st.integers(0, 12))
def test_counting_in_pieces_gives_the_same_account(participations: list[Participation], at: int) -> None:
    same_sex = [p._replace(sex=participations[0].sex) for p in participations]
    counted = tables(first=FIRST, last=LAST)
    counting = Counting(counted)
    counting.add(counted, same_sex[:at])
    counting.add(counted, same_sex[at:])
    assert as_account(counting, first=FIRST, last=LAST) == account(same_sex, first=FIRST, last=LAST)


@given(st.lists(_participations(), max_size=12))
def test_every_section_sums_to_its_total(participations: list[Participation]) -> None:
    counted = account(participations, first=FIRST, last=LAST)
    totals = figures(counted, "deltagare")
    sums = [sum(map(whole, section.rows)) for section in counted.sections[1:]]
    assert sums == [totals.get("total", 0)] * 5 + [totals.get("avslutade", 0)] * 3


# Who is behind a number


def who(them: Sequence[Participation], section: str, code: str, column: str = "total") -> list[Participation]:
    """The participations behind one number."""
    table = next(one for one in tables(first=FIRST, last=LAST) if one.id == section)
    return behind(table, them, row=code, column=column)


@given(st.lists(_participations(), max_size=12))
def test_behind_every_number_stand_as_many_as_it_says(participations: list[Participation]) -> None:
    same_sex = [p._replace(sex=participations[0].sex) for p in participations]
    for section in account(same_sex, first=FIRST, last=LAST).sections:
        for row in section.rows:
            for column in section.columns:
                whom = who(same_sex, section.id, row.code, column)
                assert len(whom) == row.figures[column], (section.id, row.code, column)


def test_of_unique_persons_each_stands_once() -> None:
    twice = [ended(date(2019, 3, 1), episode_id="first"), one(enrolled_on=date(2019, 6, 1), episode_id="again")]
    assert [p.episode_id for p in who(twice, "deltagare", "personer")] == ["first"]


def test_who_has_not_consented_stands_on_a_row_of_their_own() -> None:
    both = [one(episode_id="told"), one(number="bo", detailed=False, episode_id="not told")]
    assert [p.episode_id for p in who(both, "remittent", "utan_detaljer")] == ["not told"]


@pytest.mark.parametrize(("code", "column"), [("ingen", "total"), ("total", "ingen")])
def test_behind_a_number_that_there_is_not_stands_nothing(code: str, column: str) -> None:
    with pytest.raises(NotFound):
        who([one()], "deltagare", code, column)
