"""A SIP: the need, the preparation, who is called and invited, the meeting and the end (process.md §8).

It stands alone, with its own consent, beside whatever else the person has. Its plan is ``domain.sip_plan``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from misam_desktop.domain.codes import Agency, Purpose
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, CaseId, ContactId, PersonId, SipPartyId, UnitId
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.domain.referral import FutureDate, TextRequired
from misam_desktop.domain.tells import BASICS, NOTE, QUESTION

PRINCIPALS = frozenset({Agency.KOMMUN, Agency.REGION})
"""Huvudmän: who can judge that a SIP is needed, are called to it, and can hold the overall responsibility."""


class NotAPrincipal(UserError):
    """Only kommun or region judges that a SIP is needed, and only they hold the overall responsibility."""

    code = "not_a_principal"


class SipEnded(UserError):
    """The SIP has ended; what was written in it stands."""

    code = "sip_ended"


class SipNotPut(UserError):
    """Nobody else is called or invited before the person has agreed to the SIP."""

    code = "sip_not_put"


class SipWithoutMeeting(UserError):
    """There is no day to call to yet."""

    code = "sip_without_meeting"


class MeetingBeforeNeed(UserError):
    """The meeting lies before the day on which the need was seen."""

    code = "meeting_before_need"


class AlreadyParty(UserError):
    """They stand among those who take part already."""

    code = "already_party"


class RelativesDeclined(UserError):
    """The person does not want relatives to take part."""

    code = "relatives_declined"


class RelativesNotAsked(UserError):
    """Nobody has asked the person whether relatives may take part."""

    code = "relatives_not_asked"


class AlreadyInvited(UserError):
    """They have the letter to the meeting as it is planned now."""

    code = "already_invited"


class NotInvited(UserError):
    """They have no letter to the meeting as it is planned now: there is nothing to answer."""

    code = "not_invited"


class PartyInvited(UserError):
    """Who has had a letter stays among those who take part; they can say that they do not come."""

    code = "party_invited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sip:
    """One SIP of one person.

    ``unit_id`` has judged that it is needed and is its home, ``contact_id`` holds it together there. ``begun_on`` is
    the day of the first work on it, ``submitted_at`` when it was put to the parties under the person's consent, before
    that it is its unit's draft. ``meeting_no`` counts the days that have been set: 0 is none, and a letter to an
    earlier one is old. ``code`` is what the person stands under on that day's dagordning, for as long as codes are kept
    (``meeting.CODES_KEPT``); a protected person has none. ``relatives`` is what the person says of relatives taking
    part, None while nobody has asked.
    """

    purpose: ClassVar[Purpose] = Purpose.SIP

    id: CaseId
    person_id: PersonId
    activity_id: ActivityId
    unit_id: UnitId
    contact_id: ContactId
    need_on: date
    need_why: Annotated[str, QUESTION] = ""
    important: Annotated[str, NOTE] = ""
    questions: Annotated[str, QUESTION] = ""
    wanted: Annotated[str, NOTE] = ""
    unwanted: Annotated[str, NOTE] = ""
    relatives: Annotated[bool | None, NOTE] = None
    begun_on: date | None = None
    submitted_at: datetime | None = None
    meeting_on: date | None = None
    meeting_time: str = ""
    meeting_place: str = ""
    meeting_no: int = 0
    code: Pseudonym | None = None
    ended_on: date | None = None
    evaluation: Annotated[str, NOTE] = ""
    version: int = 1

    @property
    def home_id(self) -> UnitId:
        """The unit whose the SIP is, and what it tells."""
        return self.unit_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SipFacts:
    """What the form of a need says; the person and the consent have forms of their own."""

    activity_id: ActivityId
    unit_id: UnitId
    contact_id: ContactId
    need_on: date
    need_why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What the person says before the meeting: «Vad är viktigt för dig?», which questions, who shall come and who not.

    Whether an interpreter is needed stands on the person.
    """

    important: str = ""
    questions: str = ""
    wanted: str = ""
    unwanted: str = ""
    relatives: bool | None = None


class PartyKind(StrEnum):
    """Who takes part in a SIP."""

    ENHET = "enhet"
    PERSONEN = "personen"
    NARSTAENDE = "narstaende"
    ANNAN = "annan"


