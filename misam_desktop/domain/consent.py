"""Samtycke: which units, what kinds of information, for what purpose, from when to when (process.md §5)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated

from misam_desktop.domain.clocks import add_months
from misam_desktop.domain.codes import Given, InfoKind, Purpose
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import CaseId, ConsentId, PersonId, UnitId, WordingId
from misam_desktop.domain.intake import ConsentFacts
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.referral import FutureDate
from misam_desktop.domain.tells import BASICS, NOTE

OF_AGE = 18
"""Under this age a guardian consents too (process.md §5)."""


class ConsentMissing(UserError):
    """The case may not be put before other authorities without a consent that is valid on the day."""

    code = "consent_missing"


class ConsentPeriodBackwards(UserError):
    """The consent ends before it begins."""

    code = "consent_period_backwards"


class ConsentWithoutUnits(UserError):
    """A consent must name at least one unit."""

    code = "consent_without_units"


class ConsentWithoutKinds(UserError):
    """A consent must name at least one kind of information."""

    code = "consent_without_kinds"


class ConsentWithoutPurpose(UserError):
    """A consent must say what it is for."""

    code = "consent_without_purpose"


class ConsentWithoutCoordinator(UserError):
    """A consent to samverkan must name a unit that coordinates: who leads the forum reads the case."""

    code = "consent_without_coordinator"


class ConsentNotNew(UserError):
    """Who comes back signs anew: the paper was signed before the discharge, ``since``."""

    code = "consent_not_new"


class ConsentTooLong(UserError):
    """The activity lets no consent run so long; it is renewed instead."""

    code = "consent_too_long"


class UnitOutsideConsent(UserError):
    """The consent does not name the unit: nothing of the case may go there."""

    code = "unit_outside_consent"


class ConsentStands(UserError):
    """The consent has not been taken back: there is nothing to give a receipt for."""

    code = "consent_stands"


class ConsentAlreadyWithdrawn(UserError):
    """The consent has been withdrawn before."""

    code = "consent_already_withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One written consent of one person for one case and one purpose.

    ``until_on`` None means until discharge. ``wording`` names the frozen text that was signed; none for what came in
    with a list. ``recorded_at`` tells the later of two papers signed on the same day.
    """

    id: ConsentId
    person_id: PersonId
    case_id: CaseId
    purpose: Purpose
    from_on: date
    until_on: date | None
    unit_ids: tuple[UnitId, ...]
    kinds: tuple[InfoKind, ...] = tuple(InfoKind)
    not_shared: Annotated[str, NOTE] = ""
    paper_at: str = ""
    guardian: Annotated[str, BASICS] = ""
    interpreter: Annotated[bool, BASICS] = False
    given: Given = Given.PAPPER
    wording: WordingId | None = None
    recorded_at: datetime
    withdrawn_on: date | None = None
    version: int = 1

    def __post_init__(self) -> None:
        if self.until_on is not None and self.until_on < self.from_on:
            raise ConsentPeriodBackwards(field="until_on")
        if not self.unit_ids:
            raise ConsentWithoutUnits(field="unit_ids")
        if not self.kinds:
            raise ConsentWithoutKinds(field="kinds")


def valid_on(consent: Consent, day: date) -> bool:
    """Whether the consent holds on a day; withdrawal counts from the day it was made."""
    begun = consent.from_on <= day
    ended = consent.until_on is not None and consent.until_on < day
    withdrawn = consent.withdrawn_on is not None and consent.withdrawn_on <= day
    return begun and not ended and not withdrawn


def valid_between(consent: Consent, *, first: date, last: date) -> bool:
    """Whether the consent held on any day from first to last, both included."""
    ends = [day for day in (consent.until_on,) if day is not None]
    if consent.withdrawn_on is not None:
        ends.append(date.fromordinal(consent.withdrawn_on.toordinal() - 1))
    end = min(ends, default=last)
    return max(consent.from_on, first) <= min(end, last)


def last_day(*, from_on: date, until_on: date | None, months: int) -> date:
    """The last day of a new consent: the one named, else as many months on as the activity lets it run.

    Raises ConsentTooLong.
    """
    longest = add_months(from_on, months)
    if until_on is not None and until_on > longest:
        raise ConsentTooLong(field="until_on", months=months)
    return until_on or longest


