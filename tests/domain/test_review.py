"""Loggkontroll: a sample that nobody chooses, and what the rules point at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from misam_desktop.domain.codes import Agency, ReviewGround, ReviewVerdict
from misam_desktop.domain.ids import UserId
from misam_desktop.domain.review import (
    MANY,
    REFUSALS,
    SAMPLED,
    Looked,
    OwnEntry,
    Review,
    left_to_review,
    must_be_anothers,
    sample,
    worth_a_look,
)
from tests.domain.worlds import NOW

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
JONAS, KARIN = UserId("jonas"), UserId("karin")


def looked(seq: int, **said: Any) -> Looked:
    one = Looked(
        seq=seq,
        at=AT + timedelta(minutes=seq),
        user_id=JONAS,
        agency=Agency.AF,
        person_id=f"p{seq}",
        allowed=True,
        is_read=True,
        is_own=True,
        same_surname=False,
    )
    return replace(one, **said)


def pointed_at(*entries: Looked) -> dict[int, set[ReviewGround]]:
    return worth_a_look(entries)


def test_ordinary_work_is_not_pointed_at() -> None:
    assert pointed_at(*(looked(seq) for seq in range(MANY))) == {}


def test_the_sample_is_the_same_whoever_draws_it_and_a_few_of_each_authority() -> None:
    entries = [looked(seq, agency=Agency.AF if seq % 2 else Agency.FK) for seq in range(100)]
    entries += [looked(200, is_read=False), looked(201, allowed=False), looked(202, person_id="")]
    drawn = list(sample(entries, seed="2026-11:abc"))
    assert set(drawn) == set(sample(reversed(entries), seed="2026-11:abc"))
    assert len(drawn) == 2 * SAMPLED
    assert set(drawn) != set(sample(entries, seed="2026-12:abc"))
    assert not {200, 201, 202} & set(drawn)


def test_more_persons_in_an_hour_than_there_is_a_reason_for_is_told_once() -> None:
    entries = [looked(seq, at=AT + timedelta(seconds=seq)) for seq in range(MANY + 5)]
    assert pointed_at(*entries) == {MANY: {ReviewGround.MANY}}
    slowly = [looked(seq, at=AT + timedelta(minutes=4 * seq)) for seq in range(MANY + 5)]
    assert ReviewGround.MANY not in set().union(*pointed_at(*slowly).values(), set())


def test_the_same_person_again_is_not_another_one() -> None:
    assert pointed_at(*(looked(seq, person_id="p") for seq in range(MANY + 5))) == {}


def test_somebody_elses_case_with_nothing_near_it_is_pointed_at() -> None:
    alone = looked(1, is_own=False)
    assert pointed_at(alone) == {1: {ReviewGround.NO_REASON}}
    assert pointed_at(replace(alone, busy_on=frozenset({alone.at - timedelta(days=2)}))) == {}
    assert pointed_at(replace(alone, busy_on=frozenset({alone.at - timedelta(days=4)}))) != {}
    assert pointed_at(replace(alone, allowed=False)) == {}


def test_the_readers_own_surname_nights_and_weekends_are_pointed_at() -> None:
    assert pointed_at(looked(1, same_surname=True)) == {1: {ReviewGround.SURNAME}}
    assert pointed_at(looked(1, at=AT.replace(hour=3))) == {1: {ReviewGround.ODD_HOUR}}
    assert pointed_at(looked(1, at=datetime(2026, 11, 22, 10, 0, tzinfo=UTC))) == {1: {ReviewGround.ODD_HOUR}}
    assert pointed_at(looked(1, at=AT.replace(hour=3), is_read=False)) == {}


def test_several_refusals_in_a_row_are_pointed_at_by_the_last() -> None:
    refused = [looked(seq, allowed=False) for seq in range(REFUSALS)]
    assert pointed_at(*refused) == {REFUSALS - 1: {ReviewGround.REFUSED}}
    assert pointed_at(*refused[:-1]) == {}
    spread = [looked(seq, allowed=False, at=AT + timedelta(minutes=30 * seq)) for seq in range(REFUSALS)]
    assert pointed_at(*spread) == {}
    between = [*refused[:3], looked(3), *(looked(seq, allowed=False) for seq in (4, 5))]
    assert pointed_at(*between) == {}


def test_nobody_reviews_their_own_and_what_is_left_is_counted() -> None:
    must_be_anothers(JONAS, KARIN)
    with pytest.raises(OwnEntry):
        must_be_anothers(JONAS, JONAS)
    done = Review(
        id="r",
        month="2026-11",
        seq=3,
        ground=ReviewGround.SAMPLE,
        verdict=ReviewVerdict.UTAN_ANMARKNING,
        by=KARIN,
        at=NOW,
    )
    assert left_to_review([3, 4, 5], [done]) == 2