class SipLetter(StrEnum):
    """What asks somebody to the meeting."""

    KALLELSE = "kallelse"
    INBJUDAN = "inbjudan"


class SipAnswer(StrEnum):
    """What somebody says to being asked."""

    KOMMER = "kommer"
    NY_TID = "ny_tid"
    KOMMER_INTE = "kommer_inte"


@dataclass(frozen=True, slots=True, kw_only=True)
class SipParty:
    """Somebody who takes part. ``sent_no`` is which of the meeting's days the last letter was to, 0 is none.

    ``answer_text`` says when instead, or why somebody does not come.
    """

    id: SipPartyId
    case_id: CaseId
    kind: PartyKind
    unit_id: UnitId | None = None
    name: Annotated[str, BASICS] = ""
    sent_no: int = 0
    sent_on: date | None = None
    answer: SipAnswer | None = None
    answer_text: Annotated[str, NOTE] = ""
    answered_on: date | None = None
    version: int = 1


class LetterState(StrEnum):
    """Where the letter to one of those who take part stands."""

    DUE = "due"
    SENT = "sent"
    OLD = "old"


class SipState(StrEnum):
    """Where a SIP stands, in the order in which it goes on."""

    NEED = "need"
    PREPARED = "prepared"
    CALLED = "called"
    PLANNED = "planned"
    FOLLOWED = "followed"
    ENDED = "ended"


def state_of(sip: Sip, *, has_plan: bool, is_finished: bool) -> SipState:
    """Where the SIP stands; ``has_plan`` whether one has been begun, ``is_finished`` whether one is locked."""
    reached = {
        SipState.ENDED: sip.ended_on is not None,
        SipState.FOLLOWED: is_finished,
        SipState.PLANNED: has_plan,
        SipState.CALLED: sip.meeting_on is not None,
        SipState.PREPARED: sip.submitted_at is not None,
    }
    return next((state for state, is_there in reached.items() if is_there), SipState.NEED)


def days_to_work(sip: Sip, *, today: date) -> int:
    """How many days lie between the need and the first work, or today while there is none («utan dröjsmål»)."""
    return ((sip.begun_on or today) - sip.need_on).days


def must_be_principal(agency: Agency, *, field: str) -> None:
    """Raises NotAPrincipal."""
    if agency not in PRINCIPALS:
        raise NotAPrincipal(field=field)


def begin(facts: SipFacts, sip_id: CaseId, *, person_id: PersonId, judged_by: Agency, today: date) -> Sip:
    """A SIP whose need has been seen. Raises NotAPrincipal, FutureDate, TextRequired."""
    must_be_principal(judged_by, field="unit_id")
    if facts.need_on > today:
        raise FutureDate(field="need_on")
    said: dict[str, Any] = {name: getattr(facts, name) for name in SipFacts.__slots__}
    said["need_why"] = _said(facts.need_why, field="need_why")
    return Sip(id=sip_id, person_id=person_id, **said)


def must_go_on(sip: Sip) -> None:
    """Raises SipEnded."""
    if sip.ended_on is not None:
        raise SipEnded


def put_to_parties(sip: Sip, *, now: datetime) -> Sip:
    """The SIP as others can be called to it. Raises SipEnded."""
    must_go_on(sip)
    return sip if sip.submitted_at else replace(sip, submitted_at=now)


def prepare(sip: Sip, said: Preparation, *, today: date) -> Sip:
    """The SIP with what the person says before the meeting: the first work on it. Raises SipEnded."""
    must_go_on(sip)
    told = {name: getattr(said, name) for name in Preparation.__slots__}
    stripped: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in told.items()
    }
    return replace(sip, begun_on=sip.begun_on or today, **stripped)


