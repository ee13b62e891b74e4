"""The person of a NAFS case, corrected while the case goes on, by the same rule as in an episode."""

from __future__ import annotations

import pytest

from misam_desktop.commands.nafs_cases import withdraw_case
from misam_desktop.commands.persons import correct_person
from misam_desktop.domain.access import NotYourTask
from misam_desktop.domain.codes import Role
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.nafs import NafsCase, NafsCaseWithdrawn
from misam_desktop.domain.people import Person
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.nafs_worlds import leads_the_team, raised
from tests.commands.test_persons import known_as
from tests.commands.worlds import AF, colleague, entries, one, refused


@pytest.fixture
def nora(karin: Vault) -> Vault:
    """The NAFS-koordinator, at the region."""
    return leads_the_team(karin)


@pytest.fixture
def case(jonas: Vault, nora: Vault) -> NafsCase:
    """One that Jonas has raised, of somebody without an episode."""
    return raised(jonas)


def person_of(vault: Vault, case: NafsCase) -> Person:
    return one(vault, rows.persons, case.person_id)


def test_who_raised_the_case_corrects_the_person_and_it_is_logged(jonas: Vault, case: NafsCase) -> None:
    before = person_of(jonas, case)
    jonas.do(correct_person(case.id, known_as(before, phone="070-174 06 05"), seen=before.version))
    assert person_of(jonas, case).phone == "070-174 06 05"
    told = entries(jonas)[-1]
    assert (told.action, told.object_id, told.person_id) == ("person.corrected", case.id, case.person_id)


def test_two_who_correct_the_same_person_meet(jonas: Vault, case: NafsCase) -> None:
    before = person_of(jonas, case)
    jonas.do(correct_person(case.id, known_as(before, phone="1"), seen=before.version))
    with refused(jonas, Stale):
        jonas.do(correct_person(case.id, known_as(before, phone="2"), seen=before.version))


def test_a_case_that_was_taken_back_leaves_the_person_alone(jonas: Vault, case: NafsCase) -> None:
    before = person_of(jonas, case)
    jonas.do(withdraw_case(case.id, why="Löste sig"))
    with refused(jonas, NafsCaseWithdrawn):
        jonas.do(correct_person(case.id, known_as(before, phone="1"), seen=before.version))


def test_who_does_not_work_with_the_case_corrects_nothing(karin: Vault, jonas: Vault, case: NafsCase) -> None:
    before = person_of(jonas, case)
    olle = colleague(karin, "olle", Role.HANDLAGGARE, unit_id=AF)
    with refused(olle, NotYourTask):
        olle.do(correct_person(case.id, known_as(before, phone="1"), seen=before.version))
    with refused(karin, NotFound):
        karin.do(correct_person(case.id, known_as(before, phone="1"), seen=before.version))
