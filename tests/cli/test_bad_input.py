"""Bad keys, bad stores and bad lists: a clear sentence each, exit 1, nothing lost and nothing half done."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from misam_desktop.keys.key_file import path_beside
from misam_desktop.transfer.limits import MOST_BYTES, MOST_ROWS
from misam_desktop.transfer.sheets import read_sheet
from tests.cli.worlds import Ended, Terminal
from tests.conftest import found_store
from tests.store.worlds import as_anybody, driver_of
from tests.transfer.worlds import HEADER, cells, csv_list, repacked, with_part, workbook

ENGLISH = ("Traceback", "Error", "error", "Exception", "File ", "None")


def is_a_sentence(ended: Ended) -> bool:
    """One plain sentence or two on standard error, and nothing that only a programmer understands."""
    lines = ended.err.splitlines()
    return len(lines) == 1 and lines[0].endswith(".") and not any(word in ended.all for word in ENGLISH)


def listed(terminal: Terminal, store: Path, folder: Path) -> int:
    """How many rows the register has."""
    out = folder / "räknas.csv"
    assert terminal.on(store, "export", "--out", out, "--force").code == 0
    return len(read_sheet(out.read_bytes()).rows)


@pytest.fixture
def filled(terminal: Terminal, founded: Path, tmp_path: Path) -> Path:
    """A store with one participant."""
    lista = tmp_path / "en.csv"
    lista.write_bytes(csv_list(cells()))
    assert terminal.on(founded, "import", lista).code == 0
    return founded


# The key and the store


def _missing_key(store: Path, _folder: Path) -> None:
    path_beside(store).unlink()


def _foreign_key(store: Path, folder: Path) -> None:
    (folder / "annan").mkdir()
    shutil.copy(path_beside(found_store(folder / "annan" / "b.misam")), path_beside(store))


def _damaged_key(store: Path, _folder: Path) -> None:
    path_beside(store).write_bytes(path_beside(store).read_bytes()[:-9])


def _damaged_store(store: Path, _folder: Path) -> None:
    content = bytearray(store.read_bytes())
    content[20:4096] = bytes(4076)
    store.write_bytes(content)


def _no_store(store: Path, _folder: Path) -> None:
    store.unlink()


def _newer_store(store: Path, _folder: Path) -> None:
    with driver_of(store) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (_missing_key, "Nyckelfilen prov.misam.nycklar saknas."),
        (_foreign_key, "Nyckelfilen hör till ett annat register"),
        (_damaged_key, "Nyckelfilen är skadad"),
        (_damaged_store, "Registret går inte att läsa"),
        (_no_store, "Registret finns inte på den platsen."),
        (_newer_store, "Registret är ändrat av en nyare version av programmet."),
    ],
    ids=["no key file", "foreign key file", "damaged key file", "damaged store", "no store", "newer store"],
)
@pytest.mark.parametrize("command", ["import", "export", "report", "meetings", "log", "verify"])
def test_a_store_that_does_not_open_is_told_by_every_command(
    terminal: Terminal, founded: Path, tmp_path: Path, command: str, damage: Callable[[Path, Path], None], says: str
) -> None:
    lista, out = tmp_path / "en.csv", tmp_path / "ut.csv"
    lista.write_bytes(csv_list(cells()))
    words: dict[str, tuple[object, ...]] = {
        "import": (lista,),
        "export": ("--out", out),
        "report": ("arsredovisning", "--insats", "MISAM", "--year", "2019", "--out", out),
    }
    damage(founded, tmp_path)
    before = founded.read_bytes() if founded.exists() else None
    ended = terminal.on(founded, command, *words.get(command, ()))
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(says)
    assert is_a_sentence(ended)
    assert not out.exists()
    assert (founded.read_bytes() if founded.exists() else None) == before


def test_a_store_in_use_is_told(
    terminal: Terminal, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("misam_desktop.store.engine.BUSY_TIMEOUT_S", 0.05)
    lista = tmp_path / "fler.csv"
    lista.write_bytes(csv_list(cells(insats="Jobbtorg")))
    with driver_of(filled) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        ended = terminal.on(filled, "import", lista)
        raw.execute("ROLLBACK")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("Registret används av ett annat program just nu.")
    assert is_a_sentence(ended)
    assert listed(terminal, filled, tmp_path) == 1


def test_a_store_that_cannot_be_written_is_told(terminal: Terminal, filled: Path, tmp_path: Path) -> None:
    lista = tmp_path / "fler.csv"
    lista.write_bytes(csv_list(cells(insats="Jobbtorg")))
    read_only: AbstractContextManager[Any] = as_anybody()
    filled.chmod(0o444)
    filled.parent.chmod(0o555)
    try:
        with read_only:
            ended = terminal.on(filled, "import", lista)
    finally:
        filled.parent.chmod(0o755)
        filled.chmod(0o600)
    assert (ended.code, ended.out) == (1, "")
    assert is_a_sentence(ended)
    assert listed(terminal, filled, tmp_path) == 1


@pytest.mark.parametrize("name", ["a" * 300, "en.csv/a.misam"], ids=["a name too long", "within a file"])
def test_a_place_where_no_store_can_be_is_told(terminal: Terminal, filled: Path, tmp_path: Path, name: str) -> None:
    assert filled.exists()
    ended = terminal.on(tmp_path / name, "verify")
    assert ended.code == 1
    assert is_a_sentence(ended)


# The list


def _workbook_with(change: Callable[[bytes], bytes]) -> bytes:
    plain = workbook(lambda _book, sheet: sheet.write_row(1, 0, ["1", "man", "MISAM"]))
    return with_part(plain, "xl/worksheets/sheet1.xml", change)


def _with_macros() -> bytes:
    return repacked(
        workbook(lambda _book, _sheet: None),
        lambda part, data: (part.replace("docProps/app.xml", "xl/vbaProject.bin"), data),
    )


def _without_sheet() -> bytes:
    return repacked(
        workbook(lambda _book, _sheet: None),
        lambda part, data: None if part == "xl/worksheets/sheet1.xml" else (part, data),
    )


LISTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "jpg": (lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + bytes(range(256)), "Filen går inte att läsa som en"),
    "empty": (lambda: b"", "Filen går inte att läsa som en lista."),
    "text": (lambda: b"Bara en rad text.\n", "Filen går inte att läsa som en lista."),
    "utf-16": (lambda: "personnummer;kon\n1;man\n".encode("utf-16"), "Filen går inte att läsa som en lista."),
    "another table": (lambda: b"artikel;pris\npenna;12\n", "Filen går inte att läsa som en lista."),
    "no rows": (csv_list, "Listan har rubriker men inga rader under dem."),
    "columns": (lambda: b"personnummer;kon\n1;man\n", "Listan saknar kolumner som behövs: insats, remittent,"),
    "quotes": (lambda: csv_list(cells(), cells()).replace(b";Anna;", b';"Anna;', 1), "Ett citattecken saknar sin"),
    "too many": (lambda: csv_list() + b"1;a\r\n" * (MOST_ROWS + 1), "Listan har för många rader: högst 50000"),
    "too large": (lambda: csv_list() + b" " * MOST_BYTES, "Filen är för stor för att vara en lista."),
    "zip bomb": (
        lambda: _workbook_with(lambda part: part + b" " * 30_000_000), "Filen är för stor för att vara en lista.",
    ),
    "far corner": (
        lambda: workbook(lambda _book, sheet: sheet.write_string(1_048_575, 16_383, "x")),
        "Bladet har något långt utanför listan: det sträcker sig till rad 1048576 och kolumn 16384.",
    ),
    "macros": (_with_macros, "Arbetsboken innehåller makron och tas inte emot."),
    "no sheet": (_without_sheet, "Filen går inte att läsa som en lista."),
    "cut off": (lambda: workbook(lambda _book, _sheet: None)[:2000], "Filen går inte att läsa som en lista."),
    "only a header": (
        lambda: workbook(lambda _book, sheet: sheet.write_row(0, len(HEADER), ["remittent"])), "Listan saknar kolumner",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", LISTS)
def test_a_file_that_is_no_list_is_told_and_nothing_is_taken(
    terminal: Terminal, filled: Path, tmp_path: Path, kind: str
) -> None:
    make, says = LISTS[kind]
    lista = tmp_path / "lista.xlsx"
    lista.write_bytes(make())
    ended = terminal.on(filled, "import", lista, "--good-rows")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(says)
    assert is_a_sentence(ended)
    assert listed(terminal, filled, tmp_path) == 1


@pytest.mark.parametrize("name", ["saknas.csv", ".", "a" * 300], ids=["missing", "a folder", "a name too long"])
def test_a_list_that_cannot_be_read_is_told(terminal: Terminal, founded: Path, tmp_path: Path, name: str) -> None:
    ended = terminal.on(founded, "import", tmp_path / name)
    assert ended.code == 1
    assert ended.err.startswith("Filen går inte att läsa. Kontrollera sökvägen")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            lambda content: content.replace(b"2019-02-18", b"2021-11-31"),
            "Kolumnen inskriven har inget datum som finns.",
        ),
        (
            lambda content: content.replace(b"2019-02-18", b"2027-02-18"),
            "Kolumnen inskriven har ett datum som",
        ),
        (lambda content: content.replace(b"Anna", b"A\x81na"), "Kolumnen fornamn har tecken som inte går att läsa."),
        (lambda content: content.replace(b";Anna;", b";Anna;Lisa;"), "Raden har fler celler än rubriken."),
        (lambda content: content.replace(b"9838", b"9839"), "Kontrollsiffran stämmer inte."),
    ],
    ids=["no such date", "a date to come", "an unknown byte", "a cell too many", "check digit"],
)
def test_a_row_that_cannot_be_taken_says_why_with_its_number(
    terminal: Terminal, founded: Path, tmp_path: Path, change: Callable[[bytes], bytes], says: str
) -> None:
    lista = tmp_path / "lista.csv"
    lista.write_bytes(change(csv_list(cells())))
    ended = terminal.on(founded, "import", lista)
    assert ended.code == 1
    assert ended.out.startswith(f"Rad 2: fel. {says}")
    assert listed(terminal, founded, tmp_path) == 0


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda content: content.replace(b";", b","), "Älgträsk"),
        (lambda content: content.decode("utf-8-sig").encode("cp1252"), "Älgträsk"),
        (lambda content: content.replace("Älg".encode(), "Älg".encode("cp1252")), None),
        (lambda content: content.replace("Älg".encode(), "A\u0308lg\u202e\u200b".encode()), "Älgträsk"),
        (lambda content: content.replace("Älgträsk".encode(), b"=1+1"), "=1+1"),
        (lambda content: content.replace("Älgträsk".encode(), b'"Ek; ""von""\r\nAlm"'), 'Ek; "von" Alm'),
    ],
    ids=["commas", "windows-1252", "mixed in one line", "bidi and combining", "a formula", "quoted line break"],
)
def test_a_list_as_people_keep_it_is_taken(
    terminal: Terminal, founded: Path, tmp_path: Path, change: Callable[[bytes], bytes], name: str | None
) -> None:
    lista, out = tmp_path / "lista.csv", tmp_path / "ut.csv"
    lista.write_bytes(change(csv_list(cells())))
    assert terminal.on(founded, "import", lista).code == 0
    assert terminal.on(founded, "export", "--out", out).code == 0
    [(_, row)] = read_sheet(out.read_bytes()).rows
    assert name is None or row[2] == name
