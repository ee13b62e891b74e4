"""Reports out of the window: looked at, saved as any file, frozen and opened again; the published figures on screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QFileDialog, QPushButton

from misam_desktop.commands.register import import_register
from misam_desktop.domain.codes import ExportPurpose, Role, Sex
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.period import Period
from misam_desktop.gui import theme
from misam_desktop.gui.dialogs.leaving import LeavingDialog
from misam_desktop.gui.dialogs.report_out import ReportOut
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.password import PasswordDialog
from misam_desktop.gui.screens.frozen import FrozenListScreen, FrozenScreen
from misam_desktop.gui.screens.statistics import StatisticsScreen
from misam_desktop.gui.theme import Look
from misam_desktop.store import rows
from misam_desktop.store.engine import writing
from misam_desktop.transfer.registers import read_register
from misam_desktop.transfer.sheets import read_sheet
from misam_desktop.vault import Vault
from misam_desktop.wording import column_label, row_label
from tests.commands.worlds import all_of, enrolled, entries, waiting
from tests.conftest import PASSWORD, TODAY
from tests.documents.worlds import words
from tests.gui.worlds import cells, cut, forget, says


@pytest.fixture
def episode(karin: Vault, jonas: Vault) -> Episode:
    """One woman whom Af referred, enrolled today."""
    return enrolled(karin, waiting(jonas))


@pytest.fixture
def asked(episode: Episode, unlocked: Callable[[str], Driver]) -> tuple[Driver, ReportOut]:
    """The dialog, opened from the figures of the year."""
    driver = unlocked("karin")
    driver.go("statistics")
    driver.settle()
    driver.click_text("Spara eller skriv ut …")
    dialog = driver.dialog
    assert isinstance(dialog, ReportOut)
    dialog.form["purpose"].set_value(ExportPurpose.KVALITET)
    return driver, dialog


def given(vault: Vault) -> list[str]:
    """What for and whom to, of every report that was given out."""
    return [one.purpose for one in entries(vault) if one.action in {"report.given", "report.frozen_given"}]


def corrected(karin: Vault) -> None:
    """Her kön was wrong in the register."""
    [person] = all_of(karin, rows.persons)
    with writing(karin._engine) as conn:
        rows.persons.save(conn, replace(person, sex=Sex.MAN))


def test_it_is_saved_as_the_file_that_is_chosen(asked: tuple[Driver, ReportOut], tmp_path: Path, karin: Vault) -> None:
    driver, dialog = asked
    driver.click(dialog.primary)
    chooser = driver.window.findChildren(QFileDialog)[-1]
    assert chooser.nameFilters() == ["PDF (*.pdf)", "Excel (*.xlsx)", "CSV (*.csv)", "JSON (*.json)"]
    chooser.fileSelected.emit(str(tmp_path / "rapport.csv"))
    chooser.reject()
    driver.settle()
    assert read_sheet((tmp_path / "rapport.csv").read_bytes()).header[0] == "section"
    assert given(karin) == ["arsredovisning:kvalitet:egen"]
    assert driver.work.status.message.text() == "Rapporten är sparad. Filen är inte krypterad."


@pytest.mark.parametrize(("suffix", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{")])
def test_each_kind_of_file_is_what_it_says(
    asked: tuple[Driver, ReportOut], tmp_path: Path, suffix: str, begins: bytes
) -> None:
    driver, dialog = asked
    dialog.save_to(tmp_path / f"rapport.{suffix}")
    driver.settle()
    assert (tmp_path / f"rapport.{suffix}").read_bytes().startswith(begins)


def test_small_counts_are_hidden_when_it_is_ticked(asked: tuple[Driver, ReportOut], tmp_path: Path) -> None:
    driver, dialog = asked
    dialog.form["covered"].set_value(True)
    dialog.save_to(tmp_path / "rapport.json")
    driver.settle()
    data = json.loads((tmp_path / "rapport.json").read_text(encoding="utf-8"))
    assert data["sections"][0]["rows"][0]["total"] is None


def test_nothing_is_taken_out_before_it_is_said_what_for(asked: tuple[Driver, ReportOut], karin: Vault) -> None:
    driver, dialog = asked
    dialog.form["purpose"].set_value(None)
    driver.click(dialog.look_first)
    assert driver.dialog is dialog
    driver.click(dialog.primary)
    assert not driver.window.findChildren(QFileDialog)
    assert given(karin) == []


def test_it_is_looked_at_first_and_logged_when_it_leaves(
    asked: tuple[Driver, ReportOut], tmp_path: Path, karin: Vault
) -> None:
    driver, dialog = asked
    driver.click(dialog.look_first)
    paper = driver.dialog
    assert isinstance(paper, LeavingDialog)
    assert given(karin) == []
    forget(driver)
    paper.save_to(tmp_path / "rapport.pdf")
    driver.settle()
    asks = driver.dialog
    assert isinstance(asks, PasswordDialog)
    driver.type(asks.password.line, PASSWORD)
    driver.press(asks.password.line, Qt.Key.Key_Return)
    driver.settle()
    assert "Insatser och måluppfyllelse" in words((tmp_path / "rapport.pdf").read_bytes())
    assert given(karin) == ["arsredovisning:kvalitet:egen"]


def test_a_paper_whose_figures_change_while_it_is_looked_at_closes(
    asked: tuple[Driver, ReportOut], karin: Vault
) -> None:
    driver, dialog = asked
    driver.click(dialog.look_first)
    paper = driver.dialog
    assert isinstance(paper, LeavingDialog)
    corrected(karin)
    driver.work.session.touched.emit(paper._decides)
    driver.settle()
    assert driver.dialog is None


def test_a_frozen_report_reads_as_it_did_and_tells_what_is_another_figure_today(
    episode: Episode, unlocked: Callable[[str], Driver], karin: Vault, tmp_path: Path
) -> None:
    driver = unlocked("karin")
    driver.go("statistics")
    driver.settle()
    driver.click_text("Frys …")
    driver.form.form["comment"].set_value("Till styrelsen")
    driver.save()
    page = driver.work.here
    assert isinstance(page, FrozenScreen)
    assert says(driver, "av Karin Ekdal. Till styrelsen")
    assert not page.banner.isVisible()
    corrected(karin)
    page.reload()
    driver.settle()
    assert page.banner.text.startswith("Räknad i dag skulle 16 siffror vara annorlunda.")
    assert says(driver, "Remittent: Af, kvinnor")
    assert says(driver, "1 då, – i dag")
    driver.click(page.out)
    dialog = driver.dialog
    assert isinstance(dialog, ReportOut)
    dialog.form["purpose"].set_value(ExportPurpose.KVALITET)
    dialog.save_to(tmp_path / "fryst.pdf")
    driver.settle()
    told = words((tmp_path / "fryst.pdf").read_bytes())
    assert "Af 1 1 – –" in told
    assert "av Karin Ekdal" in told


def test_the_frozen_ones_are_listed_and_opened_by_enter(episode: Episode, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    driver.go("statistics")
    driver.settle()
    driver.click_text("Frys …")
    driver.save()
    driver.go("statistics")
    driver.click_text("Frysta rapporter")
    listed = driver.work.here
    assert isinstance(listed, FrozenListScreen)
    assert cells(listed.table, 0)[:3] == ["Insatser och måluppfyllelse", "MISAM", "2026"]
    driver.press(listed.table, Qt.Key.Key_Return)
    driver.settle()
    assert isinstance(driver.work.here, FrozenScreen)
    assert cut(driver) == []


def test_ledning_takes_figures_out_and_reaches_nobody_from_a_frozen_one(
    karin: Vault, episode: Episode, unlocked: Callable[[str], Driver]
) -> None:
    with writing(karin._engine) as conn:
        jonas = next(one for one in rows.users.where(conn) if one.login == "jonas")
        rows.users.save(conn, replace(jonas, roles=(Role.LEDNING,)))
    driver = unlocked("jonas")
    driver.go("statistics")
    driver.settle()
    driver.click_text("Frys …")
    driver.save()
    assert isinstance(driver.work.here, FrozenScreen)
    assert not any(one.accessibleName().endswith(": 1") for one in driver.seen(QPushButton))


def test_a_chart_stands_beside_its_table_and_is_drawn_anew_in_the_dark(
    episode: Episode, unlocked: Callable[[str], Driver], qapp: object
) -> None:
    driver = unlocked("karin")
    driver.go("statistics")
    driver.settle()
    chart = next(one for one in driver.seen(QSvgWidget) if one.accessibleName() == "Diagram: Remittent")
    light = chart.grab().toImage()
    theme.apply(qapp, Look.DARK)  # type: ignore[arg-type]  # the fixture is the application
    driver.settle()
    try:
        assert chart.grab().toImage() != light
    finally:
        theme.apply(qapp, Look.LIGHT)  # type: ignore[arg-type]  # as above


def test_the_published_figures_of_2019_stand_on_the_screen(
    karin: Vault, unlocked: Callable[[str], Driver], shared_data: Path
) -> None:
    folder = shared_data / "register"
    karin.do(import_register(read_register(folder / "amt_2019.csv", today=TODAY).reads))
    published = json.loads((folder / "amt_2019.expected.json").read_text(encoding="utf-8"))
    driver = unlocked("karin")
    driver.go("statistics")
    page = driver.work.here
    assert isinstance(page, StatisticsScreen)
    page.chosen.activity.set_value("Arbetsmarknadstorget")
    page.chosen.period = Period(date(2019, 1, 1), date(2019, 12, 31))
    page.reload()
    driver.settle()
    shown = {one.accessibleName() for one in page.findChildren(QPushButton)}
    for section in ("aldersgrupp", "remittent", "utbildning", "forsorjning_in", "forsorjning_ut"):
        for code, by_sex in published[section].items():
            for sex, number in by_sex.items():
                assert f"{row_label(section, code)}, {column_label(section, sex)}: {number}" in shown
