"""What somebody types when a referral is made: the person, the referral and the consent, before any of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from misam_desktop.domain.codes import Education, InfoKind, Priority, Purpose, Referrer, Sex
from misam_desktop.domain.ids import ActivityId, ContactId, UnitId
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.personal_number import PersonalNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """The person as the form has them; the number decides who it is."""

    number: PersonalNumber
    given_name: str = ""
    family_name: str = ""
    sex: Sex
    protected: bool = False
    language: str = ""
    interpreter: bool = False
    easy_read: bool = False
    phone: str = ""
    address: str = ""
    proxy: str = ""
    informed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFacts:
    """The referral as the form has it; fields as in ``Referral``."""

    activity_id: ActivityId
    referrer: Referrer
    unit_id: UnitId | None
    contact_id: ContactId | None = None
    supplied_by: str = ""
    referred_on: date
    question: str = ""
    needed_unit_ids: tuple[UnitId, ...] = ()
    needed_why: str = ""
    close_cooperation: bool | None = None
    target_reason: str = ""
    education: Education = Education.OKAND
    livelihoods: Livelihoods
    support_months: int | None = None
    sgi0: bool = False
    priorities: tuple[Priority, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentFacts:
    """A signed consent as the form has it; one paper can serve several purposes, each stored on its own."""

    purposes: tuple[Purpose, ...]
    from_on: date
    until_on: date | None
    unit_ids: tuple[UnitId, ...]
    kinds: tuple[InfoKind, ...] = tuple(InfoKind)
    not_shared: str = ""
    paper_at: str = ""
    guardian: str = ""
    interpreter: bool = False
    wording: str = ""
