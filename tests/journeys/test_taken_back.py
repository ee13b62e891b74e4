"""A consent is taken back at one window while another uses it: that stops at the next step, and says why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from misam_desktop.domain.codes import Act, ExportPurpose, InfoKind, Recipient
from misam_desktop.domain.gate import To
from misam_desktop.domain.referral import Referral
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.dialogs.export import ExportDialog
from misam_desktop.gui.dialogs.export_list import ListExport
from misam_desktop.gui.dialogs.follow_up import open_follow_up
from misam_desktop.gui.dialogs.hand_out import HandOut
from misam_desktop.gui.dialogs.sheet import SheetDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.password import PasswordDialog
from misam_desktop.store import rows
from misam_desktop.transfer.sheets import read_sheet
from misam_desktop.vault import PROVEN, Vault
from tests.commands.worlds import AF, IFO, agrees, all_of, contact_of, enrolled, follow_ups, one, somebody, waiting
from tests.conftest import PASSWORD, TODAY
from tests.gui.worlds import open_case, says
from tests.journeys.worlds import sit_at, status

Seat = Callable[[str], Driver]
TO_AF, TO_IFO = (To(recipient=Recipient.ENHET, unit_id=unit) for unit in (AF, IFO))
CHANGED = "Samtycket har ändrats sedan du tittade, och mindre får lämnas ut nu."


@pytest.fixture
def referral(jonas: Vault) -> Referral:
    """A referral from Af that lets all kinds go to IFO."""
    return waiting(jonas, somebody(981, given_name="Wilma"))


@pytest.fixture
def windows(seat: Seat) -> tuple[Driver, Driver]:
    """Karin's and Jonas's, who has begun to hear what others change."""
    hers, his = seat("karin"), seat("jonas")
    hears(his)
    return hers, his


def hears(driver: Driver) -> None:
    """As every three seconds: what another program has changed."""
    driver.work.session.listen()
    driver.settle()


def take_back(driver: Driver, referral_id: str) -> None:
    """Karin takes the consent to samverkan back, click by click."""
    sit_at(driver)
    driver.work.open_referral(referral_id)
    driver.settle()
    driver.click(next(one for one in driver.seen(QPushButton) if one.accessibleName().startswith("Återkalla")))
    driver.click_text("Gå vidare")
    driver.fill(receipt="none")
    driver.click_text("Återkalla samtycket")
    assert status(driver) == "Samtycket är återkallat."


def hand_out_to_ifo(driver: Driver, referral: Referral, way: Act = Act.UTSKRIFT) -> HandOut:
    """«Lämna ut …», as it is shown to leave."""
    sit_at(driver)
    driver.work.open_referral(referral.id)
    driver.settle()
    driver.click_text("Lämna ut …")
    dialog = driver.dialog
    assert isinstance(dialog, HandOut)
    dialog.ways.set_value(way)
    dialog.to.set_value([TO_IFO])
    driver.settle()
    assert dialog.primary.isEnabled()
    return dialog


def paper_for_ifo(driver: Driver, referral: Referral) -> SheetDialog:
    """The paper, looked at before it is saved or printed."""
    driver.click(hand_out_to_ifo(driver, referral).primary)
    driver.wait_for(lambda: isinstance(driver.dialog, SheetDialog))
    driver.settle()
    paper = driver.dialog
    assert isinstance(paper, SheetDialog)
    return paper


def left(vault: Vault) -> list[Act]:
    """What has been given as a copy."""
    return [one.act for one in all_of(vault, rows.disclosures) if one.act not in {Act.MOTE, Act.DELNING}]


def told(driver: Driver) -> str:
    """What stands in the window and what is in front of it."""
    return " ".join(one.text() for one in driver.window.findChildren(QLabel) if one.isVisible())


# The case is open in a window


def test_an_open_case_shrinks_to_what_closes_it_and_says_so(
    windows: tuple[Driver, Driver], karin: Vault, jonas: Vault
) -> None:
    hers, his = windows
    episode = enrolled(karin, commissioner_id=AF, case_worker_id=contact_of(jonas))
    page = open_case(his, episode.id)
    his.click(page.stepper.buttons[Step.NEEDS])
    assert says(his, "arbetsträna")
    take_back(hers, episode.referral_id)
    sit_at(his)
    hears(his)
    assert "arbetsträna" not in told(his)
    assert "Inget samtycke gäller. Du ser det som behövs för att avsluta ärendet." in told(his)


def test_what_is_typed_in_an_open_form_is_not_saved_and_it_says_why(
    windows: tuple[Driver, Driver], karin: Vault, jonas: Vault
) -> None:
    hers, his = windows
    began = TODAY - timedelta(days=100)
    episode = enrolled(karin, commissioner_id=AF, case_worker_id=contact_of(jonas), day=began)
    first = follow_ups(karin, episode)[0]
    sit_at(his)
    open_follow_up(his.work, first.id)
    his.settle()
    his.fill(step=2, note="Praktik två dagar")
    take_back(hers, episode.referral_id)
    sit_at(his)
    his.save()
    assert "Inget samtycke gäller för ärendet." in told(his)
    assert one(karin, rows.follow_ups, first.id).done_on is None


# What leaves is looked at


def test_the_preview_says_that_less_leaves_now(windows: tuple[Driver, Driver], referral: Referral) -> None:
    hers, his = windows
    dialog = hand_out_to_ifo(his, referral)
    take_back(hers, referral.id)
    sit_at(his)
    hears(his)
    assert dialog.stopped.text.startswith(CHANGED)
    assert (dialog.primary.text(), dialog.primary.isEnabled()) == ("Inget kan lämnas", False)


def test_a_paper_that_is_looked_at_closes_and_says_why(
    windows: tuple[Driver, Driver], referral: Referral, karin: Vault
) -> None:
    hers, his = windows
    paper_for_ifo(his, referral)
    take_back(hers, referral.id)
    sit_at(his)
    hears(his)
    assert his.dialog is None
    assert his.work.here.banner.text.startswith(CHANGED)
    assert left(karin) == []


def test_a_printer_that_is_chosen_too_late_prints_nothing(
    windows: tuple[Driver, Driver], referral: Referral, karin: Vault, tmp_path: Path
) -> None:
    hers, his = windows
    paper_for_ifo(his, referral)
    his.click_text("Skriv ut …")
    chooser = his.dialog
    assert isinstance(chooser, QPrintDialog)
    take_back(hers, referral.id)
    printer = chooser.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "utskrift.pdf"))
    chooser.accepted.emit(printer)
    chooser.reject()
    his.settle()
    assert his.work.here.banner.text.startswith(CHANGED)
    assert (left(karin), list(tmp_path.glob("utskrift*"))) == ([], [])


def test_a_mail_draft_whose_place_is_chosen_too_late_is_not_written(
    windows: tuple[Driver, Driver], referral: Referral, karin: Vault, tmp_path: Path
) -> None:
    hers, his = windows
    dialog = hand_out_to_ifo(his, referral, Act.MEJLUTKAST)
    his.click(dialog.primary)
    take_back(hers, referral.id)
    save_as(his, tmp_path / "handling.eml")
    assert dialog.stopped.text.startswith(CHANGED)
    assert (left(karin), list(tmp_path.glob("*.eml"))) == ([], [])


# A list is under way


def save_as(driver: Driver, path: Path) -> None:
    """Choose a place in the file dialog that stands open."""
    chooser = driver.window.findChildren(QFileDialog)[-1]
    chooser.fileSelected.emit(str(path))
    chooser.reject()
    driver.settle()


@pytest.fixture
def export(windows: tuple[Driver, Driver], referral: Referral, jonas: Vault) -> ListExport:
    """Jonas's list of two referrals, to IFO, counted and about to be saved."""
    waiting(jonas, somebody(982, given_name="Nadja"), consent=agrees(kinds=tuple(InfoKind)))
    his = windows[1]
    sit_at(his)
    his.go("referrals")
    his.click_text("Exportera …")
    dialog = his.dialog
    assert isinstance(dialog, ListExport)
    dialog.form["purpose"].set_value(ExportPurpose.AVSTAMNING)
    dialog.form["to"].set_value(TO_IFO)
    his.settle()
    assert dialog.primary.text() == "Spara 2 rader …"
    return dialog


