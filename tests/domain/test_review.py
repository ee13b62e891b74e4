"""Loggkontroll: what is drawn by nobody's choice, and which reads a rule points at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from misam_desktop.domain.codes import Agency, ReviewGround, ReviewVerdict
from misam_desktop.domain.ids import UserId
from misam_desktop.domain.review import (
    MANY,
    REFUSALS,
    SAMPLED,
    AlreadyReviewed,
    Looked,
    OwnEntry,
    Review,
    is_odd_hour,
    must_be_anothers,
    must_not_be_anothers,
    sample,
    share_a_surname,
    worth_a_look,
)

AT = datetime(2026, 11, 25, 10)  # noqa: DTZ001 – local time, as the rules see it
JONAS, OLLE = UserId("jonas"), UserId("olle")
READ = Looked(
    seq=1, at=AT, user_id=JONAS, agency=Agency.AF, person_id="malin", allowed=True, is_read=True, is_own=True,
    same_surname=False,
)  # fmt: skip
"""A read of the reader's own case, on a Wednesday morning: nothing to wonder at."""


def reads(count: int, *, apart: timedelta = timedelta(0), **said: object) -> list[Looked]:
    """As many reads, each of another person."""
    return [
        replace(READ, seq=at, at=AT + at * apart, person_id=f"person {at}", **said)  # type: ignore[arg-type]  # fields
        for at in range(1, count + 1)
    ]


class Counted(str):
    """An id that counts how often it is looked up."""

    times = 0
    __slots__ = ()

    def __hash__(self) -> int:
        Counted.times += 1
        return super().__hash__()


def pointed_at(looked: Iterable[Looked], ground: ReviewGround) -> list[int]:
    return [seq for seq, grounds in worth_a_look(list(looked)).items() if ground in grounds]


def test_a_read_of_ones_own_case_in_the_morning_is_nothing_to_look_at() -> None:
    assert worth_a_look([READ]) == {}


# The sample


def test_the_sample_is_some_of_each_authority_and_the_same_each_time() -> None:
    looked = reads(40, is_own=False) + [
        replace(one, seq=one.seq + 100, agency=Agency.FK) for one in reads(3, is_own=False)
    ]
    drawn = list(sample(looked, seed="head"))
    assert len([seq for seq in drawn if seq <= 40]) == SAMPLED
    assert sorted(seq for seq in drawn if seq > 100) == [101, 102, 103]
    assert set(drawn) == set(sample(reversed(looked), seed="head"))


def test_another_end_of_the_log_draws_others() -> None:
    looked = reads(200, is_own=False)
    assert set(sample(looked, seed="head")) != set(sample(looked, seed="another"))


@pytest.mark.parametrize(
    "said", [{"is_own": True}, {"is_read": False}, {"allowed": False}, {"person_id": ""}, {"agency": None}]
)
def test_only_reads_of_others_records_are_drawn(said: dict[str, object]) -> None:
    looked = [replace(READ, is_own=False), replace(READ, **{"seq": 2, "is_own": False} | said)]  # type: ignore[arg-type]  # fields
    assert list(sample(looked, seed="head")) == [1]


# Many


def test_more_persons_in_an_hour_than_a_forum_has_is_told_once_at_the_one_too_many() -> None:
    assert pointed_at(reads(MANY), ReviewGround.MANY) == []
    assert pointed_at(reads(MANY + 5, apart=timedelta(minutes=1)), ReviewGround.MANY) == [MANY + 1]


def test_many_over_a_long_time_or_the_same_person_often_is_not_many() -> None:
    assert pointed_at(reads(3 * MANY, apart=timedelta(minutes=3)), ReviewGround.MANY) == []
    assert pointed_at([replace(one, person_id="malin") for one in reads(3 * MANY)], ReviewGround.MANY) == []


def test_who_was_opened_again_within_the_hour_still_counts_when_the_first_time_has_passed() -> None:
    twice = [replace(READ, seq=900 + minutes, at=AT + timedelta(minutes=minutes)) for minutes in (0, 30)]
    others = [replace(one, at=AT + timedelta(minutes=61)) for one in reads(MANY)]
    assert pointed_at(twice + others, ReviewGround.MANY) == [MANY]


def test_many_by_two_together_is_not_many_by_either() -> None:
    looked = [replace(one, user_id=(JONAS, OLLE)[one.seq % 2]) for one in reads(MANY + 5)]
    assert pointed_at(looked, ReviewGround.MANY) == []


def test_who_goes_on_for_hours_is_told_of_again() -> None:
    looked = reads(4 * MANY, apart=timedelta(minutes=1))
    assert pointed_at(looked, ReviewGround.MANY) == [MANY + 1, MANY + 62]


def test_how_many_is_counted_once_over_whatever_stands_in_the_hour() -> None:
    Counted.times = 0
    looked = [replace(READ, seq=at, at=AT + timedelta(seconds=at), person_id=Counted(at % 500)) for at in range(3000)]
    assert pointed_at(looked, ReviewGround.MANY) == [MANY]
    assert Counted.times < 15 * len(looked)


