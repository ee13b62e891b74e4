"""The forum: its meetings, attendance per authority, and one outcome for each referral."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.episodes import enrol
from misam_desktop.commands.forum import (
    cancel_forum,
    close_forum,
    open_forum,
    plan_meeting,
    record_attendance,
    record_outcome,
    take_back_outcome,
)
from misam_desktop.commands.referrals import submit_referral
from misam_desktop.domain.access import NotYourTask
from misam_desktop.domain.codes import Agency, Outcome, Presence
from misam_desktop.domain.consent import ConsentMissing
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import ActivityId, MeetingId
from misam_desktop.domain.meeting import (
    MeetingClosed,
    MeetingHasOutcomes,
    MeetingNotOpen,
    MeetingState,
    state_of,
)
from misam_desktop.domain.referral import (
    AlreadyConcluded,
    FutureDate,
    NotConcluded,
    OutcomeBeforeReferral,
    OutcomeNotOffered,
    ReferralState,
    TextRequired,
)
from misam_desktop.domain.referral import state_of as referral_state
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.worlds import IFO, MISAM, accepted, all_of, draft, enrolled, meeting, on, one, refused, waiting
from tests.conftest import NOW, TODAY

YESTERDAY, THURSDAY = date(2026, 11, 23), date(2026, 11, 26)

# Meetings


def test_a_planned_meeting_is_the_one_that_opens(karin: Vault) -> None:
    planned = karin.do(plan_meeting(MISAM, on=TODAY)).value
    assert (planned.starts, planned.place) == ("13.00", "Samverkanslokalen")
    assert meeting(karin).id == planned.id
    assert state_of(one(karin, rows.meetings, planned.id)) is MeetingState.OPEN


def test_a_day_has_one_meeting_however_often_it_is_planned_and_opened(karin: Vault) -> None:
    first = meeting(karin)
    assert karin.do(plan_meeting(MISAM, on=TODAY)).value == first
    assert karin.do(open_forum(MISAM, on=TODAY)).value == first
    assert all_of(karin, rows.meetings) == [first]


def test_a_meeting_does_not_open_before_its_day(karin: Vault) -> None:
    with refused(karin, FutureDate):
        karin.do(open_forum(MISAM, on=THURSDAY))


def test_a_closed_meeting_takes_nothing_more(karin: Vault) -> None:
    referral, forum = waiting(karin), meeting(karin)
    assert karin.do(close_forum(forum.id)).value.closed_at == NOW
    with refused(karin, MeetingNotOpen):
        karin.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=forum.id))
    with refused(karin, MeetingNotOpen):
        karin.do(record_attendance(forum.id, Agency.AF, Presence.PLATS))
    with refused(karin, MeetingNotOpen):
        karin.do(close_forum(forum.id))
    with refused(karin, MeetingClosed):
        karin.do(open_forum(MISAM, on=TODAY))


def test_a_referral_without_an_outcome_waits_for_the_next_forum(karin: Vault) -> None:
    referral = waiting(karin)
    karin.do(close_forum(meeting(karin).id))
    assert one(karin, rows.referrals, referral.id) == referral


def test_a_day_can_be_cancelled_whether_it_was_planned_or_not(karin: Vault) -> None:
    cancelled = karin.do(cancel_forum(MISAM, on=THURSDAY, why=" Sjukdom ")).value
    assert (state_of(cancelled), cancelled.cancelled_why) == (MeetingState.CANCELLED, "Sjukdom")
    with refused(karin, MeetingClosed):
        karin.do(cancel_forum(MISAM, on=THURSDAY, why="Igen"))


def test_a_cancellation_without_a_reason_plans_no_meeting(karin: Vault) -> None:
    with refused(karin, TextRequired):
        karin.do(cancel_forum(MISAM, on=THURSDAY, why=" "))


def test_a_meeting_that_has_answered_is_not_cancelled_until_the_answers_are_taken_back(karin: Vault) -> None:
    referral = accepted(karin)
    with refused(karin, MeetingHasOutcomes):
        karin.do(cancel_forum(MISAM, on=TODAY, why="Sjukdom"))
    karin.do(take_back_outcome(referral.id))
    karin.do(cancel_forum(MISAM, on=TODAY, why="Sjukdom"))


# Attendance


def test_attendance_said_again_replaces_what_was_said(karin: Vault) -> None:
    forum = meeting(karin)
    karin.do(record_attendance(forum.id, Agency.FK, Presence.FRANVARANDE))
    karin.do(record_attendance(forum.id, Agency.FK, Presence.VIDEO, substitute="Pia Lind"))
    karin.do(record_attendance(forum.id, Agency.AF, Presence.PLATS))
    said = {one.agency: (one.presence, one.substitute) for one in all_of(karin, rows.attendances)}
    assert said == {Agency.FK: (Presence.VIDEO, "Pia Lind"), Agency.AF: (Presence.PLATS, "")}


def test_a_missing_authority_does_not_stop_the_meeting(karin: Vault) -> None:
    forum = meeting(karin)
    karin.do(record_attendance(forum.id, Agency.AF, Presence.FRANVARANDE))
    assert referral_state(accepted(karin)) is ReferralState.ACCEPTED


# Outcomes


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.ANTAS, ReferralState.ACCEPTED),
        (Outcome.ATER, ReferralState.CONCLUDED),
        (Outcome.REGULJAR, ReferralState.CONCLUDED),
        (Outcome.EJ_BEHOV, ReferralState.CONCLUDED),
        (Outcome.NAFS, ReferralState.CONCLUDED),
        (Outcome.SIP, ReferralState.CONCLUDED),
        (Outcome.KOMPLETTERA, ReferralState.COMPLETING),
    ],
)
def test_each_of_the_seven_outcomes_is_kept_with_its_assessment(
    karin: Vault, outcome: Outcome, state: ReferralState
) -> None:
    referral, forum = waiting(karin), meeting(karin)
    concluded = karin.do(record_outcome(referral.id, outcome, meeting_id=forum.id, text=" Plan ")).value
    assert referral_state(one(karin, rows.referrals, referral.id)) is state
    assert (concluded.outcome_on, concluded.outcome_text) == (TODAY, "Plan")
    (kept,) = all_of(karin, rows.assessments)
    assert (kept.outcome, kept.meeting_id, kept.concluded_on, kept.text) == (outcome, forum.id, TODAY, "Plan")


def test_nafs_and_sip_are_kept_beside_the_outcome_in_both_places(karin: Vault) -> None:
    referral, forum = waiting(karin), meeting(karin)
    request = record_outcome(referral.id, Outcome.ANTAS, meeting_id=forum.id, also_nafs=True, also_sip=True)
    concluded = karin.do(request).value
    (kept,) = all_of(karin, rows.assessments)
    assert (concluded.also_nafs, concluded.also_sip, kept.also_nafs, kept.also_sip) == (True, True, True, True)


@pytest.mark.parametrize("outcome", [Outcome.ATER, Outcome.KOMPLETTERA])
def test_a_return_and_a_completion_say_what_is_to_be_done(karin: Vault, outcome: Outcome) -> None:
    referral, forum = waiting(karin), meeting(karin)
    with refused(karin, TextRequired):
        karin.do(record_outcome(referral.id, outcome, meeting_id=forum.id, text=" "))


def test_what_no_consent_lets_the_others_hear_of_is_completed_and_not_answered(karin: Vault) -> None:
    referral, later = waiting(karin), on(karin, TODAY + timedelta(days=7))
    for consent in all_of(karin, rows.consents):
        later.do(withdraw_consent(consent.id, on=TODAY + timedelta(days=7)))
    forum = meeting(later, TODAY + timedelta(days=7))
    with refused(later, ConsentMissing):
        later.do(record_outcome(referral.id, Outcome.ATER, meeting_id=forum.id, text="Af planerar"))
    later.do(record_outcome(referral.id, Outcome.KOMPLETTERA, meeting_id=forum.id, text="Nytt samtycke"))


def test_an_outcome_asks_for_a_consent_that_held_on_the_meetings_day(karin: Vault) -> None:
    referral, forum = waiting(karin), meeting(karin)
    later = on(karin, TODAY + timedelta(days=1))
    for consent in all_of(karin, rows.consents):
        later.do(withdraw_consent(consent.id, on=TODAY + timedelta(days=1)))
    later.do(record_outcome(referral.id, Outcome.REGULJAR, meeting_id=forum.id))


def test_a_second_outcome_on_a_decided_referral_is_refused(karin: Vault) -> None:
    referral, forum = accepted(karin), meeting(karin)
    with refused(karin, AlreadyConcluded):
        karin.do(record_outcome(referral.id, Outcome.REGULJAR, meeting_id=forum.id))


def test_a_draft_does_not_stand_before_the_forum(karin: Vault) -> None:
    begun, forum = draft(karin, unit_id=IFO, referrer="kommun"), meeting(karin)
    with refused(karin, NotYourTask):
        karin.do(record_outcome(begun.id, Outcome.ANTAS, meeting_id=forum.id))


def test_an_outcome_outside_a_meeting_is_of_today(karin: Vault) -> None:
    concluded = karin.do(record_outcome(waiting(karin).id, Outcome.REGULJAR, meeting_id=None)).value
    assert (concluded.outcome_on, concluded.outcome_meeting_id) == (TODAY, None)


def test_an_outcome_recorded_the_day_after_is_of_the_meetings_day(karin: Vault) -> None:
    referral = waiting(on(karin, YESTERDAY), referred_on=YESTERDAY)
    forum = meeting(on(karin, YESTERDAY), YESTERDAY)
    assert karin.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=forum.id)).value.outcome_on == YESTERDAY


def test_a_meeting_answers_no_referral_that_was_made_after_it(karin: Vault) -> None:
    forum, referral = meeting(on(karin, YESTERDAY), YESTERDAY), waiting(karin)
    with refused(karin, OutcomeBeforeReferral):
        karin.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=forum.id))


@pytest.fixture
def other_activity(karin: Vault) -> ActivityId:
    """An activity that uses two outcomes only."""
    like = founding.reference_activity("misam", activity_id="jobbtorg", name="Jobbtorg")
    settings = replace(like.settings, outcomes=(Outcome.ANTAS, Outcome.ATER))
    with writing(karin._engine) as conn:
        rows.activities.add(conn, replace(like, settings=settings))
    return like.id


def test_a_meeting_of_another_activity_answers_nothing(karin: Vault, other_activity: ActivityId) -> None:
    referral = waiting(karin)
    others = karin.do(open_forum(other_activity, on=TODAY)).value
    with refused(karin, NotFound):
        karin.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=others.id))


def test_an_outcome_that_the_activity_does_not_use_is_refused(karin: Vault, other_activity: ActivityId) -> None:
    referral = waiting(karin, activity_id=other_activity)
    with refused(karin, OutcomeNotOffered):
        karin.do(record_outcome(referral.id, Outcome.SIP, meeting_id=None))


# Taking an outcome back


def test_an_outcome_taken_back_puts_the_referral_in_the_queue_and_keeps_that_it_was_said(karin: Vault) -> None:
    before = waiting(karin)
    back = karin.do(take_back_outcome(accepted(karin, before).id)).value
    assert back == replace(before, version=back.version)
    assert [(one.outcome, one.taken_back_at) for one in all_of(karin, rows.assessments)] == [(Outcome.ANTAS, NOW)]


def test_of_two_assessments_the_present_one_is_taken_back(karin: Vault) -> None:
    then = on(karin, YESTERDAY)
    referral = waiting(then, referred_on=YESTERDAY)
    first = meeting(then, YESTERDAY)
    then.do(record_outcome(referral.id, Outcome.KOMPLETTERA, meeting_id=first.id, text="Läkarutlåtande"))
    karin.do(take_back_outcome(accepted(karin, karin.do(submit_referral(referral.id)).value).id))
    said = {one.outcome: one.taken_back_at for one in all_of(karin, rows.assessments)}
    assert said == {Outcome.KOMPLETTERA: None, Outcome.ANTAS: NOW}


def test_without_an_outcome_and_once_enrolled_there_is_nothing_to_take_back(karin: Vault) -> None:
    referral = waiting(karin)
    with refused(karin, NotConcluded):
        karin.do(take_back_outcome(referral.id))
    enrolled(karin, referral)
    with refused(karin, NotConcluded):
        karin.do(take_back_outcome(referral.id))


def test_a_referral_that_was_to_be_completed_can_be_answered_at_the_next_forum(karin: Vault) -> None:
    referral, forum = waiting(karin), meeting(karin)
    asked = karin.do(record_outcome(referral.id, Outcome.KOMPLETTERA, meeting_id=forum.id, text="Utlåtande")).value
    answered = accepted(karin, asked)
    assert referral_state(answered) is ReferralState.ACCEPTED
    karin.do(enrol(answered.id, enrolled_on=TODAY, commissioner_id=IFO))


def test_an_unknown_meeting_is_not_found(karin: Vault) -> None:
    referral = waiting(karin)
    with refused(karin, NotFound):
        karin.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=MeetingId("no such meeting")))
