"""What it means that a consent is taken back, before it is: who loses the case, who keeps some, who has got what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from misam_desktop.commands.consents import make_receipt, record_consent, remove_scan, renew_consent, withdraw_consent
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.codes import Act, Purpose
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import DisclosureId
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.cases import one_case
from misam_desktop.queries.consents import withdrawal_of, wording_of_consent
from misam_desktop.queries.handed_out import handed_out
from misam_desktop.queries.referrals import one_referral
from misam_desktop.store import rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Question, Request, Vault
from tests.commands.worlds import AF, FK, IFO, REGION, agrees, all_of, draft, enrolled, entries, refused, waiting
from tests.conftest import TODAY


def consent(vault: Vault, purpose: Purpose = Purpose.SAMVERKAN) -> Consent:
    return next(one for one in all_of(vault, rows.consents) if one.purpose is purpose)


def test_the_units_that_only_the_consent_lets_in_lose_the_case(jonas: Vault) -> None:
    waiting(jonas, consent=agrees(unit_ids=(AF, IFO, FK)))
    means = jonas.ask(withdrawal_of(consent(jonas).id))
    assert (set(means.loses), means.keeps) == ({"IFO", "FK"}, ("Af",))
    assert {(one.unit, one.act, one.on) for one in means.given} == {
        (unit, Act.MOTE, TODAY) for unit in ("Af", "IFO", "FK")
    }
    assert entries(jonas)[-1].action == "consent.withdrawal_opened"


def test_the_commissioner_keeps_what_is_needed_to_close_the_case(karin: Vault) -> None:
    episode = enrolled(karin, named=(AF, IFO, FK))
    means = karin.ask(withdrawal_of(consent(karin).id))
    assert (means.loses, set(means.keeps)) == (("FK",), {"Af", "IFO"})
    assert karin.ask(one_case(episode.id)).scanned == frozenset()


def test_of_a_draft_nobody_loses_anything(jonas: Vault) -> None:
    jonas.do(record_consent(draft(jonas).id, agrees()))
    means = jonas.ask(withdrawal_of(consent(jonas).id))
    assert (means.loses, means.given) == ((), ())


def test_a_consent_to_statistics_lets_nobody_in(jonas: Vault) -> None:
    waiting(jonas)
    means = jonas.ask(withdrawal_of(consent(jonas, Purpose.UPPFOLJNING).id))
    assert (means.loses, means.given) == ((), ())


def test_who_has_lost_the_case_is_told_nothing_of_it(jonas: Vault, lena: Vault) -> None:
    waiting(jonas, consent=agrees(unit_ids=(AF, IFO, FK)))
    assert lena.ask(withdrawal_of(consent(jonas).id)).loses
    jonas.do(withdraw_consent(consent(jonas).id, on=TODAY))
    with refused(lena, NotFound):
        lena.ask(withdrawal_of(consent(jonas).id))


@pytest.fixture
def also_nafs(jonas: Vault) -> Referral:
    """A case that FK is let into, with a paper of its own to NAFS that does not name FK."""
    referral = waiting(jonas, consent=agrees(unit_ids=(AF, IFO, FK)))
    [signed] = jonas.do(record_consent(referral.id, agrees(purposes=(Purpose.NAFS,), unit_ids=(AF, REGION)))).value
    with writing(jonas._engine) as conn:
        given = rows.disclosures.where(conn)[0]
        to_region = replace(
            given, id=DisclosureId("d"), unit_id=REGION, consent_id=signed.id, purpose=Purpose.NAFS, act=Act.UTSKRIFT
        )
        rows.disclosures.add(conn, to_region)
    return referral


def test_a_unit_that_a_consent_lets_in_is_not_told_of_papers_that_do_not_name_it(
    jonas: Vault, lena: Vault, also_nafs: Referral
) -> None:
    pages = [vault.ask(one_referral(also_nafs.id)) for vault in (jonas, lena)]
    assert [Purpose.NAFS in {one.purpose for one in page.consents} for page in pages] == [True, False]
    assert [REGION in {one.unit_id for one in page.disclosures} for page in pages] == [True, False]
    told = [{one.purpose for one in vault.ask(handed_out(also_nafs.id))} for vault in (jonas, lena)]
    assert told == [{Purpose.SAMVERKAN, Purpose.NAFS}, {Purpose.SAMVERKAN}]


def test_nor_by_asking_for_one_or_doing_something_with_it(lena: Vault, also_nafs: Referral) -> None:
    to_nafs = consent(lena, Purpose.NAFS)
    questions: tuple[Question[Any], ...] = (withdrawal_of(to_nafs.id), wording_of_consent(to_nafs.id))
    for question in questions:
        with refused(lena, NotFound):
            lena.ask(question)
    done: tuple[Request[Any], ...] = (
        withdraw_consent(to_nafs.id, on=TODAY),
        renew_consent(to_nafs.id, until_on=None, paper_at=""),
        make_receipt(to_nafs.id, Language.SV, on=TODAY),
        remove_scan(to_nafs.id),
    )
    for request in done:
        with refused(lena, NotFound):
            lena.do(request)
    lena.do(withdraw_consent(consent(lena).id, on=TODAY))
