"""Skyddade personuppgifter in the window: what stands instead, what a reason shows, and until when."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget

from misam_desktop.commands.episodes import discharge
from misam_desktop.domain.codes import Referrer, Role, ShowReason
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.referral_form import ReferralForm
from misam_desktop.gui.screens.referral import ReferralScreen
from misam_desktop.gui.widgets import Card
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    agrees,
    all_of,
    colleague,
    contact_of,
    draft,
    ends,
    enrolled,
    entries,
    one,
    somebody,
    waiting,
)
from tests.conftest import PASSWORD
from tests.gui.test_new_referral import begun, fill_whole, form_of, numbered
from tests.gui.test_new_referral import page as page_of
from tests.gui.worlds import open_case, says, told

HIDDEN = somebody(protected=True, phone="070-174 06 05", address="Provgatan 1")
KEPT_BACK = (HIDDEN.number.long[2:8], HIDDEN.phone, HIDDEN.address)


def opened(driver: Driver, referral_id: str) -> ReferralScreen:
    driver.work.open_referral(referral_id)
    driver.settle()
    page = driver.work.here
    assert isinstance(page, ReferralScreen)
    return page


def shown(driver: Driver) -> list[str]:
    return [one for one in KEPT_BACK if any(one in text for text in told(driver))]


def show(driver: Driver, toggle: QPushButton) -> None:
    driver.click(toggle)
    driver.fill(reason=ShowReason.KONTAKTA)
    driver.save()


@pytest.fixture
def olle(karin: Vault) -> Vault:
    """Another handläggare at Af."""
    return colleague(karin, "olle", Role.HANDLAGGARE, unit_id=AF)


@pytest.fixture
def lena(karin: Vault) -> Vault:
    """A handläggare at Försäkringskassan."""
    return colleague(karin, "lena", Role.HANDLAGGARE, unit_id=FK)


@pytest.fixture
def as_owner(karin: Vault, unlocked: Callable[[str], Driver]) -> Driver:
    return unlocked("karin")


def test_a_referral_says_that_they_are_protected_until_a_reason_is_given(as_owner: Driver, karin: Vault) -> None:
    page = opened(as_owner, waiting(karin, HIDDEN).id)
    assert told(as_owner).count("Skyddad uppgift") == 3
    assert (shown(as_owner), says(as_owner, "41 år")) == ([], True)
    show(as_owner, page.number.toggle)
    assert shown(as_owner) == list(KEPT_BACK)
    assert "Skyddad uppgift" not in told(as_owner)
    entry = entries(karin)[-1]
    assert (entry.action, entry.purpose) == ("person.protected_shown", "kontakta")


def test_without_a_reason_nothing_is_shown(as_owner: Driver, karin: Vault) -> None:
    page = opened(as_owner, waiting(karin, HIDDEN).id)
    as_owner.click(page.number.toggle)
    as_owner.save()
    assert as_owner.form.form.error_at("reason") == "Det här behöver fyllas i."
    assert "person.protected_shown" not in {one.action for one in entries(karin)}


def test_they_are_there_until_the_page_is_left(as_owner: Driver, karin: Vault) -> None:
    page = opened(as_owner, waiting(karin, HIDDEN).id)
    show(as_owner, page.number.toggle)
    page.refresh()
    as_owner.settle()
    assert shown(as_owner) == list(KEPT_BACK)
    as_owner.go("referrals")
    assert not [text for one in KEPT_BACK for text in hidden_texts(page) if one in text]
    as_owner.work.back()
    as_owner.settle()
    assert shown(as_owner) == []


def test_a_case_shows_them_for_a_reason_too_from_its_card(as_owner: Driver, karin: Vault) -> None:
    episode = enrolled(karin, waiting(karin, HIDDEN))
    page = open_case(as_owner, episode.id, Step.INFORMATION)
    assert shown(as_owner) == []
    [toggle] = [one for one in as_owner.seen(QPushButton) if one.accessibleName() == "Visa telefon och adress …"]
    show(as_owner, toggle)
    assert shown(as_owner) == list(KEPT_BACK)
    page.go_to(Step.NEEDS)
    assert page.header.number.number.text() == HIDDEN.number.long


def test_changing_what_is_seen_wipes_nothing_that_is_not(as_owner: Driver, karin: Vault) -> None:
    episode = enrolled(karin, waiting(karin, HIDDEN))
    open_case(as_owner, episode.id, Step.INFORMATION)
    as_owner.click_text("Ändra …", within=card_of(as_owner, "Personuppgifter"))
    assert "phone" not in {field.name for field in as_owner.form.form.fields}
    as_owner.fill(language="Finska")
    as_owner.save()
    person = one(karin, rows.persons, episode.person_id)
    assert (person.number, person.phone, person.address) == (HIDDEN.number, HIDDEN.phone, HIDDEN.address)
    assert (person.language, person.protected) == ("Finska", True)


def test_what_has_been_shown_can_be_corrected_and_is_then_covered_again(as_owner: Driver, karin: Vault) -> None:
    episode = enrolled(karin, waiting(karin, HIDDEN))
    page = open_case(as_owner, episode.id, Step.INFORMATION)
    show(as_owner, page.header.number.toggle)
    as_owner.click_text("Ändra …", within=card_of(as_owner, "Personuppgifter"))
    as_owner.fill(phone="070-174 06 06")
    as_owner.save()
    person = one(karin, rows.persons, episode.person_id)
    assert (person.phone, person.address) == ("070-174 06 06", HIDDEN.address)
    assert shown(as_owner) == []


def test_changing_the_referral_wipes_nothing_either(as_owner: Driver, karin: Vault) -> None:
    referral = waiting(karin, HIDDEN)
    page = opened(as_owner, referral.id)
    page.change()
    as_owner.settle()
    assert page.editor is not None
    as_owner.put(page.editor.form["question"], "En annan fråga")
    as_owner.click_text("Spara ändringarna")
    person = one(karin, rows.persons, referral.person_id)
    assert (person.number, person.phone, person.protected) == (HIDDEN.number, HIDDEN.phone, True)
    assert one(karin, rows.referrals, referral.id).question == "En annan fråga"


def test_what_is_being_changed_is_put_away_without_them_when_the_page_is_left(as_owner: Driver, karin: Vault) -> None:
    referral = waiting(karin, HIDDEN)
    page = opened(as_owner, referral.id)
    show(as_owner, page.number.toggle)
    page.change()
    as_owner.settle()
    assert page.editor is not None
    assert page.editor.form["phone"].value() == HIDDEN.phone
    as_owner.put(page.editor.form["question"], "En halvskriven fråga")
    as_owner.go("referrals")
    [kept] = all_of(karin, rows.drafts)
    assert [one for one in KEPT_BACK if one in kept.content] == []
    as_owner.work.back()
    as_owner.settle()
    as_owner.click_text("Fortsätt ändra")
    assert page.editor is not None
    assert page.editor.form["question"].value() == "En halvskriven fråga"
    assert "phone" not in {field.name for field in page.editor.form.fields}
    as_owner.click_text("Spara ändringarna")
    assert one(karin, rows.persons, referral.person_id).phone == HIDDEN.phone


def test_what_has_been_shown_can_be_changed_in_the_referral_too(as_owner: Driver, karin: Vault) -> None:
    referral = waiting(karin, HIDDEN)
    page = opened(as_owner, referral.id)
    show(as_owner, page.number.toggle)
    page.change()
    as_owner.settle()
    assert page.editor is not None
    as_owner.put(page.editor.form["address"], "Provgatan 2")
    as_owner.click_text("Spara ändringarna")
    assert one(karin, rows.persons, referral.person_id).address == "Provgatan 2"


def test_a_list_has_no_number_of_them(as_owner: Driver, karin: Vault) -> None:
    waiting(karin, HIDDEN)
    as_owner.go("referrals")
    assert shown(as_owner) == []
    enrolled(karin, waiting(karin, HIDDEN))
    as_owner.go("cases")
    assert shown(as_owner) == []


def test_taking_somebody_back_shows_no_number_and_asks_for_none(as_owner: Driver, karin: Vault) -> None:
    episode = enrolled(karin, waiting(karin, HIDDEN))
    karin.do(discharge(episode.id, ends()))
    as_owner.work.go("rereferral", episode.id)
    as_owner.settle()
    assert (shown(as_owner), says(as_owner, "Skyddad uppgift")) == ([], True)


# Who sees them


def test_an_owner_names_others_and_keeps_a_koordinator(
    karin: Vault, jonas: Vault, olle: Vault, unlocked: Callable[[str], Driver]
) -> None:
    referral = waiting(jonas, HIDDEN)
    driver = unlocked("karin")
    opened(driver, referral.id)
    driver.click_text("Skydd …")
    assert {box.text() for box in driver.seen(QCheckBox)} == {
        "Jonas Vall, Af",
        "Karin Ekdal, IFO (koordinator)",
        "Olle, Af",
    }
    driver.fill(protected_owners=[olle.actor.user_id])
    driver.save()
    assert driver.form.form.error_at("protected_owners").startswith("Minst en koordinator måste kunna se personen")
    driver.fill(protected_owners=[olle.actor.user_id, karin.actor.user_id])
    driver.save()
    owners = one(karin, rows.persons, referral.person_id).protected_owners
    assert set(owners) == {olle.actor.user_id, karin.actor.user_id}


def test_somebody_is_marked_from_the_page_of_their_case(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin)
    driver = unlocked("karin")
    page = open_case(driver, episode.id, Step.INFORMATION)
    driver.click_text("Skydd …")
    driver.save()
    assert one(karin, rows.persons, episode.person_id).protected
    assert page.state.text.startswith("Skyddade personuppgifter.")
    assert page.header.number.number.text() == "Skyddad uppgift"


def test_the_mark_is_lifted_after_a_second_look(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    referral = waiting(karin, HIDDEN)
    driver = unlocked("karin")
    page = opened(driver, referral.id)
    driver.click_text("Skydd …")
    driver.click_text("Ta bort skyddet …")
    assert one(karin, rows.persons, referral.person_id).protected
    driver.save()
    assert not one(karin, rows.persons, referral.person_id).protected
    assert page.number.number.text() == HIDDEN.number.masked


def test_a_mark_that_others_hold_too_is_not_lifted(
    karin: Vault, jonas: Vault, lena: Vault, unlocked: Callable[[str], Driver]
) -> None:
    waiting(lena, HIDDEN, unit_id=FK, referrer=Referrer.FK)
    mine = draft(jonas)
    driver = unlocked("jonas")
    opened(driver, mine.id)
    driver.click_text("Skydd …")
    driver.click_text("Ta bort skyddet …")
    driver.save()
    assert driver.form.form.banner.text.startswith("Skyddet gäller personnumret")
    assert one(karin, rows.persons, mine.person_id).protected


def test_who_may_not_is_not_offered_it(karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]) -> None:
    fk_and_af = agrees(unit_ids=(FK, AF, IFO))
    referral = waiting(karin, consent=fk_and_af, unit_id=FK, referrer=Referrer.FK)
    driver = unlocked("jonas")
    opened(driver, referral.id)
    assert "Skydd …" not in {one.text() for one in driver.seen(QPushButton)}


# A new referral


def test_a_new_referral_asks_who_shall_see_the_person(
    karin: Vault, jonas: Vault, olle: Vault, unlocked: Callable[[str], Driver]
) -> None:
    driver = unlocked("jonas")
    form = fill_whole_form(driver)
    assert not form.applies("protected_owners")
    driver.put(form["protected"], value=True)
    assert form.applies("protected_owners")
    assert set(form["protected_owners"].value()) == {jonas.actor.user_id, karin.actor.user_id}
    driver.put(form["protected_owners"], [olle.actor.user_id, karin.actor.user_id])
    driver.click(page_of(driver).submit)
    [person] = all_of(karin, rows.persons)
    assert set(person.protected_owners) == {olle.actor.user_id, karin.actor.user_id}


def test_the_handlaggare_who_is_chosen_is_ticked_until_somebody_chooses(
    karin: Vault, jonas: Vault, olle: Vault, lena: Vault, unlocked: Callable[[str], Driver]
) -> None:
    driver = unlocked("karin")
    form = form_of(numbered(driver))
    driver.put(form["protected"], value=True)
    driver.put(form["unit_id"], AF)
    driver.put(form["contact_id"], contact_of(olle))
    assert set(form["protected_owners"].value()) == {karin.actor.user_id, olle.actor.user_id}
    driver.put(form["unit_id"], FK)
    assert {box.text() for box in driver.seen(QCheckBox, form["protected_owners"])} == {
        "Karin Ekdal, IFO (koordinator)",
        "Lena, FK",
    }
    assert form["protected_owners"].value() == (karin.actor.user_id,)


def test_of_somebody_protected_already_a_new_referral_asks_nothing_of_it(
    karin: Vault, unlocked: Callable[[str], Driver]
) -> None:
    waiting(karin, HIDDEN, unit_id=IFO, referrer=Referrer.KOMMUN, needed_unit_ids=(AF,))
    driver = unlocked("karin")
    screen = numbered(driver)
    driver.click_text("Gör en ny remiss ändå")
    form = form_of(screen)
    assert {"protected", "protected_owners"} & {field.name for field in form.fields} == set()
    assert (form["phone"].value(), form["given_name"].value()) == ("", "Malin")


def test_a_half_written_referral_of_somebody_protected_is_offered_without_its_number(
    karin: Vault, unlocked: Callable[[str], Driver]
) -> None:
    driver = unlocked("karin")
    driver.put(form_of(numbered(driver))["protected"], value=True)
    driver.press(driver.work, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    driver.unlock(PASSWORD, login="karin")
    begun(driver)
    assert (says(driver, "Skyddad uppgift, sparad"), says(driver, "850312")) == (True, False)


def fill_whole_form(driver: Driver) -> ReferralForm:
    form = form_of(numbered(driver))
    fill_whole(driver, form)
    return form


def card_of(driver: Driver, title: str) -> QWidget:
    """The card with this heading."""
    return next(one for one in driver.seen(Card) if hasattr(one, "title") and one.title.text() == title)


def hidden_texts(page: QWidget) -> list[str]:
    """Every text of a page that is out of sight."""
    return [one.text() for one in page.findChildren(QLabel)]
