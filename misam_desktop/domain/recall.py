"""What must be called back: papers of a meeting that tell of a case which they may not tell of any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import NamedTuple

from misam_desktop.domain.agenda import last_signed
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.ids import CaseId
from misam_desktop.domain.meeting import Meeting, MeetingState, state_of
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.scope import deciding


class Why(Enum):
    """Why papers are called back: what has become of the case, its person or its consent since they were given."""

    PROTECTED = "protected"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    NARROWED = "narrowed"
    TAKEN_OFF = "taken_off"


class Recall(NamedTuple):
    """The papers that tell of one case under one code, and who got each."""

    case_id: CaseId
    code: Pseudonym
    why: Why
    given: tuple[Disclosure, ...]


class OnMeeting(NamedTuple):
    """One case at one meeting: all its consents, and the code that it stands under on the agenda now, if it does.

    ``protected`` is whether its person has a protected identity by now.
    """

    case: NafsCase | Referral
    meeting: Meeting
    consents: tuple[Consent, ...]
    code: Pseudonym | None
    protected: bool


def to_recall(there: OnMeeting, given: Iterable[Disclosure], *, today: date) -> list[Recall]:
    """What of all that was ``given`` of the case must come back, in the order in which it was given."""
    found: dict[tuple[Pseudonym, Why], list[Disclosure]] = {}
    for one in sorted(given, key=lambda act: (act.at, act.id)):
        if one.meeting_id == there.meeting.id and one.paper is not None and one.code is not None:
            why = _why(there, one, today)
            if why is not None:
                found.setdefault((one.code, why), []).append(one)
    return [Recall(there.case.id, code, why, tuple(acts)) for (code, why), acts in found.items()]


def _why(there: OnMeeting, one: Disclosure, today: date) -> Why | None:
    case, meeting = there.case, there.meeting
    if one.recalled_on is not None:
        return None
    if there.protected:
        return Why.PROTECTED
    if case.withdrawn_on is not None and case.withdrawn_on <= meeting.on:
        return Why.WITHDRAWN
    consent = deciding(there.consents, case.purpose, today)
    if _is_taken_back(there, consent, today):
        return Why.ENDED
    if consent is not None and one.unit_id != case.unit_id and not _covers(consent, one):
        return Why.NARROWED
    is_off = one.code != there.code and state_of(meeting) is not MeetingState.CANCELLED
    return Why.TAKEN_OFF if is_off else None


def _covers(consent: Consent, one: Disclosure) -> bool:
    return one.unit_id in consent.unit_ids and set(one.kinds) <= set(consent.kinds)


def _is_taken_back(there: OnMeeting, consent: Consent | None, today: date) -> bool:
    """A consent that has only run out since the meeting was good for what was given."""
    if deciding(there.consents, there.case.purpose, there.meeting.on) is None:
        return True
    signed = last_signed(there.consents, there.case.purpose, today)
    return consent is None and signed is not None and signed.withdrawn_on is not None
