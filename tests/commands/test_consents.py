"""Consents: recorded for each purpose, renewed and taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from misam_desktop.commands.consents import record_consent, record_informed, renew_consent, withdraw_consent
from misam_desktop.commands.referrals import make_referral, submit_referral
from misam_desktop.documents.phrases import Language, wording_of
from misam_desktop.domain.codes import Given, InfoKind, Purpose, Role
from misam_desktop.domain.consent import (
    Consent,
    ConsentAlreadyWithdrawn,
    ConsentMissing,
    ConsentPeriodBackwards,
    ConsentTooLong,
    ConsentWithoutCoordinator,
    ConsentWithoutPurpose,
    ConsentWithoutUnits,
    valid_on,
)
from misam_desktop.domain.errors import NotFound, UserError
from misam_desktop.domain.ids import WordingId
from misam_desktop.domain.referral import FutureDate, Referral
from misam_desktop.queries.referrals import one_referral
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    REGION,
    agrees,
    all_of,
    asks,
    colleague,
    draft,
    entries,
    later,
    on,
    one,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY

TOMORROW = date(2026, 11, 25)


def given(vault: Vault) -> Consent:
    """The consent to samverkan of a referral that waits."""
    referral = waiting(vault)
    return next(
        one for one in all_of(vault, rows.consents) if one.case_id == referral.id and one.purpose is Purpose.SAMVERKAN
    )


def test_a_paper_for_two_purposes_is_two_consents(jonas: Vault) -> None:
    kept = jonas.do(record_consent(draft(jonas).id, agrees(not_shared="Hälsan"))).value
    assert [one.purpose for one in kept] == [Purpose.SAMVERKAN, Purpose.UPPFOLJNING]
    assert sorted(all_of(jonas, rows.consents), key=lambda one: one.purpose) == kept
    assert {(one.unit_ids, one.not_shared) for one in kept} == {((AF, IFO), "Hälsan")}


def test_a_consent_without_an_end_runs_as_long_as_the_activity_lets_it(jonas: Vault) -> None:
    kept = jonas.do(record_consent(draft(jonas).id, agrees())).value
    assert {one.until_on for one in kept} == {date(2028, 11, 24)}


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"purposes": ()}, ConsentWithoutPurpose),
        ({"unit_ids": ()}, ConsentWithoutUnits),
        ({"from_on": TOMORROW}, FutureDate),
        ({"until_on": date(2026, 11, 1)}, ConsentPeriodBackwards),
        ({"until_on": date(2028, 11, 25)}, ConsentTooLong),
    ],
)
def test_a_consent_that_says_too_little_or_too_much_is_refused(
    jonas: Vault, said: dict[str, Any], error: type[UserError]
) -> None:
    begun = draft(jonas)
    with refused(jonas, error):
        jonas.do(record_consent(begun.id, agrees(**said)))


def test_a_consent_to_samverkan_names_a_unit_that_coordinates(karin: Vault, jonas: Vault) -> None:
    begun = draft(jonas)
    with refused(jonas, ConsentWithoutCoordinator):
        jonas.do(record_consent(begun.id, agrees(unit_ids=(AF, FK))))
    jonas.do(record_consent(begun.id, agrees(unit_ids=(AF, FK), purposes=(Purpose.UPPFOLJNING,))))
    colleague(karin, "kim", Role.KOORDINATOR, unit_id=FK)
    jonas.do(record_consent(begun.id, agrees(unit_ids=(AF, FK))))


def test_a_consent_taken_back_holds_no_longer_from_that_day(jonas: Vault) -> None:
    gone = jonas.do(withdraw_consent(given(jonas).id, on=TODAY)).value.consent
    assert not valid_on(gone, TODAY)
    assert entries(jonas)[-1].object_id == gone.id


def test_every_paper_that_says_the_same_is_taken_back_with_it(jonas: Vault) -> None:
    first = given(jonas)
    jonas.do(renew_consent(first.id, until_on=None, paper_at="Pärm 4"))
    jonas.do(withdraw_consent(first.id, on=TODAY))
    by_purpose = {one.purpose: one.withdrawn_on for one in all_of(jonas, rows.consents)}
    assert by_purpose == {Purpose.SAMVERKAN: TODAY, Purpose.UPPFOLJNING: None}


def test_a_yes_that_was_given_after_that_day_stands(jonas: Vault) -> None:
    first = given(jonas)
    later = on(jonas, TOMORROW)
    second = later.do(renew_consent(first.id, until_on=None, paper_at="Pärm 4")).value
    later.do(withdraw_consent(first.id, on=TODAY))
    assert one(jonas, rows.consents, second.id).withdrawn_on is None


def test_a_consent_is_taken_back_once_and_not_ahead_of_time(jonas: Vault) -> None:
    consent = given(jonas)
    with refused(jonas, FutureDate):
        jonas.do(withdraw_consent(consent.id, on=TOMORROW))
    jonas.do(withdraw_consent(consent.id, on=TODAY))
    with refused(jonas, ConsentAlreadyWithdrawn):
        jonas.do(withdraw_consent(consent.id, on=TODAY))


def test_a_draft_whose_consent_was_taken_back_does_not_come_before_the_forum(jonas: Vault) -> None:
    begun = draft(jonas)
    consent, _ = jonas.do(record_consent(begun.id, agrees())).value
    jonas.do(withdraw_consent(consent.id, on=TODAY))
    with refused(jonas, ConsentMissing):
        jonas.do(submit_referral(begun.id))


def test_what_was_signed_is_kept_word_for_word_and_once(jonas: Vault) -> None:
    signed = wording_of(Language.SV)
    for serial in (980, 981):
        kept, *_ = jonas.do(record_consent(draft(jonas, somebody(serial)).id, agrees(wording=signed.id))).value
    assert all_of(jonas, rows.wordings) == [signed]
    assert kept.wording == signed.id


def test_how_it_was_given_is_kept(jonas: Vault) -> None:
    kept, *_ = jonas.do(record_consent(draft(jonas).id, agrees(given=Given.ELEKTRONISKT))).value
    assert (kept.given, kept.wording) == (Given.ELEKTRONISKT, None)


def test_a_wording_that_nobody_knows_is_refused(jonas: Vault) -> None:
    begun = draft(jonas)
    with refused(jonas, NotFound):
        jonas.do(record_consent(begun.id, agrees(wording=WordingId("sv-1066"))))


def test_a_renewal_is_signed_on_a_paper_of_its_own(jonas: Vault) -> None:
    old = given(jonas)
    signed = wording_of(Language.SV_LATT)
    request = renew_consent(old.id, until_on=None, paper_at="", given=Given.ELEKTRONISKT, wording=signed.id)
    new = on(jonas, TOMORROW).do(request).value
    assert (new.given, new.wording) == (Given.ELEKTRONISKT, signed.id)
    assert all_of(jonas, rows.wordings) == [signed]


def test_a_new_case_never_leans_on_the_consent_of_an_older(jonas: Vault) -> None:
    waiting(jonas)
    with refused(jonas, ConsentMissing):
        jonas.do(make_referral(somebody(), asks(), submit=True))


def test_the_day_of_information_about_personal_data_is_the_persons(jonas: Vault) -> None:
    referral = waiting(jonas)
    assert jonas.do(record_informed(referral.id, on=TODAY)).value.informed_on == TODAY
    assert entries(jonas)[-1].person_id == referral.person_id
    with refused(jonas, FutureDate):
        jonas.do(record_informed(referral.id, on=TOMORROW))
    assert jonas.do(record_informed(referral.id, on=None)).value.informed_on is None


def test_a_renewal_is_a_consent_of_its_own_beside_the_old(jonas: Vault) -> None:
    old = given(jonas)
    later = on(jonas, date(2027, 10, 1))
    new = later.do(renew_consent(old.id, until_on=date(2028, 10, 1), paper_at=" Pärm 4 ")).value
    assert (new.from_on, new.until_on, new.paper_at) == (date(2027, 10, 1), date(2028, 10, 1), "Pärm 4")
    assert (new.purpose, new.unit_ids, new.kinds) == (old.purpose, old.unit_ids, old.kinds)
    assert old in all_of(jonas, rows.consents)


@pytest.mark.parametrize(
    ("until_on", "error"), [(date(2028, 11, 25), ConsentTooLong), (date(2026, 11, 23), ConsentPeriodBackwards)]
)
def test_a_renewal_has_the_limits_of_a_first_consent(jonas: Vault, until_on: date, error: type[UserError]) -> None:
    consent = given(jonas)
    with refused(jonas, error):
        jonas.do(renew_consent(consent.id, until_on=until_on, paper_at=""))


# Recorded by a unit that only a consent lets in


@pytest.fixture
def by_fk(karin: Vault) -> Referral:
    """A referral by Försäkringskassan of which Arbetsförmedlingen may read the planering."""
    plan = agrees(unit_ids=(AF, IFO), kinds=(InfoKind.PLANERING,))
    return waiting(karin, consent=plan, unit_id=FK, referrer="fk")


def kinds_of(vault: Vault, referral: Referral) -> frozenset[InfoKind]:
    return vault.ask(one_referral(referral.id)).kinds


def test_a_paper_recorded_by_who_may_not_disclose_opens_nothing(jonas: Vault, by_fk: Referral) -> None:
    later(jonas, minutes=1).do(record_consent(by_fk.id, agrees(unit_ids=(AF, IFO, REGION))))
    assert kinds_of(jonas, by_fk) == {InfoKind.PLANERING}


def test_nor_does_it_take_the_case_from_those_who_read_it(karin: Vault, jonas: Vault, by_fk: Referral) -> None:
    ifo = colleague(karin, "isa", Role.HANDLAGGARE, unit_id=IFO)
    later(jonas, minutes=1).do(record_consent(by_fk.id, agrees(unit_ids=(AF, IFO))))
    assert kinds_of(ifo, by_fk) == {InfoKind.PLANERING}


def test_who_may_disclose_opens_what_the_same_paper_says(karin: Vault, jonas: Vault, by_fk: Referral) -> None:
    later(karin, minutes=1).do(record_consent(by_fk.id, agrees(unit_ids=(AF, IFO))))
    assert kinds_of(jonas, by_fk) == frozenset(InfoKind)
