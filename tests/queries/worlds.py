"""Random worlds: cases at every stage, people who have something to do with them, and those who have not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sqlalchemy import Connection

from misam_desktop.domain.access import Actor
from misam_desktop.domain.activity import Anchor
from misam_desktop.domain.codes import Referrer, Role, Sex
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.ids import ActivityId, ContactId, EpisodeId, FollowUpId, PersonId, ReferralId, UnitId, UserId
from misam_desktop.domain.livelihood import UNKNOWN
from misam_desktop.domain.people import Contact, Person
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.referral import Referral
from misam_desktop.store import founding, rows
from misam_desktop.vault import Vault
from tests.commands.worlds import entries
from tests.conftest import NOW, TODAY

UNITS = tuple(UnitId(one) for one in ("af", "fk", "kommun-ifo"))
CONTACTS = tuple(ContactId(f"contact-{number}") for number in range(4))
USERS = tuple(UserId(f"user-{number}") for number in range(3))
ACTIVITIES = (ActivityId("misam"), ActivityId("jobbtorg"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One referral of one person, with its episode and follow-up once there are such."""

    person: Person
    referral: Referral
    episode: Episode | None = None
    follow_up: FollowUp | None = None


def cases(dice: Random, how_many: int) -> list[Case]:
    """Drafts, referrals and episodes of any unit, anybody's and nobody's, every fifth of a protected person."""
    made = [_referred(dice, number) for number in range(how_many)]
    return [_enrolled(dice, number, case) if dice.random() < 0.6 else case for number, case in enumerate(made)]


def _referred(dice: Random, number: int) -> Case:
    person = Person(
        id=PersonId(f"p{number}"),
        number=made_up_number(date(1980, 1, 1) + timedelta(days=number), 980),
        sex=Sex.ANNAT,
        protected=dice.random() < 0.2,
        protected_owners=tuple(dice.sample(USERS, dice.randrange(3))),
    )
    referral = Referral(
        id=ReferralId(f"r{number}"),
        person_id=person.id,
        activity_id=dice.choice(ACTIVITIES),
        referrer=Referrer.ANNAN,
        unit_id=dice.choice((*UNITS, None)),
        contact_id=dice.choice((*CONTACTS, None)),
        referred_on=TODAY,
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


def actors(dice: Random, how_many: int) -> list[Actor]:
    """Users with one or two roles, of any unit, in all activities, one or both; some who are nobody's handläggare."""
    return [
        Actor(
            user_id=dice.choice(USERS),
            contact_id=dice.choice((*CONTACTS, None)),
            unit_id=dice.choice(UNITS),
            roles=frozenset(dice.sample(list(Role), dice.randrange(1, 3))),
            activity_ids=frozenset(dice.sample(ACTIVITIES, dice.randrange(3))),
        )
        for _ in range(how_many)
    ]


def store(conn: Connection, made: Sequence[Case]) -> None:
    """Store the cases, and the contacts and the activity they name."""
    rows.contacts.add_all(conn, [Contact(id=one, name=one, unit_id=UNITS[0]) for one in CONTACTS])
    rows.activities.add(conn, founding.reference_activity("misam", activity_id=ACTIVITIES[1], name="Jobbtorg"))
    rows.persons.add_all(conn, [case.person for case in made])
    rows.referrals.add_all(conn, [case.referral for case in made])
    rows.episodes.add_all(conn, [case.episode for case in made if case.episode])
    rows.follow_ups.add_all(conn, [case.follow_up for case in made if case.follow_up])


def reads(vault: Vault, action: str) -> list[tuple[str, str, int]]:
    """What the log says of one kind of read: object, person, and whether it was allowed."""
    return [(one.object_id, one.person_id, one.allowed) for one in entries(vault) if one.action == action]
