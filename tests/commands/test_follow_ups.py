"""Follow-ups: done with the next one planned, tried in vain, and moved with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from misam_desktop.commands.follow_ups import move_follow_up, not_reached, record_follow_up
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.follow_up import (
    FollowUp,
    FollowUpBeforeStart,
    FollowUpClosed,
    FollowUpState,
    MovedToPast,
    StepUnknown,
    is_on_time,
    is_open,
    state_of,
    was_moved,
)
from misam_desktop.domain.referral import FutureDate, TextRequired
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    ON_SUPPORT,
    contact_of,
    discharged,
    enrolled,
    follow_ups,
    found,
    on,
    one,
    refused,
)
from tests.conftest import TODAY

BEGAN = date(2026, 8, 24)  # three months before today


@pytest.fixture
def due_today(karin: Vault, jonas: Vault) -> FollowUp:
    """Jonas's follow-up at three months."""
    return follow_ups(karin, enrolled(karin, day=BEGAN, case_worker_id=contact_of(jonas)))[0]


def test_a_follow_up_is_kept_with_who_did_it_and_who_supplied_it(karin: Vault, due_today: FollowUp) -> None:
    karin.do(record_follow_up(due_today.id, found(supplied_by="Jonas")))
    kept = one(karin, rows.follow_ups, due_today.id)
    assert (kept.done_on, kept.done_by, kept.supplied_by) == (TODAY, karin.actor.user_id, "Jonas")
    assert (kept.step, kept.livelihoods, kept.note) == (2, ON_SUPPORT, "Praktik två dagar")
    assert is_on_time(kept)


def test_after_twelve_months_it_goes_on_every_third_while_the_episode_is_open(karin: Vault) -> None:
    episode = enrolled(karin, day=date(2025, 11, 24))
    for each in follow_ups(karin, episode):
        karin.do(record_follow_up(each.id, found()))
    assert [each.months for each in follow_ups(karin, episode) if is_open(each)] == [15]
    then = on(karin, date(2027, 2, 20))
    then.do(record_follow_up(follow_ups(karin, episode)[-1].id, found(done_on=date(2027, 2, 20))))
    assert [(each.months, each.due_on) for each in follow_ups(karin, episode) if is_open(each)] == [
        (18, date(2027, 5, 24))
    ]


def test_an_early_twelve_months_that_was_moved_has_its_next_all_the_same(karin: Vault) -> None:
    episode = enrolled(karin, day=date(2025, 12, 1))
    *earlier, last = follow_ups(karin, episode)
    for each in earlier:
        karin.do(record_follow_up(each.id, found()))
    karin.do(move_follow_up(last.id, to=TODAY, why="Semester"))
    karin.do(record_follow_up(last.id, found()))
    assert [each.months for each in follow_ups(karin, episode) if is_open(each)] == [15]


def test_a_late_one_leaves_no_debts_behind(karin: Vault) -> None:
    episode = enrolled(karin, day=date(2025, 2, 24))  # 21 months ago
    for each in follow_ups(karin, episode):
        if is_open(each):
            karin.do(record_follow_up(each.id, found()))
    assert not [each for each in follow_ups(karin, episode) if is_open(each) and each.due_on < TODAY]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"done_on": date(2026, 11, 25)}, FutureDate),
        ({"done_on": date(2026, 8, 23)}, FollowUpBeforeStart),
        ({"step": 6}, StepUnknown),
    ],
)
def test_what_cannot_have_been_found_is_refused(
    karin: Vault, due_today: FollowUp, said: dict[str, Any], error: type[UserError]
) -> None:
    with refused(karin, error):
        karin.do(record_follow_up(due_today.id, found(**said)))


def test_a_try_in_vain_sets_a_new_try_which_may_succeed(jonas: Vault, due_today: FollowUp) -> None:
    retry_on = date(2026, 12, 1)
    tried = jonas.do(not_reached(due_today.id, tried_on=TODAY, retry_on=retry_on)).value
    assert state_of(tried, today=TODAY) is FollowUpState.KUNDE_INTE_NAS
    then = on(jonas, retry_on)
    done = then.do(record_follow_up(due_today.id, found(done_on=retry_on))).value
    assert (state_of(done, today=retry_on), done.tries, done.original_due_on) == (FollowUpState.GJORD, 1, TODAY)


@pytest.mark.parametrize(
    ("tried_on", "retry_on", "error"),
    [(date(2026, 11, 25), date(2026, 12, 1), FutureDate), (TODAY, TODAY, MovedToPast)],
)
def test_a_new_try_lies_after_the_one_in_vain(
    karin: Vault, due_today: FollowUp, tried_on: date, retry_on: date, error: type[UserError]
) -> None:
    with refused(karin, error):
        karin.do(not_reached(due_today.id, tried_on=tried_on, retry_on=retry_on))


def test_a_moved_follow_up_keeps_its_first_date_and_why(jonas: Vault, due_today: FollowUp) -> None:
    moved = jonas.do(move_follow_up(due_today.id, to=date(2026, 12, 7), why=" Semester ")).value
    kept = one(jonas, rows.follow_ups, moved.id)
    assert (kept.due_on, kept.original_due_on, kept.moved_why) == (date(2026, 12, 7), TODAY, "Semester")
    assert was_moved(kept)


@pytest.mark.parametrize(
    ("to", "why", "error"), [(date(2026, 12, 7), " ", TextRequired), (date(2026, 11, 23), "Sjuk", MovedToPast)]
)
def test_a_move_needs_a_reason_and_a_day_ahead(
    karin: Vault, due_today: FollowUp, to: date, why: str, error: type[UserError]
) -> None:
    with refused(karin, error):
        karin.do(move_follow_up(due_today.id, to=to, why=why))


def test_nothing_is_done_twice_or_after_the_end(karin: Vault, due_today: FollowUp) -> None:
    karin.do(record_follow_up(due_today.id, found()))
    with refused(karin, FollowUpClosed):
        karin.do(record_follow_up(due_today.id, found()))


def test_a_cancelled_follow_up_takes_nothing(karin: Vault) -> None:
    cancelled = follow_ups(karin, discharged(karin, began=BEGAN))[-1]
    with refused(karin, FollowUpClosed):
        karin.do(record_follow_up(cancelled.id, found()))
    with refused(karin, FollowUpClosed):
        karin.do(move_follow_up(cancelled.id, to=date(2026, 12, 7), why="Semester"))
    with refused(karin, FollowUpClosed):
        karin.do(not_reached(cancelled.id, tried_on=TODAY, retry_on=date(2026, 12, 7)))


def test_who_owns_a_follow_up_does_it_whatever_their_unit(karin: Vault, lena: Vault) -> None:
    mine = follow_ups(karin, enrolled(karin, day=BEGAN, case_worker_id=contact_of(lena), named=(AF, FK, IFO)))[0]
    assert lena.do(record_follow_up(mine.id, found())).value.done_by == lena.actor.user_id
