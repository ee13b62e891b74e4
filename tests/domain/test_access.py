"""Who may: the whole matrix of role, action and relation against one written by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.access import Actor, May, Subject, in_activity, may
from misam_desktop.domain.codes import Role
from misam_desktop.domain.ids import ContactId, UserId
from tests.domain.worlds import AF, FK, IFO, JONAS, LISA, MISAM, NAFS

ME = UserId("me")
CASES = {
    May.SEE_CASES, May.READ_CASE, May.WRITE_REFERRAL, May.RECORD_CONSENT, May.WRITE_PLAN, May.FOLLOW_UP, May.DISCHARGE,
}  # fmt: skip
BY_HAND = {
    Role.KOORDINATOR: set(May) - {May.ADMINISTER},
    Role.HANDLAGGARE: CASES | {May.SEE_CONTACTS, May.OWN_SESSION, May.REASSIGN, May.SEE_LOG},
    Role.NAFS_KOORDINATOR: {May.SEE_CONTACTS, May.OWN_SESSION, May.SEE_LOG},
    Role.LEDNING: {May.SEE_REPORTS, May.OWN_SESSION},
    Role.ADMINISTRATOR: {May.ADMINISTER, May.VERIFY, May.OWN_SESSION, May.SEE_CONTACTS, May.WRITE_CONTACTS},
}


def actor(*roles: Role, activities: tuple[str, ...] = (), contact_id: ContactId | None = JONAS) -> Actor:
    return Actor(
        user_id=ME,
        contact_id=contact_id,
        unit_id=AF,
        roles=frozenset(roles),
        activity_ids=frozenset(activities),  # type: ignore[arg-type]  # ids are text
    )


OWN = Subject(activity_id=MISAM, unit_ids=frozenset({AF, IFO}))
OTHERS = Subject(activity_id=MISAM, unit_ids=frozenset({FK}))
ASSIGNED = Subject(activity_id=MISAM, unit_ids=frozenset({FK}), contact_ids=frozenset({JONAS, LISA}))
OTHERS_DRAFT = Subject(activity_id=MISAM, unit_ids=frozenset({FK}), before_forum=False)


@pytest.mark.parametrize("action", May)
@pytest.mark.parametrize("role", Role)
def test_a_role_includes_what_the_matrix_says(role: Role, action: May) -> None:
    decision = may(actor(role), action)
    assert bool(decision) is (action in BY_HAND[role])
    assert decision.role == (role if decision else None)


def test_somebody_without_a_role_may_nothing() -> None:
    assert not any(may(actor(), action) for action in May)


def test_two_roles_allow_what_either_does() -> None:
    both = actor(Role.LEDNING, Role.ADMINISTRATOR)
    assert {action for action in May if may(both, action)} == BY_HAND[Role.LEDNING] | BY_HAND[Role.ADMINISTRATOR]


@pytest.mark.parametrize(
    ("subject", "handlaggare", "koordinator"),
    [(OWN, "own_unit", "own_unit"), (OTHERS, "reach", "coordinator"), (ASSIGNED, "assigned", "assigned"),
     (OTHERS_DRAFT, "reach", "reach")],
)  # fmt: skip
def test_a_case_is_within_reach_by_unit_by_assignment_or_by_coordination(
    subject: Subject, handlaggare: str, koordinator: str
) -> None:
    assert may(actor(Role.HANDLAGGARE), May.READ_CASE, subject).reason == handlaggare
    assert may(actor(Role.KOORDINATOR), May.READ_CASE, subject).reason == koordinator
    assert bool(may(actor(Role.HANDLAGGARE), May.READ_CASE, subject)) is (handlaggare != "reach")


@pytest.mark.parametrize("subject", [OWN, OTHERS, ASSIGNED])
@pytest.mark.parametrize("role", [Role.LEDNING, Role.ADMINISTRATOR, Role.NAFS_KOORDINATOR])
def test_roles_without_cases_reach_none_however_near(role: Role, subject: Subject) -> None:
    assert not any(may(actor(role), action, subject) for action in CASES)


def test_somebody_without_a_contact_is_assigned_nothing() -> None:
    assert not may(actor(Role.HANDLAGGARE, contact_id=None), May.READ_CASE, ASSIGNED)


def test_a_koordinator_coordinates_the_activities_they_are_named_for() -> None:
    of_nafs = actor(Role.KOORDINATOR, activities=(NAFS,))
    assert not may(of_nafs, May.READ_CASE, OTHERS)
    assert may(actor(Role.KOORDINATOR, activities=(NAFS, MISAM)), May.READ_CASE, OTHERS)
    assert in_activity(of_nafs, NAFS)
    assert not in_activity(of_nafs, MISAM)


def test_coordination_is_done_in_the_role_that_includes_it() -> None:
    both = actor(Role.KOORDINATOR, Role.HANDLAGGARE)
    assert may(both, May.RECORD_OUTCOME, OTHERS).role is Role.KOORDINATOR


@given(
    roles=st.frozensets(st.sampled_from(Role)),
    action=st.sampled_from(May),
    unit_ids=st.frozensets(st.sampled_from([AF, FK])),
    before_forum=st.booleans(),
)
def test_a_protected_identity_is_its_owners_alone(
    roles: frozenset[Role], action: May, unit_ids: frozenset[str], before_forum: bool
) -> None:
    def case(owner: str, *, protected: bool = True) -> Subject:
        return Subject(
            activity_id=MISAM,
            unit_ids=unit_ids,  # type: ignore[arg-type]  # ids are text
            before_forum=before_forum,
            protected=protected,
            owners=frozenset({UserId(owner)}),
        )

    assert not may(actor(*roles), action, case("somebody-else"))
    assert may(actor(*roles), action, case(ME)) == may(actor(*roles), action, case(ME, protected=False))
