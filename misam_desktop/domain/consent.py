"""Samtycke: which units, what kinds of information, for what purpose, from when to when (process.md §5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from misam_desktop.domain.codes import InfoKind, Purpose
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ConsentId, PersonId, ReferralId, UnitId


class ConsentMissing(UserError):
    """The case may not be put before other authorities without a consent that is valid on the day."""

    code = "consent_missing"


class ConsentPeriodBackwards(UserError):
    """The consent ends before it begins."""

    code = "consent_period_backwards"


class ConsentWithoutUnits(UserError):
    """A consent must name at least one unit."""

    code = "consent_without_units"


class ConsentAlreadyWithdrawn(UserError):
    """The consent has been withdrawn before."""

    code = "consent_already_withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One written consent of one person for one case and one purpose.

    ``until_on`` None means until discharge. ``wording`` names the frozen text that was signed.
    """

    id: ConsentId
    person_id: PersonId
    referral_id: ReferralId
    purpose: Purpose
    from_on: date
    until_on: date | None
    unit_ids: tuple[UnitId, ...]
    kinds: tuple[InfoKind, ...] = tuple(InfoKind)
    not_shared: str = ""
    paper_at: str = ""
    guardian: str = ""
    interpreter: bool = False
    wording: str = ""
    withdrawn_on: date | None = None
    version: int = 1

    def __post_init__(self) -> None:
        if self.until_on is not None and self.until_on < self.from_on:
            raise ConsentPeriodBackwards(field="until_on")
        if not self.unit_ids:
            raise ConsentWithoutUnits(field="unit_ids")


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


def withdraw(consent: Consent, *, on: date) -> Consent:
    """The consent as it stands after the person took it back."""
    if consent.withdrawn_on is not None:
        raise ConsentAlreadyWithdrawn
    return replace(consent, withdrawn_on=on)
