"""A large made-up store: twelve years of an activity and a NAFS team, 120,000 episodes, encrypted as always."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection

from misam_desktop import assets
from misam_desktop.commands.disclosures import hand_over
from misam_desktop.domain.access import Actor, May
from misam_desktop.domain.activity import Activity, Anchor
from misam_desktop.domain.clocks import add_months, follow_up_due
from misam_desktop.domain.codes import (
    Act,
    Agency,
    Destination,
    DischargeReason,
    Education,
    InfoKind,
    Livelihood,
    Outcome,
    Purpose,
    Referrer,
    RereferralReason,
    Role,
    Sex,
)
from misam_desktop.domain.commitment import Commitment
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.episode import Assignment, AssignmentRole, Episode
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.ids import (
    CommitmentId,
    ConsentId,
    ContactId,
    EpisodeId,
    FollowUpId,
    PersonId,
    ReferralId,
    UnitId,
)
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.meeting import Assessment
from misam_desktop.domain.people import Contact, Person
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.referral import Referral
from misam_desktop.keys import key_file
from misam_desktop.keys.primitives import LIGHT
from misam_desktop.store import founding, log, rows
from misam_desktop.store.engine import writing
from misam_desktop.unlocking import Founder, create, unlock
from misam_desktop.vault import Clock, Tx, Vault
from tests.bench.world_asked import OFFERED, Beside
from tests.bench.world_facts import FIRST, MISAM, NAFS, TODAY, Led, at, new_id
from tests.bench.world_meetings import meetings
from tests.bench.world_nafs import STANDING, Team

CLOCK = Clock(now=lambda: at(TODAY, 8), today=lambda: TODAY)
PASSWORD = "ett stort men påhittat lag"
WORKERS_A_UNIT = 20
BATCH = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much there is of what."""

    persons: int = 100_000
    episodes: int = 120_000
    waiting: int = 60
    log_entries: int = 200_000


def unlocked(folder: Path, size: Size, login: str) -> Vault:
    """The store of this size, unlocked by ``karin``, ``jonas`` or ``nora``; made on first use, and anew for another."""
    parts = (*sorted(Path(__file__).parent.glob("world*.py")), assets.database("schema.sql"))
    made_by = b"".join(one.read_bytes() for one in parts)
    path = folder / f"stor-{size.persons}-{size.episodes}-{sha256(made_by).hexdigest()[:8]}.misam"
    if not path.exists():
        _make(path, size)
    return unlock(path, login=login, password=PASSWORD, clock=CLOCK)


def _make(path: Path, size: Size) -> None:
    """Under another name until it is whole, so that a making that was stopped is begun again."""
    half = path.with_name("halv.misam")
    for left in (half, key_file.path_beside(half)):
        left.unlink(missing_ok=True)
    half.parent.mkdir(parents=True, exist_ok=True)
    create(
        half,
        team="Storlaget",
        founders=[
            _founder(MISAM.login, "kommun-ifo", Role.KOORDINATOR),
            _founder("jonas", "af", Role.HANDLAGGARE),
            _founder(NAFS.login, STANDING[Agency.REGION], Role.NAFS_KOORDINATOR),
        ],
        activities=[_offering(_of_reference(MISAM)), _meeting_weekly(_of_reference(NAFS))],
        clock=CLOCK,
        cost=LIGHT,
    )
    vault = unlock(half, login="karin", password=PASSWORD, clock=CLOCK)
    with writing(vault._engine) as conn:
        _fill(conn, vault.actor, size)
    vault.close()
    key_file.path_beside(half).rename(key_file.path_beside(path))
    half.rename(path)


def _founder(login: str, unit: str, role: Role) -> Founder:
    return Founder(login=login, name=login.title(), password=PASSWORD, unit_id=UnitId(unit), roles=(role,))


def _of_reference(led: Led) -> Activity:
    return founding.reference_activity(led.id, activity_id=led.id, name=led.name)


def _offering(activity: Activity) -> Activity:
    return replace(activity, settings=replace(activity.settings, questionnaires=OFFERED))


def _meeting_weekly(team: Activity) -> Activity:
    rhythm = replace(team.settings.rhythm, every_weeks=1, capacity=25)
    return replace(team, settings=replace(team.settings, rhythm=rhythm))


