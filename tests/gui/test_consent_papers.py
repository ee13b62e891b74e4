"""The papers of a consent in the window: the form to sign, the text of it, the scanned paper, what was handed out."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from misam_desktop.commands.consents import add_scan, remove_scan
from misam_desktop.documents.consents import consent_form
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.phrases import Language, wording_of
from misam_desktop.documents.scans import checked
from misam_desktop.domain.consent import Consent
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.dialogs.consent import open_consent
from misam_desktop.gui.dialogs.consent_paper import FORM_FILE
from misam_desktop.gui.dialogs.scan import ScanDialog, choose_scan, take_scan
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.paper import PaperDialog
from misam_desktop.gui.screens.new_referral import NewReferralScreen
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, agrees, all_of, discharged, draft, enrolled, entries, somebody, waiting
from tests.conftest import TODAY
from tests.documents.worlds import FORM, FRAME, words
from tests.gui.worlds import open_case, says


def picture(kind: str = "PNG", *, wide: int = 300) -> bytes:
    into = BytesIO()
    Image.new("RGB", (wide, 2 * wide), "white").save(into, kind)
    return into.getvalue()


def pdf() -> bytes:
    return to_pdf(consent_form(FORM, Language.SV, FRAME))


@pytest.fixture
def consent(jonas: Vault) -> Consent:
    """The consent to samverkan of a referral that waits, signed on the program's own form."""
    waiting(jonas, consent=agrees(wording=wording_of(Language.SV).id))
    return min(all_of(jonas, rows.consents), key=lambda one: one.purpose)


def on_its_page(driver: Driver, consent: Consent) -> None:
    driver.work.open_referral(consent.case_id)
    driver.settle()


def saved(driver: Driver, path: Path) -> str:
    """The words of the paper in front, once it is saved."""
    paper = driver.dialog
    assert isinstance(paper, PaperDialog)
    paper.save_to(path)
    driver.settle()
    return words(path.read_bytes())


# The form to sign


def test_a_form_is_filled_in_with_what_stands_in_the_dialog(as_jonas: Driver, consent: Consent, tmp_path: Path) -> None:
    open_consent(as_jonas.work, consent.case_id)
    as_jonas.settle()
    as_jonas.fill(not_shared="Inget om familjen")
    as_jonas.click_text("Skriv ut blankett …")
    as_jonas.click_text("Visa blanketten")
    told = saved(as_jonas, tmp_path / FORM_FILE)
    assert all(one in told for one in ("Malin Provlund", "Inget om familjen", "Logg "))
    assert as_jonas.form.form["not_shared"].value() == "Inget om familjen"


def test_an_empty_form_names_nobody(as_jonas: Driver, consent: Consent, tmp_path: Path) -> None:
    open_consent(as_jonas.work, consent.case_id)
    as_jonas.settle()
    as_jonas.click_text("Skriv ut blankett …")
    as_jonas.fill(fill="empty", language=Language.EN)
    as_jonas.click_text("Visa blanketten")
    told = saved(as_jonas, tmp_path / FORM_FILE)
    assert "Consent for authorities" in told
    assert "Provlund" not in told


def test_a_form_can_be_signed_before_the_referral_is_saved(as_jonas: Driver, jonas: Vault, tmp_path: Path) -> None:
    as_jonas.work.new_referral()
    as_jonas.settle()
    screen = as_jonas.work.here
    assert isinstance(screen, NewReferralScreen)
    as_jonas.type(screen.step.line, somebody().number.long)
    as_jonas.settle()
    assert screen.form is not None
    as_jonas.put(screen.form["given_name"], "Tuva")
    as_jonas.click_text("Skriv ut blankett …")
    as_jonas.click_text("Visa blanketten")
    told = saved(as_jonas, tmp_path / FORM_FILE)
    assert "Tuva" in told
    assert somebody().number.long in told
    assert entries(jonas)[-1].action == "consent.form_made"


def test_who_comes_back_signs_a_new_form(as_karin: Driver, karin: Vault, tmp_path: Path) -> None:
    as_karin.work.go("rereferral", discharged(karin, began=TODAY.replace(month=3)).id)
    as_karin.settle()
    as_karin.click_text("Skriv ut blankett …")
    as_karin.click_text("Visa blanketten")
    assert "Malin Provlund" in saved(as_karin, tmp_path / FORM_FILE)


def test_the_text_that_was_signed_can_be_read(as_jonas: Driver, consent: Consent) -> None:
    on_its_page(as_jonas, consent)
    as_jonas.click_text("Visa texten")
    assert says(as_jonas, "Det här skrevs under. Svenska, utgåva 2026-2.")
    assert says(as_jonas, wording_of(Language.SV).body.splitlines()[0])
    as_jonas.click_text("Stäng")
    assert as_jonas.dialog is None


# The scanned paper


