"""Idag: what waits, each with its one action, and what a koordinator sees beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt

from misam_desktop.commands.episodes import enrol
from misam_desktop.commands.forum import record_outcome
from misam_desktop.commands.referrals import make_referral
from misam_desktop.domain.codes import Outcome, Role
from misam_desktop.domain.ids import UnitId
from misam_desktop.gui import appearance
from misam_desktop.gui.cells import UNDER_ROLE
from misam_desktop.gui.consent_form import OTHER_FORM
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.today import TodayScreen
from misam_desktop.gui.widgets import GAP
from misam_desktop.store import founding
from misam_desktop.unlocking import Founder, create
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    accepted,
    agrees,
    asks,
    contact_of,
    discharged,
    enrolled,
    meeting,
    on,
    somebody,
    waiting,
)
from tests.conftest import CLOCK, PASSWORD, TODAY, WEAK
from tests.gui.worlds import cells, cut, says, told

LATE, ACTION = date(2026, 8, 10), 4
"""Enrolled on LATE, the follow-up at three months was due on 10 November."""


def screen(driver: Driver) -> TodayScreen:
    page = driver.work.here
    assert isinstance(page, TodayScreen)
    return page


def press_action(driver: Driver, row: int = 0) -> None:
    driver.click_row(screen(driver).table, row, ACTION)


def test_what_is_late_stands_first_and_says_how_late(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    enrolled(karin, day=LATE, case_worker_id=contact_of(jonas))
    row = cells(screen(unlocked("jonas")).table, 0)
    assert row[:4] == ["Försenad 14 dagar", "Uppföljning 3 månader", "Malin Provlund", "tis 10 nov"]


def test_a_follow_up_is_done_from_its_row_and_leaves_the_list(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    enrolled(karin, day=LATE, case_worker_id=contact_of(jonas))
    driver = unlocked("jonas")
    press_action(driver)
    driver.fill(step=2)
    driver.save()
    assert screen(driver).table.rows == []


def test_an_accepted_referral_is_enrolled_from_its_row(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    accepted(karin)
    driver = unlocked("karin")
    assert cells(screen(driver).table, 0)[:2] == ["Ny i dag", "Väntar på inskrivning"]
    press_action(driver)
    assert driver.form.primary.text() == "Skriv in"


def test_a_referral_to_complete_is_opened_from_its_row(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    referral = waiting(karin)
    ask = record_outcome(referral.id, Outcome.KOMPLETTERA, meeting_id=meeting(karin).id, text="Vem betalar?")
    karin.do(ask)
    driver = unlocked("jonas")
    assert cells(screen(driver).table, 0)[ACTION] == "Komplettera"
    press_action(driver)
    assert driver.work.here.subject == referral.id


def test_a_samordnare_is_appointed_from_the_row(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    enrolled(karin)
    driver = unlocked("karin")
    assert cells(screen(driver).table, 0)[1] == "Saknar samordnare"
    press_action(driver)
    driver.fill(whom=contact_of(karin))
    driver.save()
    assert screen(driver).table.rows == []


def test_each_consent_that_ends_is_renewed_in_turn(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    yesterday = TODAY - timedelta(days=1)
    consent = agrees(from_on=yesterday, until_on=TODAY + timedelta(days=20))
    facts = asks(referred_on=yesterday)
    on(karin, yesterday).do(make_referral(somebody(), facts, consent=consent, submit=True))
    driver = unlocked("jonas")
    press_action(driver)
    for purpose in ("Samverkan", "Uppföljning och statistik"):
        assert says(driver, purpose, driver.form)
        driver.fill(paper_at="Pärm 4", wording=OTHER_FORM)
        driver.save()
    assert driver.dialog is None
    assert screen(driver).table.rows == []


def test_a_window_that_closes_opens_its_case(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = discharged(karin, began=date(2026, 1, 12), day=date(2026, 6, 5))
    driver = unlocked("karin")
    assert cells(screen(driver).table, 0)[:4] == ["11 dagar", "Återremiss möjlig till", "Malin Provlund", "lör 5 dec"]
    press_action(driver)
    assert driver.work.here.subject == episode.id


def test_enter_does_what_the_button_of_the_row_says(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    enrolled(karin, day=LATE, case_worker_id=contact_of(jonas))
    driver = unlocked("jonas")
    screen(driver).table.setFocus()
    driver.press(screen(driver).table, Qt.Key.Key_Return)
    driver.settle()
    assert driver.form.windowTitle() == "Uppföljning"


def test_ctrl_enter_opens_the_case(karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin, day=LATE, case_worker_id=contact_of(jonas))
    driver = unlocked("jonas")
    screen(driver).table.setFocus()
    driver.press(screen(driver).table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert driver.work.here.subject == episode.id


def test_a_double_click_on_the_name_opens_the_case(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    episode = enrolled(karin, day=LATE, case_worker_id=contact_of(jonas))
    driver = unlocked("jonas")
    driver.click_row(screen(driver).table, 0, 2, twice=True)
    assert driver.work.here.subject == episode.id


def test_a_koordinator_sees_how_the_team_stands(karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]) -> None:
    enrolled(karin, day=LATE, case_worker_id=contact_of(jonas))
    driver = unlocked("karin")
    assert says(driver, "pågående av 138")
    assert says(driver, "0 nya och 0 avslutade i november")
    assert "1 uppföljning" in told(driver)


def test_a_handlaggare_does_not_see_how_the_team_stands(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    enrolled(karin, day=LATE, case_worker_id=contact_of(jonas))
    driver = unlocked("jonas")
    assert not says(driver, "Beläggning")
    assert not says(driver, "Försenat per myndighet")


def test_the_next_forum_says_what_is_in_its_queue_and_is_prepared_from_here(
    karin: Vault, unlocked: Callable[[str], Driver]
) -> None:
    waiting(karin)
    driver = unlocked("karin")
    assert says(driver, "tor 26 nov 13.00 · Samverkanslokalen")
    assert "1 remiss" in told(driver)
    driver.click_text("Förbered mötet")
    assert driver.work.here.heading.text().startswith("Samverkansforum")


def test_an_empty_list_says_so_and_what_comes_next(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    enrolled(karin, day=date(2026, 11, 19), case_worker_id=contact_of(jonas))
    driver = unlocked("jonas")
    assert not screen(driver).table.isVisible()
    assert screen(driver).nothing.text() == (
        "Ingenting väntar på dig just nu. Din nästa uppföljning ska göras senast fredag 19 februari 2027. "
        "Nästa samverkansforum är torsdag 26 november 2026."
    )


def test_an_empty_list_takes_no_more_room_than_its_words(as_karin: Driver) -> None:
    page = screen(as_karin)
    texts = page.card.title.height() + page.nothing.height() + page.take_in.height()
    assert page.nothing.height() < page.nothing.heightForWidth(page.nothing.width()) + GAP
    assert page.card.height() < texts + 5 * GAP


def test_a_short_list_is_followed_by_the_next_meeting(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    enrolled(karin, day=LATE, case_worker_id=contact_of(jonas))
    page = screen(unlocked("jonas"))
    assert page.table.viewport().height() <= page.table.height_for(1)


def test_a_new_register_offers_to_take_in_the_list(as_karin: Driver) -> None:
    assert says(as_karin, "Registret är tomt.")
    as_karin.click_text("Ta in er lista")
    assert as_karin.work.here.heading.text() == "Ta in lista"


def test_what_somebody_else_has_done_is_seen_after_f5(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    referral = accepted(karin)
    driver = unlocked("karin")
    karin.do(enrol(referral.id, enrolled_on=TODAY, commissioner_id=UnitId("af"), case_lead_id=contact_of(karin)))
    driver.press(driver.work, Qt.Key.Key_F5)
    driver.settle()
    assert screen(driver).table.rows == []


@pytest.fixture
def ledning(store_path: Path, open_window: Callable[[Path | None], Driver]) -> Driver:
    """The window unlocked by somebody who sees figures only."""
    founder = Founder(login="bo", name="Bo Alm", password=PASSWORD, unit_id=UnitId("region"), roles=(Role.LEDNING,))
    activities = [founding.reference_activity("misam", activity_id="misam")]
    create(store_path, team="Provlaget", founders=[founder], activities=activities, clock=CLOCK, cost=WEAK)
    driver = open_window(store_path)
    driver.unlock(PASSWORD, login="bo")
    return driver


def test_who_sees_no_case_is_told_what_the_role_is_for(ledning: Driver) -> None:
    assert says(ledning, "Ledningen ser siffror och inga ärenden.")
    assert not says(ledning, "Väntar på dig")


def test_nothing_is_cut_at_twice_the_text_size(
    karin: Vault, settings: QSettings, unlocked: Callable[[str], Driver]
) -> None:
    enrolled(karin, day=LATE, case_worker_id=contact_of(karin))
    waiting(karin, somebody(981))
    appearance.choose(settings, percent=200)
    driver = unlocked("karin")
    driver.wait_for(lambda: not cut(driver))
    assert driver.window.width() == 1280


def test_the_buttons_of_the_rows_are_in_sight_at_twice_the_text_size(
    karin: Vault, settings: QSettings, unlocked: Callable[[str], Driver]
) -> None:
    enrolled(karin, day=LATE, case_worker_id=contact_of(karin))
    appearance.choose(settings, percent=200)
    table = screen(unlocked("karin")).table
    assert table.viewport().rect().contains(table.visualRect(table.model().index(0, ACTION)))
    assert table.model().index(0, 1).data(UNDER_ROLE) == "Malin Provlund · tis 10 nov"
