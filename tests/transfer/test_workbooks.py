"""Workbooks: what spreadsheets write, and what somebody else could put in one."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest

from misam_desktop.transfer.limits import (
    MOST_CHARACTERS,
    MOST_ROWS,
    CellFarOut,
    CellTooLong,
    FileTooLarge,
    HasMacros,
    NotATable,
    TooManyRows,
)
from misam_desktop.transfer.sheets import read_sheet, write_xlsx
from tests.transfer.worlds import HEADER, repacked, with_part, workbook, written_files

SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
PLAIN = workbook(lambda _book, sheet: sheet.write_row(1, 0, ["1", "man", "MISAM"]))


def rows(content: bytes) -> list[tuple[str, ...]]:
    return [row for _, row in read_sheet(content).rows]


# What spreadsheets write


def test_cells_are_text_whatever_they_hold() -> None:
    def fill(book: Any, sheet: Any) -> None:
        day, clock = (book.add_format({"num_format": f"yyyy-mm-dd{time}"}) for time in ("", " hh:mm"))
        sheet.write_number(1, 0, 198503129838)
        sheet.write_datetime(1, 1, datetime(2019, 2, 4), day)  # noqa: DTZ001 – a spreadsheet knows no time zone
        sheet.write_boolean(1, 2, True)
        sheet.write_number(2, 0, 14.5)
        sheet.write_boolean(2, 1, False)
        sheet.write_datetime(2, 2, datetime(2019, 2, 5, 13, 30), clock)  # noqa: DTZ001 – as above

    assert rows(workbook(fill)) == [
        ("198503129838", "2019-02-04", "ja"),
        ("14.5", "nej", "2019-02-05 13:30:00"),
    ]


def test_a_formula_is_the_text_of_its_result_and_never_run() -> None:
    content = workbook(lambda _book, sheet: sheet.write_formula(1, 0, '=HYPERLINK("http://x","y")', None, "y"))
    assert rows(content) == [("y", "", "")]


def test_text_that_begins_like_a_formula_stays_text() -> None:
    content = write_xlsx(HEADER, [["=1+1", "'=x", "@SUM(A1)"]], title="Blad1")
    assert rows(content) == [("=1+1", "'=x", "@SUM(A1)")]
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read(SHEET)


def test_the_first_sheet_that_is_shown_is_read() -> None:
    def fill(book: Any, sheet: Any) -> None:
        shown = book.add_worksheet("Listan")
        shown.write_row(0, 0, ["personnummer", "insats"])
        shown.write_row(1, 0, ["1", "MISAM"])
        shown.activate()
        sheet.hide()

    assert rows(workbook(fill)) == [("1", "MISAM")]


def test_empty_rows_are_left_out_and_the_others_keep_their_numbers() -> None:
    content = workbook(lambda _book, sheet: sheet.write_row(4, 0, ["1", "man", "MISAM"]))
    assert read_sheet(content).rows == ((5, ("1", "man", "MISAM")),)


def test_a_format_far_down_on_empty_cells_does_no_harm() -> None:
    content = workbook(lambda book, sheet: sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True})))
    assert rows(content) == []


def test_cells_that_do_not_say_where_they_stand_follow_each_other() -> None:
    def without_places(part: bytes) -> bytes:
        for place in (b"A1", b"B1", b"C1", b"A2", b"B2", b"C2"):
            part = part.replace(b' r="%s"' % place, b"")
        return part.replace(b' r="2"', b"").replace(b' r="1"', b"")

    assert rows(with_part(PLAIN, SHEET, without_places)) == [("1", "man", "MISAM")]


def test_nothing_is_written_to_disk_on_the_way_in_or_out() -> None:
    with written_files() as seen:
        read_sheet(write_xlsx(HEADER, [["1", "man", "MISAM"]], title="Blad1"))
    assert seen == []


# What is refused


def test_a_cell_in_the_far_corner_is_told_and_not_made_room_for() -> None:
    content = workbook(lambda _book, sheet: sheet.write_string(1_048_575, 16_383, "x"))
    assert len(content) < 10_000
    with pytest.raises(CellFarOut) as refused:
        read_sheet(content)
    assert refused.value.params == {"row": 1_048_576, "column": 16_384}


def test_a_far_corner_without_its_place_is_found_too() -> None:
    far = b'<row r="1048576"><c r="XFC1048576"><v>1</v></c><c><v>1</v></c></row></sheetData>'
    with pytest.raises(CellFarOut) as refused:
        read_sheet(with_part(PLAIN, SHEET, lambda part: part.replace(b"</sheetData>", far)))
    assert refused.value.params == {"row": 1_048_576, "column": 16_384}


@pytest.mark.parametrize("claim", [b'uniqueCount="99999999999"', b'uniqueCount="-"'])
def test_a_part_that_lies_about_its_size_is_refused(claim: bytes) -> None:
    with pytest.raises(NotATable):
        read_sheet(with_part(PLAIN, STRINGS, lambda part: part.replace(b'uniqueCount="6"', claim)))


@pytest.mark.parametrize("place", [b"", b"1", b"A", b"ABCD1", b"A-1", "Å1".encode()])
def test_a_cell_that_stands_nowhere_is_refused(place: bytes) -> None:
    with pytest.raises(NotATable):
        read_sheet(with_part(PLAIN, SHEET, lambda part: part.replace(b'r="B2"', b'r="%s"' % place)))


def test_entities_are_refused_and_never_expanded() -> None:
    bomb = b'?>\n<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(NotATable):
        read_sheet(with_part(PLAIN, SHEET, lambda part: part.replace(b"?>", bomb, 1)))


def test_an_encoding_that_nobody_knows_is_refused() -> None:
    with pytest.raises(NotATable):
        read_sheet(with_part(PLAIN, STRINGS, lambda part: part.replace(b"UTF-8", b"UTF-5")))


def test_more_elements_than_any_list_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("misam_desktop.transfer.workbooks._MOST_CELLS", 5)
    with pytest.raises(FileTooLarge):
        read_sheet(PLAIN)


@pytest.mark.parametrize("part", [SHEET, "docProps/app.xml"])
def test_a_part_that_unpacks_a_hundred_times_larger_is_refused(part: str) -> None:
    content = with_part(PLAIN, part, lambda data: data + b" " * 10_000_000)
    assert len(content) < 30_000
    with pytest.raises(FileTooLarge):
        read_sheet(content)


def test_more_than_200_megabytes_unpacked_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("misam_desktop.transfer.workbooks._MOST_UNPACKED", 4_000)
    with pytest.raises(FileTooLarge):
        read_sheet(PLAIN)


def test_what_the_archive_says_of_its_own_sizes_proves_nothing() -> None:
    content = bytearray(with_part(PLAIN, "docProps/app.xml", lambda data: data + b" " * 10_000_000))
    size = (10_000_000 + len(zipfile.ZipFile(io.BytesIO(PLAIN)).read("docProps/app.xml"))).to_bytes(4, "little")
    assert content.count(size) == 2
    with pytest.raises((FileTooLarge, NotATable)):
        read_sheet(bytes(content.replace(size, (100).to_bytes(4, "little"))))


def test_a_workbook_with_macros_is_refused() -> None:
    with_macros = repacked(PLAIN, lambda part, data: (part.replace("docProps/app.xml", "xl/vbaProject.bin"), data))
    with pytest.raises(HasMacros):
        read_sheet(with_macros)


@pytest.mark.parametrize("part", [SHEET, BOOK, "xl/_rels/workbook.xml.rels"])
def test_a_workbook_that_lacks_a_part_is_refused(part: str) -> None:
    with pytest.raises(NotATable):
        read_sheet(repacked(PLAIN, lambda name, data: None if name == part else (name, data)))


def test_a_workbook_without_a_sheet_that_is_shown_is_refused() -> None:
    hidden = with_part(
        PLAIN, BOOK, lambda part: part.replace(b'<sheet name="Blad1"', b'<sheet name="Blad1" state="hidden"')
    )
    with pytest.raises(NotATable):
        read_sheet(hidden)


def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, b"<worksheet/>")
    with pytest.raises(NotATable):
        read_sheet(out.getvalue())


def test_too_many_parts_are_refused() -> None:
    out = io.BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(2_000):
            archive.writestr(f"xl/media/{number}.png", b"")
    with pytest.raises(NotATable):
        read_sheet(out.getvalue())


def test_a_packing_that_no_spreadsheet_uses_is_refused() -> None:
    out = io.BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/media/a.png", b"x" * 100)
    with pytest.raises(NotATable):
        read_sheet(out.getvalue())


@pytest.mark.parametrize("content", [b"PK\x03\x04", PLAIN[: len(PLAIN) // 2], PLAIN[:-30], b"PK\x03\x04" + b"\0" * 100])
def test_a_workbook_cut_off_is_refused(content: bytes) -> None:
    with pytest.raises(NotATable):
        read_sheet(content)


def test_another_kind_of_archive_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")
    with pytest.raises(NotATable):
        read_sheet(out.getvalue())


def test_one_row_too_many_is_refused() -> None:
    content = write_xlsx(HEADER, (["1", "man"] for _ in range(MOST_ROWS + 1)), title="Blad1")
    with pytest.raises(TooManyRows):
        read_sheet(content)


def test_a_text_that_no_cell_holds_is_told_and_not_lost() -> None:
    longest = "a" * MOST_CHARACTERS
    assert rows(write_xlsx(HEADER, [[longest]], title="Blad1")) == [(longest, "", "")]
    with pytest.raises(CellTooLong):
        write_xlsx(HEADER, [[f"{longest}a"]], title="Blad1")
