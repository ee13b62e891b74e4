"""Who may: the predicate equals the matrix in every cell, and every command and question is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest

from misam_desktop.domain.access import Actor, May, Reason, Subject, in_activity, includes, may
from misam_desktop.domain.codes import Act, InfoKind, Purpose, Recipient, Role
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.ids import ConsentId, DisclosureId, ReferralId, UnitId, UserId
from tests.domain.matrix import ACTIONS, BY_ROLE, LETTERS, PLACED, STATES, TABLES
from tests.domain.worlds import AF, FK, IFO, JONAS, LISA, MISAM, NAFS, NOW, PERSON, TODAY
from tests.project.worlds import builders

ME = UserId("me")
ALL, SOME, PLAN = tuple(InfoKind), (InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING), (InfoKind.PLANERING,)
KINDS = {"A": set(ALL), "S": set(SOME), "P": set(PLAN), "G": {InfoKind.GRUNDUPPGIFTER}, "": set()}
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
OF_CASES = set().union(*ACTIONS.values())


class Cell(NamedTuple):
    """What the matrix says of one situation."""

    role: Role
    case: str
    relation: str
    state: str
    may: str
    kinds: str

    @property
    def allowed(self) -> set[May]:
        return set().union(*(ACTIONS[letter] for letter in self.may)) if self.may else set()


def cells() -> Iterator[Cell]:
    for (role, case), table in TABLES.items():
        head, *lines = (line.split() for line in table.strip().splitlines())
        assert head == list(STATES)
        for relation, *said in lines:
            for column, words in zip(STATES, said, strict=True):
                what, _, kinds = words.strip(".").partition("/")
                yield from (Cell(role, case, relation, state, what, kinds) for state in STATES[column])


CELLS = list(cells())


def actor(role: Role, **said: Any) -> Actor:
    me = Actor(user_id=ME, contact_id=JONAS, unit_id=AF, roles=frozenset({role}), activity_ids=frozenset({MISAM, NAFS}))
    return replace(me, **said)


def signed(case: str, number: int, kinds: tuple[InfoKind, ...], from_on: date, **said: Any) -> Consent:
    consent = Consent(
        id=ConsentId(f"c{number}"),
        person_id=PERSON,
        referral_id=ReferralId("r"),
        purpose=Purpose.NAFS if case == "nafs" else Purpose.SAMVERKAN,
        from_on=from_on,
        until_on=None,
        unit_ids=(AF, FK),
        kinds=kinds,
        recorded_at=NOW,
    )
    return replace(consent, **said)


def consents(case: str, state: str) -> tuple[Consent, ...]:
    before = TODAY - timedelta(days=30)
    match state:
        case "all":
            return (signed(case, 1, ALL, before),)
        case "some":
            return (signed(case, 1, SOME, before),)
        case "plan":
            return (signed(case, 1, PLAN, before),)
        case "out":
            return (signed(case, 1, ALL, before, until_on=YESTERDAY),)
        case "back":
            return (signed(case, 1, ALL, before, withdrawn_on=TODAY),)
        case "ahead":
            return (signed(case, 1, ALL, TOMORROW),)
        case "other":
            return (signed(case, 1, ALL, before, purpose=Purpose.UPPFOLJNING),)
        case "narrowed":
            return signed(case, 1, ALL, before), signed(case, 2, SOME, YESTERDAY)
        case "renewed":
            return signed(case, 1, ALL, before, withdrawn_on=YESTERDAY), signed(case, 2, ALL, TODAY)
    return ()


def shared(consent: Consent, unit_id: UnitId) -> Disclosure:
    return Disclosure(
        id=DisclosureId(f"{consent.id}-{unit_id}"),
        case_id=consent.referral_id,
        person_id=PERSON,
        act=Act.DELNING,
        recipient=Recipient.ENHET,
        unit_id=unit_id,
        kinds=consent.kinds,
        purpose=consent.purpose,
        consent_id=consent.id,
        by=UserId("who"),
        on=min(consent.from_on, TODAY),
        at=NOW,
    )


def subject(cell: Cell, **said: Any) -> Subject:
    """The case of a cell; the actor is at Af."""
    relation, works = cell.relation.removesuffix("+"), cell.relation.endswith("+")
    papers = consents(cell.case, cell.state)
    if relation == "outside":
        papers = tuple(replace(one, unit_ids=(FK, IFO)) for one in papers)
    own = {"home": {AF}, "commissions": {FK, AF}}.get(relation, {FK})
    made = Subject(
        activity_id=NAFS if cell.case == "nafs" else MISAM,
        unit_ids=frozenset(own),
        home_id=AF if relation == "home" else FK,
        contact_ids=frozenset({JONAS, LISA} if works else {LISA}),
        before_forum=cell.state != "draft",
        purpose=Purpose.NAFS if cell.case == "nafs" else Purpose.SAMVERKAN,
        consents=papers,
        disclosures=() if relation == "unshared" else tuple(shared(one, AF) for one in papers),
    )
    return replace(made, **said)


def of(cell: Cell) -> Actor:
    if cell.case == "elsewhere":
        return actor(cell.role, activity_ids=frozenset({NAFS}))
    return actor(cell.role)


@pytest.mark.parametrize("cell", CELLS, ids=lambda one: "-".join(one[:4]))
def test_the_predicate_equals_the_matrix(cell: Cell) -> None:
    decided = {action: may(of(cell), action, subject(cell), TODAY) for action in OF_CASES}
    assert {action for action, decision in decided.items() if decision} == cell.allowed
    assert decided[May.READ_CASE].kinds == KINDS[cell.kinds]


def test_the_matrix_has_more_than_three_thousand_cells() -> None:
    by_action = len(CELLS) * len(OF_CASES)
    by_kind = len(CELLS) * len(InfoKind)
    assert by_action + by_kind > 3000
    assert len({cell[:4] for cell in CELLS}) == len(CELLS)
    assert {role for role, _ in TABLES} == set(Role)


@pytest.mark.parametrize("cell", CELLS, ids=lambda one: "-".join(one[:4]))
def test_jav_and_protected_identity_stand_above_every_row(cell: Cell) -> None:
    for hidden in ({"shut_out": frozenset({JONAS})}, {"protected": True, "owners": frozenset({UserId("other")})}):
        assert not any(may(of(cell), action, subject(cell, **hidden), TODAY) for action in OF_CASES)
    others = subject(cell, shut_out=frozenset({LISA}), protected=True, owners=frozenset({ME}))
    for action in OF_CASES:
        assert may(of(cell), action, others, TODAY) == may(of(cell), action, subject(cell), TODAY)


@pytest.mark.parametrize("action", May)
def test_a_role_includes_what_the_matrix_says(action: May) -> None:
    for letter, role in LETTERS.items():
        decision = includes(actor(role), action)
        assert bool(decision) is (letter in BY_ROLE[action])
        assert decision.role == (role if decision else None)


def test_every_command_and_question_stands_in_the_matrix() -> None:
    placed = {name: action for action, names in PLACED.items() for name in names.split()}
    assert {one.name: one.needs for one in builders()} == placed
    assert set(BY_ROLE) == set(May)


def test_somebody_without_a_role_may_nothing() -> None:
    nobody = actor(Role.LEDNING, roles=frozenset())
    assert not any(includes(nobody, action) for action in May)
    assert may(nobody, May.READ_CASE, subject(CELLS[0]), TODAY).reason is Reason.ROLE


def test_two_roles_read_what_either_may() -> None:
    third = next(one for one in CELLS if one[:4] == (Role.HANDLAGGARE, "samverkan", "third", "plan"))
    both = actor(Role.KOORDINATOR, roles=frozenset({Role.KOORDINATOR, Role.HANDLAGGARE}))
    decision = may(both, May.READ_CASE, subject(third), TODAY)
    assert decision.role is Role.KOORDINATOR
    assert decision.kinds == set(SOME)


def test_a_units_own_part_of_the_plan_is_anybodys_there() -> None:
    third = next(one for one in CELLS if one[:4] == (Role.HANDLAGGARE, "samverkan", "third", "all"))
    assert may(actor(Role.HANDLAGGARE), May.WRITE_PLAN, subject(third, answering_ids=frozenset({AF})), TODAY)
    assert not may(actor(Role.HANDLAGGARE), May.WRITE_PLAN, subject(third, answering_ids=frozenset({FK})), TODAY)


def test_somebody_without_a_contact_works_with_no_case() -> None:
    own = next(one for one in CELLS if one[:4] == (Role.HANDLAGGARE, "samverkan", "home+", "all"))
    assert not may(actor(Role.HANDLAGGARE, contact_id=None), May.FOLLOW_UP, subject(own), TODAY)


def test_no_activity_named_means_all() -> None:
    assert in_activity(actor(Role.KOORDINATOR, activity_ids=frozenset()), MISAM)
    assert not in_activity(actor(Role.KOORDINATOR, activity_ids=frozenset({NAFS})), MISAM)
