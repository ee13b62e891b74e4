"""The team's list of indicators: taken as it stands, or refused with the row that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from misam_desktop.domain.errors import UserError
from misam_desktop.domain.indicator import Line
from misam_desktop.transfer.indicators import (
    MOST,
    CodeRepeated,
    IndicatorsTooMany,
    RowTooLong,
    RowWrong,
    read_indicators,
)
from misam_desktop.transfer.register_rows import ColumnsMissing, NoRows
from misam_desktop.transfer.sheets import write_csv, write_xlsx
from misam_desktop.wording import sentence

HEADER = ("Kod", "Text", "Grupp")
ROWS = (("1", "Jag har kunnat  bestämma", "Individ"), ("2", "Vi har en plan", ""))


def listed(folder: Path, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Path:
    path = folder / "indikatorer.csv"
    path.write_bytes(write_csv(header, rows))
    return path


def test_a_list_is_read_as_it_stands(tmp_path: Path) -> None:
    read = (Line("1", "Jag har kunnat bestämma", "Individ"), Line("2", "Vi har en plan", ""))
    assert read_indicators(listed(tmp_path, *ROWS)) == read
    book = tmp_path / "indikatorer.xlsx"
    book.write_bytes(write_xlsx(HEADER, ROWS, title="Indikatorer"))
    assert read_indicators(book) == read


def test_the_group_may_be_left_out(tmp_path: Path) -> None:
    assert read_indicators(listed(tmp_path, ("1", "Jag bestämmer"), header=("kod", "text"))) == (
        Line("1", "Jag bestämmer", ""),
    )


@pytest.mark.parametrize(
    ("rows", "error", "told"),
    [
        ([*ROWS, ("3", " ", "Team")], RowWrong, "Rad 4: «text» är tomt."),
        ([("", "Vi har en plan", "")], RowWrong, "Rad 2: «kod» är tomt."),
        ([*ROWS, ("1", "En gång till", "")], CodeRepeated, "Rad 4: koden finns redan"),
        ([("1", "Jag bestämmer", "Individ", "mer")], RowTooLong, "Rad 2 har fler celler"),
        ([], NoRows, "Listan har rubriker men inga rader"),
        ([(str(at), "Jag bestämmer", "") for at in range(MOST + 1)], IndicatorsTooMany, f"högst {MOST}"),
    ],
)
def test_a_list_with_a_wrong_row_is_refused_with_a_sentence(
    tmp_path: Path, rows: list[tuple[str, ...]], error: type[UserError], told: str
) -> None:
    with pytest.raises(error) as refused:
        read_indicators(listed(tmp_path, *rows))
    assert told in sentence(refused.value)


def test_a_list_without_its_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ColumnsMissing) as refused:
        read_indicators(listed(tmp_path, ("1", "Jag bestämmer"), header=("nr", "text")))
    assert "kod" in sentence(refused.value)
