"""Whose a protected identity can be: who could be named for a case, and who is for one that is marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.ids import CaseId, UnitId, UserId
from misam_desktop.domain.owners import can_own, coordinates, default_owners
from misam_desktop.domain.people import User
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, actor_of, query


class Offered(NamedTuple):
    """Somebody who can be named."""

    id: UserId
    name: str
    unit_id: UnitId
    coordinates: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """Whether the person of a case is protected, who is named or would be, and who can be.

    ``version`` is the person's. Whoever is named already can stay, whatever has become of them.
    """

    is_protected: bool
    owners: tuple[UserId, ...]
    offered: tuple[Offered, ...]
    version: int


@query("person.protection_opened", needs=May.PROTECT)
def protection(look: Look, case_id: CaseId) -> Protection:
    """What a dialog about the protection of a case's person begins with. Raises NotFound."""
    case = subjects.find(look.conn, case_id)
    look.opened(case.id, case.person_id)
    subject = subjects.of(look.conn, case)
    look.require(subject)
    person = rows.persons.get(look.conn, case.person_id)
    return Protection(
        is_protected=person.protected,
        owners=person.protected_owners if person.protected else defaults(look, subject),
        offered=tuple(_offered(look, subject, one) for one in can_be_named(look, subject)),
        version=person.version,
    )


def can_be_named(look: Look, subject: Subject) -> list[User]:
    """The users of the case's units, who work with it and who coordinate it, and those named already; by login."""
    users = rows.users.where(look.conn, tables.user.c.active, order_by=[tables.user.c.login])
    return [one for one in users if one.id in subject.owners or can_own(actor_of(one), subject, look.today)]


def coordinators(look: Look, subject: Subject) -> list[UserId]:
    """Those of them who can lead the case, by login."""
    return [one.id for one in can_be_named(look, subject) if coordinates(actor_of(one), subject, look.today)]


def defaults(look: Look, subject: Subject) -> tuple[UserId, ...]:
    """Who is named when nobody chooses."""
    working = [one.id for one in can_be_named(look, subject) if one.contact_id in subject.contact_ids]
    return default_owners(look.actor.user_id, working, coordinators(look, subject))


def _offered(look: Look, subject: Subject, user: User) -> Offered:
    return Offered(user.id, user.name, user.unit_id, coordinates(actor_of(user), subject, look.today))
