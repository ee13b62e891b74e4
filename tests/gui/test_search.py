"""The one search field: persons within reach, commands, and a log entry when the typing settles."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from misam_desktop.gui.driver import Driver
from misam_desktop.queries.log import log_entries
from misam_desktop.store.engine import StoreDiskFull
from misam_desktop.vault import Vault
from misam_desktop.wording import sentence
from tests.commands.nafs_worlds import leads_the_team, raised
from tests.commands.worlds import somebody, waiting


@pytest.fixture
def referred(jonas: Vault) -> str:
    """A referral from Af that is before the forum."""
    person = somebody(given_name="Åsa", family_name="Łukasz-Öberg")
    return waiting(jonas, person).id


def type_in(driver: Driver, text: str) -> list[str]:
    field = driver.work.top.search
    driver.press(driver.work, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    driver.type(field.line, text)
    driver.settle()
    found = field.results.list
    return [found.item(at).text() for at in range(found.count())]


@pytest.mark.parametrize("text", ["lukasz", "Åsa", "åsa lukasz", "19850312-9804", "8503129804", "850312 9804"])
def test_a_person_is_found_by_name_or_number(referred: str, as_karin: Driver, text: str) -> None:
    assert [hit.split("   ")[0] for hit in type_in(as_karin, text)] == ["Åsa Łukasz-Öberg"]


def test_the_number_in_the_list_is_masked(referred: str, as_karin: Driver) -> None:
    assert "850312-••••" in type_in(as_karin, "lukasz")[0]


def test_enter_opens_the_case(referred: str, as_karin: Driver) -> None:
    type_in(as_karin, "lukasz")
    as_karin.press(as_karin.work.top.search.line, Qt.Key.Key_Return)
    as_karin.settle()
    assert as_karin.work.here.subject == referred


def test_somebody_with_a_nafs_case_alone_is_found_and_it_opens(as_jonas: Driver, jonas: Vault, karin: Vault) -> None:
    leads_the_team(karin)
    case = raised(jonas)
    assert type_in(as_jonas, "provlund")[0].startswith("Malin Provlund")
    as_jonas.press(as_jonas.work.top.search.line, Qt.Key.Key_Return)
    as_jonas.settle()
    assert as_jonas.work.here.subject == case.id


def test_a_command_is_found_by_its_first_letters(as_karin: Driver) -> None:
    assert type_in(as_karin, "ny r") == ["Ny remiss"]
    as_karin.press(as_karin.work.top.search.line, Qt.Key.Key_Return)
    as_karin.settle()
    assert as_karin.work.here.heading.text() == "Ny remiss"


def test_nothing_found_says_how_to_search(as_karin: Driver) -> None:
    assert type_in(as_karin, "xyzzy") == []
    assert as_karin.work.top.search.results.nothing.isVisible()


def test_escape_leaves_the_field_empty(as_karin: Driver) -> None:
    type_in(as_karin, "xyzzy")
    as_karin.press(as_karin.work.top.search.line, Qt.Key.Key_Escape)
    assert as_karin.work.top.search.line.text() == ""
    assert not as_karin.work.top.search.results.isVisible()


def test_a_search_is_logged_when_it_settles_and_not_per_key(referred: str, as_karin: Driver, karin: Vault) -> None:
    type_in(as_karin, "lukasz")
    searched = [row for row in karin.ask(log_entries()) if row.action == "search.settled"]
    assert searched == []
    as_karin.work.top.search.settle()
    as_karin.settle()
    assert [row.object_id for row in karin.ask(log_entries()) if row.action == "search.settled"] == [referred]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_who_leaves_before_it_settles_has_searched_all_the_same(
    referred: str, as_karin: Driver, karin: Vault, key: Qt.Key
) -> None:
    type_in(as_karin, "lukasz")
    as_karin.press(as_karin.work.top.search.line, key)
    as_karin.settle()
    assert [row.object_id for row in karin.ask(log_entries()) if row.action == "search.settled"] == [referred]
    assert not as_karin.work.top.search.results.isVisible()


def test_who_locks_before_it_settles_has_searched_all_the_same(referred: str, as_karin: Driver, karin: Vault) -> None:
    type_in(as_karin, "lukasz")
    as_karin.work.lock()
    as_karin.settle()
    assert [row.object_id for row in karin.ask(log_entries()) if row.action == "search.settled"] == [referred]


def test_names_go_away_once_the_log_takes_no_more(
    referred: str, as_karin: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(as_karin, "luk")

    def full(*_: object) -> None:
        raise StoreDiskFull

    monkeypatch.setattr("misam_desktop.vault.log.append", full)
    assert type_in(as_karin, "lukasz") == []
    assert not as_karin.work.top.search.results.isVisible()
    [box] = as_karin.work.findChildren(QDialog)
    assert box.property("text") == sentence(StoreDiskFull())
