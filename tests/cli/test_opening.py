"""Who opens the store and with which password: from a file, the keyring or a prompt; and what is never shown."""

from __future__ import annotations

import getpass
import warnings
from pathlib import Path

import pytest

from misam_desktop.cli import world as worlds
from misam_desktop.cli.world import PasswordNeeded
from misam_desktop.keys import ring
from misam_desktop.keys.ring import Remembered, RingState
from tests.cli.worlds import Ended, Terminal
from tests.conftest import PASSWORD

WRONG = "helt fel ord för den här dagen"


def verified(terminal: Terminal, store: Path, *words: object, stdin: str = "") -> Ended:
    return terminal.run("verify", "--store", store, *words, stdin=stdin)


def holds(ended: Ended) -> bool:
    return (ended.code, ended.err) == (0, "")


# Where the password comes from


@pytest.mark.parametrize(
    "content",
    [
        f"{PASSWORD}\n".encode(),
        PASSWORD.encode(),
        f"{PASSWORD}\r\n".encode(),
        f"\ufeff{PASSWORD}\r\n".encode(),
        f"{PASSWORD}\nandra raden\n".encode(),
    ],
    ids=["a line", "no line end", "CRLF", "BOM", "two lines"],
)
def test_it_is_the_first_line_of_a_file(terminal: Terminal, founded: Path, tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "ord"
    place.write_bytes(content)
    assert holds(verified(terminal, founded, "--user", "karin", "--password-file", place))


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_dash_is_standard_input(terminal: Terminal, founded: Path, start: str, end: str) -> None:
    words = ("--user", "karin", "--password-file", "-")
    assert holds(verified(terminal, founded, *words, stdin=f"{start}{PASSWORD}{end}"))


def test_without_a_file_it_is_asked_for(terminal: Terminal, founded: Path) -> None:
    terminal.typed = [PASSWORD]
    assert holds(verified(terminal, founded, "--user", "karin"))
    assert terminal.asked == ["Lösenord för karin: "]


def test_the_keyring_is_asked_before_the_user(terminal: Terminal, founded: Path) -> None:
    terminal.ring = {"karin": PASSWORD}
    assert holds(verified(terminal, founded, "--user", "karin"))
    assert terminal.asked == []


def test_a_file_comes_before_the_keyring(terminal: Terminal, founded: Path) -> None:
    terminal.ring = {"karin": WRONG}
    assert holds(verified(terminal, founded, "--user", "karin", "--password-file", terminal.password_file))


def test_an_old_password_in_the_keyring_is_told_and_the_right_one_asked_for(terminal: Terminal, founded: Path) -> None:
    terminal.ring, terminal.typed = {"karin": WRONG}, [PASSWORD]
    ended = verified(terminal, founded, "--user", "karin")
    assert (ended.code, ended.err) == (0, "Lösenordet i datorns nyckelring har bytts ut och används inte.\n")


@pytest.mark.parametrize(
    ("state", "kept"), [(RingState.DONE, PASSWORD), (RingState.ABSENT, None), (RingState.LOCKED, None)]
)
def test_the_systems_keyring_answers_or_is_done_without(
    monkeypatch: pytest.MonkeyPatch, state: RingState, kept: str | None
) -> None:
    monkeypatch.setattr(ring, "remembered_password", lambda *_names: Remembered(kept, state))
    assert worlds.remembered("store", "karin") == kept


# Where it does not come from


@pytest.mark.parametrize("command", ["export", "log"])
def test_what_leaves_asks_for_the_password_again_whatever_the_keyring_remembers(
    terminal: Terminal, founded: Path, tmp_path: Path, command: str
) -> None:
    terminal.ring = {"karin": PASSWORD}
    words = ("--out", tmp_path / "ut.csv") if command == "export" else ("--person", "nobody")
    ended = terminal.run(command, "--store", founded, "--user", "karin", *words)
    assert ended.code == 2
    assert terminal.asked == ["Lösenord för karin: "]


def test_where_nobody_can_be_asked_it_says_how(terminal: Terminal, founded: Path) -> None:
    ended = verified(terminal, founded, "--user", "karin")
    assert ended.code == 2
    assert ended.err == (
        "Det går inte att fråga efter lösenordet här. Ange det med --password-file FIL, där - är standard in.\n"
    )


@pytest.mark.parametrize("stdin", ["", "\n", "\ufeff\r\n"])
def test_an_empty_password_file_is_no_password(terminal: Terminal, founded: Path, stdin: str) -> None:
    assert verified(terminal, founded, "--user", "karin", "--password-file", "-", stdin=stdin).code == 2


def test_a_password_is_never_asked_for_where_it_would_show(monkeypatch: pytest.MonkeyPatch) -> None:
    def show(_prompt: str) -> str:
        warnings.warn("Can not control echo on the terminal.", getpass.GetPassWarning, stacklevel=1)
        return PASSWORD

    monkeypatch.setattr(getpass, "getpass", show)
    with pytest.raises(PasswordNeeded):
        worlds.ask_password("Lösenord: ")


def test_an_ended_input_is_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    def end(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(getpass, "getpass", end)
    with pytest.raises(PasswordNeeded):
        worlds.ask_password("Lösenord: ")


def test_what_is_typed_without_echo_is_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: PASSWORD)
    assert worlds.ask_password("Lösenord: ") == PASSWORD


@pytest.mark.parametrize("content", [None, b"\xff\xfehemligt\n"], ids=["missing", "not text"])
def test_a_password_file_that_cannot_be_read_is_told(
    terminal: Terminal, founded: Path, tmp_path: Path, content: bytes | None
) -> None:
    place = tmp_path / "ord"
    if content is not None:
        place.write_bytes(content)
    ended = verified(terminal, founded, "--user", "karin", "--password-file", place)
    assert ended.code == 1
    assert ended.err == "Filen går inte att läsa. Kontrollera sökvägen och att du har rätt att öppna den.\n"


# Who


def test_of_several_users_one_must_be_named(terminal: Terminal, founded: Path) -> None:
    ended = verified(terminal, founded, "--password-file", terminal.password_file)
    assert (ended.code, ended.err) == (2, "Registret har flera användare. Ange vem du är med --user.\n")


def test_the_only_user_needs_no_name(terminal: Terminal, tmp_path: Path) -> None:
    store = tmp_path / "a.misam"
    assert terminal.run("init", "--store", store, "--password-file", terminal.password_file).code == 0
    assert holds(verified(terminal, store, "--password-file", terminal.password_file))


# What is never shown


@pytest.mark.parametrize("user", ["karin", "ingen"])
def test_a_wrong_password_and_an_unknown_user_read_the_same(terminal: Terminal, founded: Path, user: str) -> None:
    terminal.password_file.write_text(f"{WRONG}\n", encoding="utf-8")
    ended = terminal.on(founded, "verify", user=user)
    assert ended.code == 1
    assert ended.all == (
        "Användarnamnet och lösenordet hör inte ihop. Kontrollera stora och små bokstäver och skriv lösenordet igen.\n"
    )


def test_no_password_is_shown_whatever_a_command_does(terminal: Terminal, founded: Path, tmp_path: Path) -> None:
    shown = [
        terminal.on(founded, command, *words).all
        for command, *words in (
            ("verify",), ("log",), ("meetings",), ("export", "--out", tmp_path / "ut.csv"), ("import", tmp_path / "x"),
        )
    ]  # fmt: skip
    assert PASSWORD not in "".join(shown)
