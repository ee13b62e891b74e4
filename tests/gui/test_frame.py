"""The window: locked, unlocked, moved about in, and locked again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from misam_desktop.gui.driver import Driver
from misam_desktop.gui.unlock import UnlockPage
from misam_desktop.vault import Vault
from tests.commands.worlds import waiting
from tests.conftest import PASSWORD


@pytest.mark.screen
def test_the_right_password_opens_idag(as_karin: Driver) -> None:
    assert as_karin.work.here.heading.text() == "Idag"


@pytest.mark.screen
def test_a_wrong_password_is_told_beside_the_field(founded: Path, open_window: Callable[[Path | None], Driver]) -> None:
    driver = open_window(founded)
    driver.unlock("helt fel mening här")
    page = driver.window.page
    assert isinstance(page, UnlockPage)
    assert page.banner.text.startswith("Användarnamnet och lösenordet hör inte ihop.")


@pytest.mark.screen
def test_locking_leaves_no_workspace(as_karin: Driver) -> None:
    as_karin.press(as_karin.work, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    as_karin.settle()
    assert as_karin.window.work is None
    assert isinstance(as_karin.window.page, UnlockPage)


def test_the_keys_work_when_the_store_is_unlocked_again(as_karin: Driver) -> None:
    as_karin.press(as_karin.work, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    as_karin.settle()
    as_karin.unlock(PASSWORD, login="karin")
    as_karin.press(as_karin.work, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    as_karin.settle()
    assert as_karin.work.here.heading.text() == "Remisser"


def test_the_way_back_leads_to_the_place_before(as_karin: Driver) -> None:
    as_karin.go("referrals")
    as_karin.press(as_karin.work, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    as_karin.settle()
    assert as_karin.work.here.heading.text() == "Idag"


def test_a_handlaggare_is_not_offered_the_forum(as_jonas: Driver) -> None:
    assert set(as_jonas.work.navigation.buttons) == {
        "today", "referrals", "cases", "follow_ups", "sips", "deviations", "contacts", "log",
    }  # fmt: skip


@pytest.mark.parametrize(("opens", "under"), [("new_referral", "referrals"), ("referral", "referrals")])
def test_a_page_of_one_thing_is_marked_under_its_list(as_karin: Driver, karin: Vault, opens: str, under: str) -> None:
    referral = waiting(karin)
    as_karin.go("contacts")
    as_karin.work.go(opens, referral.id if opens == "referral" else "")
    as_karin.settle()
    assert [name for name, one in as_karin.work.navigation.buttons.items() if one.isChecked()] == [under]


@pytest.mark.parametrize("place", ["today", "referrals", "forum", "cases", "follow_ups", "contacts", "register"])
def test_the_keys_go_on_in_the_page_that_was_gone_to(as_karin: Driver, place: str) -> None:
    as_karin.go("contacts" if place == "today" else "today")
    as_karin.go(place)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused is as_karin.work.here or as_karin.work.here.isAncestorOf(focused)


def test_another_text_size_suits_the_frame_and_the_places(as_karin: Driver) -> None:
    as_karin.go("cases")
    navigation, place = as_karin.work.navigation, as_karin.work.here
    narrow = navigation.width()
    as_karin.go("today")
    as_karin.work.top._choose_text_size(200)
    as_karin.settle()
    assert navigation.width() > narrow
    as_karin.go("cases")
    assert as_karin.work.here is not place


def test_a_long_name_leaves_room_for_the_search(as_karin: Driver) -> None:
    work = as_karin.work
    work.desk = replace(work.desk, me=replace(work.desk.me, name="Thị Hương Nguyễn-Bergström af Ugglas"))
    work.top.suit_text_size()
    assert work.top.who.text().endswith("…")
    assert work.top.search.width() > 2 * work.top.who.sizeHint().width()


def test_wrong_passwords_in_a_row_make_the_next_wait(
    founded: Path, open_window: Callable[[Path | None], Driver]
) -> None:
    driver = open_window(founded)
    for _ in range(2):
        driver.unlock("helt fel mening här")
    page = driver.window.page
    assert isinstance(page, UnlockPage)
    assert (page.primary.text(), page.primary.isEnabled()) == ("Vänta 1 s", False)
