"""Väntar på inskrivning: the list, and the form that makes an accepted referral an episode."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from misam_desktop.commands.contacts import add_contact
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.people import Contact
from misam_desktop.domain.referral import Referral
from misam_desktop.gui.dialogs.enrol import open_enrol
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.inputs import OneOf
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, AME, IFO, accepted, agrees, all_of, contact_of, enrolled, waiting
from tests.conftest import PASSWORD, TODAY

DAY = timedelta(days=1)


@pytest.fixture
def malin(karin: Vault, jonas: Vault) -> Referral:
    """Referred by Jonas at Af, and found to need coordinated measures."""
    return accepted(karin, waiting(karin, consent=agrees(unit_ids=(AF, AME, IFO)), contact_id=contact_of(jonas)))


def page_of(driver: Driver) -> ForumScreen:
    driver.go("forum")
    page = driver.work.here
    assert isinstance(page, ForumScreen)
    driver.click(page.to_enrolments)
    return page


def offered(driver: Driver, name: str) -> list[str]:
    one_of = driver.form.form[name]
    assert isinstance(one_of, OneOf)
    return [one_of.box.itemText(at) for at in range(one_of.box.count())]


def episodes(vault: Vault) -> list[Episode]:
    return all_of(vault, rows.episodes)


def opened(driver: Driver, referral: Referral) -> None:
    open_enrol(driver.work, referral.id)
    driver.settle()


def test_nobody_waits_and_the_page_says_so(as_karin: Driver) -> None:
    page = page_of(as_karin)
    assert page.enrolments.nothing.text().startswith("Ingen väntar på inskrivning.")
    assert not page.enrol.isEnabled()


def test_enter_on_the_one_who_waits_opens_the_form(malin: Referral, as_karin: Driver) -> None:
    page = page_of(as_karin)
    assert page.to_enrolments.text() == "Väntar på inskrivning  1"
    as_karin.press(page.enrolments.table, Qt.Key.Key_Return)
    as_karin.settle()
    assert "Malin Provlund" in [one.text() for one in as_karin.seen(QLabel)]


def test_the_referring_unit_and_handlaggare_are_proposed(malin: Referral, jonas: Vault, as_karin: Driver) -> None:
    opened(as_karin, malin)
    values = as_karin.form.form.peek()
    assert (values["commissioner_id"], values["case_worker_id"], values["enrolled_on"]) == (
        AF,
        contact_of(jonas),
        TODAY,
    )


def test_an_enrolled_person_waits_no_more(karin: Vault, malin: Referral, as_karin: Driver) -> None:
    page = page_of(as_karin)
    as_karin.click(page.enrol)
    as_karin.save()
    assert page.enrolments.table.rows == []
    assert [one.enrolled_on for one in episodes(karin)] == [TODAY]
    assert as_karin.work.status.message.text() == "Inskriven 24 nov. Uppföljningarna är planerade."


def test_the_handlaggare_are_those_of_the_unit(karin: Vault, malin: Referral, as_karin: Driver) -> None:
    opened(as_karin, malin)
    as_karin.fill(commissioner_id=IFO)
    assert offered(as_karin, "case_worker_id") == ["Välj handläggare …", "Karin Ekdal"]


def test_a_handlaggare_is_asked_for_beside_the_field(karin: Vault, malin: Referral, as_karin: Driver) -> None:
    opened(as_karin, malin)
    as_karin.fill(commissioner_id=IFO)
    as_karin.save()
    assert as_karin.form.form.error_at("case_worker_id") == "Det här behöver fyllas i."
    assert episodes(karin) == []


def test_a_new_contact_becomes_the_handlaggare(karin: Vault, malin: Referral, as_karin: Driver) -> None:
    opened(as_karin, malin)
    as_karin.fill(commissioner_id=AME)
    assert "Enheten har ingen kontaktperson än. Lägg till handläggaren med «Ny kontakt»." in [
        one.text() for one in as_karin.seen(QLabel)
    ]
    as_karin.click_text("Ny kontakt")
    as_karin.fill(name="Bo Ask")
    as_karin.save()
    as_karin.click(as_karin.form.primary)
    [episode] = episodes(karin)
    worker: Contact = next(one for one in all_of(karin, rows.contacts) if one.id == episode.case_worker_id)
    assert (worker.name, worker.unit_id, episode.commissioner_id) == ("Bo Ask", AME, AME)


def test_a_samordnare_is_of_any_unit_or_comes_later(karin: Vault, malin: Referral, as_karin: Driver) -> None:
    bo = karin.do(add_contact(name="Bo Ask", unit_id=AME, function_address="", phone="")).value
    as_karin.work.lock()
    as_karin.settle()
    as_karin.unlock(PASSWORD, login="karin")
    opened(as_karin, malin)
    assert as_karin.form.form["case_lead_id"].value() is None
    as_karin.fill(case_lead_id=bo.id, team="Af, AME och IFO")
    as_karin.save()
    assert [(one.case_lead_id, one.team) for one in episodes(karin)] == [(bo.id, "Af, AME och IFO")]


def test_a_start_before_the_referral_is_told_beside_it(karin: Vault, malin: Referral, as_karin: Driver) -> None:
    opened(as_karin, malin)
    as_karin.fill(enrolled_on=TODAY - DAY)
    as_karin.save()
    assert as_karin.form.form.error_at("enrolled_on") == "Inskrivningen ligger före remissen. Kontrollera datumet."
    assert episodes(karin) == []


def test_a_person_with_an_open_case_is_not_enrolled_again(karin: Vault, jonas: Vault, as_karin: Driver) -> None:
    enrolled(karin, day=TODAY - 90 * DAY)
    again = accepted(karin, waiting(karin, contact_id=contact_of(jonas)))
    opened(as_karin, again)
    as_karin.save()
    assert as_karin.form.form.banner.text.startswith("Personen har redan ett pågående ärende")
    assert len(episodes(karin)) == 1


def test_who_asked_for_it_is_told_of_the_episode(karin: Vault, malin: Referral, as_karin: Driver) -> None:
    begun: list[Episode] = []
    open_enrol(as_karin.work, malin.id, then=begun.append)
    as_karin.settle()
    as_karin.save()
    assert begun == episodes(karin)