def test_a_list_that_is_being_chosen_is_counted_anew(
    windows: tuple[Driver, Driver], export: ListExport, referral: Referral
) -> None:
    hers, his = windows
    take_back(hers, referral.id)
    sit_at(his)
    hears(his)
    assert export.primary.text() == "Spara 1 rad …"
    assert "1 ärende är inte med" in told(his)


def test_a_list_whose_place_is_chosen_too_late_leaves_the_case_out_and_says_so(
    windows: tuple[Driver, Driver], export: ListExport, referral: Referral, tmp_path: Path, karin: Vault
) -> None:
    hers, his = windows
    his.click(export.primary)
    take_back(hers, referral.id)
    save_as(his, tmp_path / "lista.csv")
    assert [row[0] for _, row in read_sheet((tmp_path / "lista.csv").read_bytes()).rows] == ["Nadja Provlund"]
    assert "1 ärende togs bort: samtycket ändrades medan listan gjordes." in status(his)
    assert referral.id not in {one.case_id for one in all_of(karin, rows.disclosures) if one.act is Act.EXPORT}


def test_it_counts_while_the_password_is_asked_for(
    windows: tuple[Driver, Driver], export: ListExport, referral: Referral, tmp_path: Path
) -> None:
    hers, his = windows
    vault = his.work.session._vault
    assert vault._proven_at is not None
    vault._proven_at -= PROVEN + timedelta(seconds=1)
    export.save_to(tmp_path / "lista.csv")
    his.settle()
    asks = his.dialog
    assert isinstance(asks, PasswordDialog)
    take_back(hers, referral.id)
    sit_at(his)
    his.type(asks.password.line, PASSWORD)
    his.click(asks.primary)
    assert [row[0] for _, row in read_sheet((tmp_path / "lista.csv").read_bytes()).rows] == ["Nadja Provlund"]


def test_the_register_for_another_unit_leaves_the_case_out(
    seat: Seat, windows: tuple[Driver, Driver], karin: Vault, tmp_path: Path
) -> None:
    hers, his = windows
    _, gone = (enrolled(karin, waiting(karin, somebody(serial))) for serial in (981, 982))
    his.window.close()
    other = seat("evelina")
    sit_at(hers)
    hers.go("register")
    hers.click_text("Ta ut registret …")
    dialog = hers.dialog
    assert isinstance(dialog, ExportDialog)
    dialog.form["to"].set_value(TO_AF)
    dialog.form["purpose"].set_value(ExportPurpose.GRANSKNING)
    hers.click(dialog.primary)
    take_back(other, gone.referral_id)
    save_as(hers, tmp_path / "register.csv")
    assert len(read_sheet((tmp_path / "register.csv").read_bytes()).rows) == 1
    assert "1 ärende är inte med" in status(hers)
