"""The window: locked, unlocked, moved about in, and locked again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from misam_desktop.gui.unlock import UnlockPage
from tests.conftest import PASSWORD
from tests.gui.driver import Driver


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
    assert set(as_jonas.work.navigation.buttons) == {"today", "referrals", "cases", "follow_ups", "contacts"}
