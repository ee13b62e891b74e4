"""``export``: the register back, logged before a row is handed over, and never over something else."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.register import COLUMNS
from misam_desktop.transfer.sheets import read_sheet
from misam_desktop.vault import Vault
from tests.cli.worlds import Terminal
from tests.commands.worlds import FK, IFO, accepted, agrees, somebody, waiting
from tests.transfer.worlds import cells, csv_list

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions another way")


@pytest.fixture
def filled(terminal: Terminal, founded: Path, tmp_path: Path) -> Path:
    """A store with one open row, one protected person, and a name that looks like a formula."""
    lista = tmp_path / "lista.csv"
    protected = cells(personnummer="19860511-9950", skyddad="ja", fornamn="Hemlig")
    lista.write_bytes(csv_list(cells(fornamn="=1+1", fragestallning="Rad ett; två\nrad tre"), protected))
    assert terminal.on(founded, "import", lista).code == 0
    return founded


def actions(terminal: Terminal, store: Path) -> list[str]:
    return [entry["action"] for entry in json.loads(terminal.on(store, "log", "--json").out)]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_it_is_whole_without_protected_persons_whose_number_is_told(
    terminal: Terminal, filled: Path, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"ut.{suffix}"
    ended = terminal.on(filled, "export", "--out", out)
    sheet = read_sheet(out.read_bytes())
    assert (ended.code, ended.out) == (0, "")
    assert ended.err.splitlines() == [
        f"1 rad sparades i {out}. Filen är inte krypterad.",
        "1 person med skyddade personuppgifter ingår inte.",
    ]
    assert sheet.header == tuple(COLUMNS)
    assert [row[:3] for _, row in sheet.rows] == [("19850312-9838", "=1+1", "Älgträsk")]
    assert sheet.rows[0][1][list(COLUMNS).index("fragestallning")] == "Rad ett; två\nrad tre"


def test_who_waits_for_enrolment_is_told(terminal: Terminal, founded: Path, tmp_path: Path, karin: Vault) -> None:
    accepted(karin)
    ended = terminal.on(founded, "export", "--out", tmp_path / "ut.csv")
    assert ended.err.splitlines()[1:] == [
        "1 remiss som väntar på inskrivning står utan beslut: i listan är den som är antagen inskriven."
    ]


def test_no_cell_that_goes_out_is_a_formula(terminal: Terminal, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut.csv"
    terminal.on(filled, "export", "--out", out)
    assert ";'=1+1;" in out.read_text(encoding="utf-8-sig")


def test_it_is_logged(terminal: Terminal, filled: Path, tmp_path: Path) -> None:
    terminal.on(filled, "export", "--out", tmp_path / "ut.csv")
    assert actions(terminal, filled).count("register.exported") == 1


@posix
def test_the_file_is_its_owners_alone(terminal: Terminal, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut.csv"
    terminal.on(filled, "export", "--out", out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_kept_and_nothing_is_logged(terminal: Terminal, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut.csv"
    out.write_text("innan", encoding="utf-8")
    assert terminal.on(filled, "export", "--out", out).code == 1
    assert out.read_text(encoding="utf-8") == "innan"
    assert "register.exported" not in actions(terminal, filled)


def test_it_is_written_over_when_asked(terminal: Terminal, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut.csv"
    out.write_text("innan", encoding="utf-8")
    assert terminal.on(filled, "export", "--out", out, "--force").code == 0
    assert len(read_sheet(out.read_bytes()).rows) == 1


@pytest.mark.parametrize("kept", ["prov.misam", "prov.misam.nycklar"])
def test_neither_the_store_nor_its_key_file_is_ever_written_over(
    terminal: Terminal, filled: Path, tmp_path: Path, kept: str
) -> None:
    target, link = filled.with_name(kept), tmp_path / "ut.csv"
    before = target.read_bytes()
    os.link(target, link)
    ended = terminal.on(filled, "export", "--out", link, "--force")
    assert ended.code == 1
    assert target.read_bytes() == before


def test_a_folder_that_is_not_there_is_told(terminal: Terminal, filled: Path, tmp_path: Path) -> None:
    ended = terminal.on(filled, "export", "--out", tmp_path / "saknas" / "ut.csv")
    assert ended.code == 1
    assert ended.err.startswith("Filen kunde inte skrivas.")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_disk_that_fails_leaves_no_half_file(
    terminal: Terminal, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    def fail(_handle: int) -> None:
        raise OSError("no room")

    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr("misam_desktop.transfer.files.os.fsync", fail)
    ended = terminal.on(filled, "export", "--out", tmp_path / f"ut.{kind}")
    assert (ended.code, sorted(tmp_path.iterdir())) == (1, before)
    assert ended.err.startswith("Filen kunde inte skrivas.")


def test_a_handlaggare_may_not(terminal: Terminal, filled: Path, tmp_path: Path) -> None:
    ended = terminal.on(filled, "export", "--out", tmp_path / "ut.csv", user="jonas")
    assert ended.code == 1
    assert not (tmp_path / "ut.csv").exists()


def test_it_is_logged_with_why_and_to_whom(terminal: Terminal, filled: Path, tmp_path: Path) -> None:
    terminal.on(filled, "export", "--out", tmp_path / "ut.csv", "--purpose", "granskning")
    logged = json.loads(terminal.on(filled, "log", "--json").out)
    [entry] = [one for one in logged if one["action"] == "register.exported"]
    assert entry["purpose"] == "granskning:egen"


def test_for_another_unit_it_goes_as_far_as_consents_do(
    terminal: Terminal, founded: Path, tmp_path: Path, karin: Vault
) -> None:
    waiting(karin, somebody(981), consent=agrees(kinds=(InfoKind.GRUNDUPPGIFTER,)))
    waiting(karin, somebody(982), consent=agrees(unit_ids=(FK, IFO)))
    out = tmp_path / "ut.csv"
    ended = terminal.on(founded, "export", "--out", out, "--recipient", "arbetsförmedlingen")
    [(_, row)] = read_sheet(out.read_bytes()).rows
    assert row[list(COLUMNS).index("fragestallning")] == "Ingår inte i samtycket"
    assert "1 rad ingår inte: samtycket nämner inte arbetsförmedlingen, eller gäller inte." in ended.err.splitlines()


def test_a_unit_that_is_not_there_gets_nothing(terminal: Terminal, filled: Path, tmp_path: Path) -> None:
    ended = terminal.on(filled, "export", "--out", tmp_path / "ut.csv", "--recipient", "Skolan")
    assert ended.code == 1
    assert ended.err.startswith("Enheten finns inte. Ange en av: Af,")
    assert not (tmp_path / "ut.csv").exists()


def test_a_purpose_that_is_not_there_is_wrong_usage(
    terminal: Terminal, filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = terminal.on(filled, "export", "--out", tmp_path / "ut.csv", "--purpose", "nyfikenhet")
    assert ended.code == 2
    assert "välj eget_arbete, avstamning" in capsys.readouterr().err
