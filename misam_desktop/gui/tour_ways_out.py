"""What the tour does where something leaves the program: what is shown before it does, and what comes out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from misam_desktop.domain.codes import Act, Recipient
from misam_desktop.domain.gate import To, leaving
from misam_desktop.gui.dialogs.export_list import ListExport
from misam_desktop.gui.dialogs.hand_out import PERSON, HandOut
from misam_desktop.gui.dialogs.letter_dialog import LetterDialog
from misam_desktop.gui.dialogs.sheet import SheetDialog
from misam_desktop.gui.driver import Driver


def gate_preview(driver: Driver, _aside: Path) -> None:
    """To a unit that the consent names, one that it does not, and the person: what each would get."""
    driver.click_text("Lämna ut …")
    dialog = driver.dialog
    assert isinstance(dialog, HandOut)
    dialog.to.set_value(_units(driver))
    driver.settle()
    given = [one for one in dialog.recipients if leaving(dialog.cells, one)]
    kept = [one for one in dialog.recipients if one not in given]
    dialog.to.set_value((*given[:1], *kept[:1], PERSON))
    driver.settle()


def paper(driver: Driver, _aside: Path) -> None:
    """The paper for those who may have it, before it is saved."""
    dialog = driver.dialog
    assert isinstance(dialog, HandOut)
    dialog.to.set_value([one for one in dialog.recipients if leaving(dialog.cells, one)])
    driver.settle()
    driver.click(dialog.primary)
    driver.wait_for(lambda: isinstance(driver.dialog, SheetDialog))


def handed_out(driver: Driver, aside: Path) -> None:
    """A mail draft to one unit: its paper is encrypted, and the password is shown once."""
    sheet = driver.dialog
    assert isinstance(sheet, SheetDialog)
    sheet.reject()
    gate_preview(driver, aside)
    dialog = driver.dialog
    assert isinstance(dialog, HandOut)
    dialog.ways.set_value(Act.MEJLUTKAST)
    dialog.to.set_value([one for one in dialog.recipients if one.unit_id and leaving(dialog.cells, one)][:1])
    driver.settle()
    driver.click(dialog.primary)
    chooser, file = driver.window.findChildren(QFileDialog)[-1], aside / "handling.eml"
    chooser.fileSelected.emit(str(file))
    chooser.reject()
    driver.settle()
    file.unlink()


def letter(driver: Driver, _aside: Path) -> None:
    """The letter that comes last, as the person reads it."""
    driver.save()
    driver.wait_for(lambda: isinstance(driver.dialog, LetterDialog))


def list_export(driver: Driver) -> None:
    """A list for another unit: how many rows let each kind of information go."""
    driver.go("referrals")
    driver.click_text("Exportera …")
    dialog = driver.dialog
    assert isinstance(dialog, ListExport)
    dialog.form["to"].set_value(_units(driver)[0])
    driver.settle()


def register_export(driver: Driver) -> None:
    """The whole register, for whom and what for."""
    driver.go("register")
    driver.click_text("Ta ut registret …")


def _units(driver: Driver) -> tuple[To, ...]:
    return tuple(To(recipient=Recipient.ENHET, unit_id=one.id) for one in driver.work.desk.open_units)
