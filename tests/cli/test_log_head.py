"""How far the log had come, as the command line remembers it, tells of it and checks it on papers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from misam_desktop.queries.log import log_mark
from misam_desktop.vault import Vault
from tests.cli.worlds import Terminal


def test_an_older_file_put_back_is_told_beside_the_result(terminal: Terminal, founded: Path, tmp_path: Path) -> None:
    profile, kept = tmp_path / "profile", tmp_path / "kept"
    shutil.copy2(founded, kept)
    first = terminal.on(founded, "meetings", heads=profile)
    shutil.copy2(kept, founded)
    ended = terminal.on(founded, "meetings", heads=profile)
    assert (first.code, first.err, ended.code, ended.out) == (0, "", 0, first.out)
    assert ended.err.startswith("Loggen slutar tidigare än den gjorde sist på den här datorn: händelse 3 finns inte")
    assert ended.err.endswith("Orsaken anges när registret låses upp i programmets fönster.\n")
    assert "Säg till administratören." in terminal.on(founded, "meetings", "--user", "jonas", heads=profile).err


@pytest.mark.parametrize("written", ["{}", "Logg {}", "logg {}"])
def test_the_mark_of_a_paper_is_found_in_the_log(terminal: Terminal, karin: Vault, founded: Path, written: str) -> None:
    mark = karin.ask(log_mark()).removeprefix("Logg ")
    ended = terminal.on(founded, "verify", "--mark", written.format(mark))
    assert (ended.code, ended.out) == (0, "stämmer\tmärket är ett som loggen har haft\n")


@pytest.mark.parametrize("mark", ["1-00000000", "99999-9F3A22C1", "ett märke"])
def test_a_mark_that_the_log_has_never_had_is_told(terminal: Terminal, founded: Path, mark: str) -> None:
    ended = terminal.on(founded, "verify", "--mark", mark)
    assert (ended.code, ended.out) == (1, "")
    assert "loggen" in ended.err
