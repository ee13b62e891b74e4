"""A paper on the printer: every page of it, in order, and nothing left in a file."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Pdf
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.paper import NewPage, Words
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
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
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


def test_what_is_printed_stands_where_it_stood_on_the_page(as_karin: Driver, tmp_path: Path) -> None:
    content = to_pdf(paper(Words("\n".join(["En rad."] * 9)), NewPage(), Words("Sista sidan.")))
    print_on(as_karin.work, on_paper(tmp_path / "utskrift.pdf"), content)
    as_karin.settle()
    printed = drawn((tmp_path / "utskrift.pdf").read_bytes())
    for page, before in zip(printed, drawn(content), strict=True):
        assert [pytest.approx(at, abs=3) for at in coarse(before)] == coarse(page)


def coarse(page: QImage) -> list[int]:
    """The same of what stands further apart than lines of text."""
    edges = bands(page)
    apart = [at for at in range(1, len(edges) - 1, 2) if edges[at + 1] - edges[at] > 60]
    return [edges[0], *(edges[at + step] for at in apart for step in (0, 1)), edges[-1]]


def bands(page: QImage) -> list[int]:
    """The lines at which something begins or ends."""
    lines, length = page.constBits(), page.bytesPerLine()
    inked = [set(bytes(lines[at * length : (at + 1) * length])) != {255} for at in range(page.height())]
    return [at for at in range(1, page.height()) if inked[at] != inked[at - 1]]


def test_a_page_with_nothing_on_it_is_printed_white(as_karin: Driver, tmp_path: Path) -> None:
    empty = Pdf.new()
    empty.add_blank_page()
    content = BytesIO()
    empty.save(content)
    print_on(as_karin.work, on_paper(tmp_path / "utskrift.pdf"), content.getvalue())
    as_karin.settle()
    [page] = drawn((tmp_path / "utskrift.pdf").read_bytes())
    assert bands(page) == []


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
