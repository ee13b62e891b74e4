"""The one search field: by number in any form, by the beginning of a name, and never beyond reach."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import Referrer
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.queries.search import AT_MOST, search, search_while_typing
from misam_desktop.vault import Vault
from tests.commands.worlds import IFO, discharged, draft, enrolled, entries, refused, somebody, waiting
from tests.queries.worlds import reads

MALIN = made_up_number(date(1985, 3, 12), 980)


def found(vault: Vault, text: str) -> list[str]:
    return [hit.name for hit in vault.ask(search_while_typing(text))]


@pytest.mark.parametrize(
    "text", [MALIN.long, MALIN.short, MALIN.digits, MALIN.digits[2:], f" {MALIN.digits[:8]} {MALIN.digits[8:]} "]
)
def test_a_number_is_found_in_any_form(karin: Vault, text: str) -> None:
    waiting(karin)
    assert found(karin, text) == ["Malin Provlund"]


@pytest.mark.parametrize("text", ["850312", MALIN.short[:-1], "850312-0000", "19850312-98055"])
def test_half_a_number_or_a_wrong_one_is_nobodys(karin: Vault, text: str) -> None:
    waiting(karin)
    assert found(karin, text) == []


@pytest.mark.parametrize("text", ["ma", "MALIN", "prov", "Provlund M", "malin provlund", "Malin-Provlund"])
def test_a_name_is_found_by_its_beginning(karin: Vault, text: str) -> None:
    waiting(karin)
    assert found(karin, text) == ["Malin Provlund"]


@pytest.mark.parametrize("text", ["", "m", " m ", "lund", "malin x"])
def test_one_letter_or_the_middle_of_a_name_finds_nobody(karin: Vault, text: str) -> None:
    waiting(karin)
    assert found(karin, text) == []


@pytest.mark.parametrize(
    ("family_name", "text"), [("Åsberg", "ås"), ("Łukasz", "luk"), ("Yıldırım", "yildi"), ("O’Berg", "oberg")]
)
def test_letters_are_found_as_they_are_typed_here(karin: Vault, family_name: str, text: str) -> None:
    waiting(karin, somebody(family_name=family_name))
    assert found(karin, text) == [f"Malin {family_name}"]


def test_a_swedish_letter_is_no_other_letter(karin: Vault) -> None:
    waiting(karin, somebody(family_name="Åsberg"))
    assert found(karin, "asberg") == []


def test_the_hit_is_the_persons_latest_case(karin: Vault) -> None:
    discharged(karin, began=date(2026, 3, 2), day=date(2026, 5, 4))
    latest = waiting(karin)
    [hit] = karin.ask(search_while_typing("malin"))
    assert (hit.referral_id, hit.episode_id, hit.what, hit.number) == (latest.id, None, "remiss", "850312-••••")


def test_the_hit_says_how_the_case_stands(karin: Vault) -> None:
    going_on = enrolled(karin, day=date(2026, 3, 2))
    [hit] = karin.ask(search_while_typing("malin"))
    assert (hit.episode_id, hit.what, hit.on) == (going_on.id, "pågår", date(2026, 3, 2))


def test_an_ended_case_says_when_it_ended(karin: Vault) -> None:
    discharged(karin, began=date(2026, 3, 2), day=date(2026, 5, 4))
    [hit] = karin.ask(search_while_typing("malin"))
    assert (hit.what, hit.on) == ("avslutad", date(2026, 5, 4))


def test_names_stand_in_swedish_order(karin: Vault) -> None:
    for serial, name in enumerate(["Öberg", "Ärlig", "Åsberg", "Zetlund", "Alm"], start=980):
        waiting(karin, somebody(serial, given_name="Prov", family_name=name))
    assert found(karin, "prov") == ["Prov Alm", "Prov Zetlund", "Prov Åsberg", "Prov Ärlig", "Prov Öberg"]


def test_no_more_are_shown_than_fit(karin: Vault) -> None:
    for day in range(AT_MOST + 1):
        waiting(karin, somebody(born=date(1985, 3, 12) + timedelta(days=day)))
    assert len(found(karin, "malin")) == AT_MOST


# What it keeps to itself


def test_who_has_no_case_within_reach_is_not_found(karin: Vault, olle: Vault, lena: Vault) -> None:
    waiting(karin)
    assert (found(olle, "malin"), found(lena, "malin")) == (["Malin Provlund"], [])
    assert (found(olle, MALIN.long), found(lena, MALIN.long)) == (["Malin Provlund"], [])


def test_a_draft_of_another_unit_is_not_found(karin: Vault, jonas: Vault) -> None:
    draft(jonas)
    assert (found(jonas, "malin"), found(karin, "malin")) == (["Malin Provlund"], [])


def test_a_case_beyond_reach_is_not_the_latest(karin: Vault, jonas: Vault) -> None:
    """Af's own referral is from before; the draft of IFO is newer."""
    theirs = waiting(jonas, referred_on=date(2026, 11, 2))
    draft(karin, unit_id=IFO, referrer=Referrer.KOMMUN)
    [hit] = jonas.ask(search_while_typing("malin"))
    assert hit.referral_id == theirs.id


def test_who_is_protected_is_found_by_number_and_by_their_owner_alone(karin: Vault, olle: Vault) -> None:
    waiting(karin, somebody(protected=True))
    assert (found(karin, MALIN.long), found(olle, MALIN.long)) == (["Malin Provlund"], [])
    assert (found(karin, "malin"), found(olle, "malin")) == ([], [])


def test_ledning_searches_nobody(bo: Vault) -> None:
    with refused(bo, NotPermitted):
        bo.ask(search("malin"))


# What it leaves in the log


def test_each_key_leaves_nothing_in_the_log(karin: Vault) -> None:
    waiting(karin)
    before = entries(karin)
    found(karin, "malin")
    assert entries(karin) == before


def test_a_search_that_has_settled_is_logged_about_each_it_found(karin: Vault) -> None:
    referral = waiting(karin)
    karin.ask(search("malin"))
    assert reads(karin, "search.settled") == [(referral.id, referral.person_id, 1)]


def test_a_search_that_found_nobody_is_logged_without_what_was_typed(karin: Vault) -> None:
    karin.ask(search("Provlund"))
    assert reads(karin, "search.settled") == [("", "", 1)]
