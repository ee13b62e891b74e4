"""The predicate and its SQL are one rule: over 500 random worlds they let through the same rows, names and kinds.

But for three things. A protected person stays in lists, as «Skyddad», and only opening the record is refused. The
register export is the activity's own copy: cut by activity, protection and jäv, not by consent (register-format.md).
The yearly account is figures: cut by activity alone, so that everybody counts the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, select

from misam_desktop.domain.access import Actor, Decision, May, Subject, in_activity, includes, may
from misam_desktop.domain.codes import Agency, InfoKind, Purpose, Referrer, Role, Sex
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import OPENS, Disclosure
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import EpisodeId
from misam_desktop.domain.register import Read, RegisterRow
from misam_desktop.domain.report import ReportKind
from misam_desktop.domain.scope import CLOSING, deciding
from misam_desktop.queries import reach, register, shown
from misam_desktop.queries.agenda import agenda_of
from misam_desktop.queries.cases import open_cases
from misam_desktop.queries.counts import badges
from misam_desktop.queries.follow_ups import open_follow_ups
from misam_desktop.queries.forum import forum_day
from misam_desktop.queries.nafs_cases import look_up_for_nafs, nafs_cases
from misam_desktop.queries.nafs_ledger import meeting_register, question_ledger
from misam_desktop.queries.nafs_meetings import nafs_meetings
from misam_desktop.queries.referrals import is_unanswered, waiting_referrals
from misam_desktop.queries.reports import counted_report
from misam_desktop.queries.search import search_while_typing
from misam_desktop.queries.tasks import tasks
from misam_desktop.store import access, rows, subjects, tables
from misam_desktop.store.engine import reading, writing
from misam_desktop.vault import Look, Question, Vault
from tests.commands.worlds import MISAM
from tests.conftest import NOW, TODAY
from tests.queries.worlds import MEETINGS, Case, Raised, actors, cases, empty, raised, store

_R, _E, _P = tables.referral.c, tables.episode.c, tables.person.c
WITHHELD, PROTECTED = "Ingår inte i samtycket", "Skyddad"
WORLDS, A_WORLD = 500, 8


def look_of(conn: Connection, actor: Actor, needs: May = May.SEE_CASES) -> Look:
    return Look(conn, actor, needs, now=NOW, today=TODAY)


def asked(conn: Connection, actor: Actor, question: Question[Any]) -> Any:
    steps = question.steps(look_of(conn, actor, question.needs))
    try:
        while True:
            next(steps)
    except StopIteration as ended:
        return ended.value


def decided(actor: Actor, subject: Subject) -> Decision:
    """What the predicate says of seeing a case in a list, where a protected person stays."""
    return may(actor, May.SEE_CASES, replace(subject, protected=False), TODAY)


def is_hidden(actor: Actor, case: Case | Raised) -> bool:
    return case.person.protected and actor.user_id not in case.person.protected_owners


def name_of(actor: Actor, case: Case | Raised, decision: Decision) -> str:
    if is_hidden(actor, case):
        return PROTECTED
    return case.person.full_name if InfoKind.GRUNDUPPGIFTER in decision.kinds else WITHHELD


def question_of(actor: Actor, case: Case, decision: Decision) -> str:
    shown = InfoKind.FRAGESTALLNING in decision.kinds and not is_hidden(actor, case)
    return case.referral.question if shown else ""


class World:
    """The cases of one world as the store has them, with what the predicate is told of each; every episode goes on."""

    def __init__(self, conn: Connection, made: Iterable[Case], nafs: Iterable[Raised] = ()) -> None:
        self.conn = conn
        self.nafs: dict[str, Raised] = {one.case.id: one for one in nafs}
        self.nafs_subjects = {one: subjects.of_nafs_case(conn, made.case) for one, made in self.nafs.items()}
        self.cases: dict[str, Case] = {case.referral.id: case for case in made}
        self.subjects = {one: subjects.of_referral(conn, case.referral) for one, case in self.cases.items()}

    def seen(self, actor: Actor) -> dict[str, Decision]:
        every = {one: decided(actor, subject) for one, subject in self.subjects.items()}
        return {one: decision for one, decision in every.items() if decision}

    def nafs_seen(self, actor: Actor) -> dict[str, Decision]:
        every = {one: decided(actor, subject) for one, subject in self.nafs_subjects.items()}
        return {one: decision for one, decision in every.items() if decision}

    def named(self, actor: Actor, ids: Iterable[str], seen: dict[str, Decision]) -> dict[str, str]:
        return {one: name_of(actor, self.cases[one], seen[one]) for one in ids}

    def enrolled(self, seen: Iterable[str]) -> dict[EpisodeId, str]:
        return {case.episode.id: one for one in seen if (case := self.cases[one]).episode is not None}

    def waiting(self, seen: Iterable[str]) -> list[str]:
        return [one for one in seen if self.cases[one].episode is None]

    def goes_on_elsewhere(self, one: str, seen: Iterable[str]) -> bool:
        """Whether the same human being has another case in the activity, put to its forum or enrolled."""
        case = self.cases[one]
        others = [self.cases[other] for other in seen if other != one]
        return any(
            other.person.number == case.person.number
            and other.referral.activity_id == case.referral.activity_id
            and other.referral.submitted_at is not None
            for other in others
        )


def anybody(world: World, actor: Actor) -> None:
    """Lists, search and counts hold, and show, what the predicate says."""
    seen = world.seen(actor)
    if not includes(actor, May.SEE_CASES):
        assert seen == {}
        return
    lists(world, actor, seen)
    nafs(world, actor, world.nafs_seen(actor))
    ledgers(world, actor, world.nafs_seen(actor))
    shown_in_the_row(world, actor, seen)
    search(world, actor, seen)
    counts(world, actor, seen)


def koordinator(world: World, actor: Actor) -> None:
    """Agenda, import, export and statistics do so too."""
    seen = world.seen(actor)
    shown_in_the_row(world, actor, seen)
    agenda(world, actor, seen)
    matched(world, actor, seen)
    export(world, actor)
    statistics(world, actor)


def lists(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    enrolled, named = world.enrolled(seen), world.named(actor, seen, seen)
    found = {row.id: row.name for row in asked(world.conn, actor, open_cases())}
    assert found == {episode: named[one] for episode, one in enrolled.items()}, actor
    assert {row.episode_id for row in asked(world.conn, actor, open_follow_ups())} == set(enrolled), actor
    waits = {
        row.id: (row.name, row.question, row.has_open_case) for row in asked(world.conn, actor, waiting_referrals())
    }
    assert waits == {
        one: (named[one], question_of(actor, world.cases[one], seen[one]), world.goes_on_elsewhere(one, seen))
        for one in world.waiting(seen)
    }, actor


def nafs(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    """The list of NAFS cases, and the agenda of each team, which shows what the asker may read."""
    listed = {row.case_id: row.name for row in asked(world.conn, actor, nafs_cases())}
    stand = {one: decision for one, decision in seen.items() if world.nafs[one].case.withdrawn_on is None}
    assert listed == {one: name_of(actor, world.nafs[one], decision) for one, decision in stand.items()}, actor
    meetings(world, actor, seen)
    matched_by_number(world, actor, seen)
    for team, meeting_id in MEETINGS.items():
        led = Subject(activity_id=team, unit_ids=frozenset(), purpose=Purpose.NAFS)
        read = {
            one: decision.kinds
            for one, decision in seen.items()
            if world.nafs[one].case.activity_id == team and not is_hidden(actor, world.nafs[one])
        }
        if not read and not may(actor, May.LEAD_MEETING, led, TODAY):
            with pytest.raises(NotFound):
                asked(world.conn, actor, agenda_of(meeting_id))
            continue
        lines = {line.item.case_id: line for line in asked(world.conn, actor, agenda_of(meeting_id)).lines}
        assert {one: line.kinds for one, line in lines.items()} == read, actor
        for one, line in lines.items():
            made, kinds = world.nafs[one], read[one]
            assert bool(line.person.family_name) is (InfoKind.GRUNDUPPGIFTER in kinds), actor
            assert bool(line.questions[0].text) is (InfoKind.FRAGESTALLNING in kinds), actor
            assert line.item.next_step == (made.item.next_step if InfoKind.PLANERING in kinds else ""), actor


def meetings(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    """Of a team that one leads every meeting stands in the list, of others those with a case within reach."""
    told = {row.id: (row.cases, row.leads) for row in asked(world.conn, actor, nafs_meetings())}
    expected = {}
    for team, meeting_id in MEETINGS.items():
        led = Subject(activity_id=team, unit_ids=frozenset(), purpose=Purpose.NAFS)
        cases, leads = (
            sum(world.nafs[one].case.activity_id == team for one in seen),
            may(actor, May.LEAD_MEETING, led, TODAY),
        )
        if cases or leads:
            expected[meeting_id] = (cases, bool(leads))
    assert told == expected, actor


def matched_by_number(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    """Behind a number stand the cases that the asker may open, and no others."""
    for made in list(world.nafs.values())[:2]:
        number = made.person.number
        found = asked(world.conn, actor, look_up_for_nafs(number)).cases
        assert {one.case_id for one in found} == {
            one
            for one in seen
            if world.nafs[one].person.number == number
            and world.nafs[one].case.withdrawn_on is None
            and not is_hidden(actor, world.nafs[one])
        }, actor


def ledgers(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    """The ledger of questions, and the register of the meetings of those who lead them."""
    put = {
        one: decision
        for one, decision in seen.items()
        if world.nafs[one].case.submitted_at is not None and world.nafs[one].case.withdrawn_on is None
    }
    listed = {row.case_id: (row.name, row.text) for row in asked(world.conn, actor, question_ledger())}
    assert listed == {one: _as_listed(world.nafs[one], actor, decision) for one, decision in put.items()}, actor
    if not includes(actor, May.LEAD_MEETING):
        return
    led = {
        team
        for team in MEETINGS
        if may(actor, May.LEAD_MEETING, Subject(activity_id=team, unit_ids=frozenset(), purpose=Purpose.NAFS), TODAY)
    }
    kept = {row.team_id: row.cases for row in asked(world.conn, actor, meeting_register())}
    assert kept == {team: {one for one in seen if world.nafs[one].case.activity_id == team} for team in led}, actor


def _as_listed(made: Raised, actor: Actor, decision: Decision) -> tuple[str, str]:
    if is_hidden(actor, made):
        return PROTECTED, "Skyddad uppgift"
    may_read = InfoKind.FRAGESTALLNING in decision.kinds
    return name_of(actor, made, decision), made.questions[0].text if may_read else WITHHELD


def shown_in_the_row(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    """The kinds that a row may show are those of the decision."""
    look = look_of(world.conn, actor)
    columns = (_R.id, _R.submitted_at, *(_P[name] for name in ("protected", "protected_owners")))
    statement = (
        select(*columns, reach.kinds(look).label("kinds"), reach.identity(look).label("identified"))
        .select_from(tables.referral)
        .join(tables.person, _R.person_id == _P.id)
        .outerjoin(tables.episode, _R.episode_id == _E.id)
        .where(reach.cases(look))
    )
    found = {row.id: shown.kinds(look, row) for row in world.conn.execute(statement)}
    assert found == {
        one: frozenset() if is_hidden(actor, world.cases[one]) else decision.kinds for one, decision in seen.items()
    }, actor


def search(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    """A person is found by their latest case whose grunduppgifter may be read."""
    known = [one for one in seen if InfoKind.GRUNDUPPGIFTER in seen[one].kinds]
    nafs_seen = world.nafs_seen(actor)
    known_nafs = [
        world.nafs[one]
        for one, decision in nafs_seen.items()
        if InfoKind.GRUNDUPPGIFTER in decision.kinds and not is_hidden(actor, world.nafs[one])
    ]
    found = [world.cases[one] for one in known if not is_hidden(actor, world.cases[one])]
    nameless = [one for one in seen if one not in known]
    looked_for: list[Case | Raised] = [*(world.cases[one] for one in [*nameless, *world.cases][:2])]
    for number, case in enumerate([*looked_for, *list(world.nafs.values())[:2]]):
        text = case.person.number.long if number % 2 else case.person.family_name
        theirs = [one.referral for one in found if one.person.number == case.person.number]
        of_team = [one.case for one in known_nafs if one.person.number == case.person.number]
        latest = max(theirs, key=lambda referral: referral.referred_on, default=None)
        latest_nafs = max(of_team, key=lambda one: one.raised_on, default=None)
        if not number % 2 and case.person.protected:
            latest = latest_nafs = None  # by name nobody finds them
        hits = asked(world.conn, actor, search_while_typing(text))
        expected = (latest.id, None) if latest else (None, latest_nafs.id) if latest_nafs else None
        assert [(hit.referral_id, hit.nafs_case_id) for hit in hits] == ([expected] if expected else []), actor


def counts(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    """The numbers beside the navigation, and the rows of Idag behind one of them."""
    enrolled, waiting = world.enrolled(seen), world.waiting(seen)
    waits = tasks(look_of(world.conn, actor))
    with patch("misam_desktop.queries.counts.tasks", return_value=waits):  # once is dear enough
        told = asked(world.conn, actor, badges())
    queued = [one for one in waiting if world.cases[one].referral.submitted_at is not None]
    assert (told.cases, told.referrals) == (len(enrolled), len(queued)), actor
    for row in waits:
        if row.nafs_case_id is not None:
            decision = world.nafs_seen(actor)[row.nafs_case_id]
            assert row.name == name_of(actor, world.nafs[row.nafs_case_id], decision), (actor, row)
            continue
        one = row.referral_id or enrolled.get(row.episode_id or EpisodeId(""))
        assert one in seen, (actor, row)
        assert row.name == name_of(actor, world.cases[one], seen[one]), (actor, row)


def agenda(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    if not in_activity(actor, MISAM):
        return
    queue = asked(world.conn, actor, forum_day(MISAM, on=TODAY)).queue
    cases = {one: world.cases[one] for one in world.waiting(seen)}
    assert {row.id: (row.name, row.question) for row in queue} == {
        one: (name_of(actor, case, seen[one]), question_of(actor, case, seen[one]))
        for one, case in cases.items()
        if case.referral.activity_id == MISAM and case.referral.submitted_at is not None
    }, actor


def is_listed(case: Case) -> bool:
    """The register has what was put to the forum under a consent of whatever day and purpose."""
    return case.referral.submitted_at is not None and bool(case.consents)


def matched(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    """To an import only what its actor may see is stored already."""
    every = {one: row_of(case) for one, case in world.cases.items()}
    reads = [Read(at=at, row=row) for at, row in enumerate(every.values())]
    found = register.compare(look_of(world.conn, actor, May.IMPORT_REGISTER), reads).stored
    assert set(found) == {
        every[one].key for one in seen if is_listed(world.cases[one]) and not is_hidden(actor, world.cases[one])
    }, actor


def row_of(case: Case) -> RegisterRow:
    return RegisterRow(
        number=case.person.number,
        sex=Sex.ANNAT,
        activity="MISAM" if case.referral.activity_id == MISAM else "Jobbtorg",
        referrer=Referrer.ANNAN,
        referred_on=case.referral.referred_on,
        consent_from=TODAY,
        consent_agencies=(Agency.AF,),
    )


def export(world: World, actor: Actor) -> None:
    stored, _ = register.whole_register(look_of(world.conn, actor, May.EXPORT_REGISTER))
    assert {one.referral.id for one in stored} == {
        one
        for one, case in world.cases.items()
        if is_listed(case)
        and not case.person.protected
        and in_activity(actor, case.referral.activity_id)
        and actor.contact_id not in {out.contact_id for out in case.shut_out}
    }, actor


def statistics(world: World, actor: Actor) -> None:
    if not in_activity(actor, MISAM):
        return
    account = asked(world.conn, actor, counted_report(ReportKind.ARSREDOVISNING, "MISAM", first=TODAY, last=TODAY))
    enrolled = [case for case in world.cases.values() if case.episode and case.episode.activity_id == MISAM]
    assert account.sections[0].rows[0].figures["total"] == len(enrolled)


@pytest.mark.parametrize("seed", range(10))
def test_predicate_and_sql_let_through_the_same(karin: Vault, seed: int) -> None:
    dice = Random(seed)
    for _ in range(WORLDS // 10):
        made = cases(dice, A_WORLD)
        beside = raised(dice, A_WORLD // 2, made)
        with writing(karin._engine) as conn:
            empty(conn)
            store(conn, made, beside)
        with reading(karin._engine) as conn:
            world = World(conn, made, beside)
            one, other = actors(dice, 2)
            anybody(world, one)
            koordinator(world, replace(other, roles=other.roles | {Role.KOORDINATOR}))


def of_samverkan(case: Case) -> list[Consent]:
    """The consents that decide who reads the case, as they begin."""
    mine = [one for one in case.consents if one.purpose is Purpose.SAMVERKAN]
    return sorted(mine, key=lambda one: (one.from_on, one.recorded_at))


def holding(case: Case) -> Consent | None:
    return deciding(case.consents, Purpose.SAMVERKAN, TODAY)


def kinds_of(case: Case) -> frozenset[InfoKind]:
    consent = holding(case)
    return frozenset(consent.kinds) if consent else frozenset()


def begun(case: Case) -> list[Consent]:
    return [one for one in of_samverkan(case) if one.from_on <= TODAY]


def opened_under(case: Case, consent: Consent | None) -> list[Disclosure]:
    return [one for one in case.disclosures if one.act in OPENS and consent and one.consent_id == consent.id]


STATES: dict[str, Callable[[Case], bool]] = {
    "nothing was signed": lambda case: not case.consents,
    "it is for something else": lambda case: bool(case.consents) and not of_samverkan(case),
    "a consent holds": lambda case: holding(case) is not None,
    "it has run out": lambda case: any(one.until_on and one.until_on < TODAY for one in begun(case)[-1:]),
    "it was taken back": lambda case: any(one.withdrawn_on for one in begun(case)[-1:]),
    "it is to come": lambda case: bool(of_samverkan(case)) and not begun(case),
    "it names few kinds": lambda case: 0 < len(kinds_of(case)) < len(InfoKind),
    "it leaves out who the person is": lambda case: bool(kinds_of(case) and not kinds_of(case) & CLOSING),
    "a later one is narrower": lambda case: any(
        {*later.kinds} < {*earlier.kinds} for earlier, later in pairwise(begun(case))
    ),
    "two are of one day": lambda case: any(one.from_on == two.from_on for one, two in pairwise(begun(case))),
    "it was handed over under it": lambda case: bool(opened_under(case, holding(case))),
    "on several days": lambda case: len({one.on for one in opened_under(case, holding(case))}) > 1,
    "under an earlier one only": lambda case: (
        any(opened_under(case, one) for one in begun(case)[:-1]) and not opened_under(case, holding(case))
    ),
    "as a copy only": lambda case: bool(case.disclosures) and all(one.act not in OPENS for one in case.disclosures),
    "somebody has jäv": lambda case: bool(case.shut_out),
    "it is a draft": lambda case: case.referral.submitted_at is None,
    "it is kept for somebody else": lambda case: case.referral.kept_by is not None,
    "the person is protected": lambda case: case.person.protected,
    "the person has no owner": lambda case: case.person.protected and not case.person.protected_owners,
}
"""What decides who reads a case."""


@pytest.mark.parametrize("state", STATES)
def test_each_state_that_decides_occurs_in_the_random_worlds(state: str) -> None:
    assert {STATES[state](case) for case in cases(Random(0), 300)} == {True, False}


def test_both_answers_of_each_rule_occur_in_the_random_worlds(karin: Vault) -> None:
    """So that the worlds can tell a wrong rule from a right one."""
    dice = Random(0)
    made, who = cases(dice, 300), actors(dice, 60)
    beside = raised(dice, 150, made)
    with writing(karin._engine) as conn:
        store(conn, made, beside)
    with reading(karin._engine) as conn:
        world = World(conn, made, beside)
        assert access.is_true(conn)
    decisions = [decided(actor, subject) for actor in who for subject in world.subjects.values()]
    assert {one.reason for one in decisions} == {"role", "jav", "own_unit", "coordinates", "consent", "reach"}
    of_nafs = [decided(actor, subject) for actor in who for subject in world.nafs_subjects.values()]
    assert {one.reason for one in of_nafs} == {one.reason for one in decisions}
    by_consent = {len(one.kinds) for one in decisions if one.reason == "consent"}
    assert by_consent >= {1, 2, 3, 5, 7}
    assert {len(actor.roles) for actor in who} == {1, 2}
    assert {len(actor.activity_ids) for actor in who} == {0, 1, 2}
    assert {actor.contact_id is None for actor in who} == {True, False}
    numbers = [case.person.number for case in made]
    assert len({*numbers}) < len({case.person.id for case in made}) < len(numbers)


def test_an_actor_without_the_role_reaches_nothing(karin: Vault) -> None:
    with reading(karin._engine) as conn:
        ledning = replace(karin.actor, roles=frozenset({Role.LEDNING}))
        assert str(reach.cases(look_of(conn, ledning))) == "false"


def test_the_same_rule_holds_over_aliases(karin: Vault, jonas: Vault) -> None:
    with writing(karin._engine) as conn:
        store(conn, cases(Random(3), 60))
    second, its_episode = tables.referral.alias("second"), tables.episode.alias("its_episode")
    plainly = select(_R.id).select_from(tables.referral).outerjoin(tables.episode, _R.episode_id == _E.id)
    aliased = select(second.c.id).select_from(second.outerjoin(its_episode, second.c.episode_id == its_episode.c.id))
    with reading(jonas._engine) as conn:
        look = look_of(conn, jonas.actor)
        plain = conn.execute(plainly.where(reach.cases(look))).scalars()
        other = conn.execute(aliased.where(reach.cases(look, referral=second.c, episode=its_episode.c))).scalars()
        assert set(plain) == set(other) != set()


def test_what_waits_is_asked_of_the_same_rows(karin: Vault) -> None:
    """A case that is not enrolled and not taken back stands among the waiting ones, whatever its consent."""
    with writing(karin._engine) as conn:
        store(conn, cases(Random(5), 30))
    with reading(karin._engine) as conn:
        waits = conn.execute(select(_R.id).where(is_unanswered())).scalars().all()
        assert sorted(waits) == sorted(one.id for one in rows.referrals.where(conn) if one.episode_id is None)
