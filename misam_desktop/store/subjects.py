"""What the predicate needs to know of a case, read from the store (``domain.access.Subject``)."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from misam_desktop.domain.access import Subject
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.case import Case
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.ids import ActivityId, CaseId, ContactId, PersonId, UnitId
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.sip import Sip
from misam_desktop.store import rows, tables


def find(conn: Connection, case_id: CaseId) -> Case:
    """The case with this id, whatever its kind. Raises NotFound."""
    return rows.referrals.find(conn, case_id) or rows.nafs_cases.find(conn, case_id) or rows.sips.get(conn, case_id)


def of(conn: Connection, case: Case) -> Subject:
    """What there is to know of a case of any kind."""
    if isinstance(case, Sip):
        return of_sip(conn, case)
    return of_referral(conn, case) if isinstance(case, Referral) else of_nafs_case(conn, case)


def of_sip(conn: Connection, sip: Sip) -> Subject:
    """A SIP is the unit's that judged it needed, and whose who holds it together."""
    subject = _of_papers(conn, sip, rows.persons.get(conn, sip.person_id))
    return replace(subject, contact_ids=frozenset({sip.contact_id}))


def answered_by(subject: Subject, *unit_ids: UnitId | None) -> Subject:
    """The same case, for what is the part of these units in it."""
    return replace(subject, answering_ids=frozenset(filter(None, unit_ids)))


def of_nafs_case(conn: Connection, case: NafsCase) -> Subject:
    """A NAFS case is the unit's that raised it, and of those who raised it and passed it on."""
    subject = _of_papers(conn, case, rows.persons.get(conn, case.person_id))
    return replace(subject, contact_ids=frozenset(filter(None, [case.raised_by, case.passed_by])))


def of_item(conn: Connection, case: NafsCase, item: AgendaItem) -> Subject:
    """The same of its place on an agenda, which is also whose who owes the feedback."""
    subject = of_nafs_case(conn, case)
    return replace(subject, contact_ids=subject.contact_ids | frozenset(filter(None, [item.feedback_by])))


def of_referral(conn: Connection, referral: Referral) -> Subject:
    """A referral is its referring unit's, and the unit's that commissions the episode it led to."""
    episode = None if referral.episode_id is None else rows.episodes.get(conn, referral.episode_id)
    return of_case(conn, rows.persons.get(conn, referral.person_id), referral, episode)


def of_episode(conn: Connection, episode: Episode) -> Subject:
    """An episode is the commissioner's and the referring unit's, and of those who work with it."""
    person = rows.persons.get(conn, episode.person_id)
    return of_case(conn, person, rows.referrals.get(conn, episode.referral_id), episode)


def of_case(conn: Connection, person: Person, referral: Referral, episode: Episode | None) -> Subject:
    """The same of what has been read already, with the consents and disclosures that decide.

    Whoever referred has worked with it until the enrolment.
    """
    units, contacts = [referral.home_id], [referral.contact_id]
    if episode is not None:
        units.append(episode.commissioner_id)
        contacts = [episode.case_worker_id, episode.case_lead_id]
    subject = _of_papers(conn, referral, person)
    return replace(subject, unit_ids=frozenset(filter(None, units)), contact_ids=frozenset(filter(None, contacts)))


def _of_papers(conn: Connection, case: Case, person: Person) -> Subject:
    """What all cases have: home, consents, disclosures, jäv and protection."""
    return Subject(
        activity_id=case.activity_id,
        unit_ids=frozenset(filter(None, [case.home_id])),
        home_id=case.home_id,
        purpose=case.purpose,
        consents=tuple(rows.consents.of(conn, tables.consent.c.case_id, case.id)),
        disclosures=tuple(rows.disclosures.of(conn, tables.disclosure.c.case_id, case.id)),
        shut_out=frozenset(one.contact_id for one in rows.shut_outs.of(conn, tables.shut_out.c.case_id, case.id)),
        before_forum=case.submitted_at is not None,
        protected=person.protected,
        owners=frozenset(person.protected_owners),
    )


def of_whole_case(conn: Connection, case: Case) -> Subject:
    """A case with all that others have added: nobody's information alone, so that the consent decides for all of it.

    For what leaves: before the enrolment, or the first answer, it is the own unit's that began it.
    """
    subject = of(conn, case)
    return replace(subject, home_id=None) if _has_others_part(conn, case) else subject


def _has_others_part(conn: Connection, case: Case) -> bool:
    if isinstance(case, Referral):
        return case.episode_id is not None
    if isinstance(case, Sip):
        return bool(rows.sip_plans.of(conn, tables.sip_plan.c.case_id, case.id))
    asked = rows.questions.of(conn, tables.question.c.case_id, case.id, by=tables.question.c.place)
    items = rows.agenda_items.of(conn, tables.agenda_item.c.case_id, case.id)
    return any(one.answer for one in asked) or any(one.next_step for one in items)


def addresses_of(conn: Connection, unit_id: UnitId) -> list[str]:
    """The function addresses of those who work at a unit."""
    contacts = rows.contacts.of(conn, tables.contact.c.unit_id, unit_id)
    return [one.function_address for one in contacts if one.active and one.function_address]


def addresses_in_team(conn: Connection, activity_id: ActivityId, unit_id: UnitId) -> list[str]:
    """That of the team's contact person at a unit; of a unit where the team has none with an address, all of them."""
    parts = rows.team_parts.of(conn, tables.team_part.c.activity_id, activity_id)
    named = [rows.contacts.get(conn, one.contact_id) for one in parts if one.unit_id == unit_id and one.contact_id]
    theirs = [one.function_address for one in named if one.active and one.function_address]
    return theirs or addresses_of(conn, unit_id)


def at_commissioner(subject: Subject, episode: Episode) -> Subject:
    """The same case, for what came after the enrolment: that is the information of the unit that commissions."""
    return replace(subject, home_id=episode.commissioner_id)


def of_follow_up(conn: Connection, follow_up: FollowUp, episode: Episode) -> Subject:
    """A follow-up is its episode's, and its owner's."""
    subject = at_commissioner(of_episode(conn, episode), episode)
    owners = frozenset(filter(None, [follow_up.owner_id]))
    return replace(subject, contact_ids=subject.contact_ids | owners)


def of_person(conn: Connection, person: Person) -> list[Subject]:
    """Every case of a person; one that is permitted lets the person's own page be read."""
    referrals = rows.referrals.of(conn, tables.referral.c.person_id, person.id)
    nafs_cases = rows.nafs_cases.of(conn, tables.nafs_case.c.person_id, person.id)
    sips = rows.sips.of(conn, tables.sip.c.person_id, person.id)
    cases: list[Case] = [*referrals, *nafs_cases, *sips]
    return [of(conn, one) for one in cases]


def persons_of_number(conn: Connection, number: PersonalNumber) -> list[Person]:
    """Every row of the human being with this number, whoever asks; what may be said of them the caller decides."""
    return rows.persons.of(conn, tables.person.c.number, number)


def same_person(conn: Connection, person_id: PersonId) -> list[PersonId]:
    """The ids of every row of the same human being, for the rules that hold whoever has written them down."""
    return [one.id for one in persons_of_number(conn, rows.persons.get(conn, person_id).number)]


def shut_out_of(conn: Connection, contact_id: ContactId | None) -> frozenset[str]:
    """The cases that somebody is kept out of by jäv."""
    if contact_id is None:
        return frozenset()
    return frozenset(one.case_id for one in rows.shut_outs.of(conn, tables.shut_out.c.contact_id, contact_id))
