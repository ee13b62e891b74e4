"""The list as a file: one way in, one way out, and a file to mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from misam_desktop.domain.register import COLUMNS, Planned, Verdict, plan
from misam_desktop.domain.scope import EVERYTHING
from misam_desktop.transfer.files import FileUnreadable
from misam_desktop.transfer.registers import read_register, register_file, to_mend
from misam_desktop.transfer.sheets import read_sheet
from misam_desktop.wording import sentence
from tests.conftest import TODAY
from tests.transfer.worlds import cells, csv_list, xlsx_list


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A list with a good row, two wrong ones, and a column of its own."""
    content = csv_list(cells(), cells(kon="Q"), cells(remissdatum="2019-11-31", fornamn="=1+1"))
    place = tmp_path / "lista.csv"
    place.write_bytes(content.replace(b"skyddad", b"Anteckning"))
    return place


def test_a_list_is_read_whole_with_what_is_left_out(mixed: Path) -> None:
    register = read_register(mixed, today=TODAY)
    assert [read.row is not None for read in register.reads] == [True, False, False]
    assert register.left_out == ("Anteckning",)


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        read_register(tmp_path / "saknas.csv", today=TODAY)


def test_the_rows_to_mend_stand_as_they_were_with_why(mixed: Path) -> None:
    register = read_register(mixed, today=TODAY)
    content = to_mend(register, plan(register.reads, [], ages={}), sentence)
    assert content is not None
    sheet = read_sheet(content)
    assert sheet.header == (*register.sheet.header, "fel")
    assert [row[:-1] for _, row in sheet.rows] == [row for _, row in register.sheet.rows[1:]]
    assert [row[-1].split()[:2] for _, row in sheet.rows] == [["Kolumnen", "kon"], ["Kolumnen", "remissdatum"]]


def test_a_row_shorter_than_the_header_has_its_reason_in_the_last_column(tmp_path: Path) -> None:
    place = tmp_path / "lista.csv"
    place.write_bytes(csv_list(cells()) + b"19850312-9838;Anna\r\n")
    register = read_register(place, today=TODAY)
    content = to_mend(register, plan(register.reads, [], ages={}), sentence)
    assert content is not None
    assert len(read_sheet(content).rows[0][1]) == len(COLUMNS) + 1


def test_a_mended_file_is_taken_in_again(mixed: Path, tmp_path: Path) -> None:
    register = read_register(mixed, today=TODAY)
    content = to_mend(register, plan(register.reads, [], ages={}), sentence)
    assert content is not None
    again = tmp_path / "rättad.csv"
    again.write_bytes(content.replace(b";Q;", b";man;").replace(b"2019-11-31", b"2019-11-30"))
    mended = read_register(again, today=TODAY)
    assert [read.problems for read in mended.reads] == [(), ()]
    assert mended.left_out == ("Anteckning", "fel")


def test_there_is_no_file_to_mend_when_nothing_is_wrong(mixed: Path) -> None:
    register = read_register(mixed, today=TODAY)
    taken = [Planned(at=read.at, verdict=Verdict.NEW, row=read.row) for read in register.reads]
    assert to_mend(register, taken, sentence) is None


@pytest.mark.parametrize("suffix", [".csv", ".XLSX"])
def test_the_register_goes_out_in_the_kind_of_its_name(tmp_path: Path, suffix: str) -> None:
    place = tmp_path / "lista.csv"
    place.write_bytes(csv_list(cells()))
    (read,) = read_register(place, today=TODAY).reads
    assert read.row is not None
    out = tmp_path / f"ut{suffix}"
    out.write_bytes(register_file([read.row], [EVERYTHING], suffix=suffix))
    assert out.read_bytes()[:2] == (b"PK" if suffix == ".XLSX" else b"\xef\xbb")
    assert read_register(out, today=TODAY).reads == (read,)


def test_the_same_list_as_csv_and_as_a_workbook_reads_the_same(tmp_path: Path) -> None:
    by_csv, by_xlsx = tmp_path / "a", tmp_path / "b"
    by_csv.write_bytes(csv_list(cells(), cells(kon="Q")))
    by_xlsx.write_bytes(xlsx_list(cells(), cells(kon="Q")))
    one, other = read_register(by_csv, today=TODAY), read_register(by_xlsx, today=TODAY)
    assert one.sheet == other.sheet
    assert [read.row for read in one.reads] == [read.row for read in other.reads]
