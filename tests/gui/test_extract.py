"""Utdrag till personen: a paper that is seen first, or data that is saved where the user says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from misam_desktop.documents.phrases import Language
from misam_desktop.gui.dialogs.extract import Form, What
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.paper import PaperDialog
from misam_desktop.gui.password import PasswordDialog
from misam_desktop.vault import Vault
from tests.commands.worlds import enrolled, entries
from tests.conftest import PASSWORD
from tests.documents.worlds import words
from tests.gui.worlds import forget


@pytest.fixture
def asked(as_karin: Driver, karin: Vault) -> Driver:
    as_karin.work.open_case(enrolled(karin).id)
    as_karin.settle()
    as_karin.click_text("Utdrag …")
    return as_karin


def test_everything_on_a_person_as_a_paper_in_their_language(asked: Driver, karin: Vault, tmp_path: Path) -> None:
    asked.fill(language=Language.EN)
    asked.save()
    asked.wait_for(lambda: isinstance(asked.dialog, PaperDialog))
    paper = asked.dialog
    assert isinstance(paper, PaperDialog)
    paper.save_to(tmp_path / "registerutdrag.pdf")
    asked.settle()
    told = words((tmp_path / "registerutdrag.pdf").read_bytes())
    assert "Extract of the register" in told
    assert "Malin Provlund" in told
    assert "person.extract_made" in {one.action for one in entries(karin)}


def test_who_has_looked_as_data(asked: Driver, tmp_path: Path) -> None:
    asked.fill(what=What.LOOKED, form=Form.DATA)
    asked.save()
    [chooser] = asked.window.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "loggutdrag.json"))
    chooser.reject()
    asked.settle()
    data = json.loads((tmp_path / "loggutdrag.json").read_text(encoding="utf-8"))
    assert {entry["who"] for entry in data["entries"]} == {"Karin Ekdal"}
    assert data["mark"].startswith("Logg ")


def test_who_has_been_away_gives_their_password_first(asked: Driver) -> None:
    forget(asked)
    asked.save()
    asks = asked.dialog
    assert isinstance(asks, PasswordDialog)
    asked.type(asks.password.line, PASSWORD)
    asked.press(asks.password.line, Qt.Key.Key_Return)
    asked.wait_for(lambda: isinstance(asked.dialog, PaperDialog))
