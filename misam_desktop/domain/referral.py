"""A remiss from one authority to the forum, and its life over stored facts (process.md §2).

The state is never stored: it follows from who did what when.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from misam_desktop.domain.codes import Education, Outcome, Priority, Purpose, Referrer, RereferralReason
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import (
    ActivityId,
    ContactId,
    EpisodeId,
    MeetingId,
    PersonId,
    ReferralId,
    UnitId,
)
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.tells import INCOME, NOTE, PLAN, QUESTION, SOCIAL, WORK


class TextRequired(UserError):
    """A field that must hold a text is empty."""

    code = "text_required"


class AlreadyConcluded(UserError):
    """The forum has already recorded an outcome for this referral."""

    code = "already_concluded"


class NotConcluded(UserError):
    """There is no outcome to take back."""

    code = "not_concluded"


class NotBeforeForum(UserError):
    """The referral is a draft, or was withdrawn: it does not stand before the forum."""

    code = "not_before_forum"


class AlreadySubmitted(UserError):
    """The referral has already been put before the forum."""

    code = "already_submitted"


class NotWithdrawable(UserError):
    """Only a referral that still waits can be withdrawn."""

    code = "not_withdrawable"


class NotEditable(UserError):
    """The forum has answered: the referral can no longer be changed."""

    code = "not_editable"


class OutcomeBeforeReferral(UserError):
    """The forum cannot have answered before the referral was made."""

    code = "outcome_before_referral"


class OutcomeNotOffered(UserError):
    """The activity does not use this outcome."""

    code = "outcome_not_offered"


class NotAccepted(UserError):
    """Only a referral with the outcome «antas» can be enrolled."""

    code = "not_accepted"


class FutureDate(UserError):
    """A date of something that has happened lies in the future."""

    code = "future_date"


class ReferralState(StrEnum):
    """Where a referral stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    COMPLETING = "completing"
    ACCEPTED = "accepted"
    ENROLLED = "enrolled"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"


QUEUED = frozenset({ReferralState.WAITING, ReferralState.COMPLETING})
"""The states in which a referral stands in the queue of the next forum."""
EDITABLE = QUEUED | {ReferralState.DRAFT}
"""The states in which a referral may be changed or withdrawn."""


TAKES_MORE = frozenset({Outcome.ANTAS, Outcome.ATER, Outcome.REGULJAR, Outcome.EJ_BEHOV})
"""The outcomes that end the referral: NAFS and SIP can be ticked beside them (codelists.md, «Forumets bedömning»)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One referral with its entry profile, and what the forum concluded.

    ``unit_id`` is None for «Annan»; ``kept_by`` is then the unit that took it in. ``support_months`` is the time in
    offentlig försörjning in months.
    ``close_cooperation`` answers the third box of the target group by hand.
    """

    purpose: ClassVar[Purpose] = Purpose.SAMVERKAN

    id: ReferralId
    person_id: PersonId
    activity_id: ActivityId
    referrer: Referrer
    unit_id: UnitId | None
    kept_by: UnitId | None = None
    contact_id: ContactId | None = None
    supplied_by: str = ""
    referred_on: date
    question: Annotated[str, QUESTION] = ""
    needed_unit_ids: Annotated[tuple[UnitId, ...], QUESTION] = ()
    needed_why: Annotated[str, QUESTION] = ""
    close_cooperation: Annotated[bool | None, QUESTION] = None
    target_reason: Annotated[str, QUESTION] = ""
    education: Annotated[Education, WORK] = Education.OKAND
    livelihoods: Annotated[Livelihoods, INCOME]
    support_months: Annotated[int | None, INCOME] = None
    sgi0: Annotated[bool, INCOME] = False
    priorities: Annotated[tuple[Priority, ...], SOCIAL] = ()
    earlier_episode_id: EpisodeId | None = None
    rereferral_reason: Annotated[RereferralReason | None, PLAN] = None
    not_held: Annotated[str, NOTE] = ""
    submitted_at: datetime | None = None
    withdrawn_on: date | None = None
    withdrawn_why: Annotated[str, PLAN] = ""
    reviewed_on: date | None = None
    outcome: Outcome | None = None
    outcome_on: date | None = None
    outcome_text: Annotated[str, PLAN] = ""
    outcome_meeting_id: MeetingId | None = None
    also_nafs: bool = False
    also_sip: bool = False
    episode_id: EpisodeId | None = None
    version: int = 1

    @property
    def home_id(self) -> UnitId | None:
        """The unit whose the referral is, and what it tells."""
        return self.unit_id or self.kept_by

    @property
    def is_rereferral(self) -> bool:
        """Whether the person comes back within the window after an earlier discharge."""
        return self.earlier_episode_id is not None


