"""Jäv in the window: a colleague is kept out and let in again from the case's page."""

from __future__ import annotations

from collections.abc import Callable

from misam_desktop.domain.codes import Role
from misam_desktop.gui.driver import Driver
from misam_desktop.queries.cases import open_cases
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, REGION, colleague, contact_of, enrolled, waiting


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
