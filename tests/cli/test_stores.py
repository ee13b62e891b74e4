"""``init``, ``demo`` and ``verify``: making stores and seeing that they hold."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from misam_desktop.keys import key_file
from tests.cli.worlds import Ended, Terminal
from tests.conftest import PASSWORD, WEAK_BOUNDS
from tests.store.worlds import driver_of


def init(terminal: Terminal, store: Path, *words: object) -> Ended:
    return terminal.run("init", "--store", store, *words)


def with_file(terminal: Terminal, store: Path, *words: object) -> Ended:
    return init(terminal, store, "--password-file", terminal.password_file, *words)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for new stores."""
    place = tmp_path / "register"
    place.mkdir()
    return place


# A new store


def test_a_new_store_opens_for_its_first_user_with_both_roles(terminal: Terminal, folder: Path) -> None:
    store = folder / "a.misam"
    assert with_file(terminal, store).code == 0
    assert terminal.on(store, "verify", user="koordinator").code == 0
    assert terminal.on(store, "export", "--out", folder / "ut.csv", user="koordinator").code == 0


def test_the_recovery_key_alone_is_the_result_and_opens_the_store(terminal: Terminal, folder: Path) -> None:
    store = folder / "a.misam"
    ended = with_file(terminal, store, "--user", "karin")
    assert ended.err.splitlines() == [
        "Registret är klart. Första användaren är karin, IFO/Försörjningsstöd.",
        "Skriv upp återställningsnyckeln och förvara den inlåst. Den visas bara nu:",
    ]
    file = key_file.read_key_file_of(store, bounds=WEAK_BOUNDS)
    by_paper = key_file.unlock_with_recovery(file, ended.out.strip())
    assert by_paper.raw == key_file.unlock(file, login="karin", password=PASSWORD).store_key.raw


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ((), "IFO/Försörjningsstöd"),
        (("--unit", "FK"), "Försäkringskassan"),
        (("--unit", "ame"), "Arbetsmarknads"),
    ],
)
def test_the_first_user_belongs_to_a_unit(terminal: Terminal, folder: Path, words: tuple[str, ...], unit: str) -> None:
    assert unit in with_file(terminal, folder / "a.misam", *words).err


def test_an_unknown_unit_tells_which_there_are_and_makes_nothing(terminal: Terminal, folder: Path) -> None:
    ended = with_file(terminal, folder / "a.misam", "--unit", "Mars")
    assert ended.code == 1
    assert ended.err.startswith("Enheten finns inte. Ange en av: af, ")
    assert list(folder.iterdir()) == []


def test_a_new_password_is_typed_twice(terminal: Terminal, folder: Path) -> None:
    terminal.typed = [PASSWORD, PASSWORD]
    assert init(terminal, folder / "a.misam").code == 0
    assert terminal.asked == ["Nytt lösenord: ", "Samma lösenord igen: "]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ([PASSWORD, f"{PASSWORD}!"], "Lösenorden är inte lika."),
        (["kort", "kort"], "Lösenordet är för kort."),
        (["lösenord1234", "lösenord1234"], "Lösenordet är för lätt att gissa."),
    ],
)
def test_a_password_that_does_not_do_makes_no_store(
    terminal: Terminal, folder: Path, typed: list[str], says: str
) -> None:
    terminal.typed = typed
    ended = init(terminal, folder / "a.misam")
    assert ended.code == 1
    assert ended.err.startswith(says)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["a.misam", "a.misam.nycklar"])
def test_what_is_there_already_is_left_alone(terminal: Terminal, folder: Path, name: str) -> None:
    (folder / name).write_text("annat", encoding="utf-8")
    ended = with_file(terminal, folder / "a.misam")
    assert (ended.code, ended.out) == (1, "")
    assert [place.read_text(encoding="utf-8") for place in folder.iterdir()] == ["annat"]


def test_a_folder_that_is_not_there_is_told(terminal: Terminal, folder: Path) -> None:
    ended = with_file(terminal, folder / "saknas" / "a.misam")
    assert ended.code == 1
    assert ended.err.startswith("Det går inte att skriva på den platsen.")


def test_a_recovery_key_that_nobody_saw_takes_the_store_with_it(terminal: Terminal, folder: Path) -> None:
    class Full(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(28, "no room")

        def fileno(self) -> int:
            return 2

    words = ("init", "--store", folder / "a.misam", "--password-file", terminal.password_file)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("misam_desktop.cli.world.os.dup2", lambda *_handles: None)
        ended = terminal.run(*words, stdout=Full())
    assert ended.code == 1
    assert ended.err.endswith(
        "Resultatet kunde inte skrivas ut. Kontrollera att disken inte är full och försök igen.\n"
    )
    assert list(folder.iterdir()) == []


# The made-up team


def test_the_demo_tells_its_users_and_their_password(terminal: Terminal, folder: Path) -> None:
    store = folder / "demo.misam"
    ended = terminal.run("demo", "--store", store, "--today", "2026-11-24")
    data = json.loads(ended.out)
    assert (ended.code, ended.err) == (0, "")
    assert {"login", "name", "roles", "authority"} <= set(data["users"][0])
    assert {role for user in data["users"] for role in user["roles"]} == {
        "koordinator", "handlaggare", "nafs_koordinator", "ledning", "administrator",
    }  # fmt: skip
    koordinator = next(user["login"] for user in data["users"] if "koordinator" in user["roles"])
    terminal.password_file.write_text(data["password"], encoding="utf-8")
    assert terminal.on(store, "verify", user=koordinator).code == 0


# Whether it holds


def test_each_check_of_a_sound_store_is_a_line(terminal: Terminal, founded: Path) -> None:
    ended = terminal.on(founded, "verify")
    assert (ended.code, ended.err) == (0, "")
    assert [line.partition("\t")[0] for line in ended.out.splitlines()] == ["stämmer"] * 8


def test_what_does_not_hold_is_told_and_ends_with_1(terminal: Terminal, founded: Path) -> None:
    with driver_of(founded) as raw:
        raw.execute("UPDATE key_file SET content = x'00'")
    ended = terminal.on(founded, "verify")
    assert ended.code == 1
    assert [line.partition("\t")[0] for line in ended.out.splitlines()] == ["FEL", *["stämmer"] * 7]
    assert ended.err.startswith("Kontrollen fann fel. Punkter som inte stämmer: 1.")
