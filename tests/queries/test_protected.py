"""Number, telephone and address of a protected person: told for a reason, and by nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from misam_desktop.commands.consents import make_form, make_receipt, record_informed, withdraw_consent
from misam_desktop.commands.extracts import make_extract
from misam_desktop.commands.persons import correct_person
from misam_desktop.commands.referrals import change_referral
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.codes import Recipient, Role, ShowReason
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import OWN_FILES, To
from misam_desktop.domain.ids import ReferralId
from misam_desktop.domain.people import Person
from misam_desktop.domain.protection import ProtectedFacts, ReasonNeeded
from misam_desktop.queries.cases import discharged_cases, full_number, one_case, open_cases
from misam_desktop.queries.follow_ups import one_follow_up, open_follow_ups
from misam_desktop.queries.forum import forum_day, waiting_for_enrolment
from misam_desktop.queries.handed_out import gate_preview, paper_preview
from misam_desktop.queries.lists import list_preview
from misam_desktop.queries.log_page import Wanted, log_page
from misam_desktop.queries.protected import protected_facts
from misam_desktop.queries.referrals import answered_referrals, look_up_number, one_referral, waiting_referrals
from misam_desktop.queries.register import register_plan
from misam_desktop.queries.search import search
from misam_desktop.queries.today import today
from misam_desktop.store import rows
from misam_desktop.vault import Question, Request, Vault
from misam_desktop.wording import purpose_words
from tests.commands.test_persons import known_as
from tests.commands.worlds import (
    AF,
    IFO,
    MISAM,
    accepted,
    all_of,
    asks,
    colleague,
    contact_of,
    enrolled,
    entries,
    one,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY

HIDDEN = somebody(protected=True, phone="070-174 06 05", address="Provgatan 1")
KEPT_BACK = (HIDDEN.number.long[2:8], HIDDEN.phone, HIDDEN.address)


@pytest.fixture
def of_jonas(jonas: Vault) -> ReferralId:
    """A referral of somebody protected, whose owners are Jonas and Karin."""
    return waiting(jonas, HIDDEN).id


def person_of(vault: Vault, referral_id: ReferralId) -> Person:
    return one(vault, rows.persons, one(vault, rows.referrals, referral_id).person_id)


def test_for_a_reason_they_are_told(jonas: Vault, of_jonas: ReferralId) -> None:
    person = person_of(jonas, of_jonas)
    told = jonas.ask(protected_facts(person.id, ShowReason.KONTAKTA))
    assert told == ProtectedFacts(
        person_id=person.id, number=HIDDEN.number, phone=HIDDEN.phone, address=HIDDEN.address, version=1
    )


def test_each_time_the_reason_stands_in_the_log(jonas: Vault, of_jonas: ReferralId) -> None:
    person = person_of(jonas, of_jonas)
    for reason in (ShowReason.KONTAKTA, ShowReason.KONTAKTA, ShowReason.FARA):
        jonas.ask(protected_facts(person.id, reason))
    told = [one for one in entries(jonas) if one.action == "person.protected_shown"]
    assert [purpose_words(one.purpose) for one in told] == [*["Kontakta personen"] * 2, "Fara för liv eller hälsa"]
    assert {(one.object_id, one.person_id, one.allowed) for one in told} == {(person.id, person.id, 1)}


def test_who_is_no_owner_gets_nothing_for_any_reason(karin: Vault, olle: Vault, of_jonas: ReferralId) -> None:
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=IFO)
    for other in (olle, kim):
        with refused(other, NotFound):
            other.ask(protected_facts(person_of(karin, of_jonas).id, ShowReason.FARA))


def test_an_owner_with_jav_gets_nothing(karin: Vault, jonas: Vault, of_jonas: ReferralId) -> None:
    karin.do(shut_out(of_jonas, contact_of(jonas)))
    with refused(jonas, NotFound):
        jonas.ask(protected_facts(person_of(karin, of_jonas).id, ShowReason.FARA))


def test_a_click_on_the_number_is_not_enough(karin: Vault, jonas: Vault, of_jonas: ReferralId) -> None:
    for owner in (karin, jonas):
        with refused(owner, ReasonNeeded):
            owner.ask(full_number(person_of(karin, of_jonas).id))


def test_no_page_list_or_search_tells_them(karin: Vault, of_jonas: ReferralId) -> None:
    episode = enrolled(karin, one(karin, rows.referrals, of_jonas), case_worker_id=None)
    follow_up = all_of(karin, rows.follow_ups)[0]
    to = [To(recipient=Recipient.PERSONEN), OWN_FILES]
    asked: list[Question[Any]] = [
        one_case(episode.id), one_referral(of_jonas), open_cases(), discharged_cases(since=TODAY), today(),
        open_follow_ups(), search(HIDDEN.number.long), look_up_number(HIDDEN.number), log_page(Wanted()),
        gate_preview(of_jonas, to), list_preview([of_jonas], OWN_FILES, ()),
        paper_preview(of_jonas, to[:1], seen=[cell.kind for cell in karin.ask(gate_preview(of_jonas, to[:1])).cells
                                              if cell.leaves]),
        register_plan([]), one_follow_up(follow_up.id),
    ]  # fmt: skip
    for question in asked:
        assert_silent(karin.ask(question))


def test_neither_do_the_lists_of_the_forum(karin: Vault, of_jonas: ReferralId) -> None:
    lists: list[Question[Any]] = [waiting_referrals(), answered_referrals(since=TODAY), forum_day(MISAM)]
    for question in lists:
        assert_silent(karin.ask(question))
    accepted(karin, one(karin, rows.referrals, of_jonas))
    assert_silent(karin.ask(waiting_for_enrolment(MISAM)))


def test_no_command_hands_them_back_or_prints_them(karin: Vault, of_jonas: ReferralId) -> None:
    episode = enrolled(karin, one(karin, rows.referrals, of_jonas))
    consent = all_of(karin, rows.consents)[0]
    page = karin.ask(one_case(episode.id))
    done: list[Request[Any]] = [
        correct_person(episode.id, known_as(page.person, family_name="Ny"), seen=page.person.version),
        record_informed(of_jonas, on=TODAY),
        make_form(Language.SV, case_id=of_jonas),
        make_extract(page.person.id),
        withdraw_consent(consent.id, on=TODAY),
        make_receipt(consent.id, Language.SV),
    ]
    for request in done:
        assert_silent(karin.do(request).value)


def test_a_form_that_was_read_without_them_wipes_nothing(karin: Vault, jonas: Vault, of_jonas: ReferralId) -> None:
    page = jonas.ask(one_referral(of_jonas))
    jonas.do(change_referral(of_jonas, known_as(page.person, family_name="Ny"), asks(), seen=page.referral.version))
    episode = enrolled(karin, one(karin, rows.referrals, of_jonas), commissioner_id=AF)
    known = karin.ask(one_case(episode.id)).person
    karin.do(correct_person(episode.id, known_as(known, language="Finska"), seen=known.version))
    person = person_of(karin, of_jonas)
    assert (person.number, person.phone, person.address) == (HIDDEN.number, HIDDEN.phone, HIDDEN.address)
    assert (person.family_name, person.language, person.protected) == ("Ny", "Finska", True)


def test_the_age_is_told_without_the_number(karin: Vault, of_jonas: ReferralId) -> None:
    page = karin.ask(one_referral(of_jonas))
    assert page.person.number.age_on(TODAY) == HIDDEN.number.age_on(TODAY) == 41
    assert page.person.number.age_on(page.referral.referred_on) == 41


def assert_silent(answer: object) -> None:
    """Nothing of what is kept back is in an answer, however it is written."""
    told = repr(answer)
    assert not [one for one in KEPT_BACK if one in told]
