"""Brev on the screen: which there are, in which language, and that each is written down once it leaves."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

from pikepdf import Pdf
from PySide6.QtWidgets import QPushButton, QRadioButton

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.forum import record_outcome
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.codes import Act, Outcome, PaperKind
from misam_desktop.domain.letter import Letter
from misam_desktop.domain.referral import Referral
from misam_desktop.gui.dialogs.letter_dialog import LetterDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.store import rows
from misam_desktop.vault import Topic, Vault
from tests.commands.worlds import AF, all_of, enrolled, entries, meeting, waiting
from tests.conftest import TODAY
from tests.documents.worlds import words
from tests.gui.nafs_paper_worlds import gives_address, into, password_told
from tests.gui.worlds import open_case, says


def concluded(karin: Vault, jonas: Vault) -> Referral:
    """A referral that the forum has answered."""
    referral = waiting(jonas)
    return karin.do(
        record_outcome(referral.id, Outcome.ATER, meeting_id=meeting(karin).id, text="Praktik via Af")
    ).value


def one_of(vault: Vault) -> Referral:
    """The only referral there is."""
    (referral,) = all_of(vault, rows.referrals)
    return referral


def opened(driver: Driver, referral: Referral) -> None:
    """Its page, and the letters."""
    driver.work.open_referral(referral.id)
    driver.settle()
    driver.click_text("Brev …")


def shown(driver: Driver) -> LetterDialog:
    """The letter in front."""
    driver.wait_for(lambda: isinstance(driver.dialog, LetterDialog))
    assert isinstance(driver.dialog, LetterDialog)
    return driver.dialog


def test_a_letter_to_who_referred_is_looked_at_and_written_down_once_it_is_saved(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver], tmp_path: Path
) -> None:
    referral = concluded(karin, jonas)
    driver = unlocked("karin")
    opened(driver, referral)
    driver.fill(letter=Letter.BEDOMNING)
    assert not driver.form.form["language"].isVisible()
    driver.save()
    paper = shown(driver)
    assert "letter.given" not in {one.action for one in entries(karin)}
    paper.save_to(tmp_path / "brev.pdf")
    driver.settle()
    assert "Praktik via Af" in words((tmp_path / "brev.pdf").read_bytes())
    assert "letter.given" in {one.action for one in entries(karin)}


def test_the_person_s_letter_is_written_in_the_language_that_is_chosen(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver], tmp_path: Path
) -> None:
    referral = concluded(karin, jonas)
    driver = unlocked("jonas")
    opened(driver, referral)
    driver.fill(letter=Letter.BESKED, language=Language.EN, told="Call me on Monday.")
    driver.save()
    shown(driver).save_to(tmp_path / "brev.pdf")
    driver.settle()
    told = words((tmp_path / "brev.pdf").read_bytes())
    assert "Letter about your referral" in told
    assert "Call me on Monday." in told


def test_a_consent_taken_back_closes_the_letter_that_is_looked_at(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    referral = concluded(karin, jonas)
    driver = unlocked("karin")
    opened(driver, referral)
    driver.fill(letter=Letter.BEDOMNING)
    driver.save()
    shown(driver)
    for consent in all_of(karin, rows.consents):
        jonas.do(withdraw_consent(consent.id, on=TODAY))
    driver.work.session.touched.emit(frozenset({Topic.CONSENTS}))
    driver.wait_for(lambda: driver.dialog is None)


def test_a_case_offers_the_sheet_that_is_filled_in_by_hand(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    episode = enrolled(karin, waiting(jonas))
    driver = unlocked("karin")
    open_case(driver, episode.id)
    driver.click_text("Brev …")
    assert any(one.text().endswith("· IFO/Försörjningsstöd") for one in driver.seen(QRadioButton))
    driver.fill(letter=Letter.UPPFOLJNING)
    driver.save()
    assert shown(driver).windowTitle() == "Uppföljning"


def test_a_referral_that_waits_has_no_letters(jonas: Vault, unlocked: Callable[[str], Driver]) -> None:
    referral = waiting(jonas)
    driver = unlocked("jonas")
    driver.work.open_referral(referral.id)
    driver.settle()
    assert not any(one.text() == "Brev …" for one in driver.seen(QPushButton))


def test_a_letter_to_a_unit_becomes_a_mail_draft_and_its_password_is_told_once(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver], tmp_path: Path
) -> None:
    gives_address(karin, AF, "remiss@af.example")
    driver = unlocked("karin")
    opened(driver, concluded(karin, jonas))
    driver.fill(letter=Letter.BEDOMNING)
    driver.save()
    driver.click(shown(driver).mail)
    assert into(driver, tmp_path / "brev.eml") == "bedomning.eml"
    password = password_told(driver)
    assert says(driver, "Bedömning till Af.")
    mail = message_from_bytes((tmp_path / "brev.eml").read_bytes(), policy=default)
    assert mail["To"] == "remiss@af.example"
    (attached,) = mail.iter_attachments()
    Pdf.open(BytesIO(attached.get_content()), password=password).close()
    (given,) = (one for one in all_of(karin, rows.disclosures) if one.paper)
    assert (given.paper, given.act, given.unit_id) == (PaperKind.BEDOMNING, Act.MEJLUTKAST, AF)


def test_without_an_address_the_unit_is_named_and_the_encrypted_file_goes_another_way(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver], tmp_path: Path
) -> None:
    driver = unlocked("karin")
    opened(driver, concluded(karin, jonas))
    driver.fill(letter=Letter.BEDOMNING)
    driver.save()
    paper = shown(driver)
    paper.save_draft(tmp_path / "brev.eml")
    driver.settle()
    assert says(driver, "Ingen funktionsadress finns för Af: skriv mottagaren där.")
    driver.click_text("Klart")
    opened(driver, one_of(karin))
    driver.fill(letter=Letter.BEDOMNING)
    driver.save()
    driver.click(shown(driver).locked)
    assert into(driver, tmp_path / "brev.pdf") == "bedomning.pdf"
    Pdf.open(tmp_path / "brev.pdf", password=password_told(driver)).close()


def test_a_letter_to_the_person_is_not_mailed(karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    opened(driver, concluded(karin, jonas))
    driver.fill(letter=Letter.BESKED)
    driver.save()
    paper = shown(driver)
    assert not paper.mail.isVisible()
    assert not paper.locked.isVisible()
