"""The person a case is about, and the people who work with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from misam_desktop.domain.codes import Agency, Role, Sex
from misam_desktop.domain.ids import ActivityId, ContactId, PersonId, UnitId, UserId
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.tells import BASICS


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The individual; all but number and kön is optional (process.md §5)."""

    id: PersonId
    number: Annotated[PersonalNumber, BASICS]
    given_name: Annotated[str, BASICS] = ""
    family_name: Annotated[str, BASICS] = ""
    sex: Annotated[Sex, BASICS]
    protected: bool = False
    protected_owners: tuple[UserId, ...] = ()
    language: Annotated[str, BASICS] = ""
    interpreter: Annotated[bool, BASICS] = False
    easy_read: Annotated[bool, BASICS] = False
    phone: Annotated[str, BASICS] = ""
    address: Annotated[str, BASICS] = ""
    proxy: Annotated[str, BASICS] = ""
    informed_on: Annotated[date | None, BASICS] = None
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
