"""NAFS cases out of their list: copied and exported through the gate, as other cases are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox

from misam_desktop.domain.codes import ExportPurpose
from misam_desktop.gui.dialogs.export_list import ListExport
from misam_desktop.gui.screens.nafs import NafsScreen
from misam_desktop.gui.screens.nafs_ledger import NafsLedgerScreen
from misam_desktop.gui.screens.today import TodayScreen
from misam_desktop.vault import Vault
from tests.commands.worlds import entries
from tests.gui.nafs_worlds import Desks, owing, page, raised

_CTRL = Qt.KeyboardModifier.ControlModifier


def _copied(vault: Vault) -> list[str]:
    return [one.object_id for one in entries(vault) if one.action == "list.copied"]


def test_a_case_of_the_list_is_copied_through_the_gate(at: Desks) -> None:
    case = raised(at.jonas)
    driver = at.window("jonas")
    shown = page(driver, NafsScreen, "nafs")
    driver.click(shown.to_cases)
    shown.cases.select(case.id)
    driver.press(shown.cases, Qt.Key.Key_C, _CTRL)
    driver.settle()
    assert QApplication.clipboard().text().startswith("Malin Provlund\t")
    assert _copied(at.jonas) == [case.id]


def test_a_question_of_the_ledger_is_copied_through_the_gate(at: Desks) -> None:
    case = raised(at.jonas)
    driver = at.window("jonas")
    ledger = page(driver, NafsLedgerScreen, "nafs_ledger")
    ledger.questions.selectRow(0)
    driver.press(ledger.questions, Qt.Key.Key_C, _CTRL)
    driver.settle()
    told = QApplication.clipboard().text()
    assert told.startswith("Kan sjukpenning prövas på nytt?\tFK\tMalin Provlund")
    assert _copied(at.jonas) == [case.id]


def test_feedback_that_is_owed_is_copied_from_idag(at: Desks) -> None:
    item = owing(at.jonas, at.nora)
    driver = at.window("jonas")
    driver.go("today")
    shown = driver.work.here
    assert isinstance(shown, TodayScreen)
    shown.table.select(f"feedback:{item.id}")
    driver.press(shown.table, Qt.Key.Key_C, _CTRL)
    driver.settle()
    assert "Malin Provlund" in QApplication.clipboard().text()
    assert _copied(at.jonas) == [item.case_id]


def test_the_list_of_cases_is_exported_and_that_of_meetings_is_not(at: Desks) -> None:
    raised(at.jonas)
    driver = at.window("jonas")
    shown = page(driver, NafsScreen, "nafs")
    assert not shown.export.isVisible()
    driver.click(shown.to_cases)
    driver.click(shown.export)
    driver.settle()
    dialog = driver.dialog
    assert isinstance(dialog, ListExport)
    dialog.form["purpose"].set_value(ExportPurpose.AVSTAMNING)
    driver.settle()
    assert dialog.primary.text() == "Spara 1 rad …"
    assert {"Team", "Frågor", "Aktualiserad av"} <= {one.text() for one in driver.seen(QCheckBox)}
