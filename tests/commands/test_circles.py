"""One number in several circles: what one authority knows of a person is not told to another that types the number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from misam_desktop.commands.episodes import discharge, enrol, undo_discharge
from misam_desktop.commands.forum import record_outcome
from misam_desktop.commands.persons import correct_person
from misam_desktop.commands.referrals import change_referral, refer_again, submit_referral
from misam_desktop.commands.register import export_register
from misam_desktop.domain.access import ForAnother
from misam_desktop.domain.codes import Outcome, Referrer, RereferralReason, Role
from misam_desktop.domain.episode import EpisodeOpen, HasNewEpisode
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.people import Person
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.register import Verdict
from misam_desktop.queries.cases import one_case
from misam_desktop.queries.log import log_entries, person_extract
from misam_desktop.queries.referrals import NOBODY, look_up_number, one_referral
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.test_register import BACK, ENDED, take, verdicts
from tests.commands.worlds import (
    AF,
    AME,
    FK,
    IFO,
    MISAM,
    REGION,
    accepted,
    agrees,
    all_of,
    asks,
    colleague,
    contact_of,
    draft,
    ends,
    enrolled,
    meeting,
    on,
    one,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY

FROM_FK: dict[str, Any] = {"referrer": Referrer.FK, "unit_id": FK}
FROM_IFO: dict[str, Any] = {"referrer": Referrer.KOMMUN, "unit_id": IFO, "needed_unit_ids": (AF,)}
PRIVATE = somebody(phone="070-174 06 05", address="Provgatan 1", proxy="Gode man Prov")
ANNA = somebody(983, given_name="Hemlig", family_name="Uppgift", phone="070-174 06 05")
JOBBTORG = {"insats": "Jobbtorg"}


def person_of(vault: Vault, referral: Referral) -> Person:
    return one(vault, rows.persons, referral.person_id)


def test_who_types_a_number_that_another_unit_knows_reads_only_what_they_typed(jonas: Vault, lena: Vault) -> None:
    waiting(jonas, PRIVATE)
    mine = draft(lena, somebody(given_name="Lenas", family_name="Uppgift"), **FROM_FK)
    person = lena.ask(one_referral(mine.id)).person
    assert (person.full_name, person.phone, person.address, person.proxy) == ("Lenas Uppgift", "", "", "")


def test_what_another_circle_types_changes_nothing_here(jonas: Vault, lena: Vault) -> None:
    first = waiting(jonas, PRIVATE)
    draft(lena, somebody(given_name="Annat", phone="1"), **FROM_FK)
    assert (person_of(jonas, first).given_name, person_of(jonas, first).phone) == ("Malin", PRIVATE.phone)


def test_each_circle_goes_on_with_its_own_row(jonas: Vault, lena: Vault) -> None:
    theirs, mine = waiting(jonas), draft(lena, **FROM_FK)
    assert draft(lena, **FROM_FK).person_id == mine.person_id != theirs.person_id
    assert draft(jonas).person_id == theirs.person_id


def test_who_sees_several_circles_goes_on_with_the_row_of_the_unit_that_refers(
    karin: Vault, jonas: Vault, lena: Vault
) -> None:
    theirs, other = waiting(jonas), waiting(lena, **FROM_FK)
    assert waiting(karin).person_id == theirs.person_id
    assert waiting(karin, **FROM_FK).person_id == other.person_id


def test_a_number_known_in_two_circles_gives_each_its_own_cases(jonas: Vault, lena: Vault) -> None:
    theirs, mine = waiting(jonas, PRIVATE), draft(lena, **FROM_FK)
    match = lena.ask(look_up_number(PRIVATE.number))
    assert (match.drafts, match.waiting) == ((mine.id,), ())
    assert match.person is not None
    assert (match.person.id, match.person.phone) == (mine.person_id, "")
    assert jonas.ask(look_up_number(PRIVATE.number)).waiting == (theirs.id,)


def test_who_sees_both_circles_is_told_the_cases_of_both(karin: Vault, jonas: Vault, lena: Vault) -> None:
    both = {waiting(jonas).id, waiting(lena, **FROM_FK).id}
    assert set(karin.ask(look_up_number(PRIVATE.number)).waiting) == both


def test_nobody_is_enrolled_twice_because_two_units_wrote_them_down(karin: Vault, jonas: Vault, lena: Vault) -> None:
    first, second = waiting(jonas), waiting(lena, **FROM_FK)
    enrolled(karin, first)
    second = accepted(karin, second)
    with refused(karin, EpisodeOpen):
        karin.do(enrol(second.id, enrolled_on=TODAY, commissioner_id=IFO))


# Protected


def test_who_is_protected_in_one_circle_is_so_in_all(jonas: Vault, lena: Vault) -> None:
    first, second = draft(jonas), draft(lena, **FROM_FK)
    jonas.do(change_referral(first.id, somebody(protected=True), asks(), seen=first.version))
    assert (person_of(jonas, first).protected, person_of(lena, second).protected) == (True, True)


def test_a_mark_on_an_open_case_goes_to_all_circles(karin: Vault, jonas: Vault, lena: Vault) -> None:
    episode, other = enrolled(karin, waiting(jonas)), draft(lena, **FROM_FK)
    known = one(karin, rows.persons, episode.person_id)
    karin.do(correct_person(episode.id, somebody(protected=True), seen=known.version))
    assert person_of(lena, other).protected


def test_a_mark_takes_nobodys_own_case_away(karin: Vault, jonas: Vault, lena: Vault) -> None:
    mine = draft(lena, **FROM_FK)
    draft(jonas, somebody(protected=True))
    assert lena.ask(one_referral(mine.id)).person.protected
    lena.do(submit_referral(mine.id, consent=agrees()))
    karin.do(record_outcome(mine.id, Outcome.REGULJAR, meeting_id=meeting(karin).id))


def test_a_mark_from_elsewhere_gives_the_row_to_those_in_whose_hands_the_case_is(
    karin: Vault, jonas: Vault, lena: Vault
) -> None:
    colleague(karin, "lars", Role.HANDLAGGARE, unit_id=FK)
    mine = draft(lena, contact_id=contact_of(lena), **FROM_FK)
    draft(jonas, somebody(protected=True))
    assert set(person_of(lena, mine).protected_owners) == {lena.actor.user_id, karin.actor.user_id}


def test_a_mark_names_nobody_of_the_circle_it_came_from(jonas: Vault, lena: Vault) -> None:
    mine = draft(lena, **FROM_FK)
    draft(jonas, somebody(protected=True))
    assert jonas.actor.user_id not in person_of(lena, mine).protected_owners


def test_that_a_mark_went_further_is_not_told_to_who_made_it(jonas: Vault, lena: Vault) -> None:
    other = draft(lena, **FROM_FK)
    draft(jonas, somebody(protected=True))
    told = jonas.ask(log_entries())
    assert other.person_id not in {name for row in told for name in (row.object_id, row.person_id)}


def test_who_types_somebody_elses_protected_number_gets_a_protected_row_of_their_own(
    karin: Vault, jonas: Vault
) -> None:
    theirs = waiting(karin, replace(PRIVATE, protected=True), **FROM_IFO)
    mine = draft(jonas, somebody(given_name="Jonas"))
    person = jonas.ask(one_referral(mine.id)).person
    assert (mine.person_id != theirs.person_id, person.protected, person.phone) == (True, True, "")
    assert person.protected_owners == (jonas.actor.user_id, karin.actor.user_id)


def test_what_was_protected_stays_its_first_owners(karin: Vault, jonas: Vault) -> None:
    theirs = waiting(karin, somebody(protected=True), **FROM_IFO)
    before = person_of(karin, theirs)
    draft(jonas)
    assert person_of(karin, theirs) == before


def test_a_colleague_who_is_no_owner_learns_nothing_by_typing(jonas: Vault, olle: Vault) -> None:
    waiting(jonas, replace(PRIVATE, protected=True))
    assert olle.ask(look_up_number(PRIVATE.number)) == NOBODY
    assert olle.ask(one_referral(draft(olle).id)).person.phone == ""


# The log


def test_the_extract_holds_every_row_of_the_number_that_the_asker_may_see(
    karin: Vault, jonas: Vault, lena: Vault
) -> None:
    theirs, other = waiting(jonas), waiting(lena, **FROM_FK)
    extract = karin.ask(person_extract(theirs.person_id))
    assert {row.object_id for row in extract} == {theirs.id, other.id}


def test_the_extract_leaves_out_a_draft_beyond_reach(karin: Vault, jonas: Vault, lena: Vault) -> None:
    theirs = waiting(jonas)
    draft(lena, **FROM_FK)
    assert {row.object_id for row in karin.ask(person_extract(theirs.person_id))} == {theirs.id}


# Who may


def test_a_koordinator_of_another_activity_makes_a_row_of_her_own(karin: Vault, jonas: Vault) -> None:
    theirs = waiting(jonas, PRIVATE)
    mia = colleague(karin, "mia", Role.KOORDINATOR, unit_id=FK, activity_ids=(ActivityId("annan"),))
    assert draft(mia, **FROM_FK).person_id != theirs.person_id


# A list taken in


def test_a_list_changes_no_row_of_a_draft_that_the_koordinator_may_not_see(karin: Vault, jonas: Vault) -> None:
    theirs = draft(jonas, ANNA)
    before = person_of(jonas, theirs)
    take(karin, {})
    assert person_of(jonas, theirs) == before
    assert {one.given_name for one in all_of(karin, rows.persons)} == {"Hemlig", "Anna"}


def test_a_list_without_a_name_brings_none_out_of_a_draft(karin: Vault, jonas: Vault) -> None:
    draft(jonas, ANNA)
    take(karin, {"fornamn": "", "efternamn": ""})
    assert {one.given_name for one in all_of(karin, rows.persons)} == {"Hemlig", ""}


def test_a_list_goes_on_with_the_row_within_reach(karin: Vault, jonas: Vault) -> None:
    theirs = waiting(jonas, ANNA)
    take(karin, {})
    assert {one.person_id for one in all_of(karin, rows.referrals)} == {theirs.person_id}


def test_a_list_taken_in_twice_beside_a_draft_is_known_the_second_time(karin: Vault, jonas: Vault) -> None:
    draft(jonas, ANNA)
    take(karin, {})
    assert verdicts(karin, {}) == [Verdict.KNOWN]


def test_a_list_goes_on_with_the_row_that_has_cases_of_the_activity(karin: Vault, jonas: Vault, lena: Vault) -> None:
    take(karin, JOBBTORG | ENDED)
    [there] = all_of(karin, rows.persons)
    waiting(lena, ANNA, **FROM_FK)
    waiting(jonas, ANNA)
    take(karin, JOBBTORG | BACK)
    [before, after] = [one for one in all_of(karin, rows.referrals) if one.activity_id != MISAM]
    assert before.person_id == after.person_id == there.id


def test_a_list_that_marks_somebody_protected_marks_every_row(karin: Vault, jonas: Vault) -> None:
    theirs = draft(jonas, ANNA)
    take(karin, {"skyddad": "ja"})
    assert [one.protected for one in all_of(karin, rows.persons)] == [True, True]
    assert set(person_of(jonas, theirs).protected_owners) == {jonas.actor.user_id, karin.actor.user_id}


def test_whom_several_rows_of_a_list_tell_of_can_be_marked_by_the_last(karin: Vault, jonas: Vault, lena: Vault) -> None:
    take(karin, JOBBTORG | ENDED)
    waiting(lena, ANNA, **FROM_FK)
    take(karin, JOBBTORG | BACK, {"skyddad": "ja"}, JOBBTORG | ENDED | {"sgi0": "nej"})
    assert {one.protected for one in all_of(karin, rows.persons)} == {True}
    assert lena.ask(look_up_number(ANNA.number)) != NOBODY


def test_a_list_is_not_told_of_a_protected_person_in_a_draft_beyond_reach(karin: Vault, jonas: Vault) -> None:
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    theirs = draft(jonas, replace(ANNA, protected=True))
    before = person_of(jonas, theirs)
    assert kim.actor.user_id not in before.protected_owners
    assert verdicts(kim, {}) == [Verdict.NEW]
    take(kim, {})
    [mine] = [one for one in all_of(karin, rows.persons) if one.id != before.id]
    assert (mine.protected, kim.actor.user_id in mine.protected_owners) == (True, True)
    assert person_of(jonas, theirs) == before


def test_a_list_leaves_the_row_that_another_koordinator_keeps_protected(karin: Vault) -> None:
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    take(kim, JOBBTORG | ENDED | {"skyddad": "ja"})
    [theirs] = all_of(karin, rows.persons)
    waiting(karin, ANNA)
    take(karin, JOBBTORG | ENDED | {"fornamn": "Annat"})
    assert one(karin, rows.persons, theirs.id) == theirs


def test_who_is_protected_on_two_rows_is_one_person_left_out_of_the_register(
    karin: Vault, jonas: Vault, lena: Vault
) -> None:
    waiting(lena, ANNA, **FROM_FK)
    waiting(jonas, replace(ANNA, protected=True))
    assert len(all_of(karin, rows.persons)) == 2
    assert karin.do(export_register()).value.protected == 1


# Come back elsewhere


def test_whoever_had_them_before_is_not_told_that_they_came_back_elsewhere(
    karin: Vault, jonas: Vault, lena: Vault
) -> None:
    began, ended = date(2026, 6, 1), date(2026, 9, 1)
    before = waiting(on(jonas, began), referred_on=began)
    mine = enrolled(karin, before, day=began, commissioner_id=AF, case_worker_id=contact_of(jonas))
    on(jonas, ended).do(discharge(mine.id, ends(on=ended)))
    with_fk = agrees(unit_ids=(FK, IFO))
    theirs = enrolled(karin, waiting(lena, consent=with_fk, **FROM_FK), commissioner_id=FK)
    assert jonas.ask(one_case(mine.id)).others == ()
    with refused(jonas, ForAnother):
        jonas.do(undo_discharge(mine.id))
    with refused(karin, HasNewEpisode):
        karin.do(undo_discharge(mine.id))
    assert theirs.person_id != mine.person_id


def test_nor_that_they_were_taken_back_by_a_unit_that_keeps_it_to_itself(karin: Vault, jonas: Vault) -> None:
    ivar = colleague(karin, "ivar", Role.HANDLAGGARE, unit_id=AME)
    began, ended = date(2026, 6, 1), date(2026, 9, 1)
    first = agrees(from_on=began, unit_ids=(AF, IFO, AME))
    before = waiting(on(jonas, began), consent=first, referred_on=began)
    mine = enrolled(karin, before, day=began, commissioner_id=AME, case_worker_id=contact_of(ivar))
    on(ivar, ended).do(discharge(mine.id, ends(on=ended)))
    jonas.do(refer_again(mine.id, asks(), reason=RereferralReason.INTE_HALLIT, not_held="Praktiken", consent=agrees()))
    assert ivar.ask(one_case(mine.id)).came_back_with is None
    with refused(ivar, ForAnother):
        ivar.do(undo_discharge(mine.id))
    with refused(karin, HasNewEpisode):
        karin.do(undo_discharge(mine.id))
