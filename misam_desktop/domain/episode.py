"""An episode («ärende», «insatsperiod») from enrolment to discharge (process.md §2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Protocol

from misam_desktop.domain.clocks import last_rereferral_day
from misam_desktop.domain.codes import Destination, DischargeReason, Education
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, ContactId, EpisodeId, PersonId, ReferralId, UnitId
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.referral import FutureDate, TextRequired
from misam_desktop.domain.tells import HEALTH, INCOME, NOTE, PLAN, WORK


class AlreadyDischarged(UserError):
    """The episode has ended: it can be read but not changed."""

    code = "already_discharged"


class NotDischarged(UserError):
    """The episode is still open."""

    code = "not_discharged"


class DischargeBeforeEnrolment(UserError):
    """The episode cannot end before it began."""

    code = "discharge_before_enrolment"


class EnrolmentBeforeReferral(UserError):
    """The episode cannot begin before the referral was made."""

    code = "enrolment_before_referral"


class LivelihoodRequired(UserError):
    """Försörjning at exit is asked for at every ordinary discharge."""

    code = "livelihood_required"


class DestinationRequired(UserError):
    """Where the person goes is asked for at every ordinary discharge."""

    code = "destination_required"


class SameAsBefore(UserError):
    """The change names what already holds."""

    code = "same_as_before"


class ChangeTooEarly(UserError):
    """The change lies before the one that holds now, or before the episode began."""

    code = "change_too_early"


class CommissionerRequired(UserError):
    """An episode always has its uppdragsgivare."""

    code = "commissioner_required"


class EpisodeOpen(UserError):
    """The person already has an open episode in this activity."""

    code = "episode_open"


class NoRereferral(UserError):
    """After this discharge, or in this activity, nobody is taken back as a re-referral."""

    code = "no_rereferral"


class RereferralTooEarly(UserError):
    """The new referral lies before the discharge."""

    code = "rereferral_too_early"


class RereferralTooLate(UserError):
    """The window after the discharge has closed: an ordinary referral is made instead."""

    code = "rereferral_too_late"


class HasNewEpisode(UserError):
    """The person has come back since: the earlier discharge stands."""

    code = "has_new_episode"


class EpisodeState(StrEnum):
    """Whether an episode goes on."""

    OPEN = "open"
    DISCHARGED = "discharged"


class AssignmentRole(StrEnum):
    """What can be reassigned during an episode, with its date."""

    COMMISSIONER = "commissioner"
    CASE_WORKER = "case_worker"
    CASE_LEAD = "case_lead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """From which day who was uppdragsgivare, handläggare or samordnare of an episode."""

    id: str
    episode_id: EpisodeId
    role: AssignmentRole
    unit_id: UnitId | None = None
    contact_id: ContactId | None = None
    from_on: date
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharge:
    """What is recorded when an episode ends; little is asked for avliden and felregistrerad.

    ``education`` None means unchanged since the entry.
    """

    on: date
    reason: DischargeReason
    destination: Destination | None = None
    livelihoods: Livelihoods | None = None
    education: Education | None = None
    after: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One participation; its entry profile stands on its referral."""

    id: EpisodeId
    person_id: PersonId
    activity_id: ActivityId
    referral_id: ReferralId
    enrolled_on: date
    commissioner_id: UnitId | None
    case_worker_id: ContactId | None = None
    case_lead_id: ContactId | None = None
    team: Annotated[str, PLAN] = ""
    education_out: Annotated[Education | None, WORK] = None
    discharged_on: date | None = None
    discharge_reason: Annotated[DischargeReason | None, HEALTH] = None
    destination: Annotated[Destination | None, WORK] = None
    livelihoods_out: Annotated[Livelihoods | None, INCOME] = None
    planning_after: Annotated[str, PLAN] = ""
    discharge_text: Annotated[str, NOTE] = ""
    version: int = 1


QUIET_REASONS = frozenset({DischargeReason.AVLIDEN, DischargeReason.FELREGISTRERAD})
"""Reasons at which nothing more is asked and no letters are made."""


def state_of(episode: Episode) -> EpisodeState:
    """Whether the episode goes on, from its facts."""
    return EpisodeState.OPEN if episode.discharged_on is None else EpisodeState.DISCHARGED


def must_be_open(episode: Episode) -> None:
    """Raises AlreadyDischarged: an ended episode is read-only."""
    if episode.discharged_on is not None:
        raise AlreadyDischarged


def must_begin_after(enrolled_on: date, *, referred_on: date, today: date) -> None:
    """Raises EnrolmentBeforeReferral, FutureDate."""
    if enrolled_on < referred_on:
        raise EnrolmentBeforeReferral(field="enrolled_on")
    if enrolled_on > today:
        raise FutureDate(field="enrolled_on")


def discharge(episode: Episode, facts: Discharge, *, today: date) -> Episode:
    """The episode as it stands after discharge.

    Raises AlreadyDischarged, DischargeBeforeEnrolment, FutureDate, TextRequired (felregistrerad wants its reason),
    LivelihoodRequired and DestinationRequired.
    """
    must_be_open(episode)
    _check_discharge(episode, facts, today=today)
    quiet = facts.reason in QUIET_REASONS
    return replace(
        episode,
        discharged_on=facts.on,
        discharge_reason=facts.reason,
        destination=None if quiet else facts.destination,
        livelihoods_out=None if quiet else facts.livelihoods,
        education_out=None if quiet else facts.education,
        planning_after="" if quiet else facts.after.strip(),
        discharge_text=facts.text.strip(),
    )


