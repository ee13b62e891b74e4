"""Units and the people who work there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from misam_desktop.commands.contacts import add_contact, add_unit, change_contact, change_unit
from misam_desktop.domain.codes import Agency
from misam_desktop.domain.referral import TextRequired
from misam_desktop.store import rows
from misam_desktop.vault import Request, Vault
from tests.commands.worlds import AF, FK, IFO, REGION, contact_of, enrolled, one, refused


def test_a_contact_needs_no_account(karin: Vault) -> None:
    added = karin.do(
        add_contact(name=" Ulla Ek ", unit_id=REGION, function_address="misam@region.example", phone="0910-10")
    ).value
    kept = one(karin, rows.contacts, added.id)
    assert (kept.name, kept.unit_id, kept.function_address, kept.active) == (
        "Ulla Ek",
        REGION,
        "misam@region.example",
        True,
    )


def test_somebody_who_has_left_keeps_their_cases(karin: Vault, lena: Vault) -> None:
    episode = enrolled(karin, case_worker_id=contact_of(lena), named=(AF, FK, IFO))
    contact = one(karin, rows.contacts, contact_of(lena))
    left = karin.do(change_contact(replace(contact, name=" Lena Berg ", active=False))).value
    assert (left.name, left.active) == ("Lena Berg", False)
    assert one(karin, rows.episodes, episode.id).case_worker_id == contact.id


def test_a_unit_without_a_short_name_is_short_by_its_own(karin: Vault) -> None:
    unit = karin.do(add_unit(agency=Agency.REGION, name=" Boliden hälsocentral ")).value
    assert (unit.name, unit.short) == ("Boliden hälsocentral", "Boliden hälsocentral")
    assert karin.do(change_unit(replace(unit, short=" Boliden hc "))).value.short == "Boliden hc"


def test_a_unit_that_has_closed_stays_readable(karin: Vault) -> None:
    closed = karin.do(change_unit(replace(one(karin, rows.units, FK), active=False))).value
    assert one(karin, rows.units, FK) == closed


def test_nobody_and_nothing_goes_without_a_name(karin: Vault, lena: Vault) -> None:
    contact, unit = one(karin, rows.contacts, contact_of(lena)), one(karin, rows.units, FK)
    requests: list[Request[Any]] = [
        add_contact(name=" ", unit_id=REGION),
        change_contact(replace(contact, name="")),
        add_unit(agency=Agency.REGION, name=""),
        change_unit(replace(unit, name=" ")),
    ]
    for request in requests:
        with refused(karin, TextRequired):
            karin.do(request)
