"""Jäv: a named colleague is kept out of one case, sees nothing of it and is not told (process.md §5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.episode import Episode, EpisodeState, state_of
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.follow_up import FollowUp, is_open
from misam_desktop.domain.ids import CaseId, ContactId, UserId
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.sip import Sip


class WorksWithIt(UserError):
    """The colleague is handläggare, samordnare or owns a follow-up of the case: somebody else takes over first."""

    code = "works_with_it"


class LastCoordinator(UserError):
    """No koordinator would be left who could lead the case."""

    code = "last_coordinator"


class YouWorkWithIt(WorksWithIt):
    """The same of whoever steps aside themselves."""

    code = "you_work_with_it"


class YouCoordinateAlone(LastCoordinator):
    """The same of whoever steps aside themselves."""

    code = "you_coordinate_alone"


class NoContact(UserError):
    """Whoever steps aside is no contact: jäv is kept for contacts, since cases name those."""

    code = "no_contact"


class IsShutOut(UserError):
    """Whoever would get the case is kept out of it by jäv."""

    code = "is_shut_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutOut:
    """Who is kept out of which case, by whom and since when."""

    id: str
    case_id: CaseId
    contact_id: ContactId
    by: UserId
    on: date
    version: int = 1


def who_work_with(referral: Referral, episode: Episode | None, follow_ups: Iterable[FollowUp]) -> set[ContactId]:
    """Its handläggare, its samordnare, and the owners of what is still to be followed up.

    After discharge nobody has the case in hand any more: only what is still open counts (it follows the discharge).
    """
    working = {one.owner_id for one in follow_ups if is_open(one)}
    if episode is None:
        working.add(referral.contact_id)
    elif state_of(episode) is EpisodeState.OPEN:
        working |= {referral.contact_id, episode.case_worker_id, episode.case_lead_id}
    return {one for one in working if one is not None}


def who_work_with_nafs(case: NafsCase, items: Iterable[AgendaItem]) -> set[ContactId]:
    """Who raised a NAFS case, who passed it on, and who owes the person an answer; nobody once it is taken back."""
    if case.withdrawn_on is not None:
        return set()
    owing = [one.feedback_by for one in items if one.feedback_on is None]
    return {one for one in (case.raised_by, case.passed_by, *owing) if one is not None}


def who_work_with_sip(sip: Sip) -> set[ContactId]:
    """Who holds a SIP together; nobody once it has ended."""
    return set() if sip.ended_on is not None else {sip.contact_id}


def must_be_a_contact(contact_id: ContactId | None) -> ContactId:
    """The contact that somebody is. Raises NoContact."""
    if contact_id is None:
        raise NoContact
    return contact_id


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
