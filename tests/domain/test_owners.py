"""Whose a protected identity is: who can be named, who must be among them, and who lifts the mark."""

from __future__ import annotations

from typing import Any

import pytest

from misam_desktop.domain.access import Actor, Subject
from misam_desktop.domain.codes import Role, Sex
from misam_desktop.domain.ids import ContactId, UnitId, UserId
from misam_desktop.domain.owners import (
    NotNamedOnAll,
    OwnersLackCoordinator,
    OwnerUnsuited,
    can_own,
    coordinates,
    default_owners,
    lifted,
    marked,
    must_be_named_on_all,
    must_coordinate,
    must_still_coordinate,
    must_suit,
)
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import NOT_SHOWN
from tests.domain.worlds import AF, FK, IFO, JONAS, KARIN, LISA, MISAM, NAFS, PERSON, TODAY

KIM, JON = UserId("kim"), UserId("jon")
CASE = Subject(
    activity_id=MISAM,
    unit_ids=frozenset({AF}),
    home_id=AF,
    contact_ids=frozenset({JONAS}),
    protected=True,
    owners=frozenset({KARIN}),
    shut_out=frozenset({LISA}),
)


def somebody(role: Role, unit_id: UnitId = AF, contact_id: ContactId | None = None, **said: Any) -> Actor:
    return Actor(user_id=KIM, contact_id=contact_id, unit_id=unit_id, roles=frozenset({role}), **said)


def person(**said: Any) -> Person:
    return Person(id=PERSON, number=NOT_SHOWN, sex=Sex.ANNAT, **said)


def test_those_of_the_unit_and_the_koordinator_of_any_unit_can_be_named() -> None:
    assert can_own(somebody(Role.HANDLAGGARE), CASE, TODAY)
    assert can_own(somebody(Role.KOORDINATOR, FK), CASE, TODAY)


def test_those_of_other_units_activities_and_without_cases_cannot() -> None:
    assert not can_own(somebody(Role.HANDLAGGARE, IFO), CASE, TODAY)
    assert not can_own(somebody(Role.HANDLAGGARE, IFO, JONAS), CASE, TODAY)
    assert not can_own(somebody(Role.KOORDINATOR, FK, activity_ids=frozenset({NAFS})), CASE, TODAY)
    assert not can_own(somebody(Role.LEDNING), CASE, TODAY)


def test_who_is_kept_out_by_jav_can_neither_be_named_nor_lead() -> None:
    for role in (Role.HANDLAGGARE, Role.KOORDINATOR):
        assert not can_own(somebody(role, contact_id=LISA), CASE, TODAY)
        assert not coordinates(somebody(role, contact_id=LISA), CASE, TODAY)


def test_only_a_koordinator_leads() -> None:
    assert coordinates(somebody(Role.KOORDINATOR), CASE, TODAY)
    assert not coordinates(somebody(Role.HANDLAGGARE), CASE, TODAY)


def test_when_nobody_chooses_it_is_who_marks_who_works_and_one_koordinator() -> None:
    assert default_owners(JON, [], [KARIN, KIM]) == (JON, KARIN)
    assert default_owners(KIM, [], [KARIN, KIM]) == (KIM,)
    assert default_owners(KARIN, [JON, KARIN], [KARIN]) == (KARIN, JON)
    assert default_owners(JON, [], []) == (JON,)


def test_nobody_is_named_who_is_not_offered() -> None:
    must_suit([KIM], offered={KIM, KARIN})
    with pytest.raises(OwnerUnsuited):
        must_suit([KIM, JON], offered={KIM, KARIN})


def test_a_koordinator_is_among_them_where_there_is_one() -> None:
    must_coordinate([JON, KARIN], [KARIN, KIM])
    must_coordinate([JON], [])
    for owners in ([], [JON]):
        with pytest.raises(OwnersLackCoordinator):
            must_coordinate(owners, [KARIN, KIM])


def test_another_case_of_the_person_keeps_its_last_koordinator() -> None:
    must_still_coordinate([JON, KARIN], [KIM], before=[KARIN])
    must_still_coordinate([JON, KIM], [KARIN, KIM], before=[KARIN])
    with pytest.raises(OwnersLackCoordinator):
        must_still_coordinate([JON, KARIN], [KIM], before=[KIM, KARIN])


def test_a_mark_is_set_and_lifted_with_its_owners() -> None:
    assert marked(person(), [KIM, JON, KIM]) == person(protected=True, protected_owners=(KIM, JON))
    assert lifted(marked(person(), [KIM])) == person()


def test_who_lifts_a_mark_is_named_on_every_row_of_the_number() -> None:
    mine = marked(person(), [KIM])
    must_be_named_on_all(KIM, [mine, marked(person(), [JON, KIM])])
    with pytest.raises(NotNamedOnAll):
        must_be_named_on_all(KIM, [mine, marked(person(), [JON])])