def set_meeting(sip: Sip, *, on: date, time: str, place: str, today: date) -> Sip:
    """The SIP with the day, time and place of its meeting; another than before makes the letters to that one old.

    Its code goes with the day that it was for.

    Raises SipEnded, SipNotPut, MeetingBeforeNeed.
    """
    must_go_on(sip)
    if sip.submitted_at is None:
        raise SipNotPut
    if on < sip.need_on:
        raise MeetingBeforeNeed(field="on")
    new = (on, time.strip(), place.strip())
    if new == (sip.meeting_on, sip.meeting_time, sip.meeting_place):
        return sip
    day, clock, where = new
    begun_on = sip.begun_on or today
    return replace(
        sip,
        meeting_on=day,
        meeting_time=clock,
        meeting_place=where,
        meeting_no=sip.meeting_no + 1,
        code=None,
        begun_on=begun_on,
    )


def end(sip: Sip, *, on: date, evaluation: str, today: date) -> Sip:
    """The SIP ended, with what came of it. Raises SipEnded, FutureDate, TextRequired."""
    must_go_on(sip)
    if on > today:
        raise FutureDate(field="on")
    return replace(sip, ended_on=on, evaluation=_said(evaluation, field="evaluation"))


def take_part(
    sip: Sip,
    party_id: SipPartyId,
    kind: PartyKind,
    *,
    unit_id: UnitId | None,
    name: str,
    already: Iterable[SipParty],
) -> SipParty:
    """Somebody who shall take part. Raises SipEnded, RelativesDeclined, AlreadyParty, TextRequired."""
    must_go_on(sip)
    if kind is PartyKind.NARSTAENDE and sip.relatives is False:
        raise RelativesDeclined(field="kind")
    is_unit, is_named = kind is PartyKind.ENHET, kind in {PartyKind.NARSTAENDE, PartyKind.ANNAN}
    if is_unit and unit_id is None:
        raise TextRequired(field="unit_id")
    who = (kind, unit_id if is_unit else None, _said(name, field="name") if is_named else "")
    if who in {(one.kind, one.unit_id, one.name) for one in already}:
        raise AlreadyParty(field="unit_id" if is_unit else "name" if is_named else "kind")
    return SipParty(id=party_id, case_id=sip.id, kind=kind, unit_id=who[1], name=who[2])


def letter_of(agency: Agency | None) -> SipLetter:
    """A huvudman is called, others are invited; no agency is a person, who is invited."""
    return SipLetter.KALLELSE if agency in PRINCIPALS else SipLetter.INBJUDAN


def letter_state(sip: Sip, party: SipParty) -> LetterState:
    """Where the letter to somebody stands, by the meeting as it is planned now."""
    if party.sent_no == 0:
        return LetterState.DUE
    return LetterState.SENT if party.sent_no == sip.meeting_no else LetterState.OLD


def must_be_asked(sip: Sip, party: SipParty) -> None:
    """Whether somebody may be asked to the meeting: a relative only where the person has said yes to it.

    Raises SipEnded, SipWithoutMeeting, RelativesDeclined, RelativesNotAsked.
    """
    must_go_on(sip)
    if sip.meeting_on is None:
        raise SipWithoutMeeting
    if party.kind is PartyKind.NARSTAENDE and not sip.relatives:
        raise RelativesNotAsked if sip.relatives is None else RelativesDeclined


def send(sip: Sip, party: SipParty, *, today: date) -> SipParty:
    """The party with a letter to the meeting; what was answered to an earlier one is no answer to this.

    Raises AlreadyInvited, and what ``must_be_asked`` does.
    """
    must_be_asked(sip, party)
    if letter_state(sip, party) is LetterState.SENT:
        raise AlreadyInvited
    sent = replace(party, sent_no=sip.meeting_no, sent_on=today)
    return replace(sent, answer=None, answer_text="", answered_on=None)


def answer(sip: Sip, party: SipParty, said: SipAnswer, *, text: str, today: date) -> SipParty:
    """The party with its answer; another time and a no say more. Raises SipEnded, NotInvited, TextRequired."""
    must_go_on(sip)
    if letter_state(sip, party) is not LetterState.SENT:
        raise NotInvited
    told = text.strip() if said is SipAnswer.KOMMER else _said(text, field="text")
    return replace(party, answer=said, answer_text=told, answered_on=today)


def must_be_removable(party: SipParty) -> None:
    """Raises PartyInvited."""
    if party.sent_no:
        raise PartyInvited


def _said(text: str, *, field: str) -> str:
    if not text.strip():
        raise TextRequired(field=field)
    return text.strip()
