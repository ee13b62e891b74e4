"""The same life as in the tests of the rules, but through the commands on a real store, by three people at once.

Whatever they do in whatever order: only errors that the program can explain come of it, a refusal changes nothing, and
at the end every check of the store holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from misam_desktop import vault
from misam_desktop.commands import consents, episodes, follow_ups, forum, referrals
from misam_desktop.commands.stores import door_of
from misam_desktop.domain import follow_up as follow_up_rules
from misam_desktop.domain.activity import Anchor
from misam_desktop.domain.codes import DischargeReason, Outcome, Purpose, RereferralReason, Role
from misam_desktop.domain.episode import AssignmentRole
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.intake import facts_of
from misam_desktop.domain.referral import ReferralState, state_of
from misam_desktop.queries.verify import verify
from misam_desktop.store import rows
from misam_desktop.unlocking import unlock
from misam_desktop.vault import Request, Vault
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    MISAM,
    agrees,
    all_of,
    asks,
    colleague,
    contact_of,
    content,
    ends,
    found,
    on,
    one,
    somebody,
)
from tests.conftest import CLOCK, PASSWORD, TODAY, WEAK_BOUNDS, found_store

T = TypeVar("T")
DAY = timedelta(days=1)
PERSONS = [somebody(serial) for serial in (980, 982)]
few_days = st.integers(-2, 12)
at = st.integers(0, 7)
texts = st.sampled_from(["", "Planeringen höll inte"])
logins = st.sampled_from(["karin", "karin", "jonas", "lena"])


def holds(mapper: rows.Rows[Any]) -> Callable[[Any], bool]:
    """Whether the store has one of these to do something with."""
    return lambda life: bool(all_of(life.karin, mapper))


class Life(RuleBasedStateMachine):
    """Two persons and what three colleagues try with their cases."""

    def __init__(self) -> None:
        super().__init__()
        self.folder, self.patch = TemporaryDirectory(), pytest.MonkeyPatch()
        numbers = count(1)
        self.patch.setattr(vault, "fresh_id", lambda: f"{next(numbers):032x}")  # the same life again gives the same ids
        self.path = found_store(Path(self.folder.name) / "prov.misam")
        self.day = TODAY
        karin, jonas = (self.unlocked(login) for login in ("karin", "jonas"))
        lena = colleague(karin, "lena", Role.HANDLAGGARE, unit_id=FK)
        self.vaults = {"karin": karin, "jonas": jonas, "lena": lena}

    def unlocked(self, login: str) -> Vault:
        return unlock(self.path, login=login, password=PASSWORD, clock=CLOCK, bounds=WEAK_BOUNDS)

    @property
    def karin(self) -> Vault:
        return self.vaults["karin"]

    def teardown(self) -> None:
        checks = self.karin.ask(verify(key_file_beside=door_of(self.path, bounds=WEAK_BOUNDS).key_file))
        for login in ("karin", "jonas"):
            self.vaults[login].close()
        self.folder.cleanup()
        self.patch.undo()
        assert [check.name for check in checks if not check.ok] == []

    def try_to(self, request: Request[T], by: str = "karin") -> T | None:
        """What the command gives, or None when it is refused and has changed nothing."""
        before = content(self.karin)
        try:
            return on(self.vaults[by], self.day).do(request).value
        except UserError:
            assert content(self.karin) == before
            return None

    def pick(self, mapper: rows.Rows[Any], n: int) -> Any:
        every = all_of(self.karin, mapper)
        return every[n % len(every)]

    # Time, and what comes next by itself

    @rule(days=st.integers(1, 150))
    def time_passes(self, days: int) -> None:
        self.day += days * DAY

    @rule(person=st.sampled_from(PERSONS), stages=st.integers(1, 4))
    def a_case_goes_on(self, person: Any, stages: int) -> None:
        referral = self.make(person, "jonas", complete=True)
        if referral is None or stages < 2:
            return
        meeting = self.try_to(forum.open_forum(MISAM, on=self.day))
        self.try_to(forum.record_outcome(referral.id, Outcome.ANTAS, meeting_id=meeting.id if meeting else None))
        episode = self.enrol_one(referral.id, 0) if stages > 2 else None
        if episode is not None and stages > 3:
            self.try_to(episodes.discharge(episode.id, ends(on=self.day)), "jonas")

    def make(self, person: Any, by: str, *, complete: bool) -> Any:
        facts = asks(referred_on=self.day, question="Vad behövs?" if complete else "")
        consent = agrees(from_on=self.day) if complete else None
        return self.try_to(referrals.make_referral(person, facts, consent=consent, submit=complete), by)

    def enrol_one(self, referral_id: Any, days_ago: int) -> Any:
        return self.try_to(
            episodes.enrol(
                referral_id,
                enrolled_on=self.day - days_ago * DAY,
                commissioner_id=IFO,
                case_worker_id=contact_of(self.vaults["jonas"]),
            )
        )

    # Referrals and consents

    @rule(person=st.sampled_from(PERSONS), by=logins, complete=st.booleans())
    def make_referral(self, person: Any, by: str, complete: bool) -> None:
        self.make(person, by, complete=complete)

    @precondition(holds(rows.referrals))
    @rule(n=at, by=logins, what=st.integers(0, 6), outcome=st.sampled_from(Outcome), text=texts, days_ago=few_days)
    def something_is_done_to_a_referral(
        self, n: int, by: str, what: int, outcome: Outcome, text: str, days_ago: int
    ) -> None:
        referral = self.pick(rows.referrals, n)
        person = one(self.karin, rows.persons, referral.person_id)
        steps: list[Callable[[], Request[Any]]] = [
            lambda: referrals.submit_referral(referral.id, consent=agrees(from_on=self.day) if text else None),
            lambda: referrals.change_referral(
                referral.id,
                replace(PERSONS[0], number=person.number),
                replace(facts_of(referral), question=text, referred_on=self.day - days_ago * DAY),
                seen=referral.version,
            ),
            lambda: referrals.withdraw_referral(referral.id, why=text),
            lambda: forum.record_outcome(referral.id, outcome, meeting_id=None, text=text),
            lambda: forum.take_back_outcome(referral.id),
            lambda: consents.record_consent(referral.id, agrees(from_on=self.day - days_ago * DAY)),
            lambda: referrals.confirm_waiting(referral.id),
        ]
        self.try_to(steps[what](), by)

    @precondition(holds(rows.consents))
    @rule(n=at, by=logins, days_ago=few_days, renew=st.booleans())
    def a_consent_is_renewed_or_taken_back(self, n: int, by: str, days_ago: int, renew: bool) -> None:
        consent, day = self.pick(rows.consents, n), self.day - days_ago * DAY
        if renew:
            self.try_to(consents.renew_consent(consent.id, until_on=day, paper_at=""), by)
        else:
            self.try_to(consents.withdraw_consent(consent.id, on=day), by)

    # Episodes

    @precondition(holds(rows.referrals))
    @rule(n=at, days_ago=few_days)
    def enrol(self, n: int, days_ago: int) -> None:
        self.enrol_one(self.pick(rows.referrals, n).id, days_ago)

    @precondition(holds(rows.episodes))
    @rule(n=at, by=logins, role=st.sampled_from(AssignmentRole), who=logins, days_ago=few_days)
    def change_hands(self, n: int, by: str, role: AssignmentRole, who: str, days_ago: int) -> None:
        episode, from_on = self.pick(rows.episodes, n), self.day - days_ago * DAY
        is_unit = role is AssignmentRole.COMMISSIONER
        self.try_to(
            episodes.reassign(
                episode.id,
                role,
                from_on=from_on,
                unit_id=AF if is_unit else None,
                contact_id=None if is_unit else contact_of(self.vaults[who]),
            ),
            by,
        )

    @precondition(holds(rows.episodes))
    @rule(n=at, by=logins, reason=st.sampled_from(DischargeReason), days_ago=few_days)
    def discharge(self, n: int, by: str, reason: DischargeReason, days_ago: int) -> None:
        episode = self.pick(rows.episodes, n)
        facts = ends(on=self.day - days_ago * DAY, reason=reason, text="Fel person")
        self.try_to(episodes.discharge(episode.id, facts), by)

    @precondition(holds(rows.episodes))
    @rule(n=at, by=logins)
    def undo_discharge(self, n: int, by: str) -> None:
        self.try_to(episodes.undo_discharge(self.pick(rows.episodes, n).id), by)

    @precondition(holds(rows.episodes))
    @rule(n=at, by=logins, not_held=texts, agreed=st.booleans())
    def refer_again(self, n: int, by: str, not_held: str, agreed: bool) -> None:
        self.try_to(
            referrals.refer_again(
                self.pick(rows.episodes, n).id,
                asks(referred_on=self.day),
                reason=RereferralReason.INTE_HALLIT,
                not_held=not_held,
                consent=agrees(from_on=self.day, purposes=(Purpose.SAMVERKAN if agreed else Purpose.UPPFOLJNING,)),
            ),
            by,
        )

    # Follow-ups

    @precondition(holds(rows.follow_ups))
    @rule(n=st.integers(0, 20), by=logins, what=st.integers(0, 2), days=few_days, text=texts)
    def something_is_done_to_a_follow_up(self, n: int, by: str, what: int, days: int, text: str) -> None:
        follow_up, day = self.pick(rows.follow_ups, n), self.day + days * DAY
        steps: list[Request[Any]] = [
            follow_ups.record_follow_up(follow_up.id, found(done_on=self.day - days * DAY)),
            follow_ups.not_reached(follow_up.id, tried_on=self.day, retry_on=day),
            follow_ups.move_follow_up(follow_up.id, to=day, why=text),
        ]
        self.try_to(steps[what], by)

    # What always holds

    @invariant()
    def a_referral_is_enrolled_exactly_when_its_episode_is_there(self) -> None:
        began = {each.referral_id: each.id for each in all_of(self.karin, rows.episodes)}
        for referral in all_of(self.karin, rows.referrals):
            assert (state_of(referral) is ReferralState.ENROLLED) is (referral.id in began)
            assert referral.episode_id == began.get(referral.id)

    @invariant()
    def a_person_has_at_most_one_open_episode(self) -> None:
        persons = [each.person_id for each in all_of(self.karin, rows.episodes) if each.discharged_on is None]
        assert len(set(persons)) == len(persons)

    @invariant()
    def an_open_episode_has_its_next_follow_up_and_an_ended_one_none(self) -> None:
        open_ones = [each for each in all_of(self.karin, rows.follow_ups) if follow_up_rules.is_open(each)]
        for episode in all_of(self.karin, rows.episodes):
            mine = [each for each in open_ones if each.episode_id == episode.id]
            assert {each.anchor for each in mine} == ({Anchor.ENROLMENT} if episode.discharged_on is None else set())
            assert {each.owner_id for each in mine} <= {episode.case_worker_id}

    @invariant()
    def what_is_before_the_forum_has_its_question(self) -> None:
        for referral in all_of(self.karin, rows.referrals):
            assert referral.submitted_at is None or referral.question


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
