"""F1 opens the help about what is in sight, before unlock and in front of a dialog too; it holds static text only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget

from misam_desktop.gui import appearance
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.help import HelpWindow
from misam_desktop.gui.screens.contacts import ContactsScreen
from misam_desktop.gui.unlock import UnlockPage
from misam_desktop.vault import Vault
from tests.commands.worlds import waiting


def asked(driver: Driver, at: QWidget | None = None) -> HelpWindow:
    """The help, once F1 has been pressed."""
    driver.press(at or QApplication.focusWidget() or driver.window, Qt.Key.Key_F1)
    driver.settle()
    assert driver.help is not None
    return driver.help


@pytest.mark.screen
@pytest.mark.parametrize("place", ["today", "forum", "follow_ups", "statistics"])
def test_f1_opens_the_page_about_the_screen(as_karin: Driver, place: str) -> None:
    as_karin.go(place)
    assert asked(as_karin).text.page == place


def test_f1_on_a_page_of_one_thing_tells_of_such_pages(as_karin: Driver, karin: Vault) -> None:
    as_karin.work.open_referral(waiting(karin).id)
    as_karin.settle()
    assert asked(as_karin).text.page == "referral"


def test_another_screen_turns_the_page(as_karin: Driver) -> None:
    asked(as_karin)
    as_karin.go("cases")
    as_karin.window.activateWindow()  # as a click there does
    as_karin.settle()
    assert asked(as_karin, as_karin.work).text.page == "cases"


def test_f1_in_a_dialog_stops_nobody_from_going_on(as_karin: Driver) -> None:
    as_karin.go("contacts")
    screen = as_karin.work.here
    assert isinstance(screen, ContactsScreen)
    as_karin.click(screen.new_contact)
    assert asked(as_karin, as_karin.form).text.page == "contacts"
    as_karin.fill(name="Nils Provlund")
    assert as_karin.form.isVisible()


def test_f1_works_while_the_store_is_locked(founded: Path, open_window: Callable[[Path | None], Driver]) -> None:
    driver = open_window(founded)
    assert asked(driver).text.page == "unlock"
    assert isinstance(driver.window.page, UnlockPage)


def test_f1_works_where_there_is_no_store(open_window: Callable[[Path | None], Driver]) -> None:
    assert asked(open_window(None)).text.page == "first_start"


def test_locking_closes_the_help(as_karin: Driver) -> None:
    asked(as_karin)
    as_karin.work.lock()
    as_karin.settle()
    assert as_karin.help is None


def test_the_keys_that_lock_work_in_the_help_too(as_karin: Driver) -> None:
    as_karin.press(asked(as_karin).text, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    as_karin.settle()
    assert as_karin.window.work is None


def test_the_button_and_the_command_open_it_too(as_karin: Driver) -> None:
    as_karin.click_text("Hjälp", within=as_karin.work.top)
    assert as_karin.help is not None
    as_karin.help.close()
    line = as_karin.work.top.search.line
    as_karin.type(line, "hjälp")
    as_karin.settle()
    as_karin.press(line, Qt.Key.Key_Return)
    assert as_karin.help is not None


def test_escape_closes_it(as_karin: Driver) -> None:
    found = asked(as_karin)
    as_karin.press(found.text, Qt.Key.Key_Escape)
    assert as_karin.help is None


def test_the_way_back_leads_to_the_page_before(as_karin: Driver) -> None:
    found = asked(as_karin)
    found.show_page("forum")
    as_karin.press(found.text, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert found.text.page == "today"


def test_a_link_leads_to_its_page_and_the_contents_follow(as_karin: Driver) -> None:
    found = asked(as_karin)
    found.show_page("referrals")
    found.text.setSource("consent.md")
    assert found.text.page == "consent"
    assert found.contents.currentItem().text().strip() == "Vad får lämna programmet"


def test_whoever_types_seeks(as_karin: Driver) -> None:
    found = asked(as_karin)
    as_karin.type(found.text, "kodnyckel")
    assert found.line.text() == "kodnyckel"
    assert set(found.listed()) == {"forum_papers", "nafs_papers"}
    as_karin.press(found.line, Qt.Key.Key_Return)
    assert found.text.page == "forum_papers"
    assert found.text.textCursor().selectedText().lower() == "kodnyckel"


def test_enter_goes_on_to_the_next_place_and_round(as_karin: Driver) -> None:
    found = asked(as_karin)
    found.show_page("forum_papers")
    as_karin.type(found.line, "mejlutkast")
    places = []
    for _ in range(found.text.toPlainText().lower().count("mejlutkast") + 1):
        places.append(found.text.textCursor().position())
        as_karin.press(found.line, Qt.Key.Key_Return)
    assert len(set(places)) == len(places) - 1
    assert places[-1] == places[0]


def test_words_that_no_page_has_are_told_of(as_karin: Driver) -> None:
    found = asked(as_karin)
    as_karin.type(found.line, "ornitologi")
    assert found.nothing.isVisible()
    assert found.listed() == []


def test_larger_text_and_another_look_make_the_page_anew_where_it_was(as_karin: Driver, settings: QSettings) -> None:
    found = asked(as_karin)
    found.show_page("report_files")
    small = found.text.document().size().height()
    found.text.verticalScrollBar().setValue(200)
    appearance.choose(settings, percent=200)
    QApplication.processEvents()
    assert found.text.document().size().height() > small
    assert (found.text.page, found.text.verticalScrollBar().value()) == ("report_files", 200)


def test_nothing_on_a_page_is_wider_than_the_window(as_karin: Driver) -> None:
    found = asked(as_karin)
    wide = []
    for page in found.pages:
        found.show_page(page.name)
        wide += [page.name] * bool(found.text.horizontalScrollBar().maximum())
    assert wide == []
