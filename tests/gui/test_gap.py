"""A log that ends too early stands at the top of every page until an administratör has said why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton

from misam_desktop.domain.codes import GapReason
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.gap import tell_gap
from misam_desktop.gui.widgets import EDGE
from misam_desktop.keys.heads import Gap, GapKind
from misam_desktop.vault import Vault
from tests.commands.worlds import entries
from tests.conftest import PASSWORD
from tests.gui import conftest
from tests.vault.test_heads import a_day, kind_of, older_file_put_back

LOST = Gap(GapKind.CUT, 12, 9, "12-9F3A22C1")


def test_an_administrator_says_why_and_it_is_told_no_more(as_karin: Driver, karin: Vault) -> None:
    tell_gap(as_karin.work, LOST)
    assert "händelse 12 finns inte kvar, och den sista är nu 9" in as_karin.work.warning.text
    assert "Ta reda på vad som har hänt och ange orsaken." in as_karin.work.warning.text
    assert "administratören" not in as_karin.work.warning.text
    as_karin.click_text("Ange orsaken …")
    as_karin.fill(reason=GapReason.ATERLAST)
    as_karin.save()
    assert as_karin.work.warning.isHidden()
    assert [one.purpose for one in entries(karin) if one.action == "log.gap_accepted"] == ["aterlast:12-9F3A22C1"]


def test_others_are_told_whom_to_ask(as_jonas: Driver) -> None:
    tell_gap(as_jonas.work, LOST)
    as_jonas.work.go("cases")
    assert as_jonas.work.warning.isVisible()
    assert "Säg till administratören" in as_jonas.work.warning.text
    assert as_jonas.seen(QPushButton, as_jonas.work.warning) == []


def test_who_administers_sees_to_it_that_it_can_be_kept(as_karin: Driver) -> None:
    tell_gap(as_karin.work, Gap(GapKind.NOT_KEPT))
    assert as_karin.work.warning.text.endswith("Se till att det går att skriva i din profil.")
    assert as_karin.seen(QPushButton, as_karin.work.warning) == []


# The window itself, at a profile that remembers


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def unlocks(
    founded: Path, profile: Path, open_window: Callable[[Path | None], Driver], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Driver]:
    """Opens the window at the profile, once the store is as the test wants it."""

    def opened(login: str) -> Driver:
        monkeypatch.setattr(conftest, "OPENING", replace(conftest.OPENING, heads=profile))
        driver = open_window(founded)
        driver.unlock(PASSWORD, login=login)
        return driver

    return opened


def test_an_ordinary_day_tells_of_nothing(founded: Path, profile: Path, unlocks: Callable[[str], Driver]) -> None:
    a_day(founded, profile)
    assert unlocks("karin").work.warning.isHidden()


def test_an_older_file_put_back_is_told_at_unlock_until_it_is_explained(
    founded: Path, profile: Path, unlocks: Callable[[str], Driver]
) -> None:
    older_file_put_back(founded, lambda: a_day(founded, profile))
    driver = unlocks("karin")
    for place in ("today", "cases", "log"):
        driver.go(place)
        assert driver.work.warning.isVisible()
        assert "En äldre fil kan ha lagts tillbaka" in driver.work.warning.text
    driver.click_text("Ange orsaken …")
    driver.fill(reason=GapReason.ATERLAST)
    driver.save()
    assert driver.work.warning.isHidden()
    driver.work.lock()
    driver.settle()
    driver.unlock(PASSWORD, login="karin")
    assert driver.work.warning.isHidden()


def test_whoever_unlocks_there_is_told(founded: Path, profile: Path, unlocks: Callable[[str], Driver]) -> None:
    older_file_put_back(founded, lambda: a_day(founded, profile))
    driver = unlocks("jonas")
    assert "Säg till administratören" in driver.work.warning.text
    assert driver.seen(QPushButton, driver.work.warning) == []


def test_what_another_profile_found_is_told_to_who_administers(
    founded: Path, profile: Path, tmp_path: Path, unlocks: Callable[[str], Driver]
) -> None:
    a_day(founded, profile)
    older_file_put_back(founded, lambda: a_day(founded, tmp_path / "his", "jonas"))
    assert kind_of(founded, tmp_path / "his", "jonas") is GapKind.CUT
    driver = unlocks("karin")
    assert driver.work.warning.text.startswith("En annan profil eller dator har sett loggen gå längre än den gör")
    driver.click_text("Ange orsaken …")
    driver.fill(reason=GapReason.ATERLAST)
    driver.save()
    assert kind_of(founded, tmp_path / "his", "jonas") is None


def test_the_warning_keeps_to_the_pages_edge(as_karin: Driver) -> None:
    tell_gap(as_karin.work, LOST)
    as_karin.settle()
    warning, page = as_karin.work.warning, as_karin.work.here
    assert warning.mapTo(as_karin.work, QPoint()).x() - page.mapTo(as_karin.work, QPoint()).x() == EDGE
    assert warning.width() == page.width() - 2 * EDGE
