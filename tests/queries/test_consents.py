"""What it means that a consent is taken back, before it is: who loses the case, who keeps some, who has got what."""

from __future__ import annotations

from misam_desktop.commands.consents import record_consent, withdraw_consent
from misam_desktop.domain.codes import Act, Purpose
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.errors import NotFound
from misam_desktop.queries.cases import one_case
from misam_desktop.queries.consents import withdrawal_of
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, agrees, all_of, draft, enrolled, entries, refused, waiting
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
