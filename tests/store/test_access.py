"""What units may read is worked out anew with every change, in the transaction of the change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from sqlalchemy import Connection, event

from misam_desktop.commands.consents import record_consent, renew_consent, withdraw_consent
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.referral import Referral
from misam_desktop.store import access, rows, tables
from misam_desktop.store.engine import reading, writing
from misam_desktop.vault import Vault
from tests.commands.test_register import take
from tests.commands.worlds import AF, FK, IFO, agrees, all_of, content, draft, enrolled, later, somebody, waiting
from tests.conftest import TODAY
from tests.vault.day import whole_day


def held_rows(vault: Vault) -> list[Any]:
    """The rows with no end, or one to come."""
    table = tables.case_access.c
    with reading(vault._engine) as conn:
        assert access.is_true(conn)
        found = conn.execute(tables.case_access.select().where((table.to_on >= TODAY) | table.to_on.is_(None)))
        return list(found)


def held(vault: Vault) -> dict[str, tuple[InfoKind, ...]]:
    """The kinds of each unit, where there is one case."""
    return {row.unit_id: row.kinds for row in held_rows(vault)}


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
    later(karin, minutes=1).do(record_consent(episode.referral_id, agrees(unit_ids=(FK, IFO))))
    assert set(held(karin)) == {AF, FK, IFO}  # Af has it for its own
    [latest] = [one for one in all_of(karin, rows.consents) if FK in one.unit_ids and one.purpose == "samverkan"]
    later(karin, minutes=2).do(renew_consent(latest.id, until_on=None, paper_at="Pärm 4"))
    assert set(held(karin)) == {AF, FK, IFO}


def test_a_list_that_is_taken_in_is_shared_with_its_parties(karin: Vault) -> None:
    take(karin, {"samtycke_parter": "AF+Kommun", "samtycke_till": ""})
    assert set(held(karin)) == {AF, IFO}


def test_after_each_transaction_of_a_whole_day_it_is_true(karin: Vault, jonas: Vault, founded: Path) -> None:
    seen: list[bool] = []
    for vault in (karin, jonas):
        event.listen(vault._engine, "commit", lambda conn: seen.append(access.is_true(conn)))
    whole_day(karin, jonas, founded)
    assert len(seen) > 100
    assert all(seen)
    assert len({one.case_id for one in held_rows(karin)}) > 2


def test_what_is_undone_leaves_it_as_it_was(karin: Vault) -> None:
    referral, before = waiting(karin), held(karin)
    with pytest.raises(RuntimeError):
        worked_out_and_undone(karin, referral)
    assert held(karin) == before


def test_a_change_whose_access_cannot_be_worked_out_is_not_made(karin: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    referral, before = waiting(karin), content(karin)
    with monkeypatch.context() as broken:
        broken.setattr(access, "accesses", Mock(side_effect=RuntimeError))
        with pytest.raises(RuntimeError), writing(karin._engine) as conn:
            narrowed(conn, referral)
    assert content(karin) == before


def test_what_an_undone_change_left_to_work_out_is_forgotten(karin: Vault) -> None:
    referral = waiting(karin)
    with pytest.raises(RuntimeError):
        undone(karin, referral)
    with writing(karin._engine) as conn:
        assert rows.CHANGED_CASES not in conn.info


def worked_out_and_undone(vault: Vault, referral: Referral) -> None:
    with writing(vault._engine) as conn:
        narrowed(conn, referral)
        access.refresh(conn)
        raise RuntimeError


def undone(vault: Vault, referral: Referral) -> None:
    with writing(vault._engine) as conn:
        narrowed(conn, referral)
        raise RuntimeError


def narrowed(conn: Connection, referral: Referral) -> None:
    """The first consent of a referral names others from now on."""
    consent = rows.consents.of(conn, tables.consent.c.case_id, referral.id)[0]
    rows.consents.save(conn, replace(consent, unit_ids=(FK,)))


@pytest.mark.parametrize(
    "behind_its_back",
    [
        "UPDATE case_access SET kinds = 'halsa'",
        "UPDATE case_access SET to_on = '2026-11-24'",
        "UPDATE case_access SET from_on = '2020-01-01'",
        "UPDATE case_access SET unit_id = 'fk' WHERE unit_id = 'kommun-ifo'",
        "DELETE FROM case_access WHERE unit_id = 'kommun-ifo'",
        "INSERT INTO case_access SELECT 'fk', case_id, from_on, to_on, kinds FROM case_access LIMIT 1",
        "UPDATE consent SET withdrawn_on = from_on",
        "UPDATE consent SET unit_ids = 'af'",
        "UPDATE disclosure SET act = 'utskrift'",
        "UPDATE disclosure SET kinds = 'planering'",
        "UPDATE referral SET unit_id = 'fk'",
    ],
)
def test_what_is_changed_behind_its_back_makes_it_untrue(jonas: Vault, behind_its_back: str) -> None:
    waiting(jonas)
    with writing(jonas._engine) as conn:
        assert access.is_true(conn)
        conn.exec_driver_sql(behind_its_back)
        assert not access.is_true(conn)


@pytest.mark.parametrize("of_nothing", ["'fk', 'nothing'", "'nobody', id"])
def test_a_row_of_a_case_or_unit_that_is_not_there_makes_it_untrue(jonas: Vault, of_nothing: str) -> None:
    draft(jonas)
    with writing(jonas._engine) as conn:
        conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        conn.exec_driver_sql(f"INSERT INTO case_access SELECT {of_nothing}, '2026-01-01', NULL, 'halsa' FROM referral")
        assert not access.is_true(conn)
        conn.exec_driver_sql("DELETE FROM case_access")


def test_more_cases_than_one_statement_names_are_worked_out(jonas: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_AT_ONCE", 2)
    cases = [waiting(jonas, somebody(serial)) for serial in range(980, 985)]
    with writing(jonas._engine) as conn:
        for referral in cases:
            narrowed(conn, referral)
    assert {one.case_id for one in held_rows(jonas)} == {one.id for one in cases}
