"""The predicate and its SQL are one rule: over random worlds and actors they let through the same cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import ColumnElement, Connection, Select, select

from misam_desktop.domain.access import May, Subject, may
from misam_desktop.queries import reach
from misam_desktop.store import subjects, tables
from misam_desktop.store.engine import reading, writing
from misam_desktop.vault import Look, Vault
from tests.conftest import NOW, TODAY
from tests.queries.worlds import Case, actors, cases, store

_R, _E, _F = tables.referral.c, tables.episode.c, tables.follow_up.c
Subjects = Callable[[Connection, list[Case]], dict[str, Subject]]
Reach = Callable[[Look], ColumnElement[bool]]


def of_referrals(conn: Connection, made: list[Case]) -> dict[str, Subject]:
    return {case.referral.id: subjects.of_referral(conn, case.referral) for case in made}


def of_episodes(conn: Connection, made: list[Case]) -> dict[str, Subject]:
    return {case.episode.id: subjects.of_episode(conn, case.episode) for case in made if case.episode}


def of_follow_ups(conn: Connection, made: list[Case]) -> dict[str, Subject]:
    return {
        case.follow_up.id: subjects.of_follow_up(conn, case.follow_up, case.episode)
        for case in made
        if case.follow_up and case.episode
    }


REFERRALS = select(_R.id).select_from(tables.referral).outerjoin(tables.episode, _R.episode_id == _E.id)
EPISODES = select(_E.id).select_from(tables.episode).join(tables.referral, _E.referral_id == _R.id)
FOLLOW_UPS = (
    select(_F.id).select_from(tables.follow_up).join(tables.episode).join(tables.referral, _E.referral_id == _R.id)
)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(
    ("subjects_of", "joined", "within"),
    [
        (of_referrals, REFERRALS, reach.referrals),
        (of_episodes, EPISODES, reach.episodes),
        (of_follow_ups, FOLLOW_UPS, reach.follow_ups),
    ],
    ids=["referrals", "episodes", "follow-ups"],
)
def test_the_predicate_and_its_sql_let_through_the_same(
    karin: Vault, seed: int, subjects_of: Subjects, joined: Select[str], within: Reach
) -> None:
    """But for one thing: a protected person stays in lists, as «Skyddad», and only opening the record is refused."""
    dice = Random(seed)
    made = cases(dice, 60)
    with writing(karin._engine) as conn:
        store(conn, made)
    with reading(karin._engine) as conn:
        about = subjects_of(conn, made)
        for actor in actors(dice, 60):
            look = Look(conn, actor, May.SEE_CASES, now=NOW, today=TODAY)
            by_predicate = {one for one in about if may(actor, look.needs, replace(about[one], protected=False))}
            assert set(conn.execute(joined.where(within(look))).scalars()) == by_predicate, actor


def test_the_random_worlds_hold_what_decides() -> None:
    """Both answers for each rule come up, so that the worlds can tell a wrong rule from a right one."""
    dice = Random(0)
    made, who = cases(dice, 60), actors(dice, 60)
    assert {case.person.protected for case in made} == {True, False}
    assert {case.referral.submitted_at is None for case in made if case.episode is None} == {True, False}
    assert {case.referral.unit_id is None for case in made} == {True, False}
    assert {case.episode is None for case in made} == {True, False}
    assert {actor.contact_id is None for actor in who} == {True, False}
    assert {bool(may(actor, May.SEE_CASES)) for actor in who} == {True, False}
    assert {len(actor.activity_ids) for actor in who} == {0, 1, 2}


def test_an_actor_without_the_role_reaches_nothing(ada: Vault) -> None:
    with reading(ada._engine) as conn:
        look = Look(conn, ada.actor, May.SEE_CASES, now=NOW, today=TODAY)
        assert str(reach.referrals(look)) == "false"


def test_the_same_rule_holds_over_aliases(karin: Vault, jonas: Vault) -> None:
    dice = Random(3)
    with writing(karin._engine) as conn:
        store(conn, cases(dice, 60))
    second, its_episode = tables.referral.alias("second"), tables.episode.alias("its_episode")
    aliased = select(second.c.id).select_from(second.outerjoin(its_episode, second.c.episode_id == its_episode.c.id))
    with reading(jonas._engine) as conn:
        look = Look(conn, jonas.actor, May.SEE_CASES, now=NOW, today=TODAY)
        plain = conn.execute(REFERRALS.where(reach.referrals(look))).scalars()
        other = conn.execute(aliased.where(reach.referrals(look, referral=second.c, episode=its_episode.c))).scalars()
        assert set(plain) == set(other) != set()
