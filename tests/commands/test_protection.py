"""Skyddade personuppgifter: marked, named for and lifted, for the number and not for a row alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest

from misam_desktop.commands.persons import correct_person
from misam_desktop.commands.protection import lift_protection, protect
from misam_desktop.commands.referrals import make_referral, submit_referral
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.domain.access import NotYourTask
from misam_desktop.domain.codes import Role
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.ids import ActivityId, UserId
from misam_desktop.domain.owners import NotNamedOnAll, OwnersLackCoordinator, OwnerUnsuited
from misam_desktop.domain.people import Person
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.owners import Protection, protection
from misam_desktop.queries.referrals import one_referral
from misam_desktop.store import rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.test_circles import FROM_FK
from tests.commands.test_persons import known_as
from tests.commands.test_register import take
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    MISAM,
    REGION,
    agrees,
    all_of,
    asks,
    colleague,
    contact_of,
    draft,
    enrolled,
    entries,
    one,
    refused,
    somebody,
    waiting,
)


@pytest.fixture
def kim(karin: Vault) -> Vault:
    """Another koordinator of MISAM."""
    return colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION, activity_ids=(MISAM,))


def person_of(vault: Vault, referral: Referral) -> Person:
    return one(vault, rows.persons, referral.person_id)


def me(*vaults: Vault) -> tuple[UserId, ...]:
    return tuple(one.actor.user_id for one in vaults)


def set_owners(vault: Vault, referral: Referral, owners: Collection[UserId]) -> None:
    vault.do(protect(referral.id, owners, seen=person_of(vault, referral).version))


def lift(vault: Vault, referral: Referral) -> None:
    vault.do(lift_protection(referral.id, seen=person_of(vault, referral).version))


# A new referral


def test_a_new_referral_says_who_shall_see_the_person(karin: Vault, jonas: Vault, olle: Vault, kim: Vault) -> None:
    person = somebody(protected=True, protected_owners=me(olle, kim))
    referral = jonas.do(make_referral(person, asks(), consent=agrees(), submit=True)).value
    assert person_of(karin, referral).protected_owners == me(olle, kim)
    assert olle.ask(one_referral(referral.id)).person.protected
    for left_out in (jonas, karin):
        with refused(left_out, NotFound):
            left_out.ask(one_referral(referral.id))


def test_nobody_chosen_means_who_makes_it_its_handlaggare_and_one_koordinator(
    karin: Vault, jonas: Vault, olle: Vault
) -> None:
    referral = jonas.do(make_referral(somebody(protected=True), asks(contact_id=contact_of(olle)), submit=False)).value
    assert person_of(karin, referral).protected_owners == me(jonas, olle, karin)


def test_without_a_koordinator_or_with_a_stranger_it_is_refused(jonas: Vault, lena: Vault) -> None:
    for owners, error in ((me(jonas), OwnersLackCoordinator), (me(jonas, lena), OwnerUnsuited)):
        with refused(jonas, error):
            jonas.do(make_referral(somebody(protected=True, protected_owners=owners), asks(), submit=False))


def test_a_form_read_before_the_mark_names_nobody_anew(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin, waiting(jonas, somebody(protected=True)), case_worker_id=contact_of(jonas))
    known = one(karin, rows.persons, episode.person_id)
    karin.do(correct_person(episode.id, known_as(known, protected_owners=me(karin)), seen=known.version))
    assert one(karin, rows.persons, episode.person_id).protected_owners == known.protected_owners


def test_a_list_names_the_same_as_a_referral_does(karin: Vault, jonas: Vault, kim: Vault) -> None:
    take(karin, {"skyddad": "ja", "handlaggare": "Jonas Vall", "uppdragsgivare": "Af"})
    [person] = all_of(karin, rows.persons)
    assert person.protected_owners == me(karin, jonas)


def test_a_list_that_marks_somebody_known_names_their_handlaggare_too(karin: Vault, jonas: Vault) -> None:
    of_jonas = {"handlaggare": "Jonas Vall", "uppdragsgivare": "Af"}
    take(karin, of_jonas)
    take(karin, of_jonas | {"skyddad": "ja"})
    [person] = all_of(karin, rows.persons)
    assert person.protected_owners == me(karin, jonas)


# What the dialog begins with


def test_the_dialog_offers_the_unit_and_the_koordinatorer_alone(
    karin: Vault, jonas: Vault, olle: Vault, lena: Vault, bo: Vault, kim: Vault
) -> None:
    colleague(karin, "nils", Role.KOORDINATOR, unit_id=IFO, activity_ids=(ActivityId("annan"),))
    found = jonas.ask(protection(waiting(jonas).id))
    assert {(one.id, one.coordinates) for one in found.offered} == {
        *((one, False) for one in me(jonas, olle)),
        *((one, True) for one in me(karin, kim)),
    }
    assert ("Olle", AF) in {(one.name, one.unit_id) for one in found.offered}
    assert (found.is_protected, found.owners) == (False, me(jonas, karin))


def test_who_has_jav_is_not_offered(karin: Vault, jonas: Vault, olle: Vault) -> None:
    referral = waiting(jonas)
    jonas_works = one(karin, rows.referrals, referral.id)
    karin.do(shut_out(jonas_works.id, contact_of(olle)))
    assert me(olle)[0] not in {one.id for one in karin.ask(protection(referral.id)).offered}


def test_it_says_who_is_named(karin: Vault, jonas: Vault) -> None:
    found: Protection = karin.ask(protection(waiting(jonas, somebody(protected=True)).id))
    assert (found.is_protected, found.owners, found.version) == (True, me(jonas, karin), 1)


def test_it_is_not_for_others(karin: Vault, jonas: Vault, olle: Vault, lena: Vault) -> None:
    hidden = waiting(jonas, somebody(protected=True))
    for other in (olle, lena):
        with refused(other, NotFound):
            other.ask(protection(hidden.id))


# Marking, and naming others


def test_a_case_is_marked_for_those_named(karin: Vault, jonas: Vault, olle: Vault) -> None:
    referral = waiting(jonas)
    set_owners(jonas, referral, me(jonas, karin))
    assert person_of(karin, referral).protected_owners == me(jonas, karin)
    with refused(olle, NotFound):
        olle.ask(one_referral(referral.id))
    told = entries(karin)[-2]
    assert (told.action, told.object_id, told.person_id) == ("person.protection_set", referral.id, referral.person_id)


def test_who_only_works_with_it_from_another_unit_marks_nobody(karin: Vault, jonas: Vault, lena: Vault) -> None:
    consent = agrees(unit_ids=(AF, IFO, FK))
    episode = enrolled(karin, waiting(jonas, consent=consent), case_lead_id=contact_of(lena))
    known = one(karin, rows.persons, episode.person_id)
    with refused(lena, NotYourTask):
        lena.do(protect(episode.referral_id, me(lena, karin), seen=known.version))
    with refused(lena, NotYourTask):
        lena.do(correct_person(episode.id, known_as(known, protected=True), seen=known.version))
    lena.do(correct_person(episode.id, known_as(known, language="Finska"), seen=known.version))


def test_a_mark_goes_to_every_row_of_the_number(jonas: Vault, karin: Vault, lena: Vault) -> None:
    theirs, mine = draft(lena, **FROM_FK), waiting(jonas)
    set_owners(jonas, mine, me(jonas, karin))
    assert person_of(lena, theirs).protected


def test_an_owner_names_others_for_their_own_row_alone(karin: Vault, jonas: Vault, olle: Vault, lena: Vault) -> None:
    theirs, mine = waiting(lena, **FROM_FK), waiting(jonas, somebody(protected=True))
    before = person_of(karin, theirs)
    set_owners(jonas, mine, me(olle, karin))
    assert (person_of(karin, mine).protected_owners, person_of(karin, theirs)) == (me(olle, karin), before)
    with refused(jonas, NotFound):
        jonas.ask(one_referral(mine.id))


def test_the_last_koordinator_stays_and_so_does_somebody(karin: Vault, jonas: Vault, kim: Vault) -> None:
    referral = waiting(jonas, somebody(protected=True))
    for owners in ((), me(jonas)):
        with refused(karin, OwnersLackCoordinator):
            set_owners(karin, referral, owners)
    set_owners(karin, referral, me(jonas, kim))
    assert kim.ask(one_referral(referral.id)).person.protected


def test_nobody_is_named_who_could_not_see_the_case(karin: Vault, jonas: Vault, lena: Vault, bo: Vault) -> None:
    referral = waiting(jonas, somebody(protected=True))
    for other in (lena, bo):
        with refused(karin, OwnerUnsuited):
            set_owners(karin, referral, me(karin, other))


def test_who_is_named_already_can_stay_at_another_unit(karin: Vault, jonas: Vault) -> None:
    referral = waiting(jonas, somebody(protected=True))
    with writing(karin._engine) as conn:
        rows.users.save(conn, replace(rows.users.get(conn, me(jonas)[0]), unit_id=REGION))
    set_owners(karin, referral, me(karin, jonas))
    set_owners(karin, referral, me(karin))
    with refused(karin, OwnerUnsuited):
        set_owners(karin, referral, me(karin, jonas))


def test_another_case_of_the_person_keeps_its_koordinator(karin: Vault, jonas: Vault, kim: Vault) -> None:
    """The row has cases in two activities; Kim runs one of them, Karin both."""
    referral = waiting(jonas)
    take(karin, {"insats": "Jobbtorg", "personnummer": somebody().number.long, "remittent": "Af"})
    assert len({one.person_id for one in all_of(karin, rows.referrals)}) == 1
    set_owners(karin, referral, me(karin, kim))
    with refused(karin, OwnersLackCoordinator):
        set_owners(karin, referral, me(jonas, kim))


def test_two_who_name_others_meet(karin: Vault, jonas: Vault) -> None:
    referral = waiting(jonas, somebody(protected=True))
    set_owners(karin, referral, me(karin))
    with refused(karin, Stale):
        karin.do(protect(referral.id, me(karin, jonas), seen=1))


# Lifting the mark


def test_the_only_row_is_lifted_by_an_owner(jonas: Vault) -> None:
    referral = draft(jonas, somebody(protected=True))
    lift(jonas, referral)
    person = person_of(jonas, referral)
    assert (person.protected, person.protected_owners) == (False, ())


def test_who_is_named_on_every_row_lifts_them_all(karin: Vault, jonas: Vault, lena: Vault) -> None:
    theirs, mine = draft(lena, **FROM_FK), waiting(jonas)
    set_owners(jonas, mine, me(jonas, karin))
    lift(karin, mine)
    assert not any(one.protected for one in (person_of(karin, theirs), person_of(karin, mine)))
    assert theirs.person_id not in {entry.person_id for entry in entries(karin) if entry.user_id == me(karin)[0]}


def test_who_is_named_on_some_rows_unprotects_nobody(karin: Vault, jonas: Vault, lena: Vault) -> None:
    theirs = waiting(lena, somebody(protected=True), **FROM_FK)
    mine = draft(jonas)
    assert person_of(karin, mine).protected
    with refused(jonas, NotNamedOnAll):
        lift(jonas, mine)
    assert person_of(karin, theirs).protected


def test_after_the_mark_is_lifted_it_is_a_case_like_any_other(karin: Vault, jonas: Vault, olle: Vault) -> None:
    referral = draft(jonas, somebody(protected=True))
    lift(jonas, referral)
    olle.do(submit_referral(referral.id, consent=agrees()))
    assert karin.ask(one_referral(referral.id)).person.number == somebody().number


def test_who_is_no_owner_lifts_nothing(karin: Vault, jonas: Vault, olle: Vault, kim: Vault) -> None:
    referral = waiting(jonas, somebody(protected=True))
    for other in (olle, kim):
        with refused(other, NotFound):
            lift(other, referral)
