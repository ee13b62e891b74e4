"""Who may: the predicate equals the matrix in every cell, and every command and question is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

import pytest

from misam_desktop.domain.access import Actor, Decision, May, Reason, Subject, in_activity, includes, may, permitted
from misam_desktop.domain.codes import Act, InfoKind, Purpose, Recipient, Role
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.ids import ConsentId, DisclosureId, ReferralId, UserId
from tests.domain.matrix import ACTIONS, BY_ROLE, LETTERS, OF_NO_CASE, PLACED, RELATIONS, STATES, TABLES
from tests.domain.worlds import AF, FK, IFO, JONAS, LISA, MISAM, NAFS, NOW, PERSON, TODAY
from tests.project.worlds import builders

ME, OTHER = UserId("me"), UserId("other")
ALL, SOME, PLAN = tuple(InfoKind), (InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING), (InfoKind.PLANERING,)
NOTHING = frozenset[InfoKind]()
KINDS = {"A": frozenset(ALL), "S": frozenset(SOME), "P": frozenset(PLAN), "G": frozenset(SOME[:1]), "": NOTHING}
BEFORE, YESTERDAY, TOMORROW = (TODAY + timedelta(days=days) for days in (-30, -1, 1))
OF_CASES = set().union(*ACTIONS.values())


class Cell(NamedTuple):
    """What the matrix says of one situation; ``relation`` and ``state`` are single ones, no groups."""

    role: Role
    case: str
    relation: str
    state: str
    may: str
    kinds: str

    @property
    def allowed(self) -> set[May]:
        return {action for letter in self.may for action in ACTIONS[letter]}


def rows_of(table: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row of a table by its name, with what stands in each column."""
    head, *lines = (line.split() for line in table.strip().splitlines())
    left = list(RELATIONS)
    for label, *said in lines:
        named = {label.replace("*", sign) for sign in ("", "=", "+")} if "*" in label else {label}
        for name in list(left) if label == "others" else sorted(named):
            left.remove(name)
            yield name, dict(zip(head, said, strict=True))
    assert not left


def cells() -> Iterator[Cell]:
    for (role, case), table in TABLES.items():
        for row, said in rows_of(table):
            assert said.keys() == STATES.keys()
            for relation in RELATIONS[row]:
                for column, words in said.items():
                    what, _, kinds = words.strip(".").partition("/")
                    yield from (Cell(role, case, relation, state, what, kinds) for state in STATES[column])


CELLS = list(cells())
ROWS = {row: list(cells) for row, cells in groupby(sorted(CELLS), key=lambda one: one[:3])}
by_row = pytest.mark.parametrize("cells", ROWS.values(), ids=["-".join(row) for row in ROWS])


def cell(role: Role, relation: str, state: str) -> Cell:
    return next(one for one in ROWS[role, "samverkan", relation] if one.state == state)


# What a cell stands for; the actor is Jonas at Af


def actor(*roles: Role, **said: Any) -> Actor:
    me = Actor(user_id=ME, contact_id=JONAS, unit_id=AF, roles=frozenset(roles), activity_ids=frozenset({MISAM}))
    return replace(me, **said)


def of(cell: Cell) -> Actor:
    return actor(cell.role, activity_ids=frozenset({NAFS if cell.case.endswith("elsewhere") else MISAM}))


def signed(number: int, kinds: tuple[InfoKind, ...], from_on: date, **said: Any) -> Consent:
    consent = Consent(
        id=ConsentId(f"consent-{number}"),
        person_id=PERSON,
        case_id=ReferralId("r"),
        purpose=Purpose.SAMVERKAN,
        from_on=from_on,
        until_on=None,
        unit_ids=(AF, FK, IFO),
        kinds=kinds,
        recorded_at=NOW,
    )
    return replace(consent, **said)


WIDE = signed(5, ALL, BEFORE)
PAPERS: dict[str, tuple[Consent, ...]] = {
    "a draft": (),
    "a draft, signed": (WIDE,),
    "all kinds": (WIDE,),
    "all kinds, until a narrower begins tomorrow": (WIDE, signed(6, SOME, TOMORROW)),
    "grunduppgifter and planering": (signed(5, SOME, BEFORE),),
    "planering alone": (signed(5, PLAN, BEFORE),),
    "none": (),
    "run out": (signed(5, ALL, BEFORE, until_on=YESTERDAY),),
    "taken back today": (signed(5, ALL, BEFORE, withdrawn_on=TODAY),),
    "begins tomorrow": (signed(5, ALL, TOMORROW),),
    "another purpose": (signed(5, ALL, BEFORE, purpose=Purpose.UPPFOLJNING),),
    "all kinds, then a narrower that was taken back": (WIDE, signed(6, SOME, YESTERDAY, withdrawn_on=TODAY)),
    "all kinds, then a narrower that has run out": (WIDE, signed(6, SOME, YESTERDAY, until_on=YESTERDAY)),
    "all kinds, then a narrower": (WIDE, signed(6, SOME, YESTERDAY)),
    "all kinds, and a narrower recorded later the same day": (
        WIDE,
        signed(4, SOME, BEFORE, recorded_at=NOW + timedelta(minutes=1)),
    ),
    "taken back, then all kinds": (signed(5, ALL, BEFORE, withdrawn_on=YESTERDAY), signed(6, ALL, TODAY)),
}


