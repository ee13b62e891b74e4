"""What somebody types when a referral is made: the person, the referral and the consent, before any of it is stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from misam_desktop.domain.codes import Education, Given, InfoKind, Priority, Purpose, Referrer, Sex
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, ContactId, PersonId, UnitId, UserId, WordingId
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import KeptBack, PersonalNumber
from misam_desktop.domain.protection import BESIDE_THE_NUMBER
from misam_desktop.domain.referral import FutureDate, Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """The person as the form has them; the number decides who it is.

    ``protected_owners`` are chosen for somebody who becomes protected; nobody chosen means those of
    ``protection.default_owners``.
    """

    number: PersonalNumber
    given_name: str = ""
    family_name: str = ""
    sex: Sex
    protected: bool = False
    protected_owners: tuple[UserId, ...] = ()
    language: str = ""
    interpreter: bool = False
    easy_read: bool = False
    phone: str = ""
    address: str = ""
    proxy: str = ""
    informed_on: date | None = None


class NumberFixed(UserError):
    """The number decides who a referral is about: another person needs another referral."""

    code = "number_fixed"


def new_person(facts: PersonFacts, *, person_id: PersonId, owners: tuple[UserId, ...]) -> Person:
    """Somebody whom the store did not know; ``owners`` are whose a protected identity becomes."""
    return Person(id=person_id, **_said(facts) | {"protected_owners": owners if facts.protected else ()})


def told_again(known: Person, facts: PersonFacts, *, owners: tuple[UserId, ...]) -> Person:
    """Somebody known with what a new form says; what it leaves empty stays, and so does a protected identity."""
    said = {name: value for name, value in _said(facts).items() if value not in {"", None, False}}
    return _with_owners(replace(known, **said), known, owners)


def corrected(known: Person, facts: PersonFacts, *, owners: tuple[UserId, ...]) -> Person:
    """Somebody known as a changed form has them, emptied fields too. Raises NumberFixed.

    What was kept back from the form stays as it is (``protection``), and so does a protected identity.
    """
    said = _said(facts)
    if isinstance(facts.number, KeptBack):
        said |= {name: getattr(known, name) for name in ("number", *BESIDE_THE_NUMBER)}
    elif facts.number != known.number:
        raise NumberFixed(field="number")
    said["protected"] = known.protected or facts.protected
    return _with_owners(replace(known, **said), known, owners)


def informed(known: Person, *, on: date | None, today: date) -> Person:
    """Somebody who has been told how their personal data is processed. Raises FutureDate."""
    if on is not None and on > today:
        raise FutureDate(field="informed_on")
    return replace(known, informed_on=on)


def _said(facts: PersonFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in PersonFacts.__slots__}


def _with_owners(person: Person, known: Person, owners: tuple[UserId, ...]) -> Person:
    if not person.protected:
        return replace(person, protected_owners=())
    return replace(person, protected_owners=known.protected_owners if known.protected else owners)


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


def facts_of(referral: Referral) -> ReferralFacts:
    """A stored referral as its form has it."""
    return ReferralFacts(**{name: getattr(referral, name) for name in ReferralFacts.__slots__})


def carried_over(referral: Referral, episode: Episode, *, on: date) -> ReferralFacts:
    """The earlier picture that a re-referral begins with: what the discharge recorded, else what the entry said."""
    return replace(
        facts_of(referral),
        referred_on=on,
        supplied_by="",
        education=episode.education_out or referral.education,
        livelihoods=episode.livelihoods_out or referral.livelihoods,
    )


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
    given: Given = Given.PAPPER
    wording: WordingId | None = None
