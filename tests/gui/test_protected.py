"""Skyddade personuppgifter in the window: what stands instead, what a reason shows, and until when."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from misam_desktop.commands.episodes import discharge
from misam_desktop.domain.codes import ShowReason
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.referral import ReferralScreen
from misam_desktop.gui.widgets import Card
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import ends, enrolled, entries, one, somebody, waiting
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


def card_of(driver: Driver, title: str) -> QWidget:
    """The card with this heading."""
    return next(one for one in driver.seen(Card) if hasattr(one, "title") and one.title.text() == title)


def hidden_texts(page: QWidget) -> list[str]:
    """Every text of a page that is out of sight."""
    return [one.text() for one in page.findChildren(QLabel)]