def test_what_a_search_lists_is_not_opened_but_a_namesake_among_it_is_told() -> None:
    listed = reads(3 * MANY, is_listed=True, is_own=False, same_surname=True)
    told = worth_a_look([replace(one, at=one.at.replace(hour=3)) for one in listed])
    assert set.union(*told.values()) == {ReviewGround.SURNAME}
    assert list(sample(listed, seed="head")) == []


# No reason


def test_another_case_without_anything_near_has_no_reason() -> None:
    assert pointed_at([replace(READ, is_own=False)], ReviewGround.NO_REASON) == [1]


@pytest.mark.parametrize(("days", "found"), [(0, []), (3, []), (-3, []), (4, [1]), (-4, [1])])
def test_what_happens_to_the_case_within_three_days_is_reason_enough(days: int, found: list[int]) -> None:
    busy = frozenset({AT.date() + timedelta(days=days)})
    assert pointed_at([replace(READ, is_own=False, busy_on=busy)], ReviewGround.NO_REASON) == found


def test_the_same_reader_and_person_are_told_of_once() -> None:
    looked = [replace(READ, seq=seq, is_own=False) for seq in (1, 2)]
    looked += [replace(READ, seq=3, is_own=False, user_id=OLLE), replace(READ, seq=4, is_own=False, person_id="bo")]
    assert pointed_at(looked, ReviewGround.NO_REASON) == [1, 3, 4]


# Surname


@pytest.mark.parametrize(
    ("user", "family", "same"),
    [
        ("Jonas Vall", "Vall", True),
        ("Jonas Vall", "VALL", True),
        ("Anna Berg-Ek", "Ek", True),
        ("Şükrü Yıldırım", "Yildirim", True),
        ("Jonas Vall", "Vallgren", False),
        ("Jonas Vall", "Jonas", False),
        ("Åsa Ås", "As", False),
        ("Jonas Vall", "", False),
        ("", "Vall", False),
    ],
)
def test_a_surname_is_shared_whatever_its_letters_look_like(user: str, family: str, same: bool) -> None:
    assert share_a_surname(user, family) is same


def test_a_namesakes_record_is_worth_a_look_also_in_ones_own_case() -> None:
    assert pointed_at([replace(READ, same_surname=True)], ReviewGround.SURNAME) == [1]
    assert pointed_at([replace(READ, same_surname=True, is_read=False)], ReviewGround.SURNAME) == []


# Refused


def refused(count: int, *, apart: timedelta = timedelta(minutes=1)) -> list[Looked]:
    return [replace(one, allowed=False) for one in reads(count, apart=apart)]


def test_several_refusals_in_a_row_are_told_of_at_the_last() -> None:
    assert pointed_at(refused(REFUSALS - 1), ReviewGround.REFUSED) == []
    assert pointed_at(refused(REFUSALS + 2), ReviewGround.REFUSED) == [REFUSALS + 2]


def test_refusals_with_something_between_or_over_a_day_are_no_row() -> None:
    between = [replace(one, allowed=one.seq == 3) for one in refused(REFUSALS)]
    assert pointed_at(between, ReviewGround.REFUSED) == []
    assert pointed_at(refused(REFUSALS, apart=timedelta(hours=1)), ReviewGround.REFUSED) == []


# Odd hours


@pytest.mark.parametrize(
    ("at", "odd"),
    [
        (datetime(2026, 11, 25, 6), False),  # noqa: DTZ001
        (datetime(2026, 11, 25, 5, 59), True),  # noqa: DTZ001
        (datetime(2026, 11, 25, 19, 59), False),  # noqa: DTZ001
        (datetime(2026, 11, 25, 20), True),  # noqa: DTZ001
        (datetime(2026, 11, 28, 12), True),  # noqa: DTZ001
        (datetime(2026, 11, 29, 12), True),  # noqa: DTZ001
        (datetime(2026, 11, 30, 12), False),  # noqa: DTZ001
    ],
)
def test_nights_and_weekends_are_odd_hours(at: datetime, odd: bool) -> None:
    assert is_odd_hour(at) is odd
    assert pointed_at([replace(READ, at=at)], ReviewGround.ODD_HOUR) == ([1] if odd else [])


def test_one_read_can_be_pointed_at_by_several_rules() -> None:
    night = replace(READ, at=AT.replace(hour=3), is_own=False, same_surname=True)
    assert worth_a_look([night]) == {1: {ReviewGround.SURNAME, ReviewGround.NO_REASON, ReviewGround.ODD_HOUR}}


# Who reviews


def test_nobody_reviews_what_they_have_done_themselves() -> None:
    must_be_anothers(JONAS, OLLE)
    with pytest.raises(OwnEntry):
        must_be_anothers(JONAS, JONAS)


def test_anothers_finding_stays_as_it_is() -> None:
    review = Review(
        id="r", month="2026-11", seq=1, ground=ReviewGround.SAMPLE, verdict=ReviewVerdict.ANMARKNING, by=OLLE, at=AT
    )
    must_not_be_anothers([review], OLLE)
    with pytest.raises(AlreadyReviewed):
        must_not_be_anothers([review], JONAS)
