"""Åtaganden: who does what by when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from misam_desktop.domain.commitment import (
    Commitment,
    CommitmentDone,
    CommitmentState,
    finish,
    must_say,
    reopen,
    state_of,
)
from misam_desktop.domain.ids import CommitmentId, EpisodeId
from misam_desktop.domain.referral import TextRequired
from tests.domain.worlds import AF, TODAY


def commitment(**said: Any) -> Commitment:
    line = {"id": CommitmentId("c"), "episode_id": EpisodeId("e"), "what": "Bokar praktikplats", "unit_id": AF}
    return Commitment(**(line | said))


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (-1, CommitmentState.LATE),
        (0, CommitmentState.SOON),
        (14, CommitmentState.SOON),
        (15, CommitmentState.OPEN),
    ],
)
def test_a_commitment_is_soon_for_two_weeks_and_then_late(days: int, state: CommitmentState) -> None:
    assert state_of(commitment(due_on=TODAY + timedelta(days=days)), today=TODAY) is state


def test_a_commitment_without_a_day_stays_open() -> None:
    assert state_of(commitment(), today=date(2040, 1, 1)) is CommitmentState.OPEN


def test_what_is_done_is_done_however_late() -> None:
    done = finish(commitment(due_on=TODAY - timedelta(days=9)), on=TODAY)
    assert state_of(done, today=TODAY) is CommitmentState.DONE
    assert done.done_on == TODAY


def test_what_is_done_is_not_done_again() -> None:
    with pytest.raises(CommitmentDone):
        finish(commitment(done_on=TODAY), on=TODAY)


def test_what_was_marked_as_done_by_mistake_is_open_again() -> None:
    line = commitment(due_on=TODAY)
    assert reopen(finish(line, on=TODAY)) == line


@pytest.mark.parametrize("what", ["", "  \n"])
def test_a_commitment_says_what(what: str) -> None:
    with pytest.raises(TextRequired):
        must_say(what)


def test_what_stands_around_it_goes() -> None:
    assert must_say(" Bokar tid\n") == "Bokar tid"
