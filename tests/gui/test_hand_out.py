"""Lämna ut: what leaves, to whom and under which consent is seen before it leaves, and stops when a consent does."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QRadioButton, QScrollArea

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.domain.codes import Act, InfoKind, Recipient
from misam_desktop.domain.gate import OWN_FILES as OWN
from misam_desktop.domain.gate import To
from misam_desktop.domain.referral import Referral
from misam_desktop.gui import appearance
from misam_desktop.gui.dialogs.hand_out import PERSON, HandOut
from misam_desktop.gui.dialogs.sheet import SheetDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, agrees, all_of, waiting
from tests.conftest import TODAY
from tests.documents.worlds import words

TO_IFO, TO_FK = (To(recipient=Recipient.ENHET, unit_id=one) for one in (IFO, FK))
NARROW = agrees(unit_ids=(AF, IFO), kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.FRAGESTALLNING))


@pytest.fixture
def referral(jonas: Vault) -> Referral:
    return waiting(jonas, consent=NARROW)


@pytest.fixture
def asked(as_jonas: Driver, referral: Referral) -> HandOut:
    """The dialog, opened from the referral's page."""
    return opened(as_jonas, referral, "Lämna ut …")


def opened(driver: Driver, referral: Referral, button: str) -> HandOut:
    driver.work.open_referral(referral.id)
    driver.settle()
    driver.click_text(button)
    dialog = driver.dialog
    assert isinstance(dialog, HandOut)
    return dialog


def choose(driver: Driver, dialog: HandOut, way: Act, *to: To) -> None:
    dialog.ways.set_value(way)
    dialog.to.set_value(to)
    driver.settle()


def sheet(driver: Driver, dialog: HandOut) -> SheetDialog:
    """The paper, opened from the dialog."""
    driver.click(dialog.primary)
    driver.wait_for(lambda: isinstance(driver.dialog, SheetDialog))
    driver.settle()
    paper = driver.dialog
    assert isinstance(paper, SheetDialog)
    return paper


def into(driver: Driver, path: Path) -> None:
    """Choose a place in the file dialog in front."""
    chooser = driver.window.findChildren(QFileDialog)[-1]
    chooser.fileSelected.emit(str(path))
    chooser.reject()
    driver.settle()


def told(dialog: HandOut) -> list[str]:
    return [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]


def acts(vault: Vault) -> list[Act]:
    return [one.act for one in all_of(vault, rows.disclosures) if one.act is not Act.MOTE]


def test_the_preview_shows_each_kind_for_each_recipient_and_the_consent_that_decides(
    as_jonas: Driver, asked: HandOut
) -> None:
    choose(as_jonas, asked, Act.UTSKRIFT, TO_IFO)
    words_of_it = told(asked)
    assert words_of_it.count("✓ Ingår i samtycket") == 2
    assert words_of_it.count("✕ Ingår inte i samtycket") == 5
    assert "Samtycket till samverkan från 24 nov avgör. Det gäller IFO, till och med 24 nov 2028." in asked.banner.text
    assert asked.primary.text() == "Visa papperet"


def test_a_unit_outside_the_consent_gets_nothing_and_nobody_with_it(as_jonas: Driver, asked: HandOut) -> None:
    choose(as_jonas, asked, Act.UTSKRIFT, TO_FK, TO_IFO)
    assert told(asked).count("✕ Ingår inte i samtycket") == 12
    assert asked.primary.text() == "Inget kan lämnas till alla"
    assert not asked.primary.isEnabled()
    assert "FK kan inte få något. Ta bort bocken där" in asked.banner.text


def test_several_get_the_same_paper_and_it_is_said_when_one_could_have_had_more(
    as_jonas: Driver, asked: HandOut
) -> None:
    choose(as_jonas, asked, Act.UTSKRIFT, TO_IFO, PERSON)
    assert "Alla får detsamma: bara det som har ✓ hos var och en." in asked.banner.text
    choose(as_jonas, asked, Act.UTSKRIFT, PERSON)
    assert "Alla får detsamma" not in asked.banner.text


@pytest.mark.parametrize("percent", [100, 200])
def test_however_many_get_it_each_column_is_in_sight(
    unlocked: Callable[[str], Driver], referral: Referral, settings: QSettings, percent: int
) -> None:
    appearance.choose(settings, percent=percent)
    driver = unlocked("jonas")
    dialog = opened(driver, referral, "Lämna ut …")
    for box in dialog.to.boxes:
        box.setChecked(True)
    driver.settle()
    squares = [one for one in dialog.findChildren(QLabel) if one.isVisible() and one.text()[:1] in {"✓", "✕"}]
    assert len(squares) == len(InfoKind) * len(dialog.recipients)
    inside = dialog.grid.parentWidget()
    assert inside is not None
    driver.wait_for(lambda: all(inside.rect().contains(one.geometry()) for one in squares))  # laid out a moment later
    assert inside.width() <= dialog.width()