def _check_discharge(episode: Episode, facts: Discharge, *, today: date) -> None:
    if facts.on < episode.enrolled_on:
        raise DischargeBeforeEnrolment(field="on")
    if facts.on > today:
        raise FutureDate(field="on")
    if facts.reason is DischargeReason.FELREGISTRERAD and not facts.text.strip():
        raise TextRequired(field="text")
    if facts.reason in QUIET_REASONS:
        return
    if facts.livelihoods is None:
        raise LivelihoodRequired(field="livelihoods")
    if facts.destination is None:
        raise DestinationRequired(field="destination")


def undo_discharge(episode: Episode) -> Episode:
    """The episode open again, as if it had not ended. Raises NotDischarged."""
    if episode.discharged_on is None:
        raise NotDischarged
    return replace(
        episode,
        discharged_on=None,
        discharge_reason=None,
        destination=None,
        livelihoods_out=None,
        education_out=None,
        planning_after="",
        discharge_text="",
    )


class Ended(Protocol):
    """When and why an episode ended, which is all that the window of a re-referral follows from."""

    @property
    def discharged_on(self) -> date | None:
        """When it ended."""

    @property
    def discharge_reason(self) -> DischargeReason | None:
        """Why it ended."""


def rereferral_until(episode: Ended, *, months: int) -> date | None:
    """The last day for a re-referral, or None while the episode is open or the activity has no window."""
    if episode.discharged_on is None or months == 0:
        return None
    if episode.discharge_reason in QUIET_REASONS:
        return None
    return last_rereferral_day(episode.discharged_on, months=months)


def must_be_within_window(episode: Episode, *, activity_id: ActivityId, on: date, months: int) -> None:
    """Raises NotDischarged, NoRereferral, RereferralTooEarly, RereferralTooLate.

    A re-referral takes the person back into the activity they left, and counts its months.
    """
    if episode.discharged_on is None:
        raise NotDischarged
    last = rereferral_until(episode, months=months)
    if last is None or activity_id != episode.activity_id:
        raise NoRereferral
    if on < episode.discharged_on:
        raise RereferralTooEarly(field="referred_on")
    if on > last:
        raise RereferralTooLate(field="referred_on", last=last)


def must_be_alone(episode: Episode, others: Iterable[Episode]) -> None:
    """Raises EpisodeOpen: a person has one open episode at a time in an activity, however many referrals."""
    if any(one.discharged_on is None for one in others if one.activity_id == episode.activity_id):
        raise EpisodeOpen


def must_be_last(episode: Episode, others: Iterable[Episode]) -> None:
    """Raises HasNewEpisode when the person has another in the activity that began later, or goes on."""
    if any(
        one.discharged_on is None or one.enrolled_on >= episode.enrolled_on
        for one in others
        if one.activity_id == episode.activity_id and one.id != episode.id
    ):
        raise HasNewEpisode


def holds_since(episode: Episode, role: AssignmentRole, history: Iterable[Assignment]) -> date:
    """From which day the present uppdragsgivare, handläggare or samordnare has been it."""
    return max((one.from_on for one in history if one.role is role), default=episode.enrolled_on)


def reassign(
    episode: Episode,
    role: AssignmentRole,
    *,
    unit_id: UnitId | None = None,
    contact_id: ContactId | None = None,
    from_on: date,
    since: date,
    today: date,
) -> Episode:
    """The episode with another uppdragsgivare, handläggare or samordnare; ``since`` is when the present one began.

    Raises AlreadyDischarged, FutureDate, ChangeTooEarly, CommissionerRequired, SameAsBefore.
    """
    must_be_open(episode)
    if from_on > today:
        raise FutureDate(field="from_on")
    if from_on < since:
        raise ChangeTooEarly(field="from_on", since=since)
    changed = _with(episode, role, unit_id=unit_id, contact_id=contact_id)
    if changed == episode:
        raise SameAsBefore
    return changed


def _with(episode: Episode, role: AssignmentRole, *, unit_id: UnitId | None, contact_id: ContactId | None) -> Episode:
    if role is AssignmentRole.CASE_WORKER:
        return replace(episode, case_worker_id=contact_id)
    if role is AssignmentRole.CASE_LEAD:
        return replace(episode, case_lead_id=contact_id)
    if unit_id is None:
        raise CommissionerRequired(field="unit_id")
    return replace(episode, commissioner_id=unit_id)


def assignment_of(episode: Episode, role: AssignmentRole, *, from_on: date, assignment_id: str) -> Assignment:
    """Who holds the role now, as a line of the episode's history."""
    contact_id = {AssignmentRole.CASE_WORKER: episode.case_worker_id, AssignmentRole.CASE_LEAD: episode.case_lead_id}
    return Assignment(
        id=assignment_id,
        episode_id=episode.id,
        role=role,
        unit_id=episode.commissioner_id if role is AssignmentRole.COMMISSIONER else None,
        contact_id=contact_id.get(role),
        from_on=from_on,
    )