def _fill(conn: Connection, koordinator: Actor, size: Size) -> None:
    """In the order of time, as a store grows: what is of one year lies together; who reads what, at the commit."""
    dice = Random(7)
    life = _Life(conn, koordinator, dice)
    span = (TODAY - FIRST).days
    days = sorted(FIRST + timedelta(days=dice.randrange(span)) for _ in range(size.episodes))
    again = set(dice.sample(range(size.episodes // 5, size.episodes), size.episodes - size.persons))
    cases = (life.again(day) if number in again else life.first(day) for number, day in enumerate(days))
    while batch := list(islice(cases, BATCH)):
        life.store(batch)
    life.store([life.waiting() for _ in range(size.waiting)])
    life.beside.type_totals()
    meetings(conn, rows.activities.get(conn, MISAM.id), until=TODAY - timedelta(days=1))
    Team(conn, life.workers).fill(size.episodes)
    log.append_all(conn, [life.entry() for _ in range(size.log_entries)])


@dataclass(slots=True, kw_only=True)
class _Case:
    """Everything that is stored of one case."""

    person: Person | None
    referral: Referral
    consents: list[Consent]
    assessment: Assessment | None = None
    episode: Episode | None = None
    assignments: list[Assignment]
    follow_ups: list[FollowUp]
    commitments: list[Commitment]


class _Life:
    """Rolls the dice, the same way each time."""

    def __init__(self, conn: Connection, koordinator: Actor, dice: Random) -> None:
        self._conn, self._koordinator, self._dice, self._acts = conn, koordinator, dice, Random(8)
        self._birth, self._serial = date(1965, 1, 1), 980
        self._ended: list[Episode] = []
        self._units = rows.units.where(conn)
        self._family, self._given = _names(dice, 3000), _names(dice, 500)
        self._users = [user.id for user in rows.users.where(conn)]
        self.workers = self._welcome()
        self.beside = Beside(conn, koordinator.unit_id)

    def _welcome(self) -> dict[UnitId, list[ContactId]]:
        workers = {unit.id: [self.new_id() for _ in range(WORKERS_A_UNIT)] for unit in self._units}
        for unit_id, ids in workers.items():
            contacts = [Contact(id=ContactId(one), name=self._full_name(), unit_id=unit_id) for one in ids]
            rows.contacts.add_all(self._conn, contacts)
        accounts = {user.unit_id: user.contact_id for user in rows.users.where(self._conn)}
        return {
            unit_id: [ContactId(one) for one in filter(None, [*ids, accounts.get(unit_id)])]
            for unit_id, ids in workers.items()
        }

    def new_id(self) -> str:
        """An id like those of the program, in no order."""
        return new_id(self._dice)

    def store(self, cases: Sequence[_Case]) -> None:
        """Store a batch of cases, table by table."""
        conn = self._conn
        rows.persons.add_all(conn, [case.person for case in cases if case.person])
        rows.referrals.add_all(conn, [case.referral for case in cases])
        rows.consents.add_all(conn, [one for case in cases for one in case.consents])
        rows.assessments.add_all(conn, [case.assessment for case in cases if case.assessment])
        rows.episodes.add_all(conn, [case.episode for case in cases if case.episode])
        rows.assignments.add_all(conn, [one for case in cases for one in case.assignments])
        rows.follow_ups.add_all(conn, [one for case in cases for one in case.follow_ups])
        rows.commitments.add_all(conn, [one for case in cases for one in case.commitments])
        self.beside.store([case.episode for case in cases if case.episode])
        for case in cases:
            self._put_to_the_forum(case)

    def _put_to_the_forum(self, case: _Case) -> None:
        """What is handed over to the units of the consent, as when the referral is sent."""
        at = case.referral.submitted_at
        assert at is not None
        tx = Tx(self._conn, self._koordinator, May.DISCLOSE, now=at, today=at.date())
        tx.new_id = lambda: new_id(self._acts)
        for consent in case.consents:
            if consent.purpose is Purpose.SAMVERKAN:
                hand_over(tx, case.referral, consent, act=Act.MOTE)

    def first(self, enrolled_on: date) -> _Case:
        """A new person, enrolled on a day."""
        return self._enrolled(self._person(), enrolled_on)

    def again(self, enrolled_on: date) -> _Case:
        """A person who comes back, some within the window of a re-referral."""
        while True:
            earlier = self._ended[self._dice.randrange(len(self._ended))]
            assert earlier.discharged_on is not None
            if timedelta(30) < enrolled_on - earlier.discharged_on < timedelta(900):
                return self._enrolled(earlier, enrolled_on)

    def waiting(self) -> _Case:
        """A referral that stands in the queue of the next forum."""
        person = self._person()
        referral = self._referral(person.id, TODAY - timedelta(days=self._dice.randrange(3, 21)))
        consents = self._consents(referral, None)
        return _Case(person=person, referral=referral, consents=consents, assignments=[], follow_ups=[], commitments=[])

    def entry(self) -> log.Entry:
        """A read of long ago."""
        case = self._ended[self._dice.randrange(len(self._ended))]
        return log.Entry(
            at=at(FIRST, 8),
            user_id=self._users[0],
            role=Role.KOORDINATOR,
            unit_id="kommun-ifo",
            action="case.opened",
            object_id=case.id,
            person_id=case.person_id,
        )

    def _person(self) -> Person:
        number = made_up_number(self._birth, self._serial)
        self._birth, self._serial = (
            (self._birth, self._serial + 1) if self._serial < 999 else (self._birth + timedelta(days=3), 980)
        )
        family, given = self._dice.choice(self._family), self._dice.choice(self._given)
        sex = self._dice.choices(list(Sex), [49, 49, 2])[0]
        return Person(
            id=PersonId(self.new_id()),
            number=number,
            given_name=given,
            family_name=family,
            sex=sex,
            protected=self._dice.random() < 0.002,
            protected_owners=(self._users[0],),
        )

    def _full_name(self) -> str:
        return f"{self._dice.choice(self._given)} {self._dice.choice(self._family)}"

    def _referral(self, person_id: PersonId, on: date, **more: Any) -> Referral:
        dice = self._dice
        unit = dice.choice(self._units)
        return Referral(
            id=ReferralId(self.new_id()),
            person_id=person_id,
            activity_id=MISAM.id,
            referrer=Referrer(unit.agency.value),
            unit_id=unit.id,
            contact_id=dice.choice(self.workers[unit.id]),
            referred_on=on,
            question="Vilka insatser behövs i vilken ordning, och vem håller i dem?",
            needed_unit_ids=tuple(one.id for one in dice.sample(self._units, 2)),
            needed_why="Försörjning och hälsa hänger ihop.",
            close_cooperation=True,
            education=dice.choice(list(Education)),
            livelihoods=_livelihoods(dice),
            support_months=dice.randrange(150),
            sgi0=dice.random() < 0.1,
            submitted_at=at(on, 9),
            **more,
        )

    def _enrolled(self, who: Person | Episode, enrolled_on: date) -> _Case:
        dice = self._dice
        earlier = who if isinstance(who, Episode) else None
        person_id = earlier.person_id if earlier else who.id
        episode_id = EpisodeId(self.new_id())
        decided_on = enrolled_on - timedelta(days=dice.randrange(1, 20))
        referral = self._referral(
            PersonId(person_id),
            decided_on - timedelta(days=dice.randrange(3, 20)),
            outcome=Outcome.ANTAS,
            outcome_on=decided_on,
            episode_id=episode_id,
            **_as_rereferral(earlier, decided_on),
        )
        episode = self._episode(episode_id, referral, enrolled_on)
        if episode.discharged_on is not None:
            self._ended.append(episode)
        return _Case(
            person=None if isinstance(who, Episode) else who,
            referral=referral,
            consents=self._consents(referral, episode.commissioner_id),
            assessment=Assessment(
                id=self.new_id(),
                referral_id=referral.id,
                meeting_id=None,
                outcome=Outcome.ANTAS,
                concluded_on=decided_on,
            ),
            episode=episode,
            assignments=self._assignments(episode),
            follow_ups=list(self._follow_ups(episode)),
            commitments=[self._commitment(episode)],
        )

    def _episode(self, episode_id: EpisodeId, referral: Referral, enrolled_on: date) -> Episode:
        dice = self._dice
        unit = dice.choice(self._units)
        ends_on = enrolled_on + timedelta(days=int(dice.triangular(60, 1100, 450)))
        ended: dict[str, Any] = {}
        if ends_on <= TODAY:
            ended = {
                "discharged_on": ends_on,
                "discharge_reason": dice.choice(list(DischargeReason)[:8]),
                "destination": dice.choice(list(Destination)),
                "livelihoods_out": _livelihoods(dice),
                "planning_after": "Kommunen tar över.",
            }
        workers = self.workers[unit.id]
        return Episode(
            id=episode_id,
            person_id=referral.person_id,
            activity_id=MISAM.id,
            referral_id=referral.id,
            enrolled_on=enrolled_on,
            commissioner_id=unit.id,
            case_worker_id=dice.choice(workers),
            case_lead_id=dice.choice(workers) if dice.random() < 0.95 else None,
            **ended,
        )

    def _consents(self, referral: Referral, commissioner_id: UnitId | None) -> list[Consent]:
        """Every third says nothing of health."""
        signed_on = referral.referred_on
        named = (referral.unit_id, commissioner_id, self._koordinator.unit_id, *referral.needed_unit_ids)
        kinds = [kind for kind in InfoKind if kind is not InfoKind.HALSA or int(referral.id[:4], 16) % 3]
        wanted = [Purpose.SAMVERKAN, *([Purpose.UPPFOLJNING] if self._dice.random() < 0.9 else [])]
        return [
            Consent(
                id=ConsentId(self.new_id()),
                person_id=referral.person_id,
                case_id=referral.id,
                purpose=purpose,
                from_on=signed_on,
                until_on=add_months(signed_on, 36),
                unit_ids=tuple(dict.fromkeys(one for one in named if one is not None)),
                kinds=tuple(kinds),
                paper_at="Pärm 4",
                recorded_at=at(signed_on, 9),
            )
            for purpose in wanted
        ]

    def _assignments(self, episode: Episode) -> list[Assignment]:
        shared: dict[str, Any] = {"episode_id": episode.id, "from_on": episode.enrolled_on}
        first = Assignment(
            id=self.new_id(), role=AssignmentRole.COMMISSIONER, unit_id=episode.commissioner_id, **shared
        )
        worker = Assignment(
            id=self.new_id(), role=AssignmentRole.CASE_WORKER, contact_id=episode.case_worker_id, **shared
        )
        return [first, worker]

    def _follow_ups(self, episode: Episode) -> Iterator[FollowUp]:
        """Done on their days; of those that are late, a few."""
        for months in count(3, 3):
            due_on = follow_up_due(episode.enrolled_on, months)
            if episode.discharged_on is not None and due_on > episode.discharged_on:
                return
            late = TODAY - timedelta(days=20) < due_on < TODAY and self._dice.random() < 0.3
            done = due_on < TODAY and not late
            yield FollowUp(
                id=FollowUpId(self.new_id()),
                episode_id=episode.id,
                anchor=Anchor.ENROLMENT,
                months=months,
                due_on=due_on,
                original_due_on=due_on,
                owner_id=episode.case_worker_id,
                done_on=due_on if done else None,
                done_by=self._users[1] if done else None,
                step=min(5, 1 + months // 6) if done else None,
                livelihoods=_livelihoods(self._dice) if done else None,
                note="Planeringen håller." if done else "",
            )
            if due_on >= TODAY:
                return

    def _commitment(self, episode: Episode) -> Commitment:
        return Commitment(
            id=CommitmentId(self.new_id()),
            episode_id=episode.id,
            what="Kontakt med vårdcentralen",
            unit_id=episode.commissioner_id,
            due_on=add_months(episode.enrolled_on, 2),
            done_on=episode.discharged_on,
        )


def _as_rereferral(earlier: Episode | None, decided_on: date) -> dict[str, Any]:
    if earlier is None or earlier.discharged_on is None or decided_on > add_months(earlier.discharged_on, 6):
        return {}
    return {
        "earlier_episode_id": earlier.id,
        "rereferral_reason": RereferralReason.INTE_HALLIT,
        "not_held": "Praktiken avbröts.",
    }


def _livelihoods(dice: Random) -> Livelihoods:
    main = dice.choice(list(Livelihood))
    if main in {Livelihood.INGEN, Livelihood.OKAND} or dice.random() < 0.8:
        return Livelihoods((main,))
    return Livelihoods((main, Livelihood.LON if main is not Livelihood.LON else Livelihood.STUDIESTOD))


def _names(dice: Random, how_many: int) -> list[str]:
    """Names that nobody has, out of syllables; some with letters that only Swedish sorts last."""
    starts = ("Sva", "Bre", "Lju", "Gra", "Tors", "Vi", "Ås", "Öster", "Äng", "Ka", "Mo", "Ri", "Sten", "Ha", "No")
    middles = ("la", "me", "ri", "nä", "so", "tu", "vi", "be", "då", "ke", "lö", "ni")
    ends = ("berg", "mark", "vik", "lund", "dal", "strand", "hed", "näs", "fors", "gren")
    return [
        dice.choice(starts) + dice.choice(middles) + dice.choice(middles) + dice.choice(ends) for _ in range(how_many)
    ]
