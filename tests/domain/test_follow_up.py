"""Uppföljning: its schedule with the worked examples of process.md §4, its states, and what is done with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.activity import Anchor, FollowUpOwner, Schedule
from misam_desktop.domain.codes import DischargeReason
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.follow_up import (
    Finding,
    FollowUp,
    FollowUpBeforeStart,
    FollowUpClosed,
    FollowUpState,
    MovedToPast,
    StepUnknown,
    anchor_days,
    at_discharge,
    at_undo,
    cancel,
    due_dates,
    handed_over,
    is_on_time,
    is_open,
    lacking,
    move,
    not_reached,
    owner_of,
    planned,
    record,
    state_of,
    was_moved,
)
from misam_desktop.domain.ids import FollowUpId
from misam_desktop.domain.referral import FutureDate, TextRequired
from tests.domain.worlds import (
    AFTERWARDS,
    JONAS,
    KARIN,
    LISA,
    ON_SUPPORT,
    QUARTERLY,
    SARA,
    TODAY,
    episode,
    follow_up,
    fresh_ids,
)

DAY = timedelta(days=1)
BEGAN = date(2026, 3, 2)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def plan(
    schedules: list[Schedule], of: Episode, *, until: date, have: tuple[FollowUp, ...] = (), ahead: date | None = None
) -> list[FollowUp]:
    lacks = lacking(schedules, anchor_days(of, decided_on=None), have=have, until=until, not_before=ahead)
    return planned(lacks, of, have=have, new_id=fresh_ids())


# The schedule


@pytest.mark.parametrize(
    ("anchor_on", "due"),
    [
        (date(2026, 8, 31), [date(2026, 11, 30), date(2027, 3, 1), date(2027, 5, 31), date(2027, 8, 31)]),
        (date(2026, 9, 25), [date(2026, 12, 28), date(2027, 3, 25), date(2027, 6, 28), date(2027, 9, 27)]),
    ],
)
def test_follow_ups_fall_at_three_six_nine_and_twelve_months_on_working_days(anchor_on: date, due: list[date]) -> None:
    assert [on for _, on in due_dates(QUARTERLY, anchor_on, until=anchor_on)] == due


def test_after_twelve_months_they_go_on_with_one_more_than_has_passed() -> None:
    until = date(2027, 9, 10)  # after 18 months
    assert [months for months, _ in due_dates(QUARTERLY, BEGAN, until=until)] == [3, 6, 9, 12, 15, 18, 21]


@given(anchor_on=days, passed=st.integers(0, 2000))
def test_an_open_episode_never_lacks_its_next(anchor_on: date, passed: int) -> None:
    until = anchor_on + passed * DAY
    assert list(due_dates(QUARTERLY, anchor_on, until=until))[-1][1] > until


@pytest.mark.parametrize("ends", [AFTERWARDS, replace(QUARTERLY, months=(), then_every=3)])
def test_a_schedule_that_ends_does_not_go_on(ends: Schedule) -> None:
    assert [months for months, _ in due_dates(ends, BEGAN, until=date(2040, 1, 1))] == list(ends.months)


def test_an_open_episode_counts_from_its_enrolment_and_the_decision() -> None:
    decided_on = date(2026, 2, 26)
    assert anchor_days(episode(), decided_on=decided_on) == {Anchor.ENROLMENT: BEGAN, Anchor.DECISION: decided_on}
    assert anchor_days(episode(), decided_on=None) == {Anchor.ENROLMENT: BEGAN}


def test_an_ended_episode_counts_from_its_discharge_alone() -> None:
    ended = episode(discharged_on=TODAY, discharge_reason=DischargeReason.UPPFYLLT)
    assert anchor_days(ended, decided_on=BEGAN) == {Anchor.DISCHARGE: TODAY}


@pytest.mark.parametrize("reason", [DischargeReason.AVLIDEN, DischargeReason.FELREGISTRERAD])
def test_nobody_is_followed_up_after_a_quiet_reason(reason: DischargeReason) -> None:
    assert anchor_days(episode(discharged_on=TODAY, discharge_reason=reason), decided_on=BEGAN) == {}


def test_an_enrolment_plans_the_whole_first_year_with_its_owner() -> None:
    first = plan([QUARTERLY, AFTERWARDS], episode(), until=BEGAN)
    assert [(one.id, one.months, one.owner_id) for one in first] == [
        ("id-1", 3, JONAS),
        ("id-2", 6, JONAS),
        ("id-3", 9, JONAS),
        ("id-4", 12, JONAS),
    ]
    assert all(one.due_on == one.original_due_on for one in first)


def test_only_what_is_not_planned_is_lacking() -> None:
    have = tuple(plan([QUARTERLY], episode(), until=BEGAN))
    assert [one.months for one in plan([QUARTERLY], episode(), until=date(2027, 3, 2), have=have)] == [15]


def test_what_passed_while_one_was_late_is_left_out_when_it_is_done_at_last() -> None:
    have = tuple(plan([QUARTERLY], episode(), until=BEGAN))
    late = date(2027, 10, 1)  # after 19 months; those at 15 and 18 have passed
    assert [one.months for one in plan([QUARTERLY], episode(), until=late, have=have, ahead=late)] == [21]


def test_an_imported_episode_does_not_begin_with_old_debts() -> None:
    assert [one.months for one in plan([QUARTERLY], episode(), until=TODAY, ahead=TODAY)] == [9, 12]


def test_what_falls_today_is_no_debt() -> None:
    due_on = date(2026, 6, 2)
    assert [one.months for one in plan([QUARTERLY], episode(), until=due_on, ahead=due_on)] == [3, 6, 9, 12]


def test_two_schedules_of_one_anchor_go_on_each_by_itself() -> None:
    every_second = Schedule(anchor=Anchor.ENROLMENT, months=(1, 2), then_every=2, by=FollowUpOwner.CASE_LEAD)
    first = plan([QUARTERLY, every_second], episode(), until=BEGAN)
    assert [one.months for one in first] == [3, 6, 9, 12, 1, 2]
    more = plan([QUARTERLY, every_second], episode(), until=date(2026, 5, 4), have=tuple(first))
    assert [(one.months, one.owner_id) for one in more] == [(4, LISA)]


def test_an_entry_that_two_schedules_share_is_planned_once_by_the_first() -> None:
    half_yearly = Schedule(anchor=Anchor.ENROLMENT, months=(6, 12), then_every=6, by=FollowUpOwner.CASE_LEAD)
    both = plan([half_yearly, QUARTERLY], episode(), until=BEGAN)
    assert [(one.months, one.owner_id) for one in both] == [(6, LISA), (12, LISA), (3, JONAS), (9, JONAS)]


# Who follows up


@pytest.mark.parametrize(
    ("by", "owner_id"),
    [(FollowUpOwner.CASE_WORKER, JONAS), (FollowUpOwner.CASE_LEAD, LISA), (FollowUpOwner.COORDINATOR, None)],
)
def test_the_schedule_says_who_follows_up(by: FollowUpOwner, owner_id: str | None) -> None:
    assert owner_of(replace(QUARTERLY, by=by), episode()) == owner_id


def test_open_follow_ups_move_with_their_handlaggare() -> None:
    done = follow_up(id=FollowUpId("done"), months=3, done_on=TODAY)
    moved = handed_over([done, follow_up()], [QUARTERLY], before=episode(), after=episode(case_worker_id=SARA))
    assert moved == [follow_up(owner_id=SARA)]


def test_a_first_handlaggare_gets_the_follow_ups_that_nobody_had() -> None:
    nobodys = episode(case_worker_id=None, case_lead_id=None)
    after = replace(nobodys, case_worker_id=SARA)
    assert handed_over([follow_up(owner_id=None)], [QUARTERLY], before=nobodys, after=after)[0].owner_id == SARA


def test_a_new_samordnare_takes_no_follow_ups_of_the_handlaggares() -> None:
    both_roles = episode(case_lead_id=JONAS)
    assert (
        handed_over([follow_up()], [QUARTERLY], before=both_roles, after=replace(both_roles, case_lead_id=SARA)) == []
    )


def test_what_no_schedule_holds_any_more_is_the_handlaggares() -> None:
    assert handed_over([follow_up()], [], before=episode(), after=episode(case_worker_id=SARA))[0].owner_id == SARA


# The discharge and its undo


def life(*, schedules: list[Schedule], until: date) -> list[FollowUp]:
    made = plan(schedules, episode(), until=until)
    done = replace(made[0], done_on=date(2026, 6, 2), done_by=KARIN)
    return [done, *made[1:]]


def test_a_discharge_cancels_what_is_open_and_leaves_what_is_done() -> None:
    before = life(schedules=[QUARTERLY], until=TODAY)
    changed = at_discharge(before, on=TODAY)
    assert changed == [replace(one, cancelled_on=TODAY) for one in before[1:]]


def test_an_undone_discharge_revives_exactly_what_it_cancelled() -> None:
    before = life(schedules=[QUARTERLY], until=TODAY)
    cancelled = at_discharge(before, on=TODAY)
    assert at_undo([before[0], *cancelled], on=TODAY) == before[1:]


def test_what_began_with_the_discharge_ends_with_its_undo() -> None:
    begun = follow_up(anchor=Anchor.DISCHARGE, months=3)
    done = replace(begun, id=FollowUpId("done"), months=6, done_on=TODAY)
    assert at_undo([begun, done], on=TODAY) == [replace(begun, cancelled_on=TODAY)]


def test_a_second_discharge_plans_again_what_the_undo_of_the_first_cancelled() -> None:
    left = follow_up(
        anchor=Anchor.DISCHARGE, months=3, cancelled_on=TODAY, version=4, moved_why="Semester", unreached_on=TODAY
    )
    ended = episode(discharged_on=TODAY, discharge_reason=DischargeReason.UPPFYLLT)
    again = plan([AFTERWARDS], ended, until=TODAY, have=(left,))
    assert [(one.id, one.version, one.months, one.cancelled_on) for one in again] == [
        (left.id, 4, 3, None),
        ("id-1", 1, 6, None),
    ]
    assert (again[0].due_on, again[0].owner_id, again[0].moved_why) == (date(2027, 2, 24), LISA, "")


def test_the_undo_of_a_second_discharge_leaves_what_the_first_undo_cancelled() -> None:
    assert at_undo([follow_up(anchor=Anchor.DISCHARGE, months=3, cancelled_on=BEGAN)], on=TODAY) == []


# States


@pytest.mark.parametrize(
    ("days_left", "state"),
    [
        (15, FollowUpState.KOMMANDE),
        (14, FollowUpState.SNART),
        (0, FollowUpState.SNART),
        (-1, FollowUpState.FORFALLEN),
    ],
)
def test_a_follow_up_is_soon_for_two_weeks_and_then_late(days_left: int, state: FollowUpState) -> None:
    assert state_of(follow_up(due_on=TODAY + days_left * DAY), today=TODAY) is state


def test_could_not_be_reached_holds_until_the_new_try_has_passed() -> None:
    tried = not_reached(follow_up(), tried_on=TODAY, retry_on=TODAY + 3 * DAY, today=TODAY)
    assert state_of(tried, today=TODAY + 3 * DAY) is FollowUpState.KUNDE_INTE_NAS
    assert state_of(tried, today=TODAY + 4 * DAY) is FollowUpState.FORFALLEN


def test_done_and_cancelled_hold_however_late() -> None:
    assert state_of(follow_up(done_on=TODAY, unreached_on=TODAY), today=date(2040, 1, 1)) is FollowUpState.GJORD
    assert state_of(follow_up(cancelled_on=TODAY), today=date(2040, 1, 1)) is FollowUpState.INSTALLD


@pytest.mark.parametrize(("said", "waits"), [({}, True), ({"done_on": TODAY}, False), ({"cancelled_on": TODAY}, False)])
def test_what_is_neither_done_nor_cancelled_waits(said: dict[str, date], waits: bool) -> None:
    assert is_open(follow_up(**said)) is waits


@pytest.mark.parametrize(("done_on", "on_time"), [(None, False), (date(2026, 12, 2), True), (date(2026, 12, 3), False)])
def test_on_time_is_by_the_current_date(done_on: date | None, on_time: bool) -> None:
    assert is_on_time(follow_up(done_on=done_on)) is on_time


# What is done with it


def finding(**said: Any) -> Finding:
    return replace(Finding(done_on=TODAY, step=2, livelihoods=ON_SUPPORT), **said)


def done(one: FollowUp, what: Finding) -> FollowUp:
    return record(one, what, by=KARIN, since=BEGAN, today=TODAY, steps=5)


def test_a_recorded_follow_up_keeps_what_was_found() -> None:
    after = done(follow_up(), finding(note=" Går bra ", next_step=" Mer tid ", supplied_by=" Sara "))
    assert (after.done_on, after.done_by, after.step, after.livelihoods) == (TODAY, KARIN, 2, ON_SUPPORT)
    assert (after.note, after.next_step, after.supplied_by) == ("Går bra", "Mer tid", "Sara")


@pytest.mark.parametrize("step", [None, 1, 5])
def test_a_step_stands_on_the_scale_or_is_left_out(step: int | None) -> None:
    assert done(follow_up(), finding(step=step)).step == step


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"done_on": TODAY + DAY}, FutureDate),
        ({"done_on": BEGAN - DAY}, FollowUpBeforeStart),
        ({"step": 0}, StepUnknown),
        ({"step": 6}, StepUnknown),
    ],
)
def test_a_finding_that_cannot_be_is_refused(said: dict[str, Any], error: type[UserError]) -> None:
    with pytest.raises(error):
        done(follow_up(), finding(**said))


def test_a_try_in_vain_is_counted_and_sets_the_new_date() -> None:
    tried = not_reached(follow_up(), tried_on=TODAY, retry_on=TODAY + DAY, today=TODAY)
    again = not_reached(tried, tried_on=TODAY, retry_on=TODAY + 2 * DAY, today=TODAY)
    assert (again.tries, again.unreached_on, again.due_on) == (2, TODAY, TODAY + 2 * DAY)
    assert again.original_due_on == follow_up().original_due_on


@pytest.mark.parametrize(
    ("tried_on", "retry_on", "error"),
    [
        (TODAY + DAY, TODAY + 2 * DAY, FutureDate),
        (TODAY, TODAY, MovedToPast),
        (TODAY - 5 * DAY, TODAY - DAY, MovedToPast),
    ],
)
def test_a_new_try_lies_ahead(tried_on: date, retry_on: date, error: type[UserError]) -> None:
    with pytest.raises(error):
        not_reached(follow_up(), tried_on=tried_on, retry_on=retry_on, today=TODAY)


def test_a_moved_date_keeps_its_original_and_its_reason() -> None:
    moved = move(follow_up(), to=TODAY, why=" Semester ", today=TODAY)
    assert (moved.due_on, moved.original_due_on, moved.moved_why) == (TODAY, date(2026, 12, 2), "Semester")
    assert was_moved(moved)
    assert not was_moved(follow_up())


@pytest.mark.parametrize(("to", "why", "error"), [(TODAY, " ", TextRequired), (TODAY - DAY, "Sjuk", MovedToPast)])
def test_a_move_needs_a_reason_and_a_day_ahead(to: date, why: str, error: type[UserError]) -> None:
    with pytest.raises(error):
        move(follow_up(), to=to, why=why, today=TODAY)


@pytest.mark.parametrize("closed", [follow_up(done_on=TODAY), follow_up(cancelled_on=TODAY)])
def test_nothing_is_done_with_a_closed_follow_up(closed: FollowUp) -> None:
    with pytest.raises(FollowUpClosed):
        done(closed, finding())
    with pytest.raises(FollowUpClosed):
        not_reached(closed, tried_on=TODAY, retry_on=TODAY + DAY, today=TODAY)
    with pytest.raises(FollowUpClosed):
        move(closed, to=TODAY, why="Semester", today=TODAY)
    with pytest.raises(FollowUpClosed):
        cancel(closed, on=TODAY)
