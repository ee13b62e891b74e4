"""Lists as bytes, for tests that read, bend and break them."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from misam_desktop.domain.register import COLUMNS
from misam_desktop.transfer.sheets import write_csv, write_xlsx

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
HEADER = ("personnummer", "kon", "insats")
ANNA = {
    "personnummer": "19850312-9838",
    "fornamn": "Anna",
    "efternamn": "Älgträsk",
    "kon": "kvinna",
    "insats": "MISAM",
    "remittent": "Kommun",
    "remissdatum": "2019-02-04",
    "beslut": "antas",
    "beslutsdatum": "2019-02-12",
    "inskriven": "2019-02-18",
    "uppdragsgivare": "Kommun",
    "handlaggare": "A. Handläggare",
    "utbildning": "gymnasium",
    "forsorjning_in": "forsorjningsstod",
    "tid_offentlig_mn": "14",
    "sgi0": "ja",
    "samtycke_fran": "2019-02-01",
    "samtycke_till": "2021-01-31",
    "samtycke_parter": "Af+FK+Kommun+Region",
    "skyddad": "nej",
}
"""A row without a fault."""


def cells(**said: str) -> list[str]:
    """Anna's row in the order of the export, with some cells changed."""
    assert said.keys() <= COLUMNS.keys()
    return [(ANNA | said).get(column, "") for column in COLUMNS]


def csv_list(*rows: Sequence[str]) -> bytes:
    """Rows of ``cells`` as a CSV file."""
    return write_csv(list(COLUMNS), rows)


def xlsx_list(*rows: Sequence[str]) -> bytes:
    """The same as a workbook."""
    return write_xlsx(list(COLUMNS), rows, title="Register")


def workbook(fill: Callable[[Any, Any], None]) -> bytes:
    """A workbook with a header, whose first sheet somebody else fills."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Blad1")
    sheet.write_row(0, 0, HEADER)
    fill(book, sheet)
    book.close()
    return out.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """A workbook with each of its parts changed, renamed or, for None, left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            changed = change(entry.filename, before.read(entry))
            if changed is not None:
                after.writestr(*changed)
    return out.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed; the part is there."""
    assert name in zipfile.ZipFile(io.BytesIO(content)).namelist()
    return repacked(content, lambda part, data: (part, change(data) if part == name else data))


@contextmanager
def written_files() -> Iterator[list[str]]:
    """Every file that this process opens to write, makes or renames meanwhile."""
    seen: list[str] = []
    watching = True

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if not watching:
            return
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES:
            seen.append(str(arguments[0]))
        elif event.startswith(("os.mkdir", "os.rename", "tempfile.")):
            seen.append(f"{event} {arguments}")

    sys.addaudithook(watch)
    try:
        yield seen
    finally:
        watching = False