def test_nothing_is_cut_where_a_text_needs_more_lines(unlocked: Callable[[str], Driver], jonas: Vault) -> None:
    of_many_words = agrees(not_shared="Journaluppgifter ska inte delas, bara slutsatser. Inte heller om familjen.")
    named = waiting(jonas, consent=of_many_words)
    driver = unlocked("jonas")
    dialog = opened(driver, named, "Lämna ut …")
    choose(driver, dialog, Act.UTSKRIFT, TO_IFO, PERSON)
    area = dialog.findChild(QScrollArea)
    assert area is not None
    driver.wait_for(lambda: area.verticalScrollBar().maximum() == 0)
    assert not area.verticalScrollBar().isVisible()


def test_the_paper_is_shown_before_it_is_saved(as_jonas: Driver, asked: HandOut, karin: Vault, tmp_path: Path) -> None:
    choose(as_jonas, asked, Act.UTSKRIFT, TO_IFO)
    paper = sheet(as_jonas, asked)
    assert acts(karin) == []
    paper.save_to(tmp_path / "arendeblad.pdf")
    as_jonas.settle()
    content = words((tmp_path / "arendeblad.pdf").read_bytes())
    assert "arbetsträna" in content
    assert "Ingår inte i samtycket" in content
    assert acts(karin) == [Act.UTSKRIFT]


