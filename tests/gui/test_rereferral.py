"""Återremittering: what did not hold, a new consent, and the window."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from misam_desktop.domain.codes import Livelihood, Referrer, RereferralReason
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.referral import Referral, ReferralState, state_of
from misam_desktop.gui.consent_form import OTHER_FORM
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.new_referral import NewReferralScreen
from misam_desktop.gui.screens.rereferral import RereferralForm, RereferralScreen
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, all_of, discharged, enrolled
from tests.conftest import PASSWORD, TODAY
from tests.gui.test_referral import says


def begun(driver: Driver, episode: Episode) -> RereferralScreen:
    driver.work.go("rereferral", episode.id)
    driver.settle()
    screen = driver.work.here
    assert isinstance(screen, RereferralScreen)
    return screen


def form_of(screen: RereferralScreen) -> RereferralForm:
    assert screen.form is not None, "the form is not there"
    return screen.form


def ended(koordinator: Vault, day: date = date(2026, 8, 31)) -> Episode:
    return discharged(koordinator, began=date(2026, 1, 12), day=day)


def fill(driver: Driver, form: RereferralForm) -> None:
    driver.put(form["reason"], RereferralReason.INTE_HALLIT)
    driver.put(form["not_held"], "Arbetsplatsen lades ner")
    driver.put(form["paper_at"], "Pärm 4")
    driver.put(form["wording"], OTHER_FORM)


def newest(vault: Vault, episode: Episode) -> Referral | None:
    found = [one for one in all_of(vault, rows.referrals) if one.earlier_episode_id == episode.id]
    return found[0] if found else None


def test_one_action_takes_the_person_back_with_the_earlier_picture(as_karin: Driver, karin: Vault) -> None:
    episode = ended(karin)
    fill(as_karin, form_of(begun(as_karin, episode)))
    as_karin.click_text("Lämna till forumet")
    referral = newest(karin, episode)
    assert referral is not None
    assert (state_of(referral), referral.referred_on) == (ReferralState.WAITING, TODAY)
    assert referral.question == "Vad behövs för att börja arbetsträna?"
    assert referral.livelihoods.main is Livelihood.LON
    assert as_karin.work.here.subject == referral.id


def test_a_re_referral_has_a_consent_of_its_own(as_karin: Driver, karin: Vault) -> None:
    episode = ended(karin)
    fill(as_karin, form_of(begun(as_karin, episode)))
    as_karin.click_text("Lämna till forumet")
    referral = newest(karin, episode)
    assert referral is not None
    assert [one.paper_at for one in all_of(karin, rows.consents) if one.case_id == referral.id] == ["Pärm 4"]


@pytest.mark.parametrize("name", ["reason", "not_held", "paper_at"])
def test_what_is_asked_must_be_answered(as_karin: Driver, karin: Vault, name: str) -> None:
    episode = ended(karin)
    form = form_of(begun(as_karin, episode))
    fill(as_karin, form)
    form[name].set_value(None)
    as_karin.click_text("Lämna till forumet")
    assert form.error_at(name) == "Det här behöver fyllas i."
    assert newest(karin, episode) is None


def test_a_date_after_the_window_is_told_beside_it(as_karin: Driver, karin: Vault) -> None:
    episode = ended(karin, day=date(2026, 5, 25))
    form = form_of(begun(as_karin, episode))
    fill(as_karin, form)
    as_karin.put(form["referred_on"], "2026-11-26")
    as_karin.click_text("Lämna till forumet")
    assert form.error_at("referred_on")


def test_after_the_window_an_ordinary_referral_is_the_way(as_karin: Driver, karin: Vault) -> None:
    screen = begun(as_karin, ended(karin, day=date(2026, 5, 1)))
    assert screen.form is None
    assert says(as_karin, "till och med söndag 1 november 2026")
    as_karin.click_text("Gör en vanlig remiss")
    assert isinstance(as_karin.work.here, NewReferralScreen)
    assert says(as_karin, "Malin Provlund")


def test_a_paper_that_was_written_in_time_can_still_be_entered(as_karin: Driver, karin: Vault) -> None:
    screen = begun(as_karin, ended(karin, day=date(2026, 5, 1)))
    as_karin.click_text("Återremissen är skriven senast 1 nov")
    assert form_of(screen)["referred_on"].value() == date(2026, 11, 1)


def test_nobody_is_taken_back_twice(as_karin: Driver, karin: Vault) -> None:
    episode = ended(karin)
    fill(as_karin, form_of(begun(as_karin, episode)))
    as_karin.click_text("Lämna till forumet")
    screen = begun(as_karin, episode)
    assert screen.form is None
    assert says(as_karin, "redan återremitterad")


def test_a_case_that_goes_on_is_opened_instead(as_karin: Driver, karin: Vault) -> None:
    episode = enrolled(karin)
    begun(as_karin, episode)
    as_karin.click_text("Öppna ärendet")
    assert as_karin.work.here.subject == episode.id


def test_a_handlaggare_takes_back_for_her_own_unit(as_jonas: Driver, karin: Vault, jonas: Vault) -> None:
    episode = ended(karin)
    form = form_of(begun(as_jonas, episode))
    fill(as_jonas, form)
    as_jonas.click_text("Lämna till forumet")
    referral = newest(jonas, episode)
    assert referral is not None
    assert (referral.unit_id, referral.referrer, referral.contact_id) == (AF, Referrer.AF, jonas.actor.contact_id)


def test_what_did_not_hold_is_there_again_after_a_lock(as_karin: Driver, karin: Vault) -> None:
    episode = ended(karin)
    fill(as_karin, form_of(begun(as_karin, episode)))
    as_karin.press(as_karin.work, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    as_karin.settle()
    as_karin.unlock(PASSWORD, login="karin")
    screen = begun(as_karin, episode)
    assert form_of(screen)["not_held"].value() == "Arbetsplatsen lades ner"
