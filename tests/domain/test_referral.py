"""A remiss and its life: each state follows from what has been done, and each step from the state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.codes import Outcome, RereferralReason
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import EpisodeId, MeetingId
from misam_desktop.domain.referral import (
    QUEUED,
    AlreadyConcluded,
    AlreadySubmitted,
    FutureDate,
    NotAccepted,
    NotBeforeForum,
    NotConcluded,
    NotEditable,
    NotWithdrawable,
    OutcomeBeforeReferral,
    OutcomeNotOffered,
    Referral,
    ReferralState,
    TextRequired,
    as_rereferral,
    conclude,
    confirm_still_waiting,
    mark_enrolled,
    must_be_complete,
    must_be_editable,
    state_of,
    submit,
    take_back_outcome,
    withdraw,
)
from tests.domain.worlds import NOW, TODAY, referral

DAY = timedelta(days=1)
EPISODE, MEETING = EpisodeId("episode"), MeetingId("meeting")
S = ReferralState


def with_outcome(outcome: Outcome, *, on: date = TODAY, text: str = "Plan", **said: Any) -> Referral:
    return conclude(in_state(S.WAITING), outcome, on=on, meeting_id=MEETING, text=text, **said)


def in_state(state: ReferralState) -> Referral:
    match state:
        case S.DRAFT:
            return referral()
        case S.WAITING:
            return submit(referral(), now=NOW, today=TODAY)
        case S.COMPLETING:
            return with_outcome(Outcome.KOMPLETTERA)
        case S.ACCEPTED:
            return with_outcome(Outcome.ANTAS)
        case S.ENROLLED:
            return mark_enrolled(in_state(S.ACCEPTED), EPISODE)
        case S.CONCLUDED:
            return with_outcome(Outcome.ATER)
        case S.WITHDRAWN:
            return withdraw(in_state(S.WAITING), on=TODAY, why="Dubblett")


# States


@pytest.mark.parametrize("state", S)
def test_the_state_follows_from_what_was_done(state: ReferralState) -> None:
    assert state_of(in_state(state)) is state


@pytest.mark.parametrize("outcome", [one for one in Outcome if one not in {Outcome.ANTAS, Outcome.KOMPLETTERA}])
def test_every_outcome_but_two_ends_the_referral(outcome: Outcome) -> None:
    assert state_of(with_outcome(outcome)) is S.CONCLUDED


def allowed(step: Any) -> set[ReferralState]:
    """The states in which a step is taken and not refused."""
    taken = set()
    for state in S:
        try:
            step(in_state(state))
        except UserError:
            continue
        taken.add(state)
    return taken


def test_each_step_has_its_states() -> None:
    assert allowed(lambda one: submit(one, now=NOW, today=TODAY)) == {S.DRAFT, S.COMPLETING}
    assert allowed(lambda one: conclude(one, Outcome.ANTAS, on=TODAY, meeting_id=None)) == QUEUED
    assert allowed(take_back_outcome) == {S.COMPLETING, S.ACCEPTED, S.CONCLUDED}
    assert allowed(lambda one: withdraw(one, on=TODAY, why="Dubblett")) == {S.DRAFT, *QUEUED}
    assert allowed(must_be_editable) == {S.DRAFT, *QUEUED}
    assert allowed(lambda one: confirm_still_waiting(one, on=TODAY)) == QUEUED
    assert allowed(lambda one: mark_enrolled(one, EPISODE)) == {S.ACCEPTED}


@pytest.mark.parametrize(
    ("step", "state", "error"),
    [
        (lambda one: submit(one, now=NOW, today=TODAY), S.WAITING, AlreadySubmitted),
        (lambda one: conclude(one, Outcome.ANTAS, on=TODAY, meeting_id=None), S.DRAFT, NotBeforeForum),
        (lambda one: conclude(one, Outcome.ANTAS, on=TODAY, meeting_id=None), S.WITHDRAWN, NotBeforeForum),
        (lambda one: conclude(one, Outcome.ANTAS, on=TODAY, meeting_id=None), S.ACCEPTED, AlreadyConcluded),
        (lambda one: conclude(one, Outcome.ANTAS, on=TODAY, meeting_id=None), S.ENROLLED, AlreadyConcluded),
        (take_back_outcome, S.WAITING, NotConcluded),
        (take_back_outcome, S.ENROLLED, NotConcluded),
        (lambda one: withdraw(one, on=TODAY, why="Dubblett"), S.CONCLUDED, NotWithdrawable),
        (must_be_editable, S.CONCLUDED, NotEditable),
        (lambda one: confirm_still_waiting(one, on=TODAY), S.DRAFT, NotBeforeForum),
        (lambda one: mark_enrolled(one, EPISODE), S.WAITING, NotAccepted),
    ],
)
def test_a_step_out_of_turn_says_which(step: Any, state: ReferralState, error: type[UserError]) -> None:
    with pytest.raises(error):
        step(in_state(state))


# Steps


@pytest.mark.parametrize(
    ("said", "error"), [({"question": " "}, TextRequired), ({"referred_on": TODAY + DAY}, FutureDate)]
)
def test_a_referral_that_lacks_something_stays_a_draft(said: dict[str, Any], error: type[UserError]) -> None:
    with pytest.raises(error) as refused:
        submit(referral(**said), now=NOW, today=TODAY)
    assert refused.value.params == {"field": next(iter(said))}


def test_a_referral_of_today_is_complete() -> None:
    must_be_complete(referral(referred_on=TODAY), today=TODAY)


def test_a_completed_referral_waits_again_without_its_outcome() -> None:
    again = submit(in_state(S.COMPLETING), now=NOW, today=TODAY)
    assert again == in_state(S.WAITING)


def test_an_outcome_is_kept_with_its_day_meeting_and_text() -> None:
    after = with_outcome(Outcome.ATER, text=" Alternativ planering ")
    assert (after.outcome, after.outcome_on, after.outcome_meeting_id) == (Outcome.ATER, TODAY, MEETING)
    assert after.outcome_text == "Alternativ planering"


@pytest.mark.parametrize("outcome", [Outcome.ATER, Outcome.KOMPLETTERA])
def test_a_return_and_a_completion_need_their_text(outcome: Outcome) -> None:
    with pytest.raises(TextRequired):
        with_outcome(outcome, text=" ")


def test_which_outcomes_need_a_text_is_a_setting() -> None:
    assert with_outcome(Outcome.ATER, text="", text_required=()).outcome_text == ""


def test_an_outcome_that_the_activity_does_not_use_is_refused() -> None:
    with pytest.raises(OutcomeNotOffered):
        with_outcome(Outcome.SIP, offered=(Outcome.ANTAS,))


def test_the_forum_answers_no_earlier_than_the_day_of_the_referral() -> None:
    assert with_outcome(Outcome.ANTAS, on=date(2026, 11, 20)).outcome_on == date(2026, 11, 20)
    with pytest.raises(OutcomeBeforeReferral):
        with_outcome(Outcome.ANTAS, on=date(2026, 11, 19))


@pytest.mark.parametrize("outcome", Outcome)
def test_nafs_and_sip_can_be_ticked_beside_the_four_that_end_it(outcome: Outcome) -> None:
    after = with_outcome(outcome, also_nafs=True, also_sip=True)
    beside = outcome not in {Outcome.NAFS, Outcome.SIP, Outcome.KOMPLETTERA}
    assert (after.also_nafs, after.also_sip) == (beside, beside)


@given(
    outcome=st.sampled_from(Outcome),
    also_nafs=st.booleans(),
    also_sip=st.booleans(),
    text=st.text(min_size=1).filter(str.strip),
)
def test_an_outcome_taken_back_leaves_no_trace(outcome: Outcome, also_nafs: bool, also_sip: bool, text: str) -> None:
    after = with_outcome(outcome, also_nafs=also_nafs, also_sip=also_sip, text=text)
    assert take_back_outcome(after) == in_state(S.WAITING)


def test_a_withdrawal_keeps_its_day_and_reason() -> None:
    gone = withdraw(referral(), on=TODAY, why=" Dubblett ")
    assert (gone.withdrawn_on, gone.withdrawn_why) == (TODAY, "Dubblett")


def test_a_withdrawal_needs_a_reason() -> None:
    with pytest.raises(TextRequired):
        withdraw(referral(), on=TODAY, why=" ")


def test_the_day_of_the_last_review_is_kept() -> None:
    waiting = in_state(S.WAITING)
    assert confirm_still_waiting(waiting, on=TODAY) == replace(waiting, reviewed_on=TODAY)


def test_a_rereferral_says_after_what_and_what_did_not_hold() -> None:
    again = as_rereferral(referral(), after=EPISODE, reason=RereferralReason.INTE_HALLIT, not_held=" Praktiken ")
    assert again.is_rereferral
    assert (again.earlier_episode_id, again.rereferral_reason, again.not_held) == (
        EPISODE,
        RereferralReason.INTE_HALLIT,
        "Praktiken",
    )
    assert not referral().is_rereferral


def test_a_rereferral_without_what_did_not_hold_is_refused() -> None:
    with pytest.raises(TextRequired):
        as_rereferral(referral(), after=EPISODE, reason=RereferralReason.NY_SITUATION, not_held=" ")


def test_of_a_referral_that_was_taken_back_no_outcome_is_undone() -> None:
    waiting = submit(referral(question="Vad behövs?"), now=NOW, today=TODAY)
    returned = conclude(waiting, Outcome.KOMPLETTERA, on=TODAY, meeting_id=None, text="Intyg saknas")
    with pytest.raises(NotConcluded):
        take_back_outcome(withdraw(returned, on=TODAY, why="Löste sig"))
