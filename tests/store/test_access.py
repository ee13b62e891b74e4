"""What units may read is worked out anew with every change, in the transaction of the change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from misam_desktop.commands.consents import record_consent, renew_consent, withdraw_consent
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.consent import Consent
from misam_desktop.store import access, rows, tables
from misam_desktop.store.engine import reading, writing
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, agrees, all_of, draft, enrolled, waiting
from tests.conftest import TODAY


def held(vault: Vault) -> dict[str, tuple[InfoKind, ...]]:
    """The kinds of each unit that has access with no end, or one to come."""
    table = tables.case_access.c
    with reading(vault._engine) as conn:
        assert access.is_true(conn)
        found = conn.execute(tables.case_access.select().where((table.to_on >= TODAY) | table.to_on.is_(None)))
        return {row.unit_id: row.kinds for row in found}


def test_a_draft_is_shared_with_nobody(jonas: Vault) -> None:
    draft(jonas)
    assert held(jonas) == {}


def test_who_is_named_reads_from_the_day_it_is_put_to_the_forum(jonas: Vault) -> None:
    waiting(jonas, consent=agrees(unit_ids=(AF, IFO), kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING)))
    assert held(jonas) == {AF: tuple(InfoKind), IFO: (InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING)}


def test_a_consent_that_is_taken_back_takes_all_of_it(karin: Vault) -> None:
    enrolled(karin)
    for consent in all_of(karin, rows.consents):
        karin.do(withdraw_consent(consent.id, on=TODAY))
    assert held(karin) == {}


def test_a_new_paper_decides_whom_the_case_goes_on_with(karin: Vault) -> None:
    episode = enrolled(karin)
    karin.do(record_consent(episode.referral_id, agrees(unit_ids=(FK, IFO))))
    assert set(held(karin)) == {AF, FK, IFO}  # Af has it for its own
    [latest] = [one for one in all_of(karin, rows.consents) if FK in one.unit_ids and one.purpose == "samverkan"]
    karin.do(renew_consent(latest.id, until_on=None, paper_at="Pärm 4"))
    assert set(held(karin)) == {AF, FK, IFO}


def test_what_is_undone_leaves_it_as_it_was(karin: Vault) -> None:
    referral, before = waiting(karin), held(karin)
    with reading(karin._engine) as conn:
        consent = rows.consents.of(conn, tables.consent.c.referral_id, referral.id)[0]
    with pytest.raises(RuntimeError):
        saved_and_undone(karin, replace(consent, unit_ids=(FK,)))
    assert held(karin) == before


def saved_and_undone(vault: Vault, consent: Consent) -> None:
    with writing(vault._engine) as conn:
        rows.consents.save(conn, consent)
        raise RuntimeError
