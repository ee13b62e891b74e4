"""Whose a protected identity is: who can be named, who must be, and who may lift the mark (process.md §5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from misam_desktop.domain.access import Actor, May, Subject, may
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import UserId
from misam_desktop.domain.people import Person


class OwnerUnsuited(UserError):
    """Somebody is named who could not see the case: of another unit and no koordinator of it, or kept out by jäv."""

    code = "owner_unsuited"


class OwnersLackCoordinator(UserError):
    """Nobody of those named could lead the case."""

    code = "owners_lack_coordinator"


class NotNamedOnAll(UserError):
    """The mark is the number's, and others are named for the same person too."""

    code = "not_named_on_all"


def can_own(actor: Actor, subject: Subject, today: date) -> bool:
    """Whether somebody can be named for a case: of its units, at work with it or coordinating it, and not kept out."""
    belongs = actor.unit_id in subject.unit_ids or actor.contact_id in subject.contact_ids
    return coordinates(actor, subject, today) or (belongs and bool(may(actor, May.READ_CASE, _open(subject), today)))


def coordinates(actor: Actor, subject: Subject, today: date) -> bool:
    """Whether somebody can lead a case once it stands before the forum and they are named."""
    return bool(may(actor, May.LEAD_MEETING, _open(subject), today))


def _open(subject: Subject) -> Subject:
    return replace(subject, protected=False, before_forum=True)


def default_owners(me: UserId, working: Iterable[UserId], coordinators: Sequence[UserId]) -> tuple[UserId, ...]:
    """Who is named when nobody chooses: who marks, who works with the case, and one koordinator, the first.

    Without her no forum could answer, and nobody could be enrolled (security.md, «Who may»).
    """
    named = dict.fromkeys([me, *working])
    return tuple(named) if named.keys() & set(coordinators) else (*named, *coordinators[:1])


def must_suit(owners: Collection[UserId], *, offered: Collection[UserId]) -> None:
    """Raises OwnerUnsuited."""
    if not set(owners) <= set(offered):
        raise OwnerUnsuited(field="protected_owners")


def must_coordinate(owners: Collection[UserId], coordinators: Collection[UserId]) -> None:
    """Raises OwnersLackCoordinator: nobody named, or no koordinator of those there are."""
    if not owners or (coordinators and not set(owners) & set(coordinators)):
        raise OwnersLackCoordinator(field="protected_owners")


def must_still_coordinate(
    owners: Collection[UserId], coordinators: Collection[UserId], *, before: Collection[UserId]
) -> None:
    """Raises OwnersLackCoordinator when another case of the person would lose the last of its koordinatorer."""
    if set(coordinators) & set(before):
        must_coordinate(owners, coordinators)


def marked(person: Person, owners: Collection[UserId]) -> Person:
    """The person protected, seen by those named, each once."""
    return replace(person, protected=True, protected_owners=tuple(dict.fromkeys(owners)))


def lifted(person: Person) -> Person:
    """The person no longer protected."""
    return replace(person, protected=False, protected_owners=())


def must_be_named_on_all(user_id: UserId, rows: Iterable[Person]) -> None:
    """Raises NotNamedOnAll: who lifts the mark of a number is named on every protected row of it."""
    if not all(user_id in one.protected_owners for one in rows):
        raise NotNamedOnAll