def test_it_is_handed_out_without_the_mouse(as_jonas: Driver, asked: HandOut) -> None:
    choose(as_jonas, asked, Act.UTSKRIFT, TO_FK)
    as_jonas.press(asked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert as_jonas.dialog is asked
    choose(as_jonas, asked, Act.UTSKRIFT, TO_IFO)
    as_jonas.press(asked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    as_jonas.wait_for(lambda: isinstance(as_jonas.dialog, SheetDialog))
    paper = as_jonas.dialog
    assert paper is not None
    as_jonas.press(paper, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    chooser = as_jonas.dialog
    assert isinstance(chooser, QPrintDialog)
    chooser.reject()


def test_a_consent_taken_back_meanwhile_stops_it(as_jonas: Driver, asked: HandOut, karin: Vault) -> None:
    choose(as_jonas, asked, Act.UTSKRIFT, TO_IFO)
    for consent in all_of(karin, rows.consents):
        karin.do(withdraw_consent(consent.id, on=TODAY))
    as_jonas.click(asked.primary)
    assert isinstance(as_jonas.dialog, HandOut)
    assert acts(karin) == []
    assert asked.primary.text() == "Inget kan lämnas"
    assert not asked.primary.isEnabled()


def test_what_is_copied_goes_from_the_clipboard_at_lock(as_jonas: Driver, asked: HandOut, karin: Vault) -> None:
    choose(as_jonas, asked, Act.URKLIPP, OWN)
    as_jonas.click(asked.primary)
    assert "arbetsträna" in QApplication.clipboard().text()
    as_jonas.work.lock()
    as_jonas.settle()
    assert "arbetsträna" not in QApplication.clipboard().text()
    assert acts(karin) == [Act.URKLIPP]


def test_what_somebody_else_copied_since_is_left_alone(as_jonas: Driver) -> None:
    as_jonas.work.clipboard.put("vårt")
    QApplication.clipboard().setText("deras")
    as_jonas.work.clipboard.clear()
    assert QApplication.clipboard().text() == "deras"


def test_a_mail_draft_has_an_encrypted_paper_and_its_password_is_shown_once(
    as_jonas: Driver, asked: HandOut, karin: Vault, tmp_path: Path
) -> None:
    choose(as_jonas, asked, Act.MEJLUTKAST, TO_IFO)
    as_jonas.click(asked.primary)
    into(as_jonas, tmp_path / "handling.eml")
    shown = [one.text() for one in as_jonas.seen(QLabel)]
    [password] = [text for text in shown if text.count("-") == 3]
    assert any("Ingen funktionsadress finns för IFO: skriv mottagaren där" in text for text in shown)
    content = (tmp_path / "handling.eml").read_bytes()
    [attached] = message_from_bytes(content, policy=default).iter_attachments()
    assert "arbetsträna" in PdfReader(BytesIO(attached.get_content()), password=password).pages[0].extract_text()
    assert b"Provlund" not in content
    assert acts(karin) == [Act.MEJLUTKAST]


def test_nothing_is_given_out_where_no_place_for_it_is_chosen(as_jonas: Driver, asked: HandOut, karin: Vault) -> None:
    choose(as_jonas, asked, Act.MEJLUTKAST, TO_IFO)
    as_jonas.click(asked.primary)
    as_jonas.window.findChildren(QFileDialog)[-1].reject()
    choose(as_jonas, asked, Act.UTSKRIFT, TO_IFO)
    sheet(as_jonas, asked).reject()
    as_jonas.settle()
    assert acts(karin) == []


def test_what_is_printed_is_written_down_and_a_printer_that_was_not_chosen_is_not(
    as_jonas: Driver, asked: HandOut, karin: Vault, tmp_path: Path
) -> None:
    choose(as_jonas, asked, Act.UTSKRIFT, TO_IFO)
    paper = sheet(as_jonas, asked)
    as_jonas.click_text("Skriv ut …")
    chooser = as_jonas.dialog
    assert isinstance(chooser, QPrintDialog)
    assert acts(karin) == []
    printer = chooser.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "utskrift.pdf"))
    chooser.accepted.emit(printer)
    chooser.reject()
    as_jonas.settle()
    assert acts(karin) == [Act.UTSKRIFT]
    assert (tmp_path / "utskrift.pdf").exists()
    assert paper.isVisible()


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_consent_taken_back_closes_the_paper_that_is_looked_at(
    as_jonas: Driver, asked: HandOut, karin: Vault, *, elsewhere: bool
) -> None:
    choose(as_jonas, asked, Act.UTSKRIFT, TO_IFO)
    sheet(as_jonas, asked)
    if elsewhere:
        as_jonas.work.session.listen()
        as_jonas.settle()
    for consent in all_of(karin, rows.consents):
        request = withdraw_consent(consent.id, on=TODAY)
        if elsewhere:
            karin.do(request)
        else:
            as_jonas.work.session.do(request, owner=as_jonas.work)
    as_jonas.work.session.listen()
    as_jonas.settle()
    assert as_jonas.dialog is None
    assert as_jonas.work.here.banner.text.startswith("Samtycket har ändrats")
    assert acts(karin) == []


def test_a_consent_taken_back_is_noticed_at_the_last_button(
    as_jonas: Driver, asked: HandOut, karin: Vault, tmp_path: Path
) -> None:
    choose(as_jonas, asked, Act.UTSKRIFT, TO_IFO)
    paper = sheet(as_jonas, asked)
    for consent in all_of(karin, rows.consents):
        karin.do(withdraw_consent(consent.id, on=TODAY))
    paper.save_to(tmp_path / "arendeblad.pdf")
    as_jonas.settle()
    assert as_jonas.dialog is None
    assert (acts(karin), list(tmp_path.glob("*.pdf"))) == ([], [])


def test_what_in_the_texts_can_tell_who_somebody_is_stands_out(unlocked: Callable[[str], Driver], jonas: Vault) -> None:
    named = waiting(jonas, consent=NARROW, question="Kan mamman, Anna Berg, ringas efter 12 mars?")
    driver = unlocked("jonas")
    dialog = opened(driver, named, "Lämna ut …")
    choose(driver, dialog, Act.UTSKRIFT, TO_IFO)
    assert "Anna Berg (namn)" in dialog.texts.text
    assert "12 mars (datum)" in dialog.texts.text
    dialog.to.set_value(())
    driver.settle()
    assert dialog.texts.text == ""


def test_units_alone_are_shared_with(as_jonas: Driver, asked: HandOut, karin: Vault) -> None:
    choose(as_jonas, asked, Act.DELNING, OWN)
    assert asked.primary.text() == "Välj bara enheter"
    choose(as_jonas, asked, Act.DELNING, TO_IFO)
    as_jonas.click(asked.primary)
    assert Act.DELNING in acts(karin)
    assert as_jonas.work.status.message.text() == "IFO kan läsa ärendet nu."


def test_who_reads_by_consent_alone_takes_it_to_the_own_file(as_jonas: Driver, karin: Vault) -> None:
    plan = agrees(unit_ids=(AF, IFO), kinds=(InfoKind.PLANERING,))
    dialog = opened(as_jonas, waiting(karin, consent=plan, unit_id=FK, referrer="fk"), "Till egna akten …")
    as_jonas.settle()
    assert dialog.recipients == (OWN,)
    assert [one.text() for one in dialog.findChildren(QRadioButton)] == ["Som papper (PDF)", "Text till egna akten"]
    choose(as_jonas, dialog, Act.URKLIPP, OWN)
    as_jonas.click(dialog.primary)
    assert "Vad behövs" not in QApplication.clipboard().text()
    assert "Ingår inte i samtycket" in QApplication.clipboard().text()
