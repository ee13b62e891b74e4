"""Random worlds: cases at every stage, people who have something to do with them, and those who have not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection

from misam_desktop.domain.access import Actor
from misam_desktop.domain.activity import Anchor, Kind
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import Act, InfoKind, Purpose, Recipient, Referrer, Role, Sex
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.ids import (
    ActivityId,
    AgendaItemId,
    CaseId,
    ConsentId,
    ContactId,
    DisclosureId,
    EpisodeId,
    FollowUpId,
    MeetingId,
    PersonId,
    QuestionId,
    ReferralId,
    UnitId,
    UserId,
)
from misam_desktop.domain.livelihood import UNKNOWN
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.nafs import NafsCase, Question
from misam_desktop.domain.people import Contact, Person, User
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.shut_out import ShutOut
from misam_desktop.domain.sip import Sip
from misam_desktop.store import founding, rows, tables
from misam_desktop.vault import Vault
from tests.commands.worlds import entries
from tests.conftest import NOW, TODAY

UNITS = tuple(UnitId(one) for one in ("af", "fk", "kommun-ifo"))
CONTACTS = tuple(ContactId(f"contact-{number}") for number in range(4))
USERS = tuple(UserId(f"user-{number}") for number in range(3))
ACTIVITIES = (ActivityId("misam"), ActivityId("jobbtorg"))
TEAMS = (ActivityId("nafs-norr"), ActivityId("nafs-syd"))
MEETINGS = {team: MeetingId(f"m-{team}") for team in TEAMS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One referral of one person, with its episode and follow-up once there are such, and what decides who reads it."""

    person: Person
    referral: Referral
    episode: Episode | None = None
    follow_up: FollowUp | None = None
    consents: tuple[Consent, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    shut_out: tuple[ShutOut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """One NAFS case, on the agenda of its team's one meeting."""

    person: Person
    case: NafsCase
    item: AgendaItem
    questions: tuple[Question, ...]
    consents: tuple[Consent, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    shut_out: tuple[ShutOut, ...] = ()


def cases(dice: Random, how_many: int) -> list[Case]:
    """Drafts, referrals and episodes of any unit, anybody's and nobody's, every fifth of a protected person.

    Every fifth is of somebody who has another case, as the same row or as what another unit has written down of them.
    """
    made: list[Case] = []
    for number in range(how_many):
        before = dice.choice(made).person if made and dice.random() < 0.2 else None
        made.append(_referred(dice, number, a_person(dice, number) if before is None else _again(dice, number, before)))
    begun = [_enrolled(dice, number, case) if dice.random() < 0.6 else case for number, case in enumerate(made)]
    return [_agreed(dice, case) for case in begun]


def a_person(dice: Random, number: int) -> Person:
    return Person(
        id=PersonId(f"p{number}"),
        number=made_up_number(date(1980, 1, 1) + timedelta(days=number), 980),
        family_name=f"Provsson{'abcdefghij'[number % 10]}{number}",
        sex=Sex.ANNAT,
        protected=dice.random() < 0.2,
        protected_owners=tuple(dice.sample(USERS, dice.randrange(3))),
    )


def _again(dice: Random, number: int, person: Person) -> Person:
    return person if dice.random() < 0.5 else replace(person, id=PersonId(f"p{number}"))


def _referred(dice: Random, number: int, person: Person) -> Case:
    unit_id = dice.choice((*UNITS, None))
    referral = Referral(
        id=ReferralId(f"r{number}"),
        person_id=person.id,
        activity_id=dice.choice(ACTIVITIES),
        referrer=Referrer.ANNAN,
        unit_id=unit_id,
        kept_by=None if unit_id else dice.choice(UNITS),
        contact_id=dice.choice((*CONTACTS, None)),
        question=f"Frågan om {number}",
        referred_on=TODAY - timedelta(days=number),
        livelihoods=UNKNOWN,
        submitted_at=dice.choice((NOW, None)),
    )
    return Case(person=person, referral=referral)


def _enrolled(dice: Random, number: int, case: Case) -> Case:
    episode = Episode(
        id=EpisodeId(f"e{number}"),
        person_id=case.person.id,
        activity_id=case.referral.activity_id,
        referral_id=case.referral.id,
        enrolled_on=TODAY,
        commissioner_id=dice.choice((*UNITS, None)),
        case_worker_id=dice.choice((*CONTACTS, None)),
        case_lead_id=dice.choice((*CONTACTS, None)),
    )
    follow_up = FollowUp(
        id=FollowUpId(f"f{number}"),
        episode_id=episode.id,
        anchor=Anchor.ENROLMENT,
        months=3,
        due_on=TODAY,
        original_due_on=TODAY,
        owner_id=dice.choice((*CONTACTS, None)),
    )
    referral = replace(case.referral, submitted_at=NOW, episode_id=episode.id)
    return replace(case, referral=referral, episode=episode, follow_up=follow_up)


def raised(dice: Random, how_many: int, beside: Sequence[Case]) -> list[Raised]:
    """NAFS cases: drafts, put to a team or taken back, every third of somebody who has another case."""
    made = []
    for number in range(how_many, 2 * how_many):
        before = dice.choice(beside).person if beside and dice.random() < 0.3 else None
        person = a_person(dice, 1000 + number) if before is None else _again(dice, 1000 + number, before)
        case = NafsCase(
            id=CaseId(f"n{number}"),
            person_id=person.id,
            activity_id=dice.choice(TEAMS),
            unit_id=dice.choice(UNITS),
            raised_by=dice.choice(CONTACTS),
            passed_by=dice.choice((*CONTACTS, None)),
            raised_on=TODAY - timedelta(days=number),
            submitted_at=dice.choice((NOW, NOW, None)),
            withdrawn_on=dice.choice((None, None, None, TODAY)),
        )
        item = AgendaItem(
            id=AgendaItemId(f"i{number}"), meeting_id=MEETINGS[case.activity_id], case_id=case.id, place=number,
            next_step=f"Steg {number}", added_at=NOW,
        )  # fmt: skip
        asked = Question(id=QuestionId(f"q{number}"), case_id=case.id, unit_id=UNITS[0], text=f"Fråga {number}")
        made.append(Raised(person=person, case=case, item=item, questions=(asked,), **papers(dice, case, Purpose.NAFS)))
    return made


def _agreed(dice: Random, case: Case) -> Case:
    return replace(case, **papers(dice, case.referral, Purpose.SAMVERKAN))


def papers(dice: Random, case: Referral | NafsCase | Sip, purpose: Purpose) -> dict[str, Any]:
    """None to three papers, some taken back, run out, narrow or to come, and what was handed over under them."""
    consents = tuple(_consent(dice, case, at, purpose) for at in range(dice.choice((0, 1, 1, 2, 3))))
    handed = [_disclosure(dice, case, consent, at) for consent in consents for at in range(dice.choice((0, 1, 2, 4)))]
    who = dice.sample(CONTACTS, dice.choice((0, 0, 0, 1)))
    shut_out = (ShutOut(id=f"{case.id}-{one}", case_id=case.id, contact_id=one, by=USERS[0], on=TODAY) for one in who)
    return {"consents": consents, "disclosures": tuple(handed), "shut_out": tuple(shut_out)}


def _consent(dice: Random, case: Referral | NafsCase | Sip, at: int, purpose: Purpose) -> Consent:
    from_on = TODAY + timedelta(days=dice.choice((-60, -30, -30, -1, 0, 5)))
    return Consent(
        id=ConsentId(f"{case.id}-c{at}"),
        person_id=case.person_id,
        case_id=case.id,
        purpose=dice.choice((*(purpose,) * 8, *Purpose)),
        from_on=from_on,
        until_on=dice.choice((None, None, from_on, max(from_on, TODAY - timedelta(days=2)), max(from_on, TODAY))),
        unit_ids=tuple(dice.sample(UNITS, dice.randrange(1, 4))),
        kinds=dice.choice((tuple(InfoKind), tuple(dice.sample(list(InfoKind), 3)), (InfoKind.HALSA,))),
        recorded_at=NOW + timedelta(minutes=dice.randrange(2)),
        withdrawn_on=dice.choice((None, None, None, TODAY, TODAY - timedelta(days=9))),
    )


def _disclosure(dice: Random, case: Referral | NafsCase | Sip, consent: Consent, at: int) -> Disclosure:
    on = TODAY + timedelta(days=dice.choice((-40, -20, -1, 0)))
    return Disclosure(
        id=DisclosureId(f"{consent.id}-d{at}"),
        case_id=case.id,
        person_id=case.person_id,
        act=dice.choice((Act.MOTE, Act.DELNING, Act.UTSKRIFT)),
        recipient=Recipient.ENHET,
        unit_id=dice.choice(UNITS),
        kinds=tuple(dice.sample(list(InfoKind), dice.randrange(1, 8))),
        purpose=consent.purpose,
        consent_id=consent.id,
        by=USERS[0],
        on=on,
        at=NOW,
    )


def actors(dice: Random, how_many: int) -> list[Actor]:
    """Users with one or two roles, of any unit, in all activities, one or both; some who are nobody's handläggare."""
    return [
        Actor(
            user_id=dice.choice(USERS),
            contact_id=dice.choice((*CONTACTS, None)),
            unit_id=dice.choice(UNITS),
            roles=frozenset(dice.sample(list(Role), dice.randrange(1, 3))),
            activity_ids=frozenset(dice.sample((*ACTIVITIES, *TEAMS), dice.choice((0, 1, 2, 2)))),
        )
        for _ in range(how_many)
    ]


def store(conn: Connection, made: Sequence[Case], nafs: Sequence[Raised] = ()) -> None:
    """Store the cases, and the contacts and the activities they name."""
    if not rows.contacts.where(conn, tables.contact.c.id == CONTACTS[0]):
        rows.contacts.add_all(conn, [Contact(id=one, name=one, unit_id=UNITS[0]) for one in CONTACTS])
        rows.users.add_all(conn, [User(id=one, login=one, name=one, unit_id=UNITS[0], roles=()) for one in USERS])
        rows.activities.add(conn, founding.reference_activity("misam", activity_id=ACTIVITIES[1], name="Jobbtorg"))
        for team in TEAMS:
            rows.activities.add(conn, founding.reference_activity("nafs", activity_id=team, name=team))
            rows.meetings.add(conn, Meeting(id=MEETINGS[team], activity_id=team, kind=Kind.NAFS, on=TODAY))
    every: list[Case | Raised] = [*made, *nafs]
    rows.persons.add_all(conn, list({case.person.id: case.person for case in every}.values()))
    rows.referrals.add_all(conn, [case.referral for case in made])
    rows.episodes.add_all(conn, [case.episode for case in made if case.episode])
    rows.follow_ups.add_all(conn, [case.follow_up for case in made if case.follow_up])
    rows.nafs_cases.add_all(conn, [one.case for one in nafs])
    rows.questions.add_all(conn, [asked for one in nafs for asked in one.questions])
    rows.agenda_items.add_all(conn, [one.item for one in nafs])
    rows.consents.add_all(conn, [one for case in every for one in case.consents])
    rows.disclosures.add_all(conn, [one for case in every for one in case.disclosures])
    rows.shut_outs.add_all(conn, [one for case in every for one in case.shut_out])


def empty(conn: Connection) -> None:
    """Take every case away again, so that the next world begins in the same store."""
    for mapper in (
        rows.shut_outs, rows.disclosures, rows.consents, rows.agenda_items, rows.questions, rows.nafs_cases,
        rows.follow_ups, rows.episodes, rows.referrals, rows.persons,
    ):  # fmt: skip
        if mapper is rows.disclosures:
            conn.exec_driver_sql("DELETE FROM case_access")
        if mapper is rows.episodes:
            conn.exec_driver_sql("UPDATE referral SET episode_id = NULL")
        conn.exec_driver_sql(f"DELETE FROM {mapper.table.name}")
    conn.exec_driver_sql('DELETE FROM "case"')


def reads(vault: Vault, action: str) -> list[tuple[str, str, int]]:
    """What the log says of one kind of read: object, person, and whether it was allowed."""
    return [(one.object_id, one.person_id, one.allowed) for one in entries(vault) if one.action == action]
