"""How a command ends when something is wrong with the program, the user's patience, or what takes its output."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

import pytest

from misam_desktop.cli import commands
from misam_desktop.cli.world import World
from tests.cli.worlds import Terminal
from tests.transfer.worlds import cells, csv_list

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither pipes nor devices like these")


def fail_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(_arguments: Namespace, _world: World) -> None:
        raise error

    monkeypatch.setitem(commands.COMMANDS, "verify", fail)


@pytest.mark.parametrize("error", [ZeroDivisionError("Anna 19850312-9838"), MemoryError(), BaseException("Anna")])
def test_a_bug_tells_its_type_and_place_and_no_value(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    fail_with(monkeypatch, error)
    ended = terminal.run("verify", "--store", "a.misam")
    assert (ended.code, ended.out) == (1, "")
    said = re.fullmatch(
        r"Något gick fel i programmet\. Meddela den som sköter det: (\w+) i ([^ ]+)( < [^ ]+)*\.\n", ended.err
    )
    assert said is not None
    assert said[1] == type(error).__name__
    assert re.fullmatch(r"cli/main\.py:\d+", said[2])


def test_ctrl_c_ends_with_a_word(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, KeyboardInterrupt())
    ended = terminal.run("verify", "--store", "a.misam")
    assert (ended.code, ended.err) == (1, "Avbrutet.\n")


# The command as it is started, in a process of its own


def started(*words: object, env: Mapping[str, str] | None = None, **how: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "misam_desktop", *map(str, words)]
    run_in = os.environ | {"PYTHONPATH": str(ROOT), "HOME": "/nonexistent"} | dict(env or {})
    return subprocess.run(command, cwd=ROOT, env=run_in, timeout=60, check=False, **how)  # type: ignore[call-overload, no-any-return]  # the keywords are those of run


@pytest.fixture(scope="module")
def a_store(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, ...]:
    """Words that open a store made by the command itself, with the keys that people have."""
    folder = tmp_path_factory.mktemp("startad")
    store, word = folder / "a.misam", folder / "ord"
    word.write_text("en lugn morgon vid älven\n", encoding="utf-8")
    made = started("init", "--store", store, "--password-file", word, capture_output=True)
    assert (made.returncode, len(made.stdout.split(b"-"))) == (0, 7)
    return ("--store", store, "--password-file", word)


def test_it_runs_without_loading_qt(a_store: tuple[object, ...]) -> None:
    loaded = "print([name for name in sys.modules if 'PySide' in name or 'shiboken' in name])"
    program = f"import sys; from misam_desktop.app import main; main(sys.argv[1:]); {loaded}"
    command = [sys.executable, "-c", program, "verify", *map(str, a_store)]
    ended = subprocess.run(command, cwd=ROOT, timeout=60, check=True, capture_output=True)
    assert ended.stdout.splitlines()[-1] == b"[]"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_results_are_utf_8_whatever_the_terminals_own_encoding(a_store: tuple[object, ...], encoding: str) -> None:
    ended = started("verify", *a_store, env={"PYTHONIOENCODING": encoding, "LC_ALL": "C"}, capture_output=True)
    assert ended.returncode == 0
    assert ended.stdout.decode("utf-8").count("stämmer\t") == 8


def test_lines_of_a_result_end_as_their_format_says(a_store: tuple[object, ...]) -> None:
    words = ("arsredovisning", "--insats", "MISAM", "--year", "2019", "--format", "csv")
    ended = started("report", *a_store, *words, capture_output=True)
    assert ended.returncode == 0
    assert b"\r\r\n" not in ended.stdout
    assert ended.stdout.count(b"\r\n") == ended.stdout.count(b"\n") > 50


@posix
def test_a_reader_that_has_seen_enough_is_no_error(a_store: tuple[object, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = started("log", *a_store, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (1, b"")


@posix
def test_a_list_is_taken_in_though_nobody_reads_its_plan_to_the_end(
    a_store: tuple[object, ...], tmp_path: Path
) -> None:
    lista = tmp_path / "lista.csv"
    lista.write_bytes(csv_list(cells()))
    reading, writing = os.pipe()
    os.close(reading)
    ended = started("import", *a_store, lista, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (ended.returncode, ended.stderr.decode()) == (0, "Klart: 1 ny.\n")


@posix
def test_a_full_disk_is_told(a_store: tuple[object, ...]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("the machine has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        ended = started("log", *a_store, stdout=full, stderr=subprocess.PIPE)
    assert ended.returncode == 1
    assert (
        ended.stderr.decode()
        == "Resultatet kunde inte skrivas ut. Kontrollera att disken inte är full och försök igen.\n"
    )


@posix
def test_no_output_at_all_is_no_traceback(a_store: tuple[object, ...]) -> None:
    ended = started("log", *a_store, stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1))
    assert ended.returncode == 1
    assert b"Traceback" not in ended.stderr


def test_nobody_at_the_terminal_is_told_how_to_give_the_password(a_store: tuple[object, ...]) -> None:
    ended = started("verify", *a_store[:2], stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True)
    assert ended.returncode == 2
    assert ended.stderr.decode().startswith("Det går inte att fråga efter lösenordet här.")
