"""The register list as a file, in and out: one way for the command line and the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.register import COLUMNS, LEFT_OUT, Planned, Read, RegisterRow
from misam_desktop.transfer.files import read_file
from misam_desktop.transfer.register_rows import read_rows, written
from misam_desktop.transfer.sheets import Sheet, list_file, read_sheet, write_csv


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A list as it was read: its cells, each row understood or explained, and the columns that are left out."""

    sheet: Sheet
    reads: tuple[Read, ...]
    left_out: tuple[str, ...]


def read_register(path: Path, *, today: date) -> Register:
    """Read a list, CSV or XLSX; no row is refused here, each says what is wrong with it.

    Raises FileUnreadable, and what ``read_sheet`` and ``read_rows`` raise.
    """
    sheet = read_sheet(read_file(path))
    reads, left_out = read_rows(sheet, today=today)
    return Register(sheet=sheet, reads=tuple(reads), left_out=tuple(left_out))


def to_mend(register: Register, planned: Iterable[Planned], explain: Callable[[MisamError], str]) -> bytes | None:
    """The rows that an import leaves out, as a CSV file to mend and take in again; None when there are none.

    They stand as they were read, with a last column that says why.
    """
    why = {row.at: " ".join(map(explain, row.remarks)) for row in planned if row.verdict in LEFT_OUT}
    header, width = register.sheet.header, len(register.sheet.header)
    rows = [[*row, *[""] * (width - len(row)), why[at]] for at, row in register.sheet.rows if at in why]
    return write_csv([*header, "fel"], rows) if rows else None


def register_file(rows: Sequence[RegisterRow], kinds: Sequence[frozenset[InfoKind]], *, suffix: str) -> bytes:
    """The register as a file of the kind that its name's ending says, ``.csv`` or ``.xlsx``. Raises CellTooLong.

    ``kinds`` are what each row tells; the cells of the rest say that they are withheld.
    """
    return list_file(list(COLUMNS), list(map(written, rows, kinds)), suffix=suffix, title="Register")
