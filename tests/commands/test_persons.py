"""The person of a case, corrected while the case goes on."""

from __future__ import annotations

from dataclasses import replace

from misam_desktop.commands.consents import record_informed
from misam_desktop.commands.episodes import discharge
from misam_desktop.commands.persons import correct_person
from misam_desktop.domain.access import NotAllOfIt, NotYourTask
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.episode import AlreadyDischarged, Episode
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.intake import NumberFixed, PersonFacts
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import NOT_SHOWN
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    FK,
    IFO,
    agrees,
    contact_of,
    ends,
    enrolled,
    entries,
    one,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY


def person_of(vault: Vault, episode: Episode) -> Person:
    return one(vault, rows.persons, episode.person_id)


def known_as(person: Person, **said: object) -> PersonFacts:
    """The person as their form has them."""
    return replace(PersonFacts(**{name: getattr(person, name) for name in PersonFacts.__slots__}), **said)  # type: ignore[arg-type]  # any field


def test_a_new_telephone_is_written_down_and_logged(karin: Vault) -> None:
    episode = enrolled(karin)
    before = person_of(karin, episode)
    karin.do(correct_person(episode.id, known_as(before, phone="070-174 06 05"), seen=before.version))
    assert person_of(karin, episode).phone == "070-174 06 05"
    told = entries(karin)[-1]
    assert (told.action, told.object_id, told.person_id) == ("person.corrected", episode.id, episode.person_id)


def test_what_is_the_same_is_not_saved_again(karin: Vault) -> None:
    episode = enrolled(karin)
    before = person_of(karin, episode)
    karin.do(correct_person(episode.id, known_as(before), seen=before.version))
    assert person_of(karin, episode) == before


def test_two_who_correct_the_same_person_meet(karin: Vault) -> None:
    episode = enrolled(karin)
    before = person_of(karin, episode)
    karin.do(correct_person(episode.id, known_as(before, phone="1"), seen=before.version))
    with refused(karin, Stale):
        karin.do(correct_person(episode.id, known_as(before, phone="2"), seen=before.version))


def test_another_number_is_another_person(karin: Vault) -> None:
    episode = enrolled(karin)
    before = person_of(karin, episode)
    with refused(karin, NumberFixed):
        karin.do(correct_person(episode.id, known_as(before, number=somebody(981).number), seen=before.version))


def test_the_person_of_an_ended_episode_is_left_alone(karin: Vault) -> None:
    episode = enrolled(karin)
    karin.do(discharge(episode.id, ends()))
    before = person_of(karin, episode)
    with refused(karin, AlreadyDischarged):
        karin.do(correct_person(episode.id, known_as(before, phone="1"), seen=before.version))


def test_who_does_not_work_with_the_case_corrects_nothing(karin: Vault, jonas: Vault) -> None:
    fk_alone = agrees(unit_ids=(FK, IFO))
    episode = enrolled(karin, waiting(karin, consent=fk_alone, unit_id=FK, referrer="fk"))
    before = person_of(karin, episode)
    with refused(jonas, NotFound):
        jonas.do(correct_person(episode.id, known_as(before, phone="1"), seen=before.version))


def test_who_may_not_read_the_person_does_not_write_over_them(karin: Vault, jonas: Vault) -> None:
    plan_alone = agrees(kinds=(InfoKind.PLANERING,))
    referral = waiting(karin, consent=plan_alone, unit_id=FK, referrer="fk")
    episode = enrolled(karin, referral, commissioner_id=FK, case_worker_id=contact_of(jonas))
    before = person_of(karin, episode)
    with refused(jonas, NotAllOfIt):
        jonas.do(correct_person(episode.id, known_as(before, phone="1"), seen=before.version))


def test_what_a_command_gives_back_is_what_may_be_read(karin: Vault, jonas: Vault) -> None:
    plan_alone = agrees(kinds=(InfoKind.PLANERING,))
    referral = waiting(karin, consent=plan_alone, unit_id=FK, referrer="fk")
    told = jonas.do(record_informed(referral.id, on=TODAY)).value
    assert (told.full_name, told.number, told.informed_on) == ("", NOT_SHOWN, None)
    assert one(karin, rows.persons, told.id).informed_on == TODAY


def test_who_referred_works_with_the_case_until_somebody_else_does(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin, waiting(jonas, contact_id=contact_of(jonas)), case_worker_id=contact_of(karin))
    with refused(jonas, NotYourTask):
        jonas.do(discharge(episode.id, ends()))
