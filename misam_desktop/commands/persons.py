"""Correcting what is known of a person while a case goes on; whose a protected identity is, and who coordinates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from misam_desktop.domain import intake
from misam_desktop.domain.access import May, Subject, may
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.episode import must_be_open
from misam_desktop.domain.errors import Stale
from misam_desktop.domain.ids import ActivityId, CaseId, EpisodeId, PersonId, UserId
from misam_desktop.domain.intake import PersonFacts
from misam_desktop.domain.nafs import must_stand
from misam_desktop.domain.owners import must_coordinate, must_suit
from misam_desktop.domain.people import Person, User
from misam_desktop.domain.protection import covered
from misam_desktop.domain.sip import must_go_on
from misam_desktop.queries.owners import can_be_named, coordinators, defaults
from misam_desktop.queries.persons import person_at
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Topic, Tx, actor_of, command


@command("person.corrected", needs=May.CORRECT_PERSON, touches=(Topic.PERSONS, Topic.CASES))
def correct_person(tx: Tx, case_id: EpisodeId | CaseId, facts: PersonFacts, *, seen: int) -> Person:
    """Write down the person of an episode, a NAFS case or a SIP, as they are now, for those who work with it.

    Raises NumberFixed, AlreadyDischarged, NafsCaseWithdrawn, SipEnded.
    """
    person_id, subject = _goes_on(tx, case_id)
    known = rows.persons.get(tx.conn, person_id)
    if known.version != seen:
        raise Stale
    if facts.protected and not known.protected:
        tx.require(subject, May.PROTECT)
    owners = owners_of_protected(tx, subject, facts, known)
    corrected = intake.corrected(known, facts, owners=owners)
    return covered(save_person(tx, known, corrected))


def _goes_on(tx: Tx, case_id: EpisodeId | CaseId) -> tuple[PersonId, Subject]:
    """Whom a case that goes on concerns, and what decides who may. Raises NotFound, AlreadyDischarged and more."""
    nafs_case = rows.nafs_cases.find(tx.conn, case_id)
    if nafs_case is not None:
        must_stand(tx.nafs_case(nafs_case.id))
        return nafs_case.person_id, subjects.of_nafs_case(tx.conn, nafs_case)
    sip = rows.sips.find(tx.conn, case_id)
    if sip is not None:
        tx.case(sip.id)
        must_go_on(sip)
        return sip.person_id, subjects.of_sip(tx.conn, sip)
    episode = tx.episode(case_id)
    must_be_open(episode)
    return episode.person_id, subjects.of_episode(tx.conn, episode)


def take_person(tx: Tx, said: PersonFacts, subject: Subject) -> Person:
    """The person with this number as the case's home has them; whom it has no case of is new, whoever knows them.

    So what one unit writes of a person is shown to another only with a case. New under protection too, when somebody
    has marked the number. ``subject`` is the case that is about to be made.
    """
    known = person_at(tx, said.number, unit_id=subject.home_id or tx.actor.unit_id)
    if known is not None:
        owners = owners_of_protected(tx, subject, said, known)
        return save_person(tx, known, intake.told_again(known, said, owners=owners))
    marked = any(one.protected for one in subjects.persons_of_number(tx.conn, said.number))
    as_marked = replace(said, protected=said.protected or marked)
    owners = owners_of_protected(tx, subject, as_marked)
    new = rows.persons.add(tx.conn, intake.new_person(as_marked, person_id=PersonId(tx.new_id()), owners=owners))
    if said.protected:
        protect_everywhere(tx, new)
    return new


def save_person(tx: Tx, known: Person, said: Person) -> Person:
    """Store what is said of a person where it differs; an identity that becomes protected is so for everybody."""
    if said == known:
        return known
    saved = rows.persons.save(tx.conn, said)
    if saved.protected and not known.protected:
        protect_everywhere(tx, saved)
    return saved


def protect_everywhere(tx: Tx, person: Person) -> list[Person]:
    """Mark the other rows of a protected person's number too, and give those that were changed.

    The log names none of them: an entry of the actor's own would tell of records beyond their reach.
    """
    others = subjects.persons_of_number(tx.conn, person.number)
    marked = [
        replace(other, protected=True, protected_owners=_owners_elsewhere(tx, other, person.protected_owners))
        for other in others
        if other.id != person.id and not other.protected
    ]
    return [rows.persons.save(tx.conn, one) for one in marked]


def _owners_elsewhere(tx: Tx, person: Person, first: Collection[UserId]) -> tuple[UserId, ...]:
    """Whose a row becomes that somebody of another circle marks: those in whose hands its cases are, one koordinator.

    Of the owners of the ``first`` row those who could see a case of this one too; to name others would tell of them.
    """
    users, owners = rows.users.where(tx.conn, tables.user.c.active), set[UserId]()
    for case in subjects.of_person(tx.conn, person):
        named = {user.id for user in users if user.contact_id in case.contact_ids}
        owners |= named or {user.id for user in users if user.unit_id in case.unit_ids}
        owners |= {user.id for user in coordinators_of(tx, case.activity_id, case.purpose)[:1]}
        seen = replace(case, protected=False, before_forum=True)
        owners |= {user.id for user in users if user.id in first and may(actor_of(user), May.READ_CASE, seen, tx.today)}
    return tuple(sorted(owners))


def owners_of_protected(
    tx: Tx, subject: Subject, facts: PersonFacts, known: Person | None = None
) -> tuple[UserId, ...]:
    """Whose a protected identity is by a form: those it was before, those chosen, or the usual ones.

    Raises OwnerUnsuited, OwnersLackCoordinator.
    """
    if known is not None and known.protected:
        return known.protected_owners
    if not facts.protected:
        return ()
    chosen = facts.protected_owners
    if not chosen:
        return defaults(tx, subject)
    must_suit(chosen, offered={one.id for one in can_be_named(tx, subject)})
    must_coordinate(chosen, coordinators(tx, subject))
    return tuple(dict.fromkeys(chosen))


def coordinators_of(tx: Tx, activity_id: ActivityId, purpose: Purpose) -> list[User]:
    """Those who lead the meetings of an activity or a NAFS team, by login."""
    users = rows.users.where(tx.conn, tables.user.c.active, order_by=[tables.user.c.login])
    meeting = Subject(activity_id=activity_id, unit_ids=frozenset(), purpose=purpose)
    return [user for user in users if may(actor_of(user), May.LEAD_MEETING, meeting, tx.today)]
