"""Rows on the clipboard: through the gate, logged case by case, and gone again after half a minute."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.domain.codes import Act
from misam_desktop.domain.referral import Referral
from misam_desktop.gui import clipboard
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.contacts import ContactsScreen
from misam_desktop.gui.screens.referrals import ReferralsScreen
from misam_desktop.gui.tables import Table
from misam_desktop.queries.referrals import ReferralRow
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import all_of, entries, somebody, waiting
from tests.conftest import TODAY

CTRL = Qt.KeyboardModifier.ControlModifier
ALL = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def referrals(karin: Vault) -> list[Referral]:
    """Two, and a third under protected identity that Karin owns."""
    return [
        waiting(karin, somebody(980, given_name="Wilma")),
        waiting(karin, somebody(981, given_name="Nadja")),
        waiting(karin, somebody(982, given_name="Hemlig", protected=True)),
    ]


@pytest.fixture
def driver(unlocked: Callable[[str], Driver], referrals: list[Referral]) -> Driver:
    """Karin at the list of referrals."""
    assert referrals
    driver = unlocked("karin")
    QApplication.clipboard().setText("före")
    driver.go("referrals")
    return driver


def table(driver: Driver) -> Table[ReferralRow]:
    page = driver.work.here
    assert isinstance(page, ReferralsScreen)
    return page.table


def at(driver: Driver, referral: Referral) -> None:
    table(driver).select(referral.id)


def pressed(driver: Driver, modifiers: Qt.KeyboardModifier) -> str:
    driver.press(table(driver), Qt.Key.Key_C, modifiers)
    driver.settle()
    return QApplication.clipboard().text()


def told(driver: Driver) -> str:
    return driver.work.status.message.text()


def test_the_current_row_is_copied_and_logged(driver: Driver, karin: Vault, referrals: list[Referral]) -> None:
    at(driver, referrals[1])
    text = pressed(driver, CTRL)
    assert text.startswith("Nadja Provlund\t850312-••••\t")
    assert "\n" not in text
    assert [one.object_id for one in entries(karin) if one.action == "list.copied"] == [referrals[1].id]
    assert not any(one.act is Act.URKLIPP for one in all_of(karin, rows.disclosures))
    assert told(driver).startswith("1 rad är kopierad.")


def test_protected_persons_are_left_out_of_what_is_copied_and_counted(driver: Driver) -> None:
    lines = pressed(driver, ALL).splitlines()
    assert sorted(line.split("\t")[0] for line in lines) == ["Nadja Provlund", "Wilma Provlund"]
    assert told(driver).endswith("1 person med skyddade uppgifter är inte med.")


def test_a_protected_row_alone_is_not_copied(driver: Driver, referrals: list[Referral]) -> None:
    at(driver, referrals[2])
    assert pressed(driver, CTRL) == "före"
    assert told(driver).startswith("Inget är kopierat")


def test_a_cell_that_may_no_longer_be_read_says_so(driver: Driver, karin: Vault, referrals: list[Referral]) -> None:
    at(driver, referrals[0])
    for consent in all_of(karin, rows.consents):
        if consent.case_id == referrals[0].id:
            karin.do(withdraw_consent(consent.id, on=TODAY))
    cells = pressed(driver, CTRL).split("\t")
    assert cells[0] == "Wilma Provlund"
    assert "Ingår inte i samtycket" in cells


def test_what_was_copied_is_gone_after_half_a_minute(
    driver: Driver, referrals: list[Referral], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver.work.clipboard._timer, "start", lambda: None)
    at(driver, referrals[0])
    assert "Wilma" in pressed(driver, CTRL)
    assert driver.work.clipboard._timer.interval() == clipboard.KEPT_MS
    driver.work.clipboard._timer.timeout.emit()
    assert QApplication.clipboard().text() == ""


def test_what_is_marked_in_a_field_and_copied_is_gone_at_lock_too(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "came_from_here", lambda: True)  # a screen that is none does not know
    [field] = driver.work.top.findChildren(QLineEdit)
    driver.type(field, "Wilma")
    field.selectAll()
    driver.press(field, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "Wilma"
    driver.work.lock()
    driver.settle()
    assert QApplication.clipboard().text() == ""


def test_a_colleagues_telephone_is_copied_as_it_stands(driver: Driver, karin: Vault) -> None:
    driver.go("contacts")
    page = driver.work.here
    assert isinstance(page, ContactsScreen)
    page.people.setCurrentIndex(page.people.model().index(0, 0))
    driver.press(page.people, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text().startswith(page.people.rows[0].name)
    assert not any(one.action == "list.copied" for one in entries(karin))


def test_a_list_that_nobody_lets_through_gives_nothing(driver: Driver) -> None:
    driver.go("log")
    found = driver.work.here.findChildren(Table)
    assert found
    for one in found:
        driver.press(one, Qt.Key.Key_C, CTRL)
        driver.press(one, Qt.Key.Key_C, ALL)
    assert QApplication.clipboard().text() == "före"
