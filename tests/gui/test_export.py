"""Lists out of the window: what leaves is counted first, the password asked again, and the file written last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.domain.codes import Act, ExportPurpose, InfoKind, ListColumn, Recipient
from misam_desktop.domain.gate import OWN_FILES, To
from misam_desktop.domain.referral import Referral
from misam_desktop.gui.dialogs import export_list
from misam_desktop.gui.dialogs.export import ExportDialog
from misam_desktop.gui.dialogs.export_list import ListExport
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.password import PasswordDialog
from misam_desktop.store import rows
from misam_desktop.transfer.sheets import read_sheet
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, IFO, agrees, all_of, enrolled, entries, somebody, waiting
from tests.conftest import PASSWORD, TODAY
from tests.gui.worlds import forget

TO_IFO = To(recipient=Recipient.ENHET, unit_id=IFO)


@pytest.fixture
def referrals(jonas: Vault) -> list[Referral]:
    """Two of Af: the second lets nothing but the basics go to IFO."""
    return [
        waiting(jonas, somebody(980, given_name="Wilma")),
        waiting(jonas, somebody(981, given_name="Nadja"), consent=agrees(kinds=(InfoKind.GRUNDUPPGIFTER,))),
    ]


@pytest.fixture
def asked(unlocked: Callable[[str], Driver], referrals: list[Referral]) -> tuple[Driver, ListExport]:
    """The dialog, opened from the list of referrals."""
    driver = unlocked("jonas")
    driver.go("referrals")
    driver.click_text("Exportera …")
    dialog = driver.dialog
    assert isinstance(dialog, ListExport)
    choose(driver, dialog, purpose=ExportPurpose.AVSTAMNING)
    return driver, dialog


def choose(driver: Driver, dialog: ExportDialog[Any], **values: object) -> None:
    for name, value in values.items():
        dialog.form[name].set_value(value)
    driver.settle()


def told(driver: Driver) -> list[str]:
    return [one.text() for one in driver.seen(QLabel)]


def withdraw(vault: Vault, referral: Referral) -> None:
    for consent in all_of(vault, rows.consents):
        if consent.case_id == referral.id:
            vault.do(withdraw_consent(consent.id, on=TODAY))


def test_what_leaves_is_counted_for_each_kind_before_anything_does(asked: tuple[Driver, ListExport]) -> None:
    driver, dialog = asked
    choose(driver, dialog, to=OWN_FILES)
    assert told(driver).count("✓ I alla rader") == 2
    choose(driver, dialog, to=TO_IFO)
    assert "~ I 1 av 2 rader" in told(driver)
    choose(driver, dialog, columns=())
    assert "Frågeställning" not in told(driver)[3:]
    assert dialog.primary.text() == "Spara 2 rader …"


def test_the_file_holds_what_was_counted(
    asked: tuple[Driver, ListExport], tmp_path: Path, karin: Vault, referrals: list[Referral]
) -> None:
    driver, dialog = asked
    choose(driver, dialog, to=TO_IFO, purpose=ExportPurpose.AVSTAMNING, columns=(ListColumn.QUESTION,))
    driver.click(dialog.primary)
    chooser = driver.window.findChildren(QFileDialog)[-1]
    chooser.fileSelected.emit(str(tmp_path / "lista.csv"))
    chooser.reject()
    driver.settle()
    sheet = read_sheet((tmp_path / "lista.csv").read_bytes())
    assert sheet.header == ("Namn", "Frågeställning")
    assert {row for _, row in sheet.rows} == {
        ("Wilma Provlund", "Vad behövs för att börja arbetsträna?"),
        ("Nadja Provlund", "Ingår inte i samtycket"),
    }
    assert {one.case_id for one in all_of(karin, rows.disclosures) if one.act is Act.EXPORT} == {
        one.id for one in referrals
    }
    assert driver.work.status.message.text() == "2 rader är sparade. Filen är inte krypterad."


def test_a_consent_taken_back_while_it_is_gone_through_counts(
    asked: tuple[Driver, ListExport], karin: Vault, referrals: list[Referral], monkeypatch: pytest.MonkeyPatch
) -> None:
    driver, dialog = asked
    monkeypatch.setattr(export_list, "PART", 1)
    withdraw(karin, referrals[0])
    choose(driver, dialog, to=TO_IFO)
    assert dialog.primary.text() == "Spara 1 rad …"
    assert "1 ärende är inte med: samtycket omfattar inte mottagaren" in " ".join(told(driver))


def test_a_consent_taken_back_after_the_last_look_leaves_that_case_out(
    asked: tuple[Driver, ListExport], tmp_path: Path, karin: Vault, referrals: list[Referral]
) -> None:
    driver, dialog = asked
    choose(driver, dialog, to=TO_IFO)
    withdraw(karin, referrals[0])
    dialog.save_to(tmp_path / "lista.xlsx")
    driver.settle()
    assert [row[0] for _, row in read_sheet((tmp_path / "lista.xlsx").read_bytes()).rows] == ["Nadja Provlund"]
    assert "1 ärende togs bort" in driver.work.status.message.text()


def test_when_nothing_is_left_it_stops_with_a_sentence(
    asked: tuple[Driver, ListExport], tmp_path: Path, karin: Vault, referrals: list[Referral]
) -> None:
    driver, dialog = asked
    choose(driver, dialog, to=TO_IFO)
    for one in referrals:
        withdraw(karin, one)
    dialog.save_to(tmp_path / "lista.xlsx")
    driver.settle()
    assert dialog.form.banner.text.startswith("Inget av det du valde får lämnas")
    assert dialog.primary.text() == "Inget kan lämnas"
    assert list(tmp_path.glob("lista*")) == []


def test_who_has_been_away_gives_their_password_first(
    asked: tuple[Driver, ListExport], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver, dialog = asked
    forget(driver)
    dialog.save_to(tmp_path / "lista.csv")
    driver.settle()
    asks = driver.dialog
    assert isinstance(asks, PasswordDialog)
    driver.type(asks.password.line, "inte det rätta lösenordet")
    driver.press(asks.password.line, Qt.Key.Key_Return)
    driver.settle()
    assert "Användarnamnet och lösenordet hör inte ihop." in " ".join(told(driver))
    driver.type(asks.password.line, PASSWORD)
    driver.press(asks.password.line, Qt.Key.Key_Return)
    driver.settle()
    assert len(read_sheet((tmp_path / "lista.csv").read_bytes()).rows) == 2


def test_each_wrong_password_makes_the_next_wait_longer(asked: tuple[Driver, ListExport], tmp_path: Path) -> None:
    driver, dialog = asked
    forget(driver)
    driver.work.session.wrong_passwords = 1
    dialog.save_to(tmp_path / "lista.csv")
    driver.settle()
    asks = driver.dialog
    assert isinstance(asks, PasswordDialog)
    driver.type(asks.password.line, "inte det rätta lösenordet")
    driver.click(asks.primary)
    assert asks.primary.text() == "Vänta 1 s"
    asks.reject()
    driver.settle()
    assert dialog.form.banner.text.startswith("Skriv ditt lösenord igen")
    assert not (tmp_path / "lista.csv").exists()


def test_the_list_of_cases_goes_out_as_it_is_narrowed(
    unlocked: Callable[[str], Driver], karin: Vault, tmp_path: Path
) -> None:
    enrolled(karin, waiting(karin, somebody(980, given_name="Wilma")))
    enrolled(karin, waiting(karin, somebody(981, given_name="Nadja")))
    driver = unlocked("karin")
    driver.go("cases")
    driver.type(driver.work.here.filter, "nadja")  # type: ignore[attr-defined]  # the screen of cases has one
    driver.click_text("Exportera …")
    dialog = driver.dialog
    assert isinstance(dialog, ListExport)
    assert dialog.primary.text() == "Spara 1 rad …"
    dialog.save_to(tmp_path / "lista.csv")
    driver.settle()
    assert "Det här behöver fyllas i." in told(driver)
    choose(driver, dialog, purpose=ExportPurpose.EGET_ARBETE)
    dialog.save_to(tmp_path / "lista.csv")
    driver.settle()
    [(_, row)] = read_sheet((tmp_path / "lista.csv").read_bytes()).rows
    assert (row[0], row[-1]) == ("Nadja Provlund", "")


def test_the_register_is_taken_out_where_it_is_taken_in(as_karin: Driver, karin: Vault, tmp_path: Path) -> None:
    enrolled(karin)
    as_karin.go("register")
    as_karin.click_text("Ta ut registret …")
    dialog = as_karin.dialog
    assert isinstance(dialog, ExportDialog)
    choose(as_karin, dialog, to=To(recipient=Recipient.ENHET, unit_id=AF), purpose=ExportPurpose.GRANSKNING)
    dialog.save_to(tmp_path / "register.csv")
    as_karin.settle()
    assert len(read_sheet((tmp_path / "register.csv").read_bytes()).rows) == 1
    [entry] = [one for one in entries(karin) if one.action == "register.exported"]
    assert entry.purpose == f"granskning:{AF}"
