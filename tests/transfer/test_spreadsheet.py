"""A workbook opened by LibreOffice itself: it works out the same sums as stand in the report."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from misam_desktop.domain.report import Share
from misam_desktop.transfer.report_books import xlsx_file
from tests.documents.report_worlds import BY_SEX, REPORT, SHARES

OFFICE = shutil.which("soffice")
NEEDED = "LibreOffice Calc is needed to work the sums out: on Debian, apt-get install libreoffice-calc-nogui"
_EVERY_SHEET = "csv:Text - txt - csv (StarCalc):59,34,UTF8,1,,0,false,true,false,false,false,-1"
"""Semicolons, quotes, UTF-8, cells as they are shown, and each sheet in a file of its own."""


@pytest.fixture(scope="module")
def worked_out(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """The cells of each sheet, all of them calculated by LibreOffice."""
    if OFFICE is None:
        pytest.skip(NEEDED)
    folder = tmp_path_factory.mktemp("office")
    book = folder / "rapport.xlsx"
    book.write_bytes(_without_results(xlsx_file(REPORT, beside=())))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    words = (OFFICE, profile, "--headless", "--convert-to", _EVERY_SHEET, "--outdir", str(folder), str(book))
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    return {one.stem.partition("-")[2]: _rows(one) for one in folder.glob("rapport-*.csv")}


def _without_results(content: bytes) -> bytes:
    """The same workbook without the results of its formulas: with them, LibreOffice trusts what stands there."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", before.read(name)))
    return out.getvalue()


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter=";"))


def test_the_sums_of_a_section_are_what_the_spreadsheet_works_out(worked_out: dict[str, list[list[str]]]) -> None:
    rows = {row[0]: row[1:] for row in worked_out["Avsnitt remittent"] if row}
    assert rows["Summa"] == [str(BY_SEX.sums[one.code]) for one in BY_SEX.columns]
    for row in BY_SEX.rows:
        assert rows[row.words] == [str(row.figures[one.code]) for one in BY_SEX.columns]


def test_the_percentages_are_what_the_spreadsheet_works_out(worked_out: dict[str, list[list[str]]]) -> None:
    rows = {row[0]: row[1:] for row in worked_out["Avsnitt andelar"] if row}
    share = SHARES.rows[0].figures["andel"]
    assert isinstance(share, Share)
    assert rows["I tid"][0].replace(" ", "") == f"{share.percent}%"
    assert rows["Ingen än"][0] == ""
