"""Reading and writing a sheet of text cells, as CSV or XLSX, without trusting what is in it.

What begins like a formula is text, coming in and going out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from misam_desktop.domain.text import clean
from misam_desktop.transfer.limits import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_ROWS,
    CellTooLong,
    FileTooLarge,
    NotATable,
    QuotesUnpaired,
    TooManyRows,
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A header and rows of text. Each row stands with its number in the file; the header is row 1."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(content: bytes) -> Sheet:
    """The first sheet of an XLSX file, or a CSV file, told apart by its first bytes; empty rows are left out.

    Raises FileTooLarge, TooManyRows, NotATable, QuotesUnpaired, HasMacros, CellFarOut.
    """
    if len(content) > MOST_BYTES:
        raise FileTooLarge
    kept = []
    for at, row in enumerate(_xlsx_rows(content) if content.startswith(_ZIP) else _csv_rows(content), start=1):
        if any(row):
            kept.append((at, row))
        if len(kept) > MOST_ROWS + 1:
            raise TooManyRows(most=MOST_ROWS)
    if not kept or sum(map(bool, kept[0][1])) < 2:
        raise NotATable
    return Sheet(header=kept[0][1], rows=tuple(kept[1:]))


def _xlsx_rows(content: bytes) -> Iterator[tuple[str, ...]]:
    from misam_desktop.transfer.workbooks import first_sheet

    return (tuple(clean(cell, multiline=True) if cell else "" for cell in row) for row in first_sheet(content))


def _csv_rows(content: bytes) -> Iterator[tuple[str, ...]]:
    text = _decoded(content)
    first = next((line for line in io.StringIO(text, newline=None) if line.strip()), "")
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    if delimiter not in first:
        raise NotATable
    taken = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            taken += 1
            yield tuple(_as_typed(clean(cell, multiline=True)) if cell else "" for cell in row)
    except csv.Error as error:
        raise QuotesUnpaired(at=taken + 1) from error


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise NotATable
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # lists kept in Excel for years are in the encoding of Windows, and some are pasted together of both
        return "".join(map(_line, content.splitlines(keepends=True)))


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _as_typed(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _is_armed(cell) else cell


def _disarmed(cell: str) -> str:
    return f"'{cell}" if _is_armed(cell) else cell


def _is_armed(cell: str) -> bool:
    return cell.lstrip("'").startswith(_FORMULA)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that Excel opens right: UTF-8 with BOM, semicolons, formulas disarmed by an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows(map(_disarmed, row) for row in (header, *rows))
    return out.getvalue().encode("utf-8-sig")


def list_file(header: Sequence[str], rows: Sequence[Sequence[str]], *, suffix: str, title: str) -> bytes:
    """A list as a file of the kind that its name's ending says, ``.csv`` or ``.xlsx``. Raises CellTooLong."""
    return write_csv(header, rows) if suffix.lower() == ".csv" else write_xlsx(header, rows, title=title)


def copied(rows: Iterable[Sequence[str]]) -> str:
    """Rows as they are put on the clipboard: tabs between cells, and no cell that a spreadsheet would calculate."""
    return "\n".join("\t".join(_disarmed(" ".join(cell.split())) for cell in row) for row in rows)


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[str]], *, title: str) -> bytes:
    """An XLSX file of text cells, made in memory; no cell is ever a formula or a link. Raises CellTooLong."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(title)
    bold = book.add_format({"bold": True})
    for line, row in enumerate((header, *rows)):
        for place, cell in enumerate(row):
            if len(cell) > MOST_CHARACTERS:
                raise CellTooLong(most=MOST_CHARACTERS)
            sheet.write_string(line, place, cell, None if line else bold)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
