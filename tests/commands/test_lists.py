"""Lists that are taken out: as far as each case may go, each written down, and all of it asked again at the end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from misam_desktop.commands.consents import record_consent, withdraw_consent
from misam_desktop.commands.lists import ExportedList, copy_list, export_list
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.domain.codes import Act, ExportPurpose, InfoKind, ListColumn, Recipient
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import NothingLeaves, To, WayUnsuited
from misam_desktop.domain.ids import PersonId
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.lists import NOTHING, list_preview
from misam_desktop.store import rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import ProofNeeded, Vault
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    agrees,
    all_of,
    contact_of,
    enrolled,
    entries,
    later,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY

TO_IFO, TO_FK, OWN = (
    To(recipient=Recipient.ENHET, unit_id=IFO),
    To(recipient=Recipient.ENHET, unit_id=FK),
    To(recipient=Recipient.EGEN),
)
COLUMNS = (ListColumn.NAME, ListColumn.NUMBER, ListColumn.STATE, ListColumn.QUESTION)
BASICS = (InfoKind.GRUNDUPPGIFTER,)


@pytest.fixture
def wide(jonas: Vault) -> Referral:
    return waiting(jonas, somebody(980, given_name="Wilma"))


@pytest.fixture
def narrow(jonas: Vault) -> Referral:
    """One whose consent lets nothing but the basics go to IFO."""
    return waiting(jonas, somebody(981, given_name="Nadja"), consent=agrees(kinds=BASICS))


def exported(vault: Vault, *referrals: Referral, to: To = OWN) -> ExportedList:
    seen = vault.ask(list_preview([one.id for one in referrals], to, COLUMNS)).kinds
    request = export_list(seen, to=to, purpose=ExportPurpose.AVSTAMNING, columns=COLUMNS)
    return vault.do(request).value


def given(vault: Vault) -> dict[str, tuple[str | None, tuple[InfoKind, ...]]]:
    return {one.case_id: (one.unit_id, one.kinds) for one in all_of(vault, rows.disclosures) if one.act is Act.EXPORT}


def withdraw(vault: Vault, referral: Referral) -> None:
    for consent in all_of(vault, rows.consents):
        if consent.case_id == referral.id and consent.withdrawn_on is None:
            vault.do(withdraw_consent(consent.id, on=TODAY))


def test_the_own_list_holds_what_may_be_read_and_is_no_disclosure(
    jonas: Vault, wide: Referral, narrow: Referral
) -> None:
    out = exported(jonas, wide, narrow)
    assert [row[0] for row in out.rows] == ["Wilma Provlund", "Nadja Provlund"]
    assert out.rows[0][1:] == ("19850312-9804", "Väntar på forum", "Vad behövs för att börja arbetsträna?")
    assert given(jonas) == {}


def test_each_case_is_logged_with_why_and_to_whom(jonas: Vault, wide: Referral, narrow: Referral) -> None:
    exported(jonas, wide, narrow, to=TO_IFO)
    logged = [one for one in entries(jonas) if one.action == "list.exported"]
    assert [one.object_id for one in logged] == [wide.id, narrow.id]
    assert {one.purpose for one in logged} == {f"avstamning:{IFO}"}


def test_a_list_for_a_unit_goes_as_far_as_each_consent_and_each_case_is_a_disclosure(
    jonas: Vault, wide: Referral, narrow: Referral
) -> None:
    out = exported(jonas, wide, narrow, to=TO_IFO)
    assert [row[3] for row in out.rows] == ["Vad behövs för att börja arbetsträna?", "Ingår inte i samtycket"]
    asked = (InfoKind.GRUNDUPPGIFTER, InfoKind.FRAGESTALLNING)
    assert given(jonas) == {wide.id: (IFO, asked), narrow.id: (IFO, BASICS)}


def test_a_case_of_which_nothing_may_leave_is_counted_and_a_list_of_none_is_none(
    jonas: Vault, wide: Referral, narrow: Referral
) -> None:
    there = waiting(jonas, somebody(982), consent=agrees(unit_ids=(AF, IFO, FK)), needed_unit_ids=(FK,))
    seen = jonas.ask(list_preview([wide.id, there.id], TO_FK, COLUMNS))
    assert (list(seen.kinds), seen.outside) == ([there.id], 1)
    with refused(jonas, NothingLeaves):
        jonas.do(export_list({narrow.id: frozenset(BASICS)}, to=TO_FK, purpose=ExportPurpose.KVALITET, columns=COLUMNS))


def test_protected_persons_are_never_in_a_list_and_are_counted(karin: Vault, wide: Referral) -> None:
    hidden = waiting(karin, somebody(982, protected=True))
    seen = karin.ask(list_preview([wide.id, hidden.id], OWN, COLUMNS))
    assert (list(seen.kinds), len(seen.protected), seen.outside) == ([wide.id], 1, 0)
    assert [row[0] for row in exported(karin, wide, hidden).rows] == ["Wilma Provlund"]
    with refused(karin, NothingLeaves):
        karin.do(copy_list([hidden.id]))


def test_whom_another_unit_has_too_is_one_person_by_ones_own_row(jonas: Vault) -> None:
    mine = [waiting(jonas, somebody(982, protected=True)) for _ in range(2)]
    with writing(jonas._engine) as conn:
        known = rows.persons.get(conn, mine[0].person_id)
        rows.persons.add(conn, replace(known, id=PersonId("0"), version=1))
    seen = jonas.ask(list_preview([one.id for one in mine], OWN, COLUMNS))
    assert seen.protected == {known.id}


def test_a_consent_taken_back_while_the_list_is_made_leaves_that_case_out(
    jonas: Vault, karin: Vault, wide: Referral, narrow: Referral
) -> None:
    seen = jonas.ask(list_preview([wide.id, narrow.id], TO_IFO, COLUMNS)).kinds
    withdraw(karin, wide)
    request = export_list(seen, to=TO_IFO, purpose=ExportPurpose.AVSTAMNING, columns=COLUMNS)
    out = jonas.do(request).value
    assert ([row[0] for row in out.rows], out.changed) == (["Nadja Provlund"], 1)
    withdraw(karin, narrow)
    with refused(jonas, NothingLeaves):
        jonas.do(request)
    assert len(given(jonas)) == 1


def test_a_consent_made_narrower_while_the_list_is_made_leaves_that_case_out(
    jonas: Vault, wide: Referral, narrow: Referral
) -> None:
    seen = jonas.ask(list_preview([wide.id, narrow.id], TO_IFO, COLUMNS)).kinds
    later(jonas, minutes=1).do(record_consent(wide.id, agrees(kinds=BASICS)))
    out = jonas.do(export_list(seen, to=TO_IFO, purpose=ExportPurpose.AVSTAMNING, columns=COLUMNS)).value
    assert ([row[0] for row in out.rows], out.changed) == (["Nadja Provlund"], 1)


def test_what_was_not_seen_does_not_leave_although_it_may(jonas: Vault, wide: Referral) -> None:
    request = export_list({wide.id: frozenset(BASICS)}, to=TO_IFO, purpose=ExportPurpose.AVSTAMNING, columns=COLUMNS)
    assert jonas.do(request).value.rows[0][3] == "Ingår inte i samtycket"


def test_whom_jav_keeps_out_is_told_of_nothing(karin: Vault, olle: Vault, wide: Referral) -> None:
    assert list(olle.ask(list_preview([wide.id], OWN, COLUMNS)).kinds) == [wide.id]
    karin.do(shut_out(wide.id, contact_of(olle)))
    assert olle.ask(list_preview([wide.id], OWN, COLUMNS)) == NOTHING
    with refused(olle, NotFound):
        olle.do(copy_list([wide.id]))


def test_copied_rows_are_logged_each_and_stay_in_the_unit(jonas: Vault, wide: Referral, narrow: Referral) -> None:
    told = jonas.do(copy_list([wide.id, narrow.id])).value
    assert InfoKind.FRAGESTALLNING in told.kinds[narrow.id]
    assert [one.object_id for one in entries(jonas) if one.action == "list.copied"] == [wide.id, narrow.id]
    assert [one for one in all_of(jonas, rows.disclosures) if one.act is Act.URKLIPP] == []


def test_a_case_is_known_by_its_episode_too(karin: Vault) -> None:
    episode = enrolled(karin)
    seen = karin.ask(list_preview([episode.id], OWN, tuple(ListColumn)))
    assert list(seen.kinds) == [episode.id]
    request = export_list(seen.kinds, to=OWN, purpose=ExportPurpose.EGET_ARBETE, columns=tuple(ListColumn))
    [row] = karin.do(request).value.rows
    assert row[list(ListColumn).index(ListColumn.ENROLLED_ON)] == f"{TODAY}"
    assert row[list(ListColumn).index(ListColumn.NEXT_DUE_ON)] == "2027-02-24"
    assert row[list(ListColumn).index(ListColumn.STATE)] == "Pågår"


def test_a_list_is_for_a_unit_or_the_own_file(jonas: Vault, wide: Referral) -> None:
    to_person = To(recipient=Recipient.PERSONEN)
    request = export_list({wide.id: frozenset(BASICS)}, to=to_person, purpose=ExportPurpose.KVALITET, columns=COLUMNS)
    with refused(jonas, WayUnsuited):
        jonas.do(request)


def test_taking_a_list_out_asks_for_the_password(jonas: Vault, wide: Referral) -> None:
    jonas.knows(lambda _: None, given=False)
    request = export_list({wide.id: frozenset(BASICS)}, to=OWN, purpose=ExportPurpose.KVALITET, columns=COLUMNS)
    with refused(jonas, ProofNeeded):
        jonas.do(request)
    jonas.prove("en gång till")
    assert len(jonas.do(request).value.rows) == 1