def papers(cell: Cell) -> tuple[Consent, ...]:
    """The consents of the case, for its own purpose unless they are for another."""
    purpose = purpose_of(cell)
    mine = [replace(one, purpose=purpose) if one.purpose is Purpose.SAMVERKAN else one for one in PAPERS[cell.state]]
    if "unnamed" in cell.relation:
        return tuple(replace(one, unit_ids=(FK, IFO)) for one in mine)
    return tuple(mine)


def purpose_of(cell: Cell) -> Purpose:
    return Purpose(cell.case.split()[0])


def shared(consent: Consent, **said: Any) -> Disclosure:
    """The case was shared with Af under a consent, with all kinds that it names."""
    act = Disclosure(
        id=DisclosureId(f"of-{consent.id}"),
        case_id=consent.case_id,
        person_id=PERSON,
        act=Act.DELNING,
        recipient=Recipient.ENHET,
        unit_id=AF,
        kinds=consent.kinds,
        purpose=consent.purpose,
        consent_id=consent.id,
        by=OTHER,
        on=min(consent.from_on, TODAY),
        at=NOW,
    )
    return replace(act, **said)


def acts(cell: Cell, consents: tuple[Consent, ...]) -> Iterable[Disclosure]:
    words = cell.relation.split()
    if "unshared" in words:
        return [shared(one, unit_id=FK) for one in consents]
    if "printed" in words:
        return [shared(one, act=act) for one in consents for act in set(Act) - {Act.MOTE, Act.DELNING}]
    if "earlier" in words:
        replaced = consents[:-1] if consents and consents[-1].from_on <= TODAY else ()
        return [shared(one) for one in (*replaced, replace(WIDE, id=ConsentId("of another case")))]
    if "part" in words:
        return [shared(one, kinds=PLAN) for one in consents]
    return [shared(one) for one in consents]


def subject(cell: Cell, **said: Any) -> Subject:
    """The case of a cell: Fk's, commissioned by the kommun, unless the relation says that one of these is Af."""
    consents, words = papers(cell), cell.relation.split()
    home, commissioner = {"home": (AF, FK), "commissions": (FK, AF), "third": (FK, IFO)}[words[0]]
    made = Subject(
        activity_id=MISAM,
        unit_ids=frozenset({home, commissioner}),
        home_id=home,
        contact_ids=frozenset({JONAS, LISA} if "works" in words else {LISA}),
        answering_ids=frozenset({AF} if "answers" in words else {FK}),
        before_forum=not cell.state.startswith("a draft"),
        purpose=purpose_of(cell),
        consents=consents,
        disclosures=tuple(acts(cell, consents)),
    )
    return replace(made, **said)


def decided(cell: Cell, **said: Any) -> dict[May, Decision]:
    """What the predicate says of each action in a cell."""
    me, case = of(cell), subject(cell, **said)
    return {action: may(me, action, case, TODAY) for action in sorted(OF_CASES)}


# The matrix


@by_row
def test_the_predicate_equals_the_matrix(cells: list[Cell]) -> None:
    says = {(one.state, action): (bool(it), it.kinds) for one in cells for action, it in decided(one).items()}
    for one in cells:
        for action in OF_CASES:
            allowed = action in one.allowed
            assert says.pop((one.state, action)) == (allowed, KINDS[one.kinds] if allowed else NOTHING), (one, action)
    assert says == {}


@by_row
def test_what_is_permitted_is_each_action_asked_by_itself(cells: list[Cell]) -> None:
    for one in cells:
        me, case = of(one), subject(one)
        assert permitted(me, case, TODAY) == {action for action in May if may(me, action, case, TODAY)}


def test_the_matrix_has_more_than_three_thousand_cells() -> None:
    assert len({one[:4] for one in CELLS}) == len(CELLS)
    single = [(*one[:4], action, kind) for one in CELLS for action in OF_CASES for kind in InfoKind]
    assert len(single) > 3000
    assert {role for role, _ in TABLES} == set(Role)
    assert {state for states in STATES.values() for state in states} == set(PAPERS)


