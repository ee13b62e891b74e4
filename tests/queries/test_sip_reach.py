"""The predicate and its SQL are one rule for SIPs too: over random worlds the list holds what may be seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import Connection

from misam_desktop.domain.access import Actor, Decision, May, Subject, may
from misam_desktop.domain.codes import InfoKind, Purpose
from misam_desktop.domain.ids import CaseId
from misam_desktop.domain.people import Person
from misam_desktop.domain.sip import Sip
from misam_desktop.queries.search import search_while_typing
from misam_desktop.queries.sips import look_up_for_sip, sips
from misam_desktop.store import access, rows, subjects
from misam_desktop.store.engine import reading, writing
from misam_desktop.vault import Vault
from tests.conftest import NOW, TODAY
from tests.queries.test_reach import PROTECTED, WITHHELD, asked
from tests.queries.worlds import ACTIVITIES, CONTACTS, UNITS, a_person, actors, empty, papers, store

WORLDS, A_WORLD = 20, 6


def made(dice: Random, conn: Connection) -> dict[str, tuple[Sip, Person]]:
    """SIPs of any unit, drafts and put to the parties, stored with their papers."""
    found: dict[str, tuple[Sip, Person]] = {}
    for number in range(A_WORLD):
        person = a_person(dice, 2000 + number)
        sip = Sip(
            id=CaseId(f"s{number}"),
            person_id=person.id,
            activity_id=dice.choice(ACTIVITIES),
            unit_id=dice.choice(UNITS),
            contact_id=dice.choice(CONTACTS),
            need_on=TODAY - timedelta(days=number),
            submitted_at=dice.choice((NOW, NOW, None)),
        )
        rows.persons.add(conn, person)
        rows.sips.add(conn, sip)
        said = papers(dice, sip, Purpose.SIP)
        rows.consents.add_all(conn, said["consents"])
        rows.disclosures.add_all(conn, said["disclosures"])
        rows.shut_outs.add_all(conn, said["shut_out"])
        found[sip.id] = (sip, person)
    return found


def decided(actor: Actor, subject: Subject) -> Decision:
    return may(actor, May.SEE_CASES, replace(subject, protected=False), TODAY)


def is_hidden(actor: Actor, person: Person) -> bool:
    return person.protected and actor.user_id not in person.protected_owners


def named(actor: Actor, person: Person, decision: Decision) -> str:
    if is_hidden(actor, person):
        return PROTECTED
    return person.full_name if InfoKind.GRUNDUPPGIFTER in decision.kinds else WITHHELD


@pytest.mark.parametrize("seed", range(10))
def test_predicate_and_sql_let_through_the_same_sips(karin: Vault, seed: int) -> None:
    dice = Random(seed)
    for _ in range(WORLDS):
        with writing(karin._engine) as conn:
            conn.exec_driver_sql("DELETE FROM shut_out")
            conn.exec_driver_sql("DELETE FROM disclosure")
            conn.exec_driver_sql("DELETE FROM consent")
            conn.exec_driver_sql("DELETE FROM sip")
            empty(conn)
            store(conn, [])
            world = made(dice, conn)
        with reading(karin._engine) as conn:
            assert access.is_true(conn)
            for actor in actors(dice, 3):
                _same(conn, actor, world)


def _same(conn: Connection, actor: Actor, world: dict[str, tuple[Sip, Person]]) -> None:
    every = {one: decided(actor, subjects.of_sip(conn, sip)) for one, (sip, _) in world.items()}
    seen = {one: decision for one, decision in every.items() if decision}
    listed = {row.case_id: row.name for row in asked(conn, actor, sips())}
    assert listed == {one: named(actor, world[one][1], decision) for one, decision in seen.items()}, actor
    for one, (_, person) in world.items():
        is_theirs = one in seen and not is_hidden(actor, person)
        found = asked(conn, actor, look_up_for_sip(person.number)).cases
        assert [known.case_id for known in found] == ([one] if is_theirs else []), actor
        is_found = is_theirs and InfoKind.GRUNDUPPGIFTER in seen[one].kinds
        hits = asked(conn, actor, search_while_typing(person.number.long))
        assert [hit.sip_id for hit in hits] == ([one] if is_found else []), actor
