"""What a SIP waits for: the one thing that takes it on, and by when (process.md §8)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from misam_desktop.domain.sip import LetterState, Sip, SipParty, letter_state
from misam_desktop.domain.sip_plan import SipPlan, current

SOON = timedelta(days=14)
"""How far ahead a meeting, and the day on which a plan is followed up, is told of."""


class SipStep(StrEnum):
    """What there is to do, in the order in which a SIP goes on."""

    BEGIN = "begin"
    SET_MEETING = "set_meeting"
    SEND = "send"
    ANSWERS = "answers"
    MEET = "meet"
    FINISH = "finish"
    FOLLOW_UP = "follow_up"


class Waits(NamedTuple):
    """One thing, with its last day; or, for what has none, since when it waits."""

    step: SipStep
    due_on: date | None = None
    since: date | None = None


def what_waits(sip: Sip, parties: Collection[SipParty], plans: Collection[SipPlan], *, today: date) -> Waits | None:
    """What takes the SIP on now; nothing once it has ended, or while its plan need not be followed up yet."""
    if sip.ended_on is not None:
        return None
    if sip.begun_on is None:
        return Waits(SipStep.BEGIN, since=sip.need_on)
    if sip.meeting_on is not None and sip.meeting_on >= today:
        return _before_meeting(sip, sip.meeting_on, parties, today=today)
    plan = current(plans)
    if plan is not None and plan.finished_on is not None:
        due_on = plan.follow_up_on
        return Waits(SipStep.FOLLOW_UP, due_on) if due_on is not None and due_on - today <= SOON else None
    if sip.meeting_on is not None:
        return Waits(SipStep.FINISH, since=sip.meeting_on)
    return Waits(SipStep.SET_MEETING, since=sip.begun_on) if plan is None else Waits(SipStep.FINISH, since=sip.begun_on)


def _before_meeting(sip: Sip, on: date, parties: Collection[SipParty], *, today: date) -> Waits | None:
    if not parties or any(letter_state(sip, one) is not LetterState.SENT for one in parties):
        return Waits(SipStep.SEND, on)
    if any(one.answer is None for one in parties):
        return Waits(SipStep.ANSWERS, on)
    return Waits(SipStep.MEET, on) if on - today <= SOON else None
