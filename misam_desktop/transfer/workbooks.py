"""The first sheet of an XLSX file as rows of text, without trusting what is in it; nothing is written to disk.

The parser gets a small archive made anew of the few parts it needs, each counted while it was unpacked: what the
file's own directory says proves nothing. It also makes room for what a part claims to hold, and for every cell up to
the last one: a file of 5 kB with one cell in the far corner asks for 550 GB, and the program ends. So each part is gone
through first.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from misam_desktop.transfer.limits import CellFarOut, FileTooLarge, HasMacros, NotATable

_MOST_UNPACKED = 200 * 1024 * 1024
_MOST_RATIO = 100
_MOST_PARTS = 2_000
_MOST_CELLS = 5_000_000
_PIECE = 1 << 16
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
_WORKBOOK, _MACROS = "xl/workbook.xml", "vbaproject.bin"
_NEEDED = re.compile(
    r"\[content_types]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/sharedstrings\.xml"
    r"|xl/styles\.xml|xl/worksheets/[^/]+\.xml"
)


def first_sheet(content: bytes) -> list[list[str]]:
    """The cells of the first sheet that is shown, as text. Raises FileTooLarge, HasMacros, CellFarOut, NotATable."""
    parts = _unpacked(content)
    for part in parts.values():
        _must_be_modest(part)
    return [[_text(cell) for cell in row] for row in _parsed(_packed(parts))]


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The parts that are needed; all are unpacked, to be counted."""
    most = min(_MOST_UNPACKED, _MOST_RATIO * max(len(content), _PIECE))
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _must_be_workbook(entries)
            for entry in entries:
                part = _part(archive, entry, most)
                most -= len(part)
                if _NEEDED.fullmatch(entry.filename.lower()):
                    parts[entry.filename] = part
    except _BROKEN as error:
        raise NotATable from error
    return parts


def _must_be_workbook(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if _WORKBOOK not in names or len(names) > _MOST_PARTS or len(set(names)) < len(names):
        raise NotATable
    if any(name.endswith(_MACROS) for name in names):
        raise HasMacros
    if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
        raise NotATable


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    pieces = []
    with archive.open(entry) as source:
        while piece := source.read(_PIECE):
            most -= len(piece)
            if most < 0:
                raise FileTooLarge
            pieces.append(piece)
    return b"".join(pieces)


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    out.seek(0)
    return out


def _must_be_modest(part: bytes) -> None:
    """Raises NotATable for a part that is not whole or lies about its size, CellFarOut, FileTooLarge."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import XMLParser

    if part.count(b"<") > 4 * _MOST_CELLS:  # a cell begins and ends, and so does what it holds
        raise FileTooLarge
    watch = _Watch()
    parser = XMLParser(target=object(), forbid_dtd=True)
    # straight to what watches, past two layers of Python: a large sheet takes half the time
    parser.parser.StartElementHandler, parser.parser.DefaultHandlerExpand = watch.begin, None
    try:
        parser.feed(part)
        parser.close()
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise NotATable from error
    if watch.last_row * watch.last_column > _MOST_CELLS:
        raise CellFarOut(row=watch.last_row, column=watch.last_column)


class _Watch:
    """Sees the elements of a part go by: how much it claims to hold, and the last row and column that are filled."""

    def __init__(self) -> None:
        self.last_row = self.last_column = 0
        self._row = self._column = 0
        self._columns: dict[str, int] = {}

    def begin(self, tag: str, attributes: list[str]) -> None:
        """An element begins; attributes come as name, value, name, value. Raises ValueError for what cannot be."""
        name = tag[tag.rfind("}") + 1 :]
        if name == "c":
            self._cell(attributes[1] if attributes[:1] == ["r"] else _by_name(attributes).get("r"))
        elif name in {"v", "t", "f"}:
            self.last_row = max(self.last_row, self._row)
            self.last_column = max(self.last_column, self._column)
        elif name == "row":
            self._row, self._column = int(_by_name(attributes).get("r", self._row + 1)), 0
        elif any(int(_by_name(attributes).get(claim, 0)) > _MOST_CELLS for claim in ("count", "uniqueCount")):
            raise ValueError(name)

    def _cell(self, place: str | None) -> None:
        """A cell says where it stands, «C2», or comes after the one before."""
        if place is None:
            self._column += 1
            return
        letters = place.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = _column(letters)
        self._row, self._column = int(place[len(letters) :]), self._columns[letters]


def _by_name(attributes: list[str]) -> dict[str, str]:
    return dict(zip(attributes[::2], attributes[1::2], strict=True))


def _column(letters: str) -> int:
    """«A» is 1, «AB» is 28."""
    if not re.fullmatch("[A-Za-z]{1,3}", letters):
        raise ValueError(letters)
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _parsed(book: io.BytesIO) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(book)
        shown = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
        ]
        return workbook.get_sheet_by_name(shown[0]).to_python(skip_empty_area=False) if shown else []
    except Exception as error:  # another's parser: whatever it stumbles over, the file is no list
        raise NotATable from error


def _text(cell: object) -> str:
    match cell:
        case str():
            return cell
        case bool():
            return "ja" if cell else "nej"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.isoformat(sep=" ")
    return str(cell)
