"""The list of 2019 in, its yearly account out, equal to what was published; and the same by every way round."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from misam_desktop.transfer.sheets import read_sheet, write_xlsx
from tests.cli.worlds import Terminal

_WORDS = ("arsredovisning", "--insats", "Arbetsmarknadstorget", "--year", "2019", "--format", "json")
NewStore = Callable[[str], Path]


@pytest.fixture
def list_of_2019(shared_data: Path) -> Path:
    """114 participants of Arbetsmarknadstorget."""
    return shared_data / "register" / "amt_2019.csv"


@pytest.fixture
def published(shared_data: Path) -> dict[str, Any]:
    """Section → code → kön → number; ``deltagare`` is kön → number."""
    figures = json.loads((shared_data / "register" / "amt_2019.expected.json").read_text(encoding="utf-8"))
    return {name: section for name, section in figures.items() if isinstance(section, dict)}


def _report(terminal: Terminal, store: Path) -> dict[str, Any]:
    ended = terminal.on(store, "report", *_WORDS)
    assert ended.code == 0, ended.err
    account: dict[str, Any] = json.loads(ended.out)
    return account


def _sections(account: dict[str, Any]) -> dict[str, dict[str, dict[str, int]]]:
    """Every figure that is not 0."""
    return {
        section["id"]: {
            row["code"]: {sex: row[sex] for sex in ("kvinna", "man", "annat") if row[sex]}
            for row in section["rows"]
            if row["total"]
        }
        for section in account["sections"]
    }


def _imported(terminal: Terminal, store: Path, register: Path) -> Path:
    ended = terminal.on(store, "import", register)
    assert ended.code == 0, ended.err
    return store


def test_the_account_of_the_list_is_the_published_one(
    terminal: Terminal, new_store: NewStore, list_of_2019: Path, published: dict[str, Any]
) -> None:
    account = _report(terminal, _imported(terminal, new_store("a.misam"), list_of_2019))
    sections = _sections(account)
    assert {name: sections[name] for name in published} == published | {
        "deltagare": sections["deltagare"] | {"total": published["deltagare"]}
    }


def _from_sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: list(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}


def _out(terminal: Terminal, store: Path, path: Path, form: str) -> bytes:
    ended = terminal.on(store, "report", *_WORDS[:-1], form, "--out", path)
    assert ended.code == 0, ended.err
    return path.read_bytes()


def test_the_workbook_and_the_paper_hold_the_published_figures_too(
    terminal: Terminal, new_store: NewStore, list_of_2019: Path, tmp_path: Path
) -> None:
    store = _imported(terminal, new_store("a.misam"), list_of_2019)
    account = _report(terminal, store)
    sheets = _from_sheets(_out(terminal, store, tmp_path / "a.xlsx", "xlsx"))
    paper = _out(terminal, store, tmp_path / "a.pdf", "pdf")
    printed = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages).split())
    for section in account["sections"]:
        rows = {row[0]: row[1:5] for row in sheets[section["title"][:31]] if row}
        for row in section["rows"]:
            figures = [row[column] for column in ("total", "kvinna", "man", "annat")]
            assert rows[row["label"]] == figures
            if len(row["label"]) < 30:
                assert f"{row['label']} {' '.join(str(one or '–') for one in figures)}" in printed


def test_the_csv_holds_the_published_figures_too(
    terminal: Terminal, new_store: NewStore, list_of_2019: Path, tmp_path: Path
) -> None:
    store = _imported(terminal, new_store("a.misam"), list_of_2019)
    lines = read_sheet(_out(terminal, store, tmp_path / "a.csv", "csv")).rows
    told = {(line[0], line[1]): [int(one) for one in line[3:]] for _, line in lines}
    for section in _report(terminal, store)["sections"]:
        for row in section["rows"]:
            assert told[section["id"], row["code"]] == [row[one] for one in ("total", "kvinna", "man", "annat")]


def test_every_check_of_the_account_holds(terminal: Terminal, new_store: NewStore, list_of_2019: Path) -> None:
    account = _report(terminal, _imported(terminal, new_store("a.misam"), list_of_2019))
    assert [check for check in account["checks"] if not check["ok"]] == []
    assert len(account["checks"]) == 12


def test_the_list_as_a_workbook_gives_the_same_account(
    terminal: Terminal, new_store: NewStore, list_of_2019: Path, tmp_path: Path
) -> None:
    sheet = read_sheet(list_of_2019.read_bytes())
    workbook = tmp_path / "amt_2019.xlsx"
    workbook.write_bytes(write_xlsx(sheet.header, [row for _, row in sheet.rows], title="Blad1"))
    by_csv = _report(terminal, _imported(terminal, new_store("a.misam"), list_of_2019))
    by_xlsx = _report(terminal, _imported(terminal, new_store("b.misam"), workbook))
    assert by_xlsx == by_csv


def test_importing_twice_changes_nothing_but_one_entry_in_the_log(
    terminal: Terminal, new_store: NewStore, list_of_2019: Path
) -> None:
    store = _imported(terminal, new_store("a.misam"), list_of_2019)
    account, log = _report(terminal, store), json.loads(terminal.on(store, "log", "--json").out)
    again = terminal.on(store, "import", list_of_2019)
    assert (again.code, again.err) == (0, "Klart: 114 finns redan.\n")
    assert _report(terminal, store) == account
    added = json.loads(terminal.on(store, "log", "--json").out)[len(log) :]
    assert [entry["action"] for entry in added if entry["action"].startswith("register.imp")] == ["register.imported"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_register_given_out_and_taken_in_again_gives_the_same_account(
    terminal: Terminal, new_store: NewStore, list_of_2019: Path, tmp_path: Path, suffix: str
) -> None:
    store, out = _imported(terminal, new_store("a.misam"), list_of_2019), tmp_path / f"ut.{suffix}"
    assert terminal.on(store, "export", "--out", out).code == 0
    assert _report(terminal, _imported(terminal, new_store("b.misam"), out)) == _report(terminal, store)


def test_each_row_of_the_dirty_list_gets_its_verdict(
    terminal: Terminal, new_store: NewStore, shared_data: Path
) -> None:
    store = new_store("a.misam")
    ended = terminal.on(store, "import", shared_data / "register" / "dirty.csv", "--dry-run", "--json")
    expected = json.loads((shared_data / "register" / "dirty.expected.json").read_text(encoding="utf-8"))
    assert ended.code == 0
    assert [(row["row"], row["verdict"]) for row in json.loads(ended.out)] == [
        (row["row"], row["verdict"]) for row in expected
    ]
