"""How commands are written: wrong usage ends with 2, in Swedish, and nothing that was typed is said again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cli.worlds import Terminal

SECRET = "hemligt-ord-ingen-får-se"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("finns-inte",), "KOMMANDO: finns inte, se --help"),
        (("import", "lista.csv"), "det här saknas: --store"),
        (("import", "--store", "a.misam"), "det här saknas: REGISTER"),
        (("import", "--store"), "--store: här behövs ett värde"),
        (("import", "--store", "a.misam", "lista.csv", "en.csv"), "det här går inte att förstå: ett ord för mycket"),
        (("import", "--store", "a.misam", "lista.csv", "--good"), "det här går inte att förstå: --good"),
        (("import", "--store", "a.misam", "lista.csv", "--dry-run=x"), "--dry-run: tar inget värde"),
        (("export", "--store", "a.misam", "--out", "ut.txt"), "--out: filens namn ska sluta på .csv eller .xlsx"),
        (("report", "--store", "a", "arsredovisning", "--insats", " ", "--year", "2019"), "--insats: skriv ett namn"),
        (("report", "--store", "a", "arsredovisning", "--insats", "M", "--year", "19"), "--year: skriv ÅÅÅÅ"),
        (
            ("report", "--store", "a", "annan", "--insats", "M", "--year", "2019"),
            "RAPPORT: välj arsredovisning, forum, nafs, uppfoljningar, flode, mal, finsam, steg, enkater eller "
            "avvikelser",
        ),
        (
            ("report", "--store", "a", "arsredovisning", "--insats", "M", "--year", "2019", "--format", "pdf"),
            "--out behövs för xlsx och pdf",
        ),
        (("demo", "--store", "a", "--today", "2026-11-31"), "--today: skriv ÅÅÅÅ-MM-DD"),
        (("--demo", "verify", "--store", "a"), "--demo och --today före kommandot gäller bara programmet"),
        (("--today", "2026-11-24"), "--today går bara ihop med --demo"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(
    terminal: Terminal, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    assert terminal.run(*words).code == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("Användning: misam-desktop")
    assert f"Fel: {says}.\n" in shown.err


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "--store", "a.misam", "--password", SECRET),
        ("verify", "--store", "a.misam", f"--password={SECRET}"),
        ("verify", "--store", "a.misam", "--pass", SECRET),
        ("verify", "--store", "a.misam", SECRET),
        ("import", "--store", "a.misam", "--password", SECRET, "lista.csv"),
        (SECRET,),
        ("report", "--store", "a", SECRET, "--insats", "M", "--year", SECRET),
        ("import", "--store", "a.misam", "lista.csv", f"--dry-run={SECRET}"),
    ],
)
def test_what_was_typed_is_never_said_again_it_could_be_a_password(
    terminal: Terminal, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert terminal.run(*words).code == 2
    assert SECRET not in "".join(capsys.readouterr())


@pytest.mark.parametrize("command", ["init", "import", "export", "report", "demo", "meetings", "log", "verify", "tour"])
def test_every_command_explains_itself_in_swedish(
    terminal: Terminal, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert terminal.run(command, "--help").code == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"Användning: misam-desktop {command}")
    for english in ("usage:", "options:", "positional arguments:", "show this help"):
        assert english not in shown


def test_the_help_names_every_command(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.run("--help").code == 0
    shown = capsys.readouterr().out
    commands = ("init", "import", "export", "report", "demo", "meetings", "log", "verify", "tour")
    assert [command for command in commands if f"    {command} " not in shown] == []


@pytest.mark.parametrize(
    ("words", "started"),
    [
        ((), (False, None)),
        (("--demo",), (True, None)),
        (("--demo", "--today", "2026-11-24"), (True, date(2026, 11, 24))),
    ],
)
def test_without_a_command_the_program_starts(
    terminal: Terminal, words: tuple[str, ...], started: tuple[bool, date | None]
) -> None:
    assert terminal.run(*words).code == 0
    assert terminal.started == [started]


def test_the_tour_goes_to_a_folder(terminal: Terminal, tmp_path: Path) -> None:
    seen: list[Path] = []

    def tour(folder: Path) -> int:
        seen.append(folder)
        return 3

    assert terminal.run("tour", tmp_path, tour=tour).code == 3
    assert seen == [tmp_path]
