"""Reading and writing a sheet of text cells, as CSV or XLSX, without trusting what is in it.

Limits: 20 MB, 50,000 rows, 200 MB unpacked. What begins like a formula is text, coming in and going out.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from misam_desktop.domain.errors import UserError
from misam_desktop.domain.text import clean

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
_MOST_UNPACKED = 200 * 1024 * 1024
_MOST_RATIO = 100
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_PIECE = 1 << 16


class FileTooLarge(UserError):
    """The file is larger than a list ever is."""

    code = "file_too_large"


class TooManyRows(UserError):
    """The list has more rows than are taken at once."""

    code = "too_many_rows"


class NotATable(UserError):
    """The file is neither CSV nor XLSX, or has no header."""

    code = "not_a_table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A header and rows of text. Each row stands with its number in the file; the header is row 1."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(content: bytes) -> Sheet:
    """The first sheet of an XLSX file, or a CSV file, told apart by its first bytes.

    Raises FileTooLarge, TooManyRows, NotATable.
    """
    if len(content) > MOST_BYTES:
        raise FileTooLarge
    cells = _xlsx_cells(content) if content.startswith(b"PK\x03\x04") else _csv_cells(content)
    kept = [(at, row) for at, row in enumerate(cells, start=1) if any(row)]
    if not kept or sum(map(bool, kept[0][1])) < 2:
        raise NotATable
    if len(kept) - 1 > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    return Sheet(header=kept[0][1], rows=tuple(kept[1:]))


def _csv_cells(content: bytes) -> Iterable[tuple[str, ...]]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    if delimiter not in first:
        raise NotATable
    try:
        return [tuple(_text(cell) for cell in row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise NotATable from error


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise NotATable
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # lists kept in Excel for years are in the encoding of Windows
        return content.decode("cp1252", errors="replace")


def _xlsx_cells(content: bytes) -> Iterable[tuple[str, ...]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _check_zip(content)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return [tuple(_text(cell) for cell in row) for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, IndexError) as error:
        raise NotATable from error


def _check_zip(content: bytes) -> None:
    """Count what unpacks while reading it: sizes in the zip's own directory prove nothing."""
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                with archive.open(name) as entry:
                    while piece := entry.read(_PIECE):
                        unpacked += len(piece)
                        if unpacked > _MOST_UNPACKED or unpacked > _MOST_RATIO * max(len(content), _PIECE):
                            raise FileTooLarge
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise NotATable from error


def _text(cell: object) -> str:
    match cell:
        case bool():
            return "ja" if cell else "nej"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.isoformat(sep=" ")
        case date() | time() | timedelta():
            return str(cell)
    text = clean(str(cell), multiline=True)
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that Excel opens right: UTF-8 with BOM, semicolons, formulas disarmed by an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_disarmed(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _disarmed(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[str]], *, title: str) -> bytes:
    """An XLSX file of text cells, made in memory; no cell is ever a formula or a link."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(title)
    bold = book.add_format({"bold": True})
    for place, name in enumerate(header):
        sheet.write_string(0, place, name, bold)
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            sheet.write_string(line, place, cell)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
