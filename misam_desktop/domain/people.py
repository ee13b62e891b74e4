"""The person a case is about, and the people who work with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from misam_desktop.domain.codes import Agency, Role, Sex
from misam_desktop.domain.ids import ActivityId, ContactId, PersonId, UnitId, UserId
from misam_desktop.domain.personal_number import PersonalNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The individual; all but number and kön is optional (process.md §5)."""

    id: PersonId
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
    version: int = 1

    @property
    def full_name(self) -> str:
        """Given name first, as it is spoken."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A part of an authority; secrecy holds between units, so cases name units and not authorities."""

    id: UnitId
    agency: Agency
    name: str
    short: str
    is_default: bool = False
    active: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person at a unit, with or without an account; handläggare and samordnare are contacts."""

    id: ContactId
    name: str
    unit_id: UnitId
    function_address: str = ""
    phone: str = ""
    active: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who can unlock the store; ``activity_ids`` empty means every activity."""

    id: UserId
    login: str
    name: str
    unit_id: UnitId
    roles: tuple[Role, ...]
    contact_id: ContactId | None = None
    activity_ids: tuple[ActivityId, ...] = ()
    active: bool = True
    version: int = 1
