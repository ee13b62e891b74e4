"""``report``: figures on standard output or in a file, as JSON or CSV."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from misam_desktop.transfer.sheets import read_sheet
from tests.cli.worlds import Ended, Terminal
from tests.transfer.worlds import cells, csv_list


@pytest.fixture
def filled(terminal: Terminal, founded: Path, tmp_path: Path) -> Path:
    """A store with one participant of 2019."""
    lista = tmp_path / "lista.csv"
    lista.write_bytes(csv_list(cells()))
    assert terminal.on(founded, "import", lista).code == 0
    return founded


def reported(terminal: Terminal, store: Path, *words: object, insats: str = "MISAM", user: str = "karin") -> Ended:
    return terminal.on(store, "report", "arsredovisning", "--insats", insats, "--year", "2019", *words, user=user)


def test_json_is_what_comes_unasked(terminal: Terminal, filled: Path) -> None:
    ended = reported(terminal, filled)
    data = json.loads(ended.out)
    assert (ended.code, ended.err) == (0, "")
    assert (data["report"], data["insats"], data["year"]) == ("arsredovisning", "MISAM", 2019)
    assert data["generated_at"] == "2026-11-24T08:00:00Z"


def test_csv_says_the_same_on_standard_output_without_a_mark_at_its_start(terminal: Terminal, filled: Path) -> None:
    ended = reported(terminal, filled, "--format", "csv")
    lines = ended.out.split("\r\n")
    assert lines[:2] == [
        "section;code;label;total;kvinna;man;annat",
        "deltagare;total;Deltagare under perioden;1;1;0;0",
    ]
    sections = json.loads(reported(terminal, filled).out)["sections"]
    assert len(lines) == 2 + sum(len(section["rows"]) for section in sections)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_it_goes_into_a_file_and_nothing_on_the_screen(
    terminal: Terminal, filled: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"rapport.{form}"
    ended = reported(terminal, filled, "--format", form, "--out", out)
    assert (ended.code, ended.all) == (0, "")
    if form == "json":
        assert json.loads(out.read_text(encoding="utf-8"))["year"] == 2019
    else:
        assert out.read_bytes().startswith(b"\xef\xbb\xbf")
        assert read_sheet(out.read_bytes()).header[0] == "section"


@pytest.mark.parametrize(("form", "begins"), [("xlsx", b"PK"), ("pdf", b"%PDF-")])
def test_a_workbook_and_a_paper_go_into_a_file(
    terminal: Terminal, filled: Path, tmp_path: Path, form: str, begins: bytes
) -> None:
    out = tmp_path / f"rapport.{form}"
    ended = reported(terminal, filled, "--format", form, "--out", out)
    assert (ended.code, ended.all) == (0, "")
    assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize("kind", ["forum", "uppfoljningar", "flode", "mal", "finsam", "steg", "enkater", "avvikelser"])
def test_every_report_of_a_forum_is_told(terminal: Terminal, filled: Path, kind: str) -> None:
    ended = terminal.on(filled, "report", kind, "--insats", "MISAM", "--year", "2019")
    assert ended.code == 0, ended.err
    assert json.loads(ended.out)["report"] == kind


def test_a_report_that_the_activity_has_not_is_refused(terminal: Terminal, filled: Path) -> None:
    ended = terminal.on(filled, "report", "nafs", "--insats", "MISAM", "--year", "2019")
    assert (ended.code, ended.out) == (1, "")


def test_small_counts_are_hidden_when_asked(terminal: Terminal, filled: Path) -> None:
    data = json.loads(reported(terminal, filled, "--hide-small").out)
    assert data["sections"][0]["rows"][0]["total"] is None


def test_the_log_says_what_for_and_whom_to(terminal: Terminal, filled: Path) -> None:
    ended = reported(terminal, filled, "--purpose", "kvalitet", "--recipient", "Af")
    assert ended.code == 0, ended.err
    log = json.loads(terminal.on(filled, "log", "--json").out)
    [entry] = [one for one in log if one["action"] == "report.given"]
    assert entry["purpose"] == "arsredovisning:kvalitet:af"


def test_a_file_that_is_there_is_kept_unless_asked(terminal: Terminal, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "rapport.json"
    out.write_text("innan", encoding="utf-8")
    assert reported(terminal, filled, "--out", out).code == 1
    assert out.read_text(encoding="utf-8") == "innan"
    assert reported(terminal, filled, "--out", out, "--force").code == 0


def test_the_store_is_never_written_over(terminal: Terminal, filled: Path) -> None:
    before = filled.read_bytes()
    ended = reported(terminal, filled, "--out", filled, "--force")
    assert (ended.code, filled.read_bytes()) == (1, before)


def test_an_unknown_insats_tells_which_there_are(terminal: Terminal, filled: Path) -> None:
    ended = reported(terminal, filled, insats="Misan")
    assert ended.code == 1
    assert ended.err == "Insatsen finns inte i registret. Skriv ett av namnen: MISAM.\n"


def test_a_year_without_anybody_is_an_account_of_nobody(terminal: Terminal, filled: Path) -> None:
    ended = terminal.on(filled, "report", "arsredovisning", "--insats", "MISAM", "--year", "1999")
    data = json.loads(ended.out)
    assert ended.code == 0
    assert {row["total"] for section in data["sections"] for row in section["rows"]} == {0}
    assert all(check["ok"] for check in data["checks"])


def test_a_handlaggare_may_not(terminal: Terminal, filled: Path) -> None:
    ended = reported(terminal, filled, user="jonas")
    assert (ended.code, ended.out) == (1, "")
