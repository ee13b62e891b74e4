"""Contacts and units: added, changed, and set aside without losing their history."""

from __future__ import annotations

from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.contacts import ContactsScreen


def screen_of(driver: Driver) -> ContactsScreen:
    driver.go("contacts")
    page = driver.work.here
    assert isinstance(page, ContactsScreen)
    return page


def names(page: ContactsScreen) -> list[str]:
    return [one.name for one in page.people.rows]


def test_a_new_contact_stands_in_the_list_and_is_current(as_karin: Driver) -> None:
    page = screen_of(as_karin)
    as_karin.click(page.new_contact)
    as_karin.fill(name="Łukasz Öhman", unit_id="fk", function_address="samverkan.fk@exempel.se")
    as_karin.save()
    assert page.people.current is not None
    assert page.people.current.name == "Łukasz Öhman"


def test_a_contact_without_a_name_is_told_beside_the_field(as_karin: Driver) -> None:
    page = screen_of(as_karin)
    as_karin.click(page.new_contact)
    as_karin.save()
    assert as_karin.form.form.error_at("name") == "Det här behöver fyllas i."


def test_somebody_who_has_left_is_offered_no_more(as_karin: Driver) -> None:
    page = screen_of(as_karin)
    as_karin.click_row(page.people, names(page).index("Jonas Vall"), twice=True)
    as_karin.fill(left=True)
    as_karin.save()
    assert "Jonas Vall" in names(page)
    assert "Jonas Vall" not in [one.name for one in as_karin.work.desk.contacts_at()]


def test_a_unit_is_added_with_its_authority(as_karin: Driver) -> None:
    page = screen_of(as_karin)
    as_karin.click(page.new_unit)
    as_karin.fill(agency="region", name="Boliden hälsocentral", short="Boliden hc")
    as_karin.save()
    assert "Boliden hc" in [one.short for one in page.units.rows]


def test_the_filter_finds_a_contact_by_unit(as_karin: Driver) -> None:
    page = screen_of(as_karin)
    as_karin.type(page.filter, "ifo")
    assert names(page) == ["Karin Ekdal"]


def test_a_handlaggare_can_look_but_not_change(as_jonas: Driver) -> None:
    page = screen_of(as_jonas)
    as_jonas.click_row(page.people, 0, twice=True)
    assert as_jonas.dialog is None
    assert not hasattr(page, "new_contact")