@by_row
def test_jav_and_protected_identity_stand_above_every_row(cells: list[Cell]) -> None:
    one = max(cells, key=lambda cell: len(cell.may))
    for above in (
        {"shut_out": frozenset({JONAS, LISA})},
        {"protected": True, "owners": frozenset({OTHER})},
        {"shut_out": frozenset({JONAS}), "protected": True, "owners": frozenset({ME})},
    ):
        assert not any(decided(one, **above).values())
        assert permitted(of(one), subject(one, **above), TODAY) == frozenset()
    others = {"shut_out": frozenset({LISA}), "protected": True, "owners": frozenset({ME, OTHER})}
    assert decided(one, **others) == decided(one)


@by_row
def test_a_refusal_has_a_reason_only_for_who_reads_the_case(cells: list[Cell]) -> None:
    for one in cells:
        within = {Reason.TASK, Reason.ENDED, Reason.KINDS} if one.allowed else {Reason.REACH}
        assert {it.reason for it in decided(one).values() if not it} <= {Reason.ROLE} | within


@pytest.mark.parametrize("action", May)
def test_a_role_includes_what_the_matrix_says(action: May) -> None:
    for letter, role in LETTERS.items():
        decision = includes(actor(role), action)
        assert bool(decision) is (letter in BY_ROLE[action])
        assert decision.role == (role if decision else None)


@pytest.mark.parametrize("role", Role)
def test_what_a_role_includes_it_may_do_to_some_case(role: Role) -> None:
    done = {action for one in CELLS if one.role is role for action in one.allowed}
    assert done == {action for action in OF_CASES if includes(actor(role), action)}
    assert set(May) - OF_CASES == OF_NO_CASE


def test_every_command_and_question_stands_in_the_matrix() -> None:
    placed = {name: action for action, names in PLACED.items() for name in names.split()}
    assert {one.name: one.needs for one in builders()} == placed
    assert sum(len(names.split()) for names in PLACED.values()) == len(placed)
    assert set(BY_ROLE) == set(May)


# What no row says


def test_somebody_without_a_role_may_nothing() -> None:
    assert not any(includes(actor(), action) for action in May)
    assert may(actor(), May.READ_CASE, subject(CELLS[0]), TODAY).reason is Reason.ROLE
    assert permitted(actor(), subject(CELLS[0]), TODAY) == frozenset()


def test_two_roles_read_what_either_may() -> None:
    case = subject(cell(Role.HANDLAGGARE, "third", "planering alone"))
    decision = may(actor(Role.KOORDINATOR, Role.HANDLAGGARE), May.READ_CASE, case, TODAY)
    assert (decision.role, decision.kinds) == (Role.KOORDINATOR, KINDS["S"])


def test_two_roles_do_what_either_may() -> None:
    both = actor(Role.KOORDINATOR, Role.HANDLAGGARE, activity_ids=frozenset({NAFS}))
    case = subject(cell(Role.HANDLAGGARE, "third works", "planering alone"))
    decision = may(both, May.FOLLOW_UP, case, TODAY)
    assert (decision.role, decision.kinds) == (Role.HANDLAGGARE, KINDS["P"])
    assert permitted(both, case, TODAY) == {action for action in May if may(both, action, case, TODAY)}


def test_of_two_roles_the_refusal_that_came_furthest_is_told() -> None:
    both = actor(Role.KOORDINATOR, Role.HANDLAGGARE, activity_ids=frozenset({NAFS}))
    case = subject(cell(Role.HANDLAGGARE, "third", "planering alone"))
    assert may(both, May.FOLLOW_UP, case, TODAY).reason is Reason.TASK


def test_somebody_without_a_contact_works_with_no_case() -> None:
    case = subject(cell(Role.HANDLAGGARE, "home works", "all kinds"), contact_ids=frozenset())
    for action in ACTIONS["f"] | ACTIONS["n"] | ACTIONS["k"]:
        assert not may(actor(Role.HANDLAGGARE, contact_id=None), action, case, TODAY)


def test_what_is_nobodys_information_alone_is_read_by_the_consent_at_home_too() -> None:
    case = subject(cell(Role.HANDLAGGARE, "home", "planering alone"), home_id=None)
    assert may(actor(Role.HANDLAGGARE), May.DISCLOSE, case, TODAY).kinds == KINDS["S"]


def test_no_activity_named_means_all() -> None:
    assert in_activity(actor(Role.KOORDINATOR, activity_ids=frozenset()), MISAM)
    assert not in_activity(actor(Role.KOORDINATOR, activity_ids=frozenset({NAFS})), MISAM)
