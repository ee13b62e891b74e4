"""A paper on the printer: every page of it, in order, and nothing left in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.paper import Words
from misam_desktop.gui import appearance
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.pages import MOST, Pages, drawn
from misam_desktop.gui.paper import PaperDialog, open_paper
from misam_desktop.gui.printing import print_on
from tests.documents.worlds import paper, read

LONG = paper(Words("\n".join(["En rad."] * 60 * (MOST + 1))))


def on_paper(path: Path) -> QPrinter:
    """A printer that prints to a PDF."""
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_every_page_is_printed_and_no_more_than_some_are_shown(as_karin: Driver, tmp_path: Path) -> None:
    content = to_pdf(LONG)
    pages = len(read(content).pages)
    assert pages > MOST
    assert len(drawn(content)) == MOST
    print_on(as_karin.work, on_paper(tmp_path / "utskrift.pdf"), content)
    as_karin.settle()
    assert len(read((tmp_path / "utskrift.pdf").read_bytes()).pages) == pages
    assert as_karin.work.status.message.text() == "Papperet är skickat till skrivaren."


def test_the_printer_is_chosen_in_a_dialog_over_the_paper(as_karin: Driver) -> None:
    open_paper(as_karin.work, paper(Words("En rad.")), name="papper.pdf")
    as_karin.settle()
    as_karin.click_text("Skriv ut …")
    chooser = as_karin.dialog
    assert isinstance(chooser, QPrintDialog)
    assert chooser.printer().docName() == "papper.pdf"
    chooser.reject()
    as_karin.settle()
    assert isinstance(as_karin.dialog, PaperDialog)


def test_a_page_is_as_wide_as_there_is_room_for(qtbot: QtBot) -> None:
    shown = Pages(drawn(to_pdf(paper(Words("En rad.")))), named="Papper")
    qtbot.addWidget(shown)
    shown.resize(500, 400)
    assert shown.grab().toImage().pixelColor(250, 200).name() == "#ffffff"


def test_each_page_has_all_of_its_height_from_the_start(qtbot: QtBot) -> None:
    shown = Pages(drawn(to_pdf(paper(*[Words("En rad.")] * 90))), named="Papper")
    qtbot.addWidget(shown)
    shown.resize(500, 400)
    shown.show()
    assert shown.count > 1
    assert all(one.height() == one.pixmap().height() for one in shown.findChildren(QLabel))


def test_a_paper_is_no_taller_than_the_window_in_large_text(
    unlocked: Callable[[str], Driver], settings: QSettings
) -> None:
    appearance.choose(settings, percent=200)
    driver = unlocked("karin")
    open_paper(driver.work, paper(Words("En rad.")), name="papper.pdf")
    driver.settle()
    shown = driver.dialog
    assert isinstance(shown, PaperDialog)
    assert shown.height() <= driver.work.height()
    assert shown.rect().contains(shown.save.geometry())