def signed(
    facts: ConsentFacts,
    *,
    person_id: PersonId,
    case_id: CaseId,
    now: datetime,
    today: date,
    months: int,
    new_id: Callable[[], str],
) -> list[Consent]:
    """What a signed paper says, one consent for each purpose; ``months`` is how long the activity lets it run.

    Raises FutureDate, ConsentTooLong, ConsentPeriodBackwards, ConsentWithoutPurpose, -Units, -Kinds.
    """
    if facts.from_on > today:
        raise FutureDate(field="from_on")
    if not facts.purposes:
        raise ConsentWithoutPurpose(field="purposes")
    until_on = last_day(from_on=facts.from_on, until_on=facts.until_on, months=months)
    shared = {name: getattr(facts, name) for name in ConsentFacts.__slots__ if name not in {"purposes", "until_on"}}
    return [
        Consent(
            id=ConsentId(new_id()),
            person_id=person_id,
            case_id=case_id,
            purpose=purpose,
            until_on=until_on,
            recorded_at=now,
            **shared,
        )
        for purpose in dict.fromkeys(facts.purposes)
    ]


def renew(
    consent: Consent,
    *,
    consent_id: ConsentId,
    until_on: date | None,
    paper_at: str,
    given: Given,
    wording: WordingId | None,
    now: datetime,
    today: date,
    months: int,
) -> Consent:
    """A newly signed consent with the same content, from today. Raises ConsentTooLong, ConsentPeriodBackwards."""
    return replace(
        consent,
        id=consent_id,
        from_on=today,
        until_on=last_day(from_on=today, until_on=until_on, months=months),
        paper_at=paper_at.strip(),
        given=given,
        wording=wording,
        recorded_at=now,
        withdrawn_on=None,
        version=1,
    )


def needs_guardian(number: PersonalNumber, *, on: date) -> bool:
    """Whether a guardian consents too on a day; not where the number does not tell the age."""
    age = number.age_on(on)
    return age is not None and age < OF_AGE


def must_hold(consent: Consent | None) -> Consent:
    """The consent that decides. Raises ConsentMissing when there is none: the case goes to no other authority."""
    if consent is None:
        raise ConsentMissing(field="from_on")
    return consent


def must_name(consent: Consent | None, unit_ids: Iterable[UnitId], *, field: str = "unit_ids") -> Consent:
    """The consent that decides, if it names all of the units. Raises ConsentMissing, UnitOutsideConsent."""
    named = must_hold(consent)
    if not {*unit_ids} <= {*named.unit_ids}:
        raise UnitOutsideConsent(field=field)
    return named


def must_name_coordinator(facts: ConsentFacts, purpose: Purpose, coordinating: Collection[UnitId]) -> None:
    """Raises ConsentWithoutCoordinator; ``coordinating`` are the units of those who lead the meetings for a purpose."""
    if purpose in facts.purposes and coordinating and not {*facts.unit_ids} & {*coordinating}:
        raise ConsentWithoutCoordinator(field="unit_ids")


def must_be_new(facts: ConsentFacts, *, since: date | None) -> None:
    """Raises ConsentNotNew for a paper that was signed before a discharge, if there has been one."""
    if since is not None and facts.from_on < since:
        raise ConsentNotNew(field="from_on", since=since)


def goes_with(other: Consent, consent: Consent, *, on: date) -> bool:
    """Whether another paper says the same on the day that a consent is taken back: it is taken back with it.

    One that was signed after that day is a new yes, and stands.
    """
    holds_then = other.from_on <= on and (other.until_on is None or other.until_on >= on)
    return other.purpose is consent.purpose and other.withdrawn_on is None and holds_then


def of_one_paper(other: Consent, consent: Consent) -> bool:
    """Whether two consents were signed on one paper, each to a purpose of its own."""
    return (other.case_id, other.recorded_at) == (consent.case_id, consent.recorded_at)


def must_be_withdrawn(consent: Consent) -> date:
    """The day on which the consent was taken back. Raises ConsentStands."""
    if consent.withdrawn_on is None:
        raise ConsentStands
    return consent.withdrawn_on


def withdraw(consent: Consent, *, on: date, today: date) -> Consent:
    """The consent as it stands after the person took it back. Raises ConsentAlreadyWithdrawn, FutureDate."""
    if consent.withdrawn_on is not None:
        raise ConsentAlreadyWithdrawn
    if on > today:
        raise FutureDate(field="on")
    return replace(consent, withdrawn_on=on)
