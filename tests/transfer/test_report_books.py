"""A report as a workbook: real numbers, sums that are worked out, and words that are never formulas."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from python_calamine import CalamineWorkbook

from misam_desktop.domain.suppression import without_small
from misam_desktop.domain.worded import WordedReport
from misam_desktop.transfer.report_books import xlsx_file
from tests.documents.report_worlds import BY_SEX, REPORT

BESIDE = (("Verksamhet", "=cmd|' /C calc'!A0"), ("Period", "2025"))


def sheets(report: WordedReport) -> dict[str, list[list[Any]]]:
    """Every sheet as a program reads it that does not calculate."""
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx_file(report, beside=BESIDE)))
    return {name: list(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}


def formulas(report: WordedReport) -> list[str]:
    """Every formula of the workbook."""
    with zipfile.ZipFile(BytesIO(xlsx_file(report, beside=BESIDE))) as archive:
        parts = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
    roots: list[Element] = [fromstring(part) for part in parts]
    return [one.text or "" for root in roots for one in root.iter() if one.tag.endswith("}f")]


def test_there_is_a_sheet_a_section_and_one_before_and_after() -> None:
    assert list(sheets(REPORT)) == [
        "Om rapporten", "Avsnitt remittent", "Avsnitt flode", "Avsnitt fore_efter", "Avsnitt andelar", "Kontroller",
    ]  # fmt: skip


def test_numbers_are_numbers_and_the_sums_stand_under_them() -> None:
    sheet = sheets(REPORT)["Avsnitt remittent"]
    assert sheet[2] == ["Redovisas", "Totalt", "Kvinnor", "Män", "Icke-binär/annat"]
    assert sheet[3] == ["Af", 45.0, 15.0, 30.0, 0.0]
    assert sheet[6] == ["Summa", 79.0, 29.0, 49.0, 1.0]


def test_a_share_and_a_middle_stand_with_what_they_are_worked_out_of() -> None:
    sheet = sheets(REPORT)["Avsnitt andelar"]
    assert sheet[2][:6] == ["Redovisas", "Andel", "Täljare", "Nämnare", "Median, dagar", "Av antal"]
    assert sheet[3] == ["I tid", 0.375, 12.0, 32.0, 8.46, 32.0, "Bättre."]
    assert sheet[4][:6] == ["Ingen än", "", 0.0, 0.0, "", 0.0]
    assert sheet[7][0] == "Andelen är återkopplingar i tid, av alla."


def test_the_only_formulas_are_sums_and_shares_over_cells() -> None:
    assert formulas(REPORT)
    for one in formulas(REPORT):
        assert re.fullmatch(r'SUM\([A-Z0-9:,]+\)|IF\([A-Z]+\d+=0,"",[A-Z]+\d+/[A-Z]+\d+\)', one)


def test_words_that_begin_like_a_formula_are_text() -> None:
    told = sheets(REPORT)
    assert told["Om rapporten"][1] == ["Verksamhet", "=cmd|' /C calc'!A0"]
    assert told["Avsnitt remittent"][4][0] == "=Region VB & <b>Lycksele</b>"


def test_what_is_hidden_is_two_dots_and_no_sum_gives_it_away() -> None:
    hidden = without_small(REPORT)
    sheet = sheets(hidden)["Avsnitt remittent"]
    assert ".." in sheet[4]
    shown = {one for row in sheet[3:7] for one in row}
    assert 1.0 not in shown
    gone = {(line, "ABCDE"[place]) for line in (3, 4, 5) for place, one in enumerate(sheet[line]) if one == ".."}
    assert gone
    for one in formulas(replace(hidden, sections=hidden.sections[:1])):
        first, last = (re.findall(r"([A-E])(\d)", one)[at] for at in (0, -1))
        assert not any(
            first[0] <= place <= last[0] and int(first[1]) <= line + 1 <= int(last[1]) for line, place in gone
        )


def test_titles_that_are_long_or_alike_or_hold_what_no_sheet_may_be_called_get_names_of_their_own() -> None:
    alike = tuple(
        replace(BY_SEX, title=title) for title in ("Försörjning: in [rader] " * 3, "försörjning: IN [rader] " * 3)
    )
    names = list(sheets(replace(REPORT, sections=alike)))
    assert len({name.casefold() for name in names}) == 4
    assert max(map(len, names)) <= 31


@pytest.mark.parametrize("ok", [True, False])
def test_every_check_is_told(ok: bool) -> None:
    report = replace(REPORT, checks=(replace(REPORT.checks[0], ok=ok),))
    assert sheets(report)["Kontroller"][1] == ["Ja" if ok else "NEJ", REPORT.checks[0].words]
