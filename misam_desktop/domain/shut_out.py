"""Jäv: a named colleague is kept out of one case, sees nothing of it and is not told (process.md §5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ContactId, ReferralId, UserId


class WorksWithIt(UserError):
    """The colleague is handläggare, samordnare or owns a follow-up of the case: somebody else takes over first."""

    code = "works_with_it"


class LastCoordinator(UserError):
    """No koordinator would be left who could lead the case."""

    code = "last_coordinator"


class IsShutOut(UserError):
    """Whoever would get the case is kept out of it by jäv."""

    code = "is_shut_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutOut:
    """Who is kept out of which case, by whom and since when."""

    id: str
    referral_id: ReferralId
    contact_id: ContactId
    by: UserId
    on: date
    version: int = 1


def must_not_work_with_it(contact_id: ContactId, working: Collection[ContactId]) -> None:
    """Raises WorksWithIt: nobody is kept out of what they are responsible for."""
    if contact_id in working:
        raise WorksWithIt(field="contact_id")


def must_leave_a_coordinator(coordinators: Iterable[ContactId | None], kept_out: Collection[ContactId]) -> None:
    """Raises LastCoordinator when every koordinator of the activity would be kept out."""
    if all(one in kept_out for one in coordinators):
        raise LastCoordinator(field="contact_id")


def must_be_let_in(contact_ids: Iterable[ContactId | None], shut_out: Iterable[ShutOut], *, field: str) -> None:
    """Raises IsShutOut when somebody who would get a case is kept out of it."""
    if {one.contact_id for one in shut_out} & {*contact_ids}:
        raise IsShutOut(field=field)
