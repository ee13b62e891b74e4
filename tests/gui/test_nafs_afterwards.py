"""After a NAFS meeting, in the window: what is ticked off, the text for the own file, and the letter to the person."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import Act, FeedbackWay
from misam_desktop.domain.item_steps import ItemStep
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.dialogs.feedback import FeedbackDialog
from misam_desktop.gui.dialogs.letter_dialog import LetterDialog
from misam_desktop.gui.dialogs.own_file import OwnFileDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.nafs_case import NafsCaseScreen
from misam_desktop.gui.screens.today import TodayScreen
from misam_desktop.store import rows
from misam_desktop.vault import Topic, Vault
from tests.commands.worlds import AF, FK, all_of, entries
from tests.conftest import TODAY
from tests.documents.worlds import words
from tests.gui.nafs_worlds import ASKED, Desks, owing, page
from tests.gui.test_printing import on_paper
from tests.gui.worlds import says


def case_page(driver: Driver, item: AgendaItem) -> NafsCaseScreen:
    assert item.case_id is not None
    return page(driver, NafsCaseScreen, "nafs_case", item.case_id)


def press(driver: Driver, name: str) -> None:
    """The button of a step, by what a screen reader says of it."""
    (found,) = [one for one in driver.seen(QPushButton) if one.accessibleName() == name]
    driver.click(found)
    driver.settle()


def ticks(vault: Vault) -> set[tuple[ItemStep, str]]:
    return {(one.step, one.unit_id) for one in all_of(vault, rows.item_steps)}


def paper(driver: Driver, kind: type[OwnFileDialog | LetterDialog]) -> OwnFileDialog | LetterDialog:
    driver.wait_for(lambda: isinstance(driver.dialog, kind))
    assert isinstance(driver.dialog, kind)
    return driver.dialog


def test_each_unit_ticks_off_for_itself_and_sees_who_has(at: Desks) -> None:
    item = owing(at.jonas, at.nora)
    driver = at.window("lena")
    case_page(driver, item)
    press(driver, "Bocka av: Dokumenterat i egen akt")
    assert ticks(at.lena) == {(ItemStep.DOCUMENTED, FK)}
    assert says(driver, "Lena Berg")
    assert "Bocka av: Kopia på samtycket togs med till mötet" not in {
        one.accessibleName() for one in driver.seen(QPushButton)
    }
    press(driver, "Ta tillbaka: Dokumenterat i egen akt")
    assert ticks(at.lena) == set()


def test_the_unit_with_the_paper_ticks_off_its_copies_on_the_meetings_page(at: Desks) -> None:
    item = owing(at.jonas, at.nora)
    driver = at.window("jonas")
    driver.work.go("nafs_meeting", item.meeting_id)
    driver.settle()
    press(driver, "Bocka av: Kopia på samtycket skickades till rehabkoordinatorn")
    assert ticks(at.jonas) == {(ItemStep.CONSENT_POSTED, AF)}


def test_the_text_for_the_own_file_is_looked_at_and_copied(at: Desks) -> None:
    item = owing(at.jonas, at.nora)
    driver = at.window("lena")
    case_page(driver, item)
    driver.click_text("Text till egen akt …")
    shown = paper(driver, OwnFileDialog)
    assert "minutes.filed" not in {one.action for one in entries(at.lena)}
    assert isinstance(shown, OwnFileDialog)
    driver.click(shown.copy)
    driver.settle()
    assert ASKED[0][1] in QApplication.clipboard().text()
    assert Act.URKLIPP in {one.act for one in all_of(at.lena, rows.disclosures)}
    assert driver.dialog is None
    driver.work.clipboard.clear()
    assert QApplication.clipboard().text() == ""


def test_the_text_for_the_own_file_is_saved_as_a_paper(at: Desks, tmp_path: Path) -> None:
    item = owing(at.jonas, at.nora)
    driver = at.window("jonas")
    case_page(driver, item)
    driver.click_text("Text till egen akt …")
    paper(driver, OwnFileDialog).save_to(tmp_path / "egen-akt.pdf")
    driver.settle()
    assert "Malin Provlund" in words((tmp_path / "egen-akt.pdf").read_bytes())
    assert "minutes.filed" in {one.action for one in entries(at.jonas)}


def test_a_consent_taken_back_closes_the_text_of_those_it_let_in(at: Desks) -> None:
    item = owing(at.jonas, at.nora)
    driver = at.window("lena")
    case_page(driver, item)
    driver.click_text("Text till egen akt …")
    paper(driver, OwnFileDialog)
    for consent in all_of(at.jonas, rows.consents):
        at.jonas.do(withdraw_consent(consent.id, on=TODAY))
    driver.work.session.touched.emit(frozenset({Topic.CONSENTS}))
    driver.wait_for(lambda: driver.dialog is None)


def test_the_letter_is_written_from_idag_looked_at_and_then_said_to_be_given_by_brev(at: Desks, tmp_path: Path) -> None:
    item = owing(at.jonas, at.nora)
    driver = at.window("jonas")
    driver.go("today")
    shown = driver.work.here
    assert isinstance(shown, TodayScreen)
    shown.table.select(f"feedback:{item.id}")
    driver.press(shown.table, Qt.Key.Key_Return)
    driver.click_text("Skriv brev …")
    driver.settle()
    driver.fill(language=Language.SV_LATT, large=True, told="Det gick bra på mötet.")
    driver.save()
    letter = paper(driver, LetterDialog)
    letter.save_to(tmp_path / "aterkoppling.pdf")
    driver.wait_for(lambda: isinstance(driver.dialog, FormDialog))
    told = words((tmp_path / "aterkoppling.pdf").read_bytes())
    assert "Det gick bra på mötet." in told
    assert "feedback.letter_made" in {one.action for one in entries(at.jonas)}
    driver.save()
    (after,) = [one for one in all_of(at.jonas, rows.agenda_items) if one.id == item.id]
    assert (after.feedback_on, after.feedback_how) == (TODAY, FeedbackWay.BREV)


def test_the_letter_is_written_from_the_case_and_from_nobody_elses(at: Desks) -> None:
    item = owing(at.jonas, at.nora)
    driver = at.window("lena")
    case_page(driver, item)
    assert "Skriv brev …" not in {one.text() for one in driver.seen(QPushButton)}
    driver = at.window("jonas")
    case_page(driver, item)
    driver.click_text("Skriv brev …")
    driver.fill(language=Language.EN)
    driver.save()
    assert paper(driver, LetterDialog).windowTitle()


def test_a_letter_that_is_printed_is_said_to_be_given_by_brev_too(at: Desks, tmp_path: Path) -> None:
    item = owing(at.jonas, at.nora)
    driver = at.window("jonas")
    case_page(driver, item)
    driver.click_text("Skriv brev …")
    driver.save()
    letter = paper(driver, LetterDialog)
    letter.leaves(partial(letter.put_on, on_paper(tmp_path / "utskrift.pdf")))
    driver.wait_for(lambda: isinstance(driver.dialog, FeedbackDialog))
    assert "feedback.letter_made" in {one.action for one in entries(at.jonas)}
    assert driver.form.form["how"].value() is FeedbackWay.BREV
    driver.wait_for((tmp_path / "utskrift.pdf").exists)
