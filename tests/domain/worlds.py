"""Values that the tests of the rules begin with; what a test is about it says itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from misam_desktop.domain.activity import Activity, Anchor, FollowUpOwner, Kind, Rhythm, Schedule, Settings
from misam_desktop.domain.codes import Livelihood, Outcome, Priority, Purpose, Referrer
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.ids import (
    ActivityId,
    ConsentId,
    ContactId,
    EpisodeId,
    FollowUpId,
    MeetingId,
    PersonId,
    ReferralId,
    UnitId,
    UserId,
)
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.referral import Referral

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MISAM, NAFS = ActivityId("misam"), ActivityId("nafs-1")
AF, IFO, FK = UnitId("af"), UnitId("kommun-ifo"), UnitId("fk")
JONAS, SARA, LISA = ContactId("jonas"), ContactId("sara"), ContactId("lisa")
KARIN = UserId("karin")
PERSON = PersonId("person")
ON_SUPPORT = Livelihoods((Livelihood.FORSORJNINGSSTOD,))
IN_WORK = Livelihoods((Livelihood.LON,))
QUARTERLY = Schedule(anchor=Anchor.ENROLMENT, months=(3, 6, 9, 12), then_every=3, by=FollowUpOwner.CASE_WORKER)
AFTERWARDS = Schedule(anchor=Anchor.DISCHARGE, months=(3, 6), then_every=0, by=FollowUpOwner.CASE_LEAD)


def fresh_ids(prefix: str = "id") -> Callable[[], str]:
    """Ids that come in order."""
    numbers = count(1)
    return lambda: f"{prefix}-{next(numbers)}"


def settings(**said: Any) -> Settings:
    """Settings like those of MISAM."""
    like = Settings(
        kind=Kind.FORUM,
        forum_name="Samverkansforum",
        min_age=16,
        max_age=64,
        least_agencies=2,
        referrers=tuple(Referrer),
        outcomes=tuple(Outcome),
        text_required=(Outcome.ATER, Outcome.KOMPLETTERA),
        priorities=tuple(Priority),
        rereferral_months=6,
        consent_months=24,
        steps=("Kartläggning", "Stabilisering", "Förberedelse", "Arbetslivsnära", "Arbete eller studier"),
        discharge_checklist=("Planeringen är avstämd",),
        cases_per_fte=20,
        staff_fte=6.25,
        rhythm=Rhythm(weekday=3, every_weeks=1, starts="13.00", minutes=60, place="Lokalen", capacity=12),
        schedules=(QUARTERLY,),
    )
    return replace(like, **said)


def activity(**said: Any) -> Activity:
    """MISAM."""
    return replace(Activity(id=MISAM, name="MISAM", settings=settings()), **said)


def referral(**said: Any) -> Referral:
    """A draft from Af that could go before the forum."""
    draft = Referral(
        id=ReferralId("referral"),
        person_id=PERSON,
        activity_id=MISAM,
        referrer=Referrer.AF,
        unit_id=AF,
        referred_on=date(2026, 11, 20),
        question="Vad behövs för att börja arbetsträna?",
        needed_unit_ids=(IFO,),
        livelihoods=ON_SUPPORT,
    )
    return replace(draft, **said)


def consent(**said: Any) -> Consent:
    """A consent to samverkan over the year of the tests."""
    signed = Consent(
        id=ConsentId("consent"),
        person_id=PERSON,
        case_id=ReferralId("referral"),
        purpose=Purpose.SAMVERKAN,
        from_on=date(2026, 1, 1),
        until_on=date(2026, 12, 31),
        unit_ids=(AF, IFO),
        recorded_at=NOW,
    )
    return replace(signed, **said)


def meeting(**said: Any) -> Meeting:
    """Today's forum, not yet open."""
    planned = Meeting(id=MeetingId("meeting"), activity_id=MISAM, kind=Kind.FORUM, on=TODAY)
    return replace(planned, **said)


def episode(**said: Any) -> Episode:
    """An open episode of Jonas's, commissioned by IFO, held together by Lisa."""
    open_one = Episode(
        id=EpisodeId("episode"),
        person_id=PERSON,
        activity_id=MISAM,
        referral_id=ReferralId("referral"),
        enrolled_on=date(2026, 3, 2),
        commissioner_id=IFO,
        case_worker_id=JONAS,
        case_lead_id=LISA,
    )
    return replace(open_one, **said)


def follow_up(**said: Any) -> FollowUp:
    """Jonas's follow-up at nine months, due in a week."""
    planned = FollowUp(
        id=FollowUpId("follow-up"),
        episode_id=EpisodeId("episode"),
        anchor=Anchor.ENROLMENT,
        months=9,
        due_on=date(2026, 12, 2),
        original_due_on=date(2026, 12, 2),
        owner_id=JONAS,
    )
    return replace(planned, **said)
