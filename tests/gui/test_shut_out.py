"""Jäv in the window: a colleague is kept out and let in again from the case's page."""

from __future__ import annotations

from collections.abc import Callable

from misam_desktop.commands.shut_outs import step_aside
from misam_desktop.domain.codes import Role
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.cases import CasesScreen
from misam_desktop.queries.cases import open_cases
from misam_desktop.queries.referrals import waiting_referrals
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, REGION, colleague, contact_of, enrolled, waiting
from tests.gui.worlds import says


def test_a_colleague_is_kept_out_and_let_in_again(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    olle = colleague(karin, "olle", Role.HANDLAGGARE, unit_id=AF)
    episode = enrolled(karin, waiting(jonas))
    driver = unlocked("karin")
    driver.work.open_case(episode.id)
    driver.settle()
    driver.click_text("Jäv …")
    driver.fill(contact_id=contact_of(olle))
    driver.save()
    assert olle.ask(open_cases()) == []
    driver.click_text("Jäv (1) …")
    driver.click_text("Släpp in Olle")
    assert len(olle.ask(open_cases())) == 1


def test_who_names_themselves_no_longer_sees_the_case(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    episode = enrolled(karin, waiting(jonas))
    driver = unlocked("karin")
    driver.work.open_case(episode.id)
    driver.settle()
    driver.click_text("Jäv …")
    driver.fill(contact_id=contact_of(karin))
    driver.save()
    assert driver.work.here.banner.text == "Det finns inget att visa här."


def test_who_steps_aside_loses_the_page_and_the_row(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    episode = enrolled(karin, waiting(jonas))
    driver = unlocked("karin")
    driver.go("cases")
    driver.work.open_referral(episode.referral_id)
    driver.work.open_case(episode.id)
    driver.settle()
    driver.click_text("Jag är jävig …")
    driver.save()
    assert isinstance(driver.work.here, CasesScreen)
    assert driver.work.here.table.rows == []
    assert len(kim.ask(open_cases())) == 1


def test_on_a_referral_too_who_is_kept_out_is_named_and_can_be_let_in(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    olle = colleague(karin, "olle", Role.HANDLAGGARE, unit_id=AF)
    referral = waiting(jonas)
    olle.do(step_aside(referral.id))
    driver = unlocked("karin")
    driver.work.open_referral(referral.id)
    driver.settle()
    driver.click_text("Jäv (1) …")
    assert says(driver, "Utestängda nu: Olle.")
    driver.click_text("Släpp in Olle")
    assert len(olle.ask(waiting_referrals())) == 1


def test_the_handlaggare_who_steps_aside_is_told_what_to_do_first(
    jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    referral = waiting(jonas, contact_id=contact_of(jonas))
    driver = unlocked("jonas")
    driver.work.open_referral(referral.id)
    driver.settle()
    driver.click_text("Jag är jävig …")
    driver.save()
    assert "Du arbetar med ärendet." in driver.form.form.banner.text


def test_the_last_koordinator_is_told_beside_the_field(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    episode = enrolled(karin, waiting(jonas))
    driver = unlocked("karin")
    driver.work.open_case(episode.id)
    driver.settle()
    driver.click_text("Jäv …")
    driver.fill(contact_id=contact_of(karin))
    driver.save()
    assert "Ingen koordinator skulle finnas kvar" in driver.form.form.error_at("contact_id")
