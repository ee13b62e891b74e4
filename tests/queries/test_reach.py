"""The predicate and its SQL are one rule: over 500 random worlds they let through the same rows, names and kinds.

But for one thing: a protected person stays in lists, as «Skyddad», and only opening the record is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, select

from misam_desktop.domain.access import Actor, Decision, May, Subject, includes, may
from misam_desktop.domain.codes import InfoKind, Role
from misam_desktop.domain.scope import CLOSING, EVERYTHING
from misam_desktop.queries import reach
from misam_desktop.queries.cases import open_cases
from misam_desktop.queries.counts import badges
from misam_desktop.queries.follow_ups import open_follow_ups
from misam_desktop.queries.forum import forum_day
from misam_desktop.queries.referrals import is_unanswered, waiting_referrals
from misam_desktop.queries.register import whole_register
from misam_desktop.queries.search import search_while_typing
from misam_desktop.store import access, rows, subjects, tables
from misam_desktop.store.engine import reading, writing
from misam_desktop.vault import Look, Question, Vault
from tests.commands.worlds import MISAM
from tests.conftest import NOW, TODAY
from tests.queries.worlds import Case, actors, cases, empty, store

_R, _E = tables.referral.c, tables.episode.c
WITHHELD, PROTECTED = "Ingår inte i samtycket", "Skyddad"
WORLDS, A_WORLD, WHO = 500, 8, 2


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


def name_of(actor: Actor, case: Case, decision: Decision) -> str:
    if case.person.protected and actor.user_id not in case.person.protected_owners:
        return PROTECTED
    return case.person.full_name if InfoKind.GRUNDUPPGIFTER in decision.kinds else WITHHELD


class World:
    """The cases of one world as the store has them, with what the predicate is told of each."""

    def __init__(self, conn: Connection, made: Iterable[Case]) -> None:
        self.conn = conn
        self.cases: dict[str, Case] = {case.referral.id: case for case in made}
        self.subjects = {one: subjects.of_referral(conn, case.referral) for one, case in self.cases.items()}

    def seen(self, actor: Actor) -> dict[str, Decision]:
        every = {one: decided(actor, subject) for one, subject in self.subjects.items()}
        return {one: decision for one, decision in every.items() if decision}


def compare(world: World, actor: Actor) -> None:
    """List, search, count, export and agenda hold what the predicate says, and show of it what it says."""
    seen = world.seen(actor)
    if not includes(actor, May.SEE_CASES):
        assert seen == {}
        return
    lists(world, actor, seen)
    shown_in_the_row(world, actor, seen)
    search(world, actor, seen)
    if Role.KOORDINATOR in actor.roles:
        agenda(world, actor, seen)
        export(world, actor)


def lists(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    enrolled = {case.episode.id: one for one, case in world.cases.items() if case.episode and one in seen}
    found = {row.id: row.name for row in asked(world.conn, actor, open_cases())}
    expected = {episode: name_of(actor, world.cases[one], seen[one]) for episode, one in enrolled.items()}
    assert found == expected, actor
    followed = {row.episode_id for row in asked(world.conn, actor, open_follow_ups())}
    assert followed == set(enrolled), actor
    waits = {row.id: (row.name, row.question) for row in asked(world.conn, actor, waiting_referrals())}
    assert waits == {
        one: (name_of(actor, world.cases[one], decision), question_of(actor, world.cases[one], decision))
        for one, decision in seen.items()
        if world.cases[one].episode is None
    }, actor


def question_of(actor: Actor, case: Case, decision: Decision) -> str:
    hidden = case.person.protected and actor.user_id not in case.person.protected_owners
    return case.referral.question if InfoKind.FRAGESTALLNING in decision.kinds and not hidden else ""


def shown_in_the_row(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    """The kinds that a row may show are those of the decision."""
    look = look_of(world.conn, actor)
    statement = (
        select(_R.id, _R.submitted_at, reach.kinds(look), reach.identity(look))
        .select_from(tables.referral)
        .outerjoin(tables.episode, _R.episode_id == _E.id)
        .where(reach.cases(look))
    )
    for one, submitted_at, kinds, identified in world.conn.execute(statement):
        shown = EVERYTHING if submitted_at is None else {*(kinds or ())} | (CLOSING if identified else set())
        assert shown == seen[one].kinds, (actor, one)


def search(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    for number, (one, case) in enumerate(list(world.cases.items())[:4]):
        text = case.person.number.long if number % 2 else case.person.family_name
        hits = asked(world.conn, actor, search_while_typing(text))
        hidden = case.person.protected and actor.user_id not in case.person.protected_owners
        is_found = one in seen and InfoKind.GRUNDUPPGIFTER in seen[one].kinds and not hidden
        assert [hit.referral_id for hit in hits] == ([one] if is_found else []), actor


def counts(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    assert asked(world.conn, actor, badges()).cases == sum(world.cases[one].episode is not None for one in seen)


def agenda(world: World, actor: Actor, seen: dict[str, Decision]) -> None:
    if actor.activity_ids and MISAM not in actor.activity_ids:
        return
    queue = asked(world.conn, actor, forum_day(MISAM, on=TODAY)).queue
    assert {row.id for row in queue} == {
        one
        for one in seen
        if world.cases[one].episode is None
        and world.cases[one].referral.activity_id == MISAM
        and world.cases[one].referral.submitted_at is not None
    }
    for row in queue:
        assert row.question == question_of(actor, world.cases[row.id], seen[row.id])


def export(world: World, actor: Actor) -> None:
    """The activity's own copy: whole, not cut by consent, without protected persons (register-format.md)."""
    stored, _ = whole_register(look_of(world.conn, actor, May.EXPORT_REGISTER))
    mine = actor.activity_ids
    assert {one.referral.id for one in stored} == {
        one
        for one, case in world.cases.items()
        if case.referral.submitted_at is not None
        and case.consents
        and not case.person.protected
        and (not mine or case.referral.activity_id in mine)
    }


@pytest.mark.parametrize("seed", range(10))
def test_predicate_and_sql_let_through_the_same(karin: Vault, seed: int) -> None:
    dice = Random(seed)
    for _ in range(WORLDS // 10):
        made = cases(dice, A_WORLD)
        with writing(karin._engine) as conn:
            empty(conn)
            store(conn, made)
        with reading(karin._engine) as conn:
            world = World(conn, made)
            assert access.is_true(conn)
            who = actors(dice, WHO)
            for actor in who:
                compare(world, actor)
            if includes(who[0], May.SEE_CASES):
                counts(world, who[0], world.seen(who[0]))


def test_the_random_worlds_hold_what_decides(karin: Vault) -> None:
    """Both answers for each rule come up, so that the worlds can tell a wrong rule from a right one."""
    dice = Random(0)
    made, who = cases(dice, 300), actors(dice, 60)
    with writing(karin._engine) as conn:
        store(conn, made)
    with reading(karin._engine) as conn:
        world = World(conn, made)
    decisions = [decided(actor, subject) for actor in who for subject in world.subjects.values()]
    assert {one.reason for one in decisions} >= {"role", "jav", "own_unit", "coordinates", "consent", "reach"}
    assert {len(one.kinds) for one in decisions if one} == {1, 2, 3, 4, 5, 7}
    assert {case.person.protected for case in made} == {True, False}
    assert {case.referral.unit_id is None for case in made} == {True, False}
    assert {len(case.consents) for case in made} == {0, 1, 2, 3}
    assert {len(actor.activity_ids) for actor in who} == {0, 1, 2}
    assert {actor.contact_id is None for actor in who} == {True, False}


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
