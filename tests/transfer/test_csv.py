"""CSV files as people keep them, and what they must not do."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.text import clean
from misam_desktop.transfer.limits import MOST_ROWS, FileTooLarge, NotATable, QuotesUnpaired, TooManyRows
from misam_desktop.transfer.sheets import read_sheet, write_csv

HEAD = "personnummer;fornamn\n"


def rows(text: str | bytes) -> list[tuple[str, ...]]:
    content = text if isinstance(text, bytes) else text.encode()
    return [row for _, row in read_sheet(content).rows]


# Encodings and delimiters


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_it_is_read_in_the_encodings_that_excel_writes(encoding: str) -> None:
    assert rows(f"{HEAD}1;Åsa Öberg\n".encode(encoding)) == [("1", "Åsa Öberg")]


def test_a_list_pasted_together_of_two_encodings_is_read_line_by_line() -> None:
    content = HEAD.encode() + "1;Åsa\n".encode("cp1252") + "2;Örjan\n".encode()
    assert rows(content) == [("1", "Åsa"), ("2", "Örjan")]


def test_a_byte_that_no_encoding_explains_is_kept_visible() -> None:
    assert rows(HEAD.encode() + b"1;A\x81sa\n") == [("1", "A\ufffdsa")]


@pytest.mark.parametrize("delimiter", [";", ","])
def test_semicolons_and_commas_both_delimit(delimiter: str) -> None:
    assert rows(f"{HEAD}1;Anna\n".replace(";", delimiter)) == [("1", "Anna")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_machine(end: str) -> None:
    assert rows(f"{HEAD}1;Anna\n2;Bo\n".replace("\n", end)) == [("1", "Anna"), ("2", "Bo")]


# Cells and rows


def test_a_quoted_cell_holds_delimiters_quotes_and_line_breaks() -> None:
    assert rows(f'{HEAD}1;"Rad ett; ""så""\r\nrad två"\n') == [("1", 'Rad ett; "så"\nrad två')]


def test_rows_keep_their_numbers_though_empty_ones_are_left_out() -> None:
    sheet = read_sheet(f"\n{HEAD}\n;\n1;Anna\n".encode())
    assert (sheet.header, sheet.rows) == (("personnummer", "fornamn"), ((5, ("1", "Anna")),))


def test_control_and_bidi_characters_are_taken_out_and_letters_composed() -> None:
    assert rows(f"{HEAD}1;A\u202ena\u200b\x07 O\u0308berg\n") == [("1", "Ana Öberg")]


@pytest.mark.parametrize("quotes", ['1;"Anna\n2;Bo\n', '1;"Anna"x\n2;Bo\n', '1;"' + "a" * 140_000 + '"\n'])
def test_quotes_that_do_not_pair_refuse_the_list_from_their_row(quotes: str) -> None:
    with pytest.raises(QuotesUnpaired) as refused:
        read_sheet(f"{HEAD}0;Eva\n{quotes}".encode())
    assert refused.value.params == {"at": 3}


# Formulas are text, coming in and going out


@pytest.mark.parametrize("begins", ["=", "+", "-", "@"])
def test_what_begins_like_a_formula_is_text_coming_in(begins: str) -> None:
    assert rows(f"{HEAD}1;{begins}1+1\n") == [("1", f"{begins}1+1")]


@pytest.mark.parametrize("cell", ["=1+1", "+46", "-5", "@x", "\tx", "\rx", "\nx", "'=1", "''+1"])
def test_no_cell_that_goes_out_is_a_formula(cell: str) -> None:
    content = write_csv([cell, "fornamn"], [[cell, "Anna"]]).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(content, newline=""), delimiter=";"):
        assert row[0] == f"'{cell}"


def test_a_name_with_an_apostrophe_goes_out_as_it_is() -> None:
    assert b"'t Hooft" in write_csv(["a", "b"], [["'t Hooft", ""]])
    assert b"''t Hooft" not in write_csv(["a", "b"], [["'t Hooft", ""]])


_CELLS = st.text(st.sampled_from("=+-@'\"\t\n;,aÅ ")).map(lambda text: clean(text, multiline=True))


@given(st.lists(st.tuples(_CELLS, _CELLS).filter(any), min_size=1, max_size=5))
def test_what_goes_out_comes_in_again_the_same(written: Sequence[tuple[str, str]]) -> None:
    assert rows(write_csv(["personnummer", "fornamn"], written)) == list(written)


# What is no list


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"personnummer\n1\n",
        b"personnummer;\n1;2\n",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01;\n",
        "personnummer;fornamn\n1;Anna\n".encode("utf-16"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00;",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    ],
    ids=["empty", "blank", "one column", "one title", "jpg", "utf-16", "xls or encrypted", "pdf"],
)
def test_what_is_not_a_table_is_refused(content: bytes) -> None:
    with pytest.raises(NotATable):
        read_sheet(content)


def test_the_most_rows_are_read_and_one_more_is_refused() -> None:
    most = HEAD.encode() + b"1;a\n" * MOST_ROWS
    assert len(read_sheet(most).rows) == MOST_ROWS
    with pytest.raises(TooManyRows) as refused:
        read_sheet(most + b"1;a\n")
    assert refused.value.params == {"most": MOST_ROWS}


def test_a_file_of_more_than_twenty_megabytes_is_refused() -> None:
    with pytest.raises(FileTooLarge):
        read_sheet(HEAD.encode() + b" " * 20 * 1024 * 1024)
