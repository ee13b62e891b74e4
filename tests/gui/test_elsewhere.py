"""What somebody does in another program is heard here: what may no longer be read goes from the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.case import CaseScreen
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, IFO, agrees, all_of, colleague, enrolled, waiting
from tests.conftest import TODAY


def words(driver: Driver) -> str:
    """Everything that stands in labels of the window, seen or not."""
    return " ".join(label.text() for label in driver.window.findChildren(QLabel))


def hears(driver: Driver) -> None:
    driver.work.session.listen()
    driver.settle()


def taken_back(vault: Vault) -> None:
    for consent in all_of(vault, rows.consents):
        vault.do(withdraw_consent(consent.id, on=TODAY))


def test_a_case_that_is_open_in_a_window_shrinks_when_its_consent_is_taken_back(as_jonas: Driver, karin: Vault) -> None:
    hears(as_jonas)
    episode = enrolled(karin)
    as_jonas.work.open_case(episode.id)
    as_jonas.settle()
    page = as_jonas.work.here
    assert isinstance(page, CaseScreen)
    as_jonas.click(page.stepper.buttons[Step.NEEDS])
    assert "arbetsträna" in words(as_jonas)
    taken_back(karin)
    hears(as_jonas)
    assert "arbetsträna" not in words(as_jonas)
    assert "Ingår inte i samtycket" in words(as_jonas)


def test_another_units_case_goes_from_the_window_with_its_consent(as_jonas: Driver, karin: Vault) -> None:
    hears(as_jonas)
    theirs = waiting(karin, consent=agrees(unit_ids=(AF, IFO)), referrer="kommun", unit_id=IFO, needed_unit_ids=(AF,))
    as_jonas.work.open_referral(theirs.id)
    as_jonas.settle()
    assert "Provlund" in words(as_jonas)
    taken_back(karin)
    hears(as_jonas)
    assert as_jonas.work.here.banner.text == "Det finns inget att visa här."
    assert "Provlund" not in words(as_jonas)


def test_what_is_done_in_this_program_is_no_news(as_karin: Driver, karin: Vault) -> None:
    heard: list[object] = []
    hears(as_karin)
    as_karin.work.session.touched.connect(heard.append)
    hears(as_karin)
    assert heard == []
    colleague(karin, "ny", unit_id=AF)
    hears(as_karin)
    assert len(heard) == 1