@pytest.mark.parametrize("content", [picture(), picture("JPEG", wide=3000), pdf()])
def test_a_scan_is_taken_in_from_a_file_and_shown_from_the_store(
    as_jonas: Driver, consent: Consent, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "skannat"
    file.write_bytes(content)
    on_its_page(as_jonas, consent)
    take_scan(as_jonas.work, consent.id, file)
    as_jonas.settle()
    file.unlink()
    as_jonas.click_text("Visa skannat papper")
    shown = as_jonas.dialog
    assert isinstance(shown, ScanDialog)
    assert shown.view.count == 1
    assert not shown.view.grab().toImage().isNull()
    as_jonas.click(shown.close_it)
    assert as_jonas.dialog is None


def test_the_file_of_a_scan_is_chosen_in_a_dialog(as_jonas: Driver, consent: Consent) -> None:
    on_its_page(as_jonas, consent)
    choose_scan(as_jonas.work, consent.id)
    as_jonas.settle()
    chooser = as_jonas.dialog
    assert chooser is not None
    assert chooser.windowTitle() == "Välj det skannade papperet"
    chooser.reject()


def test_a_file_that_is_no_paper_is_told_and_not_kept(
    as_jonas: Driver, jonas: Vault, consent: Consent, tmp_path: Path
) -> None:
    file = tmp_path / "samtycke.pdf"
    file.write_bytes(b"MZ this is a program")
    on_its_page(as_jonas, consent)
    take_scan(as_jonas.work, consent.id, file)
    as_jonas.settle()
    assert as_jonas.work.here.banner.text.startswith("Filen är ingen PDF, JPEG eller PNG.")
    assert all_of(jonas, rows.scans) == []


def shown(driver: Driver, vault: Vault, consent: Consent) -> ScanDialog:
    """The scan of the consent, in front."""
    vault.do(add_scan(consent.id, checked(picture())))
    on_its_page(driver, consent)
    driver.click_text("Visa skannat papper")
    dialog = driver.dialog
    assert isinstance(dialog, ScanDialog)
    return dialog


def test_a_scan_of_the_wrong_paper_is_taken_away_and_can_be_put_back(
    as_jonas: Driver, jonas: Vault, consent: Consent
) -> None:
    as_jonas.click(shown(as_jonas, jonas, consent).remove)
    assert as_jonas.dialog is None
    assert all_of(jonas, rows.scans) == []
    assert all(one.allowed for one in entries(jonas))
    as_jonas.press(as_jonas.work, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    as_jonas.settle()
    assert [one.media for one in all_of(jonas, rows.scans)] == ["image/png"]


def test_a_scan_that_another_program_took_away_goes_from_the_screen(
    as_jonas: Driver, jonas: Vault, consent: Consent
) -> None:
    as_jonas.work.session.listen()
    as_jonas.settle()
    shown(as_jonas, jonas, consent)
    jonas.do(remove_scan(consent.id))
    as_jonas.work.session.listen()
    as_jonas.settle()
    assert as_jonas.dialog is None


def test_a_newer_scan_is_shown_in_its_place(as_jonas: Driver, jonas: Vault, consent: Consent, tmp_path: Path) -> None:
    first = shown(as_jonas, jonas, consent)
    file = tmp_path / "nytt.pdf"
    file.write_bytes(pdf())
    take_scan(as_jonas.work, consent.id, file)
    as_jonas.settle()
    dialog = as_jonas.dialog
    assert isinstance(dialog, ScanDialog)
    assert dialog is not first


@pytest.mark.parametrize("content", [picture(), pdf()])
def test_a_scan_goes_when_the_window_is_locked(
    as_jonas: Driver, jonas: Vault, consent: Consent, content: bytes
) -> None:
    jonas.do(add_scan(consent.id, checked(content)))
    on_its_page(as_jonas, consent)
    as_jonas.click_text("Visa skannat papper")
    as_jonas.work.lock()
    as_jonas.settle()
    assert as_jonas.window.work is None
    assert as_jonas.dialog is None


def test_one_paper_for_two_purposes_is_scanned_once(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin)
    karin.do(add_scan(all_of(karin, rows.consents)[0].id, checked(picture())))
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.INFORMATION)
    assert [one.text() for one in driver.seen(QPushButton) if "skannat" in one.text()] == ["Visa skannat papper"] * 2


# What has been handed out


def test_the_page_of_a_case_says_what_has_been_given_to_whom(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin, named=(AF, IFO, FK))
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.INFORMATION)
    assert says(driver, "Lämnades till forumet: ")
    driver.click_text("Visa allt …")
    told = {one.text() for one in driver.seen(QLabel)}
    assert {"Alla slags uppgifter", "Lämnades till forumet · Karin Ekdal"} <= told
    assert any({"Af", "IFO", "FK"} == set(one.split(", ")) for one in told)


def test_of_a_draft_nothing_has_been_given_to_anybody(as_jonas: Driver, jonas: Vault) -> None:
    as_jonas.work.open_referral(draft(jonas).id)
    as_jonas.settle()
    assert not says(as_jonas, "Utlämnat")
