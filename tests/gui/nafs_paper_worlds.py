"""The page of what leaves a NAFS meeting, and what the tests of it do there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.domain.codes import Act, PaperKind
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.gui.dialogs.meeting_paper import MeetingPaperDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.nafs_papers import NafsPapersScreen
from misam_desktop.store import rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Topic, Vault
from tests.commands.worlds import all_of
from tests.conftest import TODAY
from tests.gui.nafs_worlds import (
    Desks,
    meeting_page,
)

P = PaperKind
ADDRESS = "nafs.fk@kassan.example"


def papers_page(driver: Driver, meeting: Meeting) -> NafsPapersScreen:
    """Opened from the meeting."""
    meeting_page(driver, meeting)
    driver.click_text("Papper och utskick …")
    found = driver.work.here
    assert isinstance(found, NafsPapersScreen)
    return found


def look_at(
    driver: Driver, screen: NafsPapersScreen, kind: PaperKind, unit_id: UnitId | str = ""
) -> MeetingPaperDialog:
    """Press Enter on a paper of the list."""
    screen.papers.select(f"{kind}:{unit_id}")
    driver.press(screen.papers, Qt.Key.Key_Return)
    driver.wait_for(lambda: isinstance(driver.dialog, MeetingPaperDialog))
    found = driver.dialog
    assert isinstance(found, MeetingPaperDialog)
    return found


def into(driver: Driver, path: Path) -> str:
    """Choose a place in the file dialog in front; the name that it offered."""
    chooser = driver.window.findChildren(QFileDialog)[-1]
    offered = Path(chooser.selectedFiles()[0]).name
    chooser.fileSelected.emit(str(path))
    chooser.reject()
    driver.settle()
    return offered


def take_back(at: Desks, case: NafsCase, driver: Driver | None = None) -> None:
    for consent in all_of(at.jonas, rows.consents):
        if consent.case_id == case.id:
            at.jonas.do(withdraw_consent(consent.id, on=TODAY))
    if driver is not None:
        driver.work.session.touched.emit(frozenset({Topic.CONSENTS}))
        driver.settle()


def gives_address(vault: Vault, unit_id: UnitId, address: str) -> None:
    with writing(vault._engine) as conn:
        contact = next(one for one in rows.contacts.where(conn) if one.unit_id == unit_id)
        rows.contacts.save(conn, replace(contact, function_address=address))


def acts(at: Desks) -> set[tuple[PaperKind | None, Act]]:
    return {(one.paper, one.act) for one in all_of(at.nora, rows.disclosures) if one.paper}


def password_told(driver: Driver) -> str:
    """What the dialog in front shows in large letters, once."""
    dialog = driver.dialog
    assert dialog is not None
    return next(one.text() for one in dialog.findChildren(QLabel) if one.text().count("-") == 3)
