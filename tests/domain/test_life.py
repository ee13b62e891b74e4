"""The whole life of a case as stored facts: whatever is done, and in whatever order, the rules hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from misam_desktop.domain import episode as episodes
from misam_desktop.domain import follow_up as follow_ups
from misam_desktop.domain import referral as referrals
from misam_desktop.domain.activity import Anchor
from misam_desktop.domain.clocks import last_rereferral_day
from misam_desktop.domain.codes import Destination, DischargeReason, Outcome, RereferralReason
from misam_desktop.domain.episode import QUIET_REASONS, AssignmentRole, Discharge, Episode
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.follow_up import Finding, FollowUp, FollowUpState
from misam_desktop.domain.ids import EpisodeId, FollowUpId, ReferralId
from misam_desktop.domain.referral import Referral, ReferralState
from tests.domain.worlds import (
    AF,
    AFTERWARDS,
    IFO,
    IN_WORK,
    JONAS,
    KARIN,
    LISA,
    MISAM,
    ON_SUPPORT,
    QUARTERLY,
    SARA,
    fresh_ids,
    referral,
)

T = TypeVar("T")
DAY = timedelta(days=1)
SCHEDULES = (QUARTERLY, AFTERWARDS)
few_days = st.integers(-2, 12)
texts = st.sampled_from(["", "Planeringen höll inte"])
S = ReferralState


class Life(RuleBasedStateMachine):
    """One person's referrals, episodes and follow-ups; each rule is what somebody tries, in time or out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.today = date(2026, 8, 31)
        self.new_id = fresh_ids()
        self.referral = referral(referred_on=self.today)
        self.expected = S.DRAFT
        self.episodes: list[Episode] = []
        self.follow_ups: dict[FollowUpId, FollowUp] = {}
        self.before_discharge: dict[EpisodeId, tuple[Episode, list[FollowUp]]] = {}

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, time(9), UTC)

    @property
    def last(self) -> Episode | None:
        return self.episodes[-1] if self.episodes else None

    def of(self, episode: Episode) -> list[FollowUp]:
        return [one for one in self.follow_ups.values() if one.episode_id == episode.id]

    def attempt(self, step: Callable[[], T]) -> T | None:
        """What the step gives, or None when it is refused; any other error than a user's is a bug."""
        try:
            return step()
        except UserError:
            return None

    def refer(self, changed: Referral | None, expected: ReferralState) -> None:
        if changed is not None:
            self.referral, self.expected = changed, expected

    def keep(self, changed: list[FollowUp]) -> None:
        self.follow_ups |= {one.id: one for one in changed}

    def plan(self, episode: Episode, *, until: date, ahead: bool) -> None:
        days = follow_ups.anchor_days(episode, decided_on=self.referral.outcome_on)
        not_before = self.today if ahead else None
        lacks = follow_ups.lacking(SCHEDULES, days, have=self.of(episode), until=until, not_before=not_before)
        self.keep(follow_ups.planned(lacks, episode, have=self.of(episode), new_id=self.new_id))

    # Time, and what comes next by itself

    @rule(days=st.integers(1, 200))
    def time_passes(self, days: int) -> None:
        self.today += days * DAY

    @rule(steps=st.integers(1, 3))
    def the_case_goes_on(self, steps: int) -> None:
        for _ in range(steps):
            self.take_the_next_step()

    def take_the_next_step(self) -> None:
        match self.expected:
            case S.DRAFT | S.COMPLETING:
                self.submit("Vad behövs?")
            case S.WAITING:
                self.conclude(Outcome.ANTAS, "")
            case S.ACCEPTED:
                self.enrol(0)
            case S.ENROLLED if self.last and self.last.discharged_on is None:
                self.discharge(DischargeReason.UPPFYLLT, 0, complete=True)
            case S.ENROLLED:
                self.refer_again(0, "Planeringen höll inte")
            case _:
                self.another_referral_is_made()

    # The referral

    @rule(what=st.integers(0, 4), outcome=st.sampled_from(Outcome), text=texts)
    def something_is_done_to_the_referral(self, what: int, outcome: Outcome, text: str) -> None:
        steps: list[Callable[[], None]] = [
            lambda: self.submit(text),
            lambda: self.conclude(outcome, text),
            self.take_back,
            lambda: self.withdraw(text),
            self.another_referral_is_made,
        ]
        steps[what]()

    def submit(self, question: str) -> None:
        asked = replace(self.referral, question=question)
        self.refer(self.attempt(lambda: referrals.submit(asked, now=self.now, today=self.today)), S.WAITING)

    def conclude(self, outcome: Outcome, text: str) -> None:
        expected = {Outcome.ANTAS: S.ACCEPTED, Outcome.KOMPLETTERA: S.COMPLETING}.get(outcome, S.CONCLUDED)
        self.refer(
            self.attempt(lambda: referrals.conclude(self.referral, outcome, on=self.today, meeting_id=None, text=text)),
            expected,
        )

    def take_back(self) -> None:
        self.refer(self.attempt(lambda: referrals.take_back_outcome(self.referral)), S.WAITING)

    def withdraw(self, why: str) -> None:
        self.refer(self.attempt(lambda: referrals.withdraw(self.referral, on=self.today, why=why)), S.WITHDRAWN)

    def another_referral_is_made(self) -> None:
        """An ordinary one, also while a case is open: that is possible, and the koordinator resolves it."""
        if self.expected in {S.WITHDRAWN, S.CONCLUDED, S.ENROLLED}:
            self.refer(referral(id=ReferralId(self.new_id()), referred_on=self.today), S.DRAFT)

    # The episode

    @precondition(lambda self: self.expected in {S.WAITING, S.ACCEPTED})
    @rule(days_ago=few_days)
    def enrol(self, days_ago: int) -> None:
        enrolled_on = self.today - days_ago * DAY
        new = Episode(
            id=EpisodeId(self.new_id()),
            person_id=self.referral.person_id,
            activity_id=MISAM,
            referral_id=self.referral.id,
            enrolled_on=enrolled_on,
            commissioner_id=IFO,
            case_worker_id=JONAS,
        )

        def step() -> Referral:
            episodes.must_begin_after(enrolled_on, referred_on=self.referral.referred_on, today=self.today)
            enrolled = referrals.mark_enrolled(self.referral, new.id)
            episodes.must_be_alone(new, self.episodes)
            return enrolled

        enrolled = self.attempt(step)
        self.refer(enrolled, S.ENROLLED)
        if enrolled is not None:
            self.episodes.append(new)
            self.plan(new, until=self.today, ahead=False)

    @precondition(lambda self: self.episodes)
    @rule(role=st.sampled_from(AssignmentRole), who=st.sampled_from([JONAS, LISA, SARA, None]), days_ago=few_days)
    def change_hands(self, role: AssignmentRole, who: object, days_ago: int) -> None:
        before = self.episodes[-1]
        to = {"unit_id": AF if who else None} if role is AssignmentRole.COMMISSIONER else {"contact_id": who}
        after = self.attempt(
            lambda: episodes.reassign(
                before,
                role,
                from_on=self.today - days_ago * DAY,
                since=before.enrolled_on,
                today=self.today,
                **to,
            )
        )
        if after is not None:
            self.episodes[-1] = after
            self.keep(follow_ups.handed_over(self.of(before), SCHEDULES, before=before, after=after))

    @precondition(lambda self: self.episodes)
    @rule(reason=st.sampled_from(DischargeReason), days_ago=few_days, complete=st.booleans())
    def discharge(self, reason: DischargeReason, days_ago: int, complete: bool) -> None:
        before = self.episodes[-1]
        facts = Discharge(
            on=self.today - days_ago * DAY,
            reason=reason,
            destination=Destination.ARBETE if complete else None,
            livelihoods=IN_WORK,
            text="Fel person" if complete else "",
        )
        ended = self.attempt(lambda: episodes.discharge(before, facts, today=self.today))
        if ended is None:
            return
        self.before_discharge[before.id] = before, self.of(before)
        self.keep(follow_ups.at_discharge(self.of(before), on=facts.on))
        self.episodes[-1] = ended
        self.plan(ended, until=self.today, ahead=False)

    @precondition(lambda self: self.episodes)
    @rule(at=st.integers(0, 3))
    def undo_discharge(self, at: int) -> None:
        at %= len(self.episodes)
        ended = self.episodes[at]

        def step() -> Episode:
            reopened = episodes.undo_discharge(ended)
            episodes.must_be_last(ended, self.episodes)
            return reopened

        reopened = self.attempt(step)
        if reopened is not None:
            self.episodes[at] = reopened
            self.keep(follow_ups.at_undo(self.of(ended), on=self.today))
            self.see_that_the_undo_was_exact(reopened)

    def see_that_the_undo_was_exact(self, reopened: Episode) -> None:
        before, waited = self.before_discharge[reopened.id]
        assert reopened == before
        now = self.of(reopened)
        assert [one for one in now if one.anchor is not Anchor.DISCHARGE] == [
            one for one in waited if one.anchor is not Anchor.DISCHARGE
        ]
        assert not any(follow_ups.is_open(one) for one in now if one.anchor is Anchor.DISCHARGE)

    @precondition(lambda self: self.episodes)
    @rule(days_ago=few_days, not_held=texts)
    def refer_again(self, days_ago: int, not_held: str) -> None:
        after, on = self.episodes[-1], self.today - days_ago * DAY
        new = referral(id=ReferralId(self.new_id()), referred_on=on)

        def step() -> Referral:
            again = referrals.as_rereferral(new, after=after.id, reason=RereferralReason.INTE_HALLIT, not_held=not_held)
            episodes.must_be_within_window(after, activity_id=MISAM, on=on, months=6)
            return referrals.submit(again, now=self.now, today=self.today)

        again = self.attempt(step)
        comes_back = (
            after.discharged_on is not None
            and after.discharge_reason not in QUIET_REASONS
            and after.discharged_on <= on <= last_rereferral_day(after.discharged_on)
            and on <= self.today
            and not_held != ""
        )
        assert (again is not None) is comes_back
        if self.expected in {S.WITHDRAWN, S.CONCLUDED, S.ENROLLED}:
            self.refer(again, S.WAITING)

    # Its follow-ups

    @precondition(lambda self: self.follow_ups)
    @rule(at=st.integers(0, 20), days_ago=few_days, step=st.none() | st.integers(0, 6))
    def follow_up(self, at: int, days_ago: int, step: int | None) -> None:
        one = self.pick(at)
        episode = next(each for each in self.episodes if each.id == one.episode_id)
        finding = Finding(done_on=self.today - days_ago * DAY, step=step, livelihoods=ON_SUPPORT)
        done = self.attempt(
            lambda: follow_ups.record(one, finding, by=KARIN, since=episode.enrolled_on, today=self.today, steps=5)
        )
        if done is not None:
            self.keep([done])
            self.plan(episode, until=max(self.today, one.original_due_on), ahead=True)

    @precondition(lambda self: self.follow_ups)
    @rule(at=st.integers(0, 20), days_ago=few_days, days=few_days)
    def not_reached(self, at: int, days_ago: int, days: int) -> None:
        one = self.pick(at)
        tried = self.attempt(
            lambda: follow_ups.not_reached(
                one, tried_on=self.today - days_ago * DAY, retry_on=self.today + days * DAY, today=self.today
            )
        )
        if tried is not None:
            self.keep([tried])
            assert follow_ups.state_of(tried, today=self.today) is FollowUpState.KUNDE_INTE_NAS

    @precondition(lambda self: self.follow_ups)
    @rule(at=st.integers(0, 20), days=few_days, why=texts)
    def move(self, at: int, days: int, why: str) -> None:
        one = self.pick(at)
        moved = self.attempt(lambda: follow_ups.move(one, to=self.today + days * DAY, why=why, today=self.today))
        if moved is not None:
            self.keep([moved])
            assert (moved.original_due_on, bool(why)) == (one.original_due_on, True)

    def pick(self, at: int) -> FollowUp:
        every = list(self.follow_ups.values())
        return every[at % len(every)]

    # What always holds

    @invariant()
    def the_state_follows_from_the_facts(self) -> None:
        assert referrals.state_of(self.referral) is self.expected

    @invariant()
    def at_most_one_episode_is_open_and_it_is_the_last(self) -> None:
        assert all(one.discharged_on is not None for one in self.episodes[:-1])

    @invariant()
    def an_ended_episode_has_no_open_follow_up_but_those_that_its_end_began(self) -> None:
        for episode in self.episodes:
            anchors = {one.anchor for one in self.of(episode) if follow_ups.is_open(one)}
            if episode.discharged_on is None:
                assert anchors == {Anchor.ENROLMENT}
            else:
                assert anchors <= {Anchor.DISCHARGE}

    @invariant()
    def nobody_is_followed_up_after_a_quiet_reason(self) -> None:
        for episode in self.episodes:
            if episode.discharge_reason in QUIET_REASONS:
                assert not any(map(follow_ups.is_open, self.of(episode)))

    @invariant()
    def everybody_else_is_followed_up_after_the_end(self) -> None:
        for episode in self.episodes:
            if episode.discharged_on is not None and episode.discharge_reason not in QUIET_REASONS:
                begun = {
                    one.months for one in self.of(episode) if one.anchor is Anchor.DISCHARGE and not one.cancelled_on
                }
                assert begun == set(AFTERWARDS.months)

    @invariant()
    def no_entry_of_a_schedule_is_planned_twice(self) -> None:
        entries = [(one.episode_id, one.anchor, one.months) for one in self.follow_ups.values()]
        assert len(set(entries)) == len(entries)

    @invariant()
    def an_open_follow_up_is_its_handlaggares(self) -> None:
        for episode in self.episodes:
            if episode.discharged_on is None:
                owners = {one.owner_id for one in self.of(episode) if follow_ups.is_open(one)}
                assert owners == {episode.case_worker_id}


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
