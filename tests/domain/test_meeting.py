"""The forum: its meetings, their rhythm, the queue, and which assessment an outcome came from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.activity import Rhythm
from misam_desktop.domain.codes import Outcome, Priority
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import MeetingId, ReferralId
from misam_desktop.domain.meeting import (
    CODES_KEPT,
    Assessment,
    CodesGone,
    Meeting,
    MeetingClosed,
    MeetingHasOutcomes,
    MeetingNotClosed,
    MeetingNotEnded,
    MeetingNotOpen,
    MeetingState,
    agenda_can_be_printed,
    agenda_left,
    agenda_sent,
    assessment_of,
    cancel_meeting,
    close_meeting,
    is_unsent,
    must_be_closed,
    must_be_open,
    must_keep_codes,
    must_take_more,
    next_forum_day,
    open_meeting,
    queue_order,
    reopen_meeting,
    state_of,
)
from misam_desktop.domain.referral import FutureDate, TextRequired
from tests.domain.worlds import NOW, TODAY, meeting, referral, settings

DAY = timedelta(days=1)
THURSDAYS = settings().rhythm
S = MeetingState


def in_state(state: MeetingState) -> Meeting:
    match state:
        case S.PLANNED:
            return meeting()
        case S.OPEN:
            return open_meeting(meeting(), now=NOW, today=TODAY)
        case S.CLOSED:
            return close_meeting(in_state(S.OPEN), now=NOW)
        case S.CANCELLED:
            return cancel_meeting(meeting(), why=" Sjukdom ", concluded=0)


# Its life


@pytest.mark.parametrize("state", S)
def test_the_state_follows_from_what_was_done(state: MeetingState) -> None:
    assert state_of(in_state(state)) is state


def test_opening_an_open_meeting_changes_nothing() -> None:
    assert open_meeting(in_state(S.OPEN), now=NOW + DAY, today=TODAY) == in_state(S.OPEN)


@pytest.mark.parametrize("state", [S.CLOSED, S.CANCELLED])
def test_what_is_over_is_neither_opened_nor_cancelled_nor_takes_more(state: MeetingState) -> None:
    with pytest.raises(MeetingClosed):
        open_meeting(in_state(state), now=NOW, today=TODAY)
    with pytest.raises(MeetingClosed):
        cancel_meeting(in_state(state), why="Sjukdom", concluded=0)
    with pytest.raises(MeetingClosed):
        must_take_more(in_state(state))


@pytest.mark.parametrize("state", [S.PLANNED, S.OPEN])
def test_more_comes_on_the_agenda_until_then(state: MeetingState) -> None:
    must_take_more(in_state(state))


@pytest.mark.parametrize(("state", "before"), [(S.CLOSED, S.OPEN), (S.CANCELLED, S.PLANNED)])
def test_an_end_by_mistake_is_taken_back(state: MeetingState, before: MeetingState) -> None:
    assert reopen_meeting(in_state(state)) == in_state(before)


@pytest.mark.parametrize("state", [S.PLANNED, S.OPEN])
def test_only_an_ended_meeting_is_reopened(state: MeetingState) -> None:
    with pytest.raises(MeetingNotEnded):
        reopen_meeting(in_state(state))


def test_a_meeting_does_not_begin_before_its_day() -> None:
    with pytest.raises(FutureDate):
        open_meeting(meeting(on=TODAY + DAY), now=NOW, today=TODAY)


@pytest.mark.parametrize("state", [S.PLANNED, S.CLOSED, S.CANCELLED])
def test_only_an_open_meeting_records_and_closes(state: MeetingState) -> None:
    with pytest.raises(MeetingNotOpen):
        must_be_open(in_state(state))
    with pytest.raises(MeetingNotOpen):
        close_meeting(in_state(state), now=NOW)


@pytest.mark.parametrize(
    ("said", "error"),
    [({"why": " ", "concluded": 0}, TextRequired), ({"why": "Sjuk", "concluded": 2}, MeetingHasOutcomes)],
)
def test_a_meeting_is_cancelled_with_a_reason_and_before_it_has_answered(
    said: dict[str, Any], error: type[UserError]
) -> None:
    with pytest.raises(error):
        cancel_meeting(in_state(S.OPEN), **said)


def test_a_cancelled_meeting_keeps_its_reason() -> None:
    assert in_state(S.CANCELLED).cancelled_why == "Sjukdom"


def test_an_agenda_can_be_printed_while_its_codes_are_kept() -> None:
    assert agenda_can_be_printed(meeting(), today=TODAY + 90 * DAY)
    assert not agenda_can_be_printed(meeting(), today=TODAY + 91 * DAY)
    assert not agenda_can_be_printed(in_state(S.CANCELLED), today=TODAY)


# Its rhythm


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, date(2026, 11, 26)),
        (date(2026, 11, 19), date(2026, 11, 26)),
        (date(2026, 11, 20), date(2026, 11, 26)),  # moved to the Friday
        (date(2026, 11, 23), date(2026, 12, 3)),  # moved to the Monday
        (TODAY, date(2026, 12, 3)),
    ],
)
def test_the_forum_meets_on_its_weekday(last: date | None, expected: date) -> None:
    assert next_forum_day(THURSDAYS, today=TODAY, last=last) == expected


def test_a_forum_of_today_is_the_next_until_it_has_met() -> None:
    thursday = date(2026, 11, 26)
    assert next_forum_day(THURSDAYS, today=thursday, last=date(2026, 11, 19)) == thursday
    assert next_forum_day(THURSDAYS, today=thursday, last=thursday) == date(2026, 12, 3)


rhythms = st.builds(
    lambda weekday, every_weeks: replace(THURSDAYS, weekday=weekday, every_weeks=every_weeks),
    st.integers(0, 6),
    st.integers(1, 6),
)


@given(rhythm=rhythms, today=st.dates(date(2025, 1, 1), date(2030, 1, 1)), meetings=st.integers(1, 10))
def test_a_rhythm_that_is_kept_goes_on_by_itself(rhythm: Rhythm, today: date, meetings: int) -> None:
    met = [next_forum_day(rhythm, today=today, last=None)]
    for _ in range(meetings):
        met.append(next_forum_day(rhythm, today=met[-1], last=met[-1]))
    assert all(day.weekday() == rhythm.weekday for day in met)
    assert {after - before for before, after in pairwise(met)} == {rhythm.every_weeks * 7 * DAY}


# The queue


def test_sgi_0_comes_first_then_counting_flags_then_the_oldest() -> None:
    queue = [
        referral(id=ReferralId("new"), referred_on=TODAY),
        referral(id=ReferralId("b"), referred_on=TODAY - 9 * DAY),
        referral(id=ReferralId("a"), referred_on=TODAY - 9 * DAY),
        referral(id=ReferralId("child"), referred_on=TODAY, priorities=(Priority.BARN_I_HUSHALLET,)),
        referral(id=ReferralId("sgi0"), referred_on=TODAY, sgi0=True),
        referral(id=ReferralId("willing"), referred_on=TODAY - 20 * DAY, priorities=(Priority.VILL_DELTA,)),
    ]
    ordered = queue_order(queue, counting=(Priority.BARN_I_HUSHALLET,))
    assert [one.id for one in ordered] == ["sgi0", "child", "willing", "a", "b", "new"]


# Assessments


def assessment(assessment_id: str, **said: Any) -> Assessment:
    given_one = Assessment(
        id=assessment_id,
        referral_id=ReferralId("referral"),
        meeting_id=MeetingId("second"),
        outcome=Outcome.ANTAS,
        concluded_on=TODAY,
    )
    return replace(given_one, **said)


def test_an_outcome_came_from_the_assessment_that_says_the_same_and_stands() -> None:
    concluded = referral(outcome=Outcome.ANTAS, outcome_on=TODAY, outcome_meeting_id=MeetingId("second"))
    every = [
        assessment("first", outcome=Outcome.KOMPLETTERA, meeting_id=MeetingId("first"), concluded_on=TODAY - 7 * DAY),
        assessment("undone", taken_back_at=NOW),
        assessment("standing"),
    ]
    found = assessment_of(concluded, every)
    assert found is not None
    assert found.id == "standing"


def test_an_imported_outcome_may_have_no_assessment() -> None:
    assert assessment_of(referral(outcome=Outcome.ANTAS, outcome_on=TODAY), []) is None


def test_minutes_and_codes_ask_for_a_meeting_that_has_them() -> None:
    closed, last = in_state(S.CLOSED), meeting().on + CODES_KEPT
    must_be_closed(closed)
    must_keep_codes(closed, today=last)
    with pytest.raises(MeetingNotClosed):
        must_be_closed(in_state(S.OPEN))
    with pytest.raises(CodesGone):
        must_keep_codes(closed, today=last + DAY)
    with pytest.raises(MeetingClosed):
        must_keep_codes(in_state(S.CANCELLED), today=TODAY)


def test_an_agenda_is_sent_as_of_when_it_left() -> None:
    planned = meeting()
    assert not is_unsent(planned)
    left = agenda_left(planned, now=NOW)
    assert is_unsent(left)
    sent = agenda_sent(left, now=NOW + DAY)
    assert sent.sent_at == NOW
    assert not is_unsent(sent)
    assert agenda_sent(sent, now=NOW + 2 * DAY) == sent
    again = agenda_sent(agenda_left(sent, now=NOW + DAY), now=NOW + 2 * DAY)
    assert again.sent_at == NOW + DAY


def test_one_that_left_in_another_way_is_sent_now_and_none_after_the_meeting() -> None:
    assert agenda_sent(meeting(), now=NOW).sent_at == NOW
    for over in (S.CLOSED, S.CANCELLED):
        with pytest.raises(MeetingClosed):
            agenda_sent(in_state(over), now=NOW)