def state_of(referral: Referral) -> ReferralState:
    """Where the referral stands, from its facts."""
    if referral.withdrawn_on is not None:
        return ReferralState.WITHDRAWN
    if referral.submitted_at is None:
        return ReferralState.DRAFT
    if referral.episode_id is not None:
        return ReferralState.ENROLLED
    match referral.outcome:
        case None:
            return ReferralState.WAITING
        case Outcome.KOMPLETTERA:
            return ReferralState.COMPLETING
        case Outcome.ANTAS:
            return ReferralState.ACCEPTED
    return ReferralState.CONCLUDED


def submit(referral: Referral, *, now: datetime, today: date) -> Referral:
    """The referral as it stands before the forum. Raises AlreadySubmitted, TextRequired, FutureDate."""
    if state_of(referral) not in {ReferralState.DRAFT, ReferralState.COMPLETING}:
        raise AlreadySubmitted
    must_be_complete(referral, today=today)
    return _without_outcome(replace(referral, submitted_at=now))


def must_be_complete(referral: Referral, *, today: date) -> None:
    """Raises TextRequired, FutureDate: what no referral before the forum may lack."""
    if not referral.question.strip():
        raise TextRequired(field="question")
    if referral.referred_on > today:
        raise FutureDate(field="referred_on")


def as_rereferral(referral: Referral, *, after: EpisodeId, reason: RereferralReason, not_held: str) -> Referral:
    """The referral as one that takes a person back after an episode, with what did not hold. Raises TextRequired."""
    if not not_held.strip():
        raise TextRequired(field="not_held")
    return replace(referral, earlier_episode_id=after, rereferral_reason=reason, not_held=not_held.strip())


def conclude(
    referral: Referral,
    outcome: Outcome,
    *,
    on: date,
    meeting_id: MeetingId | None,
    text: str = "",
    also_nafs: bool = False,
    also_sip: bool = False,
    offered: tuple[Outcome, ...] = tuple(Outcome),
    text_required: tuple[Outcome, ...] = (Outcome.ATER, Outcome.KOMPLETTERA),
) -> Referral:
    """The referral as it stands after the forum's assessment.

    Raises AlreadyConcluded, NotBeforeForum, OutcomeBeforeReferral, OutcomeNotOffered, TextRequired.
    """
    _must_be_queued(referral)
    if on < referral.referred_on:
        raise OutcomeBeforeReferral
    if outcome not in offered:
        raise OutcomeNotOffered
    if outcome in text_required and not text.strip():
        raise TextRequired(field="text")
    beside = outcome in TAKES_MORE
    return replace(
        referral,
        outcome=outcome,
        outcome_on=on,
        outcome_text=text.strip(),
        outcome_meeting_id=meeting_id,
        also_nafs=beside and also_nafs,
        also_sip=beside and also_sip,
    )


def _must_be_queued(referral: Referral) -> None:
    state = state_of(referral)
    if state in {ReferralState.DRAFT, ReferralState.WITHDRAWN}:
        raise NotBeforeForum
    if state not in QUEUED:
        raise AlreadyConcluded


def take_back_outcome(referral: Referral) -> Referral:
    """The referral as it stood before the outcome; not once it is enrolled or withdrawn. Raises NotConcluded."""
    if referral.outcome is None or referral.episode_id is not None or referral.withdrawn_on is not None:
        raise NotConcluded
    return _without_outcome(referral)


def _without_outcome(referral: Referral) -> Referral:
    return replace(
        referral,
        outcome=None,
        outcome_on=None,
        outcome_text="",
        outcome_meeting_id=None,
        also_nafs=False,
        also_sip=False,
    )


def withdraw(referral: Referral, *, on: date, why: str) -> Referral:
    """The referral taken back by the authority that sent it. Raises NotWithdrawable, TextRequired."""
    if state_of(referral) not in EDITABLE:
        raise NotWithdrawable
    if not why.strip():
        raise TextRequired(field="why")
    return replace(referral, withdrawn_on=on, withdrawn_why=why.strip())


def must_be_editable(referral: Referral) -> None:
    """Raises NotEditable once the forum has answered or the referral was withdrawn."""
    if state_of(referral) not in EDITABLE:
        raise NotEditable


def confirm_still_waiting(referral: Referral, *, on: date) -> Referral:
    """The referral as its authority has just gone through it («remissöversyn»). Raises NotBeforeForum."""
    if state_of(referral) not in QUEUED:
        raise NotBeforeForum
    return replace(referral, reviewed_on=on)


def mark_enrolled(referral: Referral, episode_id: EpisodeId) -> Referral:
    """The referral once its episode has begun. Raises NotAccepted."""
    if state_of(referral) is not ReferralState.ACCEPTED:
        raise NotAccepted
    return replace(referral, episode_id=episode_id)
