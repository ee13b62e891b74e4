"""One row of the register list as the values that the store keeps: person, referral, consents, episode, assessment.

Units and contacts come resolved; a row knows only authorities and names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from misam_desktop.domain.codes import Agency, Referrer
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.ids import ActivityId, ConsentId, ContactId, EpisodeId, PersonId, ReferralId, UnitId, UserId
from misam_desktop.domain.meeting import Assessment
from misam_desktop.domain.people import Person
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.register import RegisterRow

IMPORTED = "Importerad"
"""Stands where the list has no text of its own: the question, the outcome's text, the consent's wording."""

Units = Mapping[Agency, UnitId]
"""The default unit of each authority: what a bare authority in the list means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A referral with all that hangs on it."""

    referral: Referral
    consents: tuple[Consent, ...]
    episode: Episode | None
    assessment: Assessment | None


def course_of(
    row: RegisterRow,
    *,
    person_id: PersonId,
    activity_id: ActivityId,
    units: Units,
    case_worker_id: ContactId | None,
    new_id: Callable[[], str],
) -> Course:
    """A row that is new, as values with fresh ids."""
    referral = referral_of(
        row, referral_id=ReferralId(new_id()), person_id=person_id, activity_id=activity_id, units=units
    )
    episode = episode_of(row, referral, EpisodeId(new_id()), units=units, case_worker_id=case_worker_id)
    if episode is not None:
        referral = replace(referral, episode_id=episode.id)
    return Course(
        referral=referral,
        consents=consents_of(row, referral, units=units, new_id=new_id),
        episode=episode,
        assessment=_assessment_of(referral, new_id()),
    )


def person_of(row: RegisterRow, known: Person | None, *, new_id: Callable[[], str], owner_id: UserId) -> Person:
    """The person with what the row says of them; a protected identity belongs to who brought it in, and stays."""
    person = known or Person(id=PersonId(new_id()), number=row.number, sex=row.sex)
    owners = person.protected_owners or ((owner_id,) if row.protected else ())
    return replace(
        person,
        given_name=row.given_name or person.given_name,
        family_name=row.family_name or person.family_name,
        sex=row.sex,
        protected=person.protected or row.protected,
        protected_owners=owners,
    )


def referral_of(
    row: RegisterRow, *, referral_id: ReferralId, person_id: PersonId, activity_id: ActivityId, units: Units
) -> Referral:
    """The referral that a row tells of, put to the forum at noon of its day."""
    decided = row.outcome is not None
    return Referral(
        id=referral_id,
        person_id=person_id,
        activity_id=activity_id,
        referrer=row.referrer,
        unit_id=None if row.referrer is Referrer.ANNAN else units[Agency(row.referrer.value)],
        referred_on=row.referred_on,
        question=row.question or IMPORTED,
        needed_unit_ids=tuple(units[agency] for agency in row.consent_agencies),
        education=row.education,
        livelihoods=row.livelihoods,
        support_months=row.support_months,
        sgi0=row.sgi0,
        submitted_at=datetime.combine(row.referred_on, time(12), UTC),
        outcome=row.outcome,
        outcome_on=(row.outcome_on or row.enrolled_on or row.referred_on) if decided else None,
        outcome_text=IMPORTED if decided else "",
    )


_SAID_OF_REFERRAL = (
    "referrer", "unit_id", "question", "education", "livelihoods", "support_months", "sgi0", "outcome", "outcome_on",
)  # fmt: skip


def changed_referral(old: Referral, row: RegisterRow, *, units: Units) -> Referral:
    """A stored referral with what the row says of it; the rest stays."""
    new = referral_of(row, referral_id=old.id, person_id=old.person_id, activity_id=old.activity_id, units=units)
    return replace(old, **{name: getattr(new, name) for name in _SAID_OF_REFERRAL})


def commissioner_of(row: RegisterRow, *, units: Units) -> UnitId | None:
    """The unit that commissions: the one named, else the referrer's."""
    if row.commissioner is not None:
        return units[row.commissioner]
    return None if row.referrer is Referrer.ANNAN else units[Agency(row.referrer.value)]


def episode_of(
    row: RegisterRow, referral: Referral, episode_id: EpisodeId, *, units: Units, case_worker_id: ContactId | None
) -> Episode | None:
    """The episode that a row tells of, or None when nobody was enrolled."""
    if row.enrolled_on is None:
        return None
    return Episode(
        id=episode_id,
        person_id=referral.person_id,
        activity_id=referral.activity_id,
        referral_id=referral.id,
        enrolled_on=row.enrolled_on,
        commissioner_id=commissioner_of(row, units=units),
        case_worker_id=case_worker_id,
        discharged_on=row.discharged_on,
        discharge_reason=row.discharge_reason,
        destination=row.destination,
        livelihoods_out=row.livelihoods_out,
    )


def consents_of(
    row: RegisterRow, referral: Referral, *, units: Units, new_id: Callable[[], str]
) -> tuple[Consent, ...]:
    """One consent a purpose, all with the row's period and parties."""
    return tuple(
        Consent(
            id=ConsentId(new_id()),
            person_id=referral.person_id,
            referral_id=referral.id,
            purpose=purpose,
            from_on=row.consent_from,
            until_on=row.consent_until,
            unit_ids=tuple(units[agency] for agency in row.consent_agencies),
            wording=IMPORTED,
        )
        for purpose in row.consent_purposes
    )


def _assessment_of(referral: Referral, assessment_id: str) -> Assessment | None:
    if referral.outcome is None or referral.outcome_on is None:
        return None
    return Assessment(
        id=assessment_id,
        referral_id=referral.id,
        meeting_id=None,
        outcome=referral.outcome,
        text=referral.outcome_text,
        concluded_on=referral.outcome_on,
    )
