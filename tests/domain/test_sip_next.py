"""What a SIP waits for: one thing at a time, in the order in which it goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from misam_desktop.domain.ids import SipPartyId, SipPlanId
from misam_desktop.domain.sip import PartyKind, Sip, SipAnswer, SipParty
from misam_desktop.domain.sip_next import SOON, SipStep, Waits, what_waits
from misam_desktop.domain.sip_plan import SipPlan
from tests.domain.test_sip import ENDED, PUT, SIP, meets
from tests.domain.worlds import TODAY

DAY = timedelta(days=1)
BEGUN = replace(PUT, begun_on=TODAY - DAY)
PERSON = SipParty(id=SipPartyId("p"), case_id=SIP.id, kind=PartyKind.PERSONEN)
ASKED = replace(PERSON, sent_no=1, sent_on=TODAY)
COMES = replace(ASKED, answer=SipAnswer.KOMMER)
DRAFT = SipPlan(id=SipPlanId("1"), case_id=SIP.id)
DONE = replace(DRAFT, finished_on=TODAY)


def waits(sip: Sip, *parties: SipParty, plans: tuple[SipPlan, ...] = (), on: date = TODAY) -> Waits | None:
    return what_waits(sip, parties, plans, today=on)


def test_a_need_is_begun_with_and_a_meeting_is_set() -> None:
    assert waits(SIP) == Waits(SipStep.BEGIN, since=SIP.need_on)
    assert waits(BEGUN) == Waits(SipStep.SET_MEETING, since=TODAY - DAY)
    assert waits(BEGUN, plans=(DRAFT,)) == Waits(SipStep.FINISH, since=TODAY - DAY)


def test_before_the_meeting_letters_are_sent_and_answers_waited_for() -> None:
    sip = meets()
    on = sip.meeting_on
    assert waits(sip) == waits(sip, PERSON) == waits(sip, COMES, PERSON) == Waits(SipStep.SEND, on)
    assert waits(meets(sip, time="14.00"), COMES) == Waits(SipStep.SEND, on)
    assert waits(sip, COMES, ASKED) == Waits(SipStep.ANSWERS, on)
    assert waits(sip, COMES) == Waits(SipStep.MEET, on)


@pytest.mark.parametrize(("days", "is_told"), [(SOON.days, True), (SOON.days + 1, False)])
def test_a_meeting_is_told_of_when_it_is_near(days: int, is_told: bool) -> None:
    sip = meets(on=TODAY + timedelta(days=days))
    assert (waits(sip, COMES) is not None) is is_told


def test_after_the_meeting_the_plan_is_finished() -> None:
    sip, after = meets(), TODAY + timedelta(days=8)
    for plans in ((), (DRAFT,), (DONE, replace(DRAFT, edition=2))):
        assert waits(sip, COMES, plans=plans, on=after) == Waits(SipStep.FINISH, since=sip.meeting_on)


@pytest.mark.parametrize(("days", "is_told"), [(-30, True), (SOON.days, True), (SOON.days + 1, False)])
def test_a_finished_plan_is_followed_up_when_the_day_is_near(days: int, is_told: bool) -> None:
    sip, after = meets(), TODAY + timedelta(days=40)
    plan = replace(DONE, follow_up_on=after + timedelta(days=days))
    told = Waits(SipStep.FOLLOW_UP, plan.follow_up_on) if is_told else None
    assert waits(sip, plans=(plan,), on=after) == told


def test_nothing_is_waited_for_without_a_day_or_after_the_end() -> None:
    assert waits(BEGUN, plans=(DONE,)) is None
    assert waits(ENDED) is None
