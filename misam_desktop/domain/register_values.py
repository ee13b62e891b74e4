"""One row of the register list as the values that the store keeps: person, referral, consents, episode, assessment.

Units and contacts come resolved; a row knows only authorities and names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from misam_desktop.domain.activity import Anchor
from misam_desktop.domain.clocks import follow_up_due
from misam_desktop.domain.codes import Agency, Purpose, Referrer
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.episode import Assignment, AssignmentRole, Episode, assignment_of, rereferral_until
from misam_desktop.domain.follow_up import FollowUp, is_open, was_moved
from misam_desktop.domain.ids import ActivityId, ConsentId, ContactId, EpisodeId, PersonId, ReferralId, UnitId, UserId
from misam_desktop.domain.meeting import Assessment
from misam_desktop.domain.people import Person
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.register import RegisterRow

IMPORTED = "Importerad"
"""Stands where the list has no text of its own: the question and the outcome's text."""

PURPOSES = (Purpose.SAMVERKAN, Purpose.UPPFOLJNING)
"""What a consent is for where the list does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The units behind the authorities that a list names: ``agencies`` of every unit, ``defaults`` of every authority.

    Where a case is held by a unit already, the bare authority means that unit.
    """

    defaults: Mapping[Agency, UnitId]
    agencies: Mapping[UnitId, Agency]

    def of(self, agency: Agency, held: UnitId | None = None) -> UnitId:
        """The unit of an authority."""
        return held if held is not None and self.agencies[held] is agency else self.defaults[agency]

    def of_all(self, agencies: Iterable[Agency], held: Sequence[UnitId] = ()) -> tuple[UnitId, ...]:
        """The units of several authorities; one can have more than one that is held."""
        found: list[UnitId] = []
        for agency in agencies:
            found += [unit_id for unit_id in held if self.agencies[unit_id] is agency] or [self.defaults[agency]]
        return tuple(found)

    def referring(self, row: RegisterRow, held: UnitId | None = None) -> UnitId | None:
        """The unit that made the referral; none for «Annan»."""
        return None if row.referrer is Referrer.ANNAN else self.of(Agency(row.referrer.value), held)

    def commissioning(self, row: RegisterRow, held: UnitId | None = None) -> UnitId | None:
        """The unit that commissions: of the authority named, else of the referrer's."""
        return self.referring(row, held) if row.commissioner is None else self.of(row.commissioner, held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A referral with all that hangs on it."""

    referral: Referral
    consents: tuple[Consent, ...]
    episode: Episode | None
    assessment: Assessment | None
    assignments: tuple[Assignment, ...]


def course_of(
    row: RegisterRow,
    *,
    person_id: PersonId,
    activity_id: ActivityId,
    units: Units,
    case_worker_id: ContactId | None,
    taken_in_by: UnitId,
    now: datetime,
    new_id: Callable[[], str],
) -> Course:
    """A row that is new, as values with fresh ids; the handläggare is of the episode, before it of the referral.

    ``taken_in_by`` keeps what no unit sent.
    """
    referral = referral_of(
        row, referral_id=ReferralId(new_id()), person_id=person_id, activity_id=activity_id, units=units
    )
    if referral.unit_id is None:
        referral = replace(referral, kept_by=taken_in_by)
    episode = episode_of(row, referral, EpisodeId(new_id()), units=units, case_worker_id=case_worker_id)
    if episode is None:
        referral = replace(referral, contact_id=case_worker_id)
    else:
        referral = replace(referral, episode_id=episode.id)
    return Course(
        referral=referral,
        consents=consents_of(row, referral, units=units, now=now, new_id=new_id),
        episode=episode,
        assessment=assessment_of(referral, new_id()),
        assignments=assignments_of(episode, None, on=episode.enrolled_on, new_id=new_id) if episode else (),
    )


def person_of(
    row: RegisterRow, known: Person | None, *, new_id: Callable[[], str], owners: tuple[UserId, ...]
) -> Person:
    """The person with what the row says of them; a protected identity becomes these ``owners``', and stays its own."""
    person = known or Person(id=PersonId(new_id()), number=row.number, sex=row.sex)
    named = person.protected_owners or (owners if row.protected else ())
    return replace(
        person,
        given_name=row.given_name or person.given_name,
        family_name=row.family_name or person.family_name,
        sex=row.sex,
        protected=person.protected or row.protected,
        protected_owners=named,
    )


def referral_of(
    row: RegisterRow,
    *,
    referral_id: ReferralId,
    person_id: PersonId,
    activity_id: ActivityId,
    units: Units,
    held: UnitId | None = None,
) -> Referral:
    """The referral that a row tells of, put to the forum at noon of its day; ``held`` is the unit that made it."""
    decided = row.outcome is not None
    return Referral(
        id=referral_id,
        person_id=person_id,
        activity_id=activity_id,
        referrer=row.referrer,
        unit_id=units.referring(row, held),
        referred_on=row.referred_on,
        question=row.question or IMPORTED,
        needed_unit_ids=units.of_all(row.consent_agencies),
        education=row.education,
        livelihoods=row.livelihoods,
        support_months=row.support_months,
        sgi0=row.sgi0,
        submitted_at=datetime.combine(row.referred_on, time(12), UTC),
        outcome=row.outcome,
        outcome_on=(row.outcome_on or row.enrolled_on or row.referred_on) if decided else None,
        outcome_text=IMPORTED if decided else "",
    )


_SAID_OF_REFERRAL = ("referrer", "unit_id", "question", "education", "livelihoods", "support_months", "sgi0")
_SAID_OF_OUTCOME = ("outcome", "outcome_on", "outcome_text", "outcome_meeting_id", "also_nafs", "also_sip")


def changed_referral(old: Referral, row: RegisterRow, *, units: Units) -> Referral:
    """A stored referral with what the row says of it; the forum's own words stay as long as its outcome does."""
    new = referral_of(
        row,
        referral_id=old.id,
        person_id=old.person_id,
        activity_id=old.activity_id,
        units=units,
        held=old.unit_id,
    )
    same_outcome = (new.outcome, new.outcome_on) == (old.outcome, old.outcome_on)
    said = _SAID_OF_REFERRAL if same_outcome else (*_SAID_OF_REFERRAL, *_SAID_OF_OUTCOME)
    return replace(old, **{name: getattr(new, name) for name in said})


def episode_of(
    row: RegisterRow,
    referral: Referral,
    episode_id: EpisodeId,
    *,
    units: Units,
    case_worker_id: ContactId | None,
    held: UnitId | None = None,
) -> Episode | None:
    """The episode that a row tells of, or None when nobody was enrolled; ``held`` is the unit that commissions it."""
    if row.enrolled_on is None:
        return None
    return Episode(
        id=episode_id,
        person_id=referral.person_id,
        activity_id=referral.activity_id,
        referral_id=referral.id,
        enrolled_on=row.enrolled_on,
        commissioner_id=units.commissioning(row, held),
        case_worker_id=case_worker_id,
        discharged_on=row.discharged_on,
        discharge_reason=row.discharge_reason,
        destination=row.destination,
        livelihoods_out=row.livelihoods_out,
    )


_SAID_OF_EPISODE = (
    "enrolled_on", "commissioner_id", "case_worker_id", "discharged_on", "discharge_reason", "destination",
    "livelihoods_out",
)  # fmt: skip


def changed_episode(old: Episode, new: Episode) -> Episode:
    """A stored episode with what a row says of it; what the list has no column for stays."""
    return replace(old, **{name: getattr(new, name) for name in _SAID_OF_EPISODE})


def assignments_of(
    episode: Episode, before: Episode | None, *, on: date, new_id: Callable[[], str]
) -> tuple[Assignment, ...]:
    """Who became uppdragsgivare and handläggare on a day, where it was somebody else before, or nobody."""
    changed = [
        role
        for role, now, then in (
            (AssignmentRole.COMMISSIONER, episode.commissioner_id, before and before.commissioner_id),
            (AssignmentRole.CASE_WORKER, episode.case_worker_id, before and before.case_worker_id),
        )
        if now is not None and now != then
    ]
    return tuple(assignment_of(episode, role, from_on=on, assignment_id=new_id()) for role in changed)


def earlier_episode(referral: Referral, episodes: Iterable[Episode], *, months: int) -> EpisodeId | None:
    """The episode that a referral is a re-referral after: the last that ended within the activity's months before it.

    ``episodes`` are those of the same person in the same activity.
    """
    ended = [
        (episode.discharged_on, episode.id)
        for episode in episodes
        if episode.discharged_on is not None
        and episode.referral_id != referral.id
        and (until := rereferral_until(episode, months=months)) is not None
        and episode.discharged_on <= referral.referred_on <= until
    ]
    return max(ended)[1] if ended else None


def consents_of(
    row: RegisterRow,
    referral: Referral,
    *,
    units: Units,
    now: datetime,
    new_id: Callable[[], str],
    held: Sequence[UnitId] = (),
) -> tuple[Consent, ...]:
    """One consent a purpose, all with the row's period and parties; ``held`` are the units that are named already."""
    return tuple(
        Consent(
            id=ConsentId(new_id()),
            person_id=referral.person_id,
            case_id=referral.id,
            purpose=purpose,
            from_on=row.consent_from,
            until_on=row.consent_until,
            unit_ids=units.of_all(row.consent_agencies, held),
            recorded_at=now,
        )
        for purpose in row.consent_purposes or PURPOSES
    )


def assessment_of(referral: Referral, assessment_id: str) -> Assessment | None:
    """What the forum concluded on a referral by the list, at no meeting that is known."""
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


def reanchored(follow_ups: Iterable[FollowUp], days: Mapping[Anchor, date]) -> list[FollowUp]:
    """The open follow-ups that fall on another day because the day they count from was corrected, as they then stand.

    What somebody has moved stays where it was moved to.
    """
    due = [
        (one, follow_up_due(days[one.anchor], one.months)) for one in filter(is_open, follow_ups) if one.anchor in days
    ]
    return [
        replace(one, due_on=one.due_on if was_moved(one) else on, original_due_on=on)
        for one, on in due
        if on != one.original_due_on
    ]


class ConsentCells(NamedTuple):
    """The consents of one referral as far as a row can tell them, and whether that is all there is to tell."""

    begins: date
    until: date | None
    agencies: tuple[Agency, ...]
    purposes: tuple[Purpose, ...]
    tells_all: bool


def consent_cells(consents: Sequence[Consent], agencies: Mapping[UnitId, Agency]) -> ConsentCells:
    """The columns of a referral's consents, of which there is at least one.

    A row has one period and one set of parties: those of ``uppfoljning``, so that an account made from the list is the
    same. Another purpose stands beside it if it holds as long; parties are those of all: nobody's consent lasts longer
    or names more in the list than on paper.
    """
    given: defaultdict[Purpose, list[Consent]] = defaultdict(list)
    for consent in consents:
        if _last_day(consent) >= consent.from_on:
            given[consent.purpose].append(consent)
    alike = {(one.from_on, one.until_on, one.withdrawn_on, frozenset(one.unit_ids)) for one in consents}
    tells_all = len(alike) == 1 and len(given) == len(consents) and consents[0].withdrawn_on is None
    if not given:  # withdrawn before it held for a day
        first = consents[0]
        return ConsentCells(first.from_on, first.from_on, _named([first], agencies), (Purpose.SAMVERKAN,), tells_all)
    main = Purpose.UPPFOLJNING if Purpose.UPPFOLJNING in given else next(one for one in Purpose if one in given)
    begins, until = _period(given[main])
    held = [one for one in Purpose if one in given and _covers(_period(given[one]), (begins, until))]
    parties = [agency for agency in Agency if all(agency in _named(given[one], agencies) for one in held)]
    if not parties:
        held, parties = [main], list(_named(given[main], agencies))
    return ConsentCells(begins, None if until == date.max else until, tuple(parties), tuple(held), tells_all)


def _last_day(consent: Consent) -> date:
    """The last day on which a consent holds; a withdrawal counts from the day it was made."""
    until = consent.until_on or date.max
    return until if consent.withdrawn_on is None else min(until, consent.withdrawn_on - timedelta(days=1))


def _period(given: Sequence[Consent]) -> tuple[date, date]:
    """From the first day to the last of a consent and its renewals; what lies between is past."""
    return min(consent.from_on for consent in given), max(map(_last_day, given))


def _covers(period: tuple[date, date], other: tuple[date, date]) -> bool:
    return period[0] <= other[0] and other[1] <= period[1]


def _named(given: Sequence[Consent], agencies: Mapping[UnitId, Agency]) -> tuple[Agency, ...]:
    named = {agencies[unit_id] for consent in given for unit_id in consent.unit_ids}
    return tuple(agency for agency in Agency if agency in named)
