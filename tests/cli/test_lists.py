"""``meetings`` and ``log``: lines for people, objects for scripts, and nobody named."""

from __future__ import annotations

import json
from pathlib import Path

from misam_desktop.commands.forum import open_forum
from misam_desktop.vault import Vault
from tests.cli.worlds import Terminal
from tests.commands.worlds import MISAM, waiting
from tests.conftest import TODAY


def test_meetings_are_lines_with_tabs_under_their_names(terminal: Terminal, founded: Path, karin: Vault) -> None:
    waiting(karin)
    meeting = karin.do(open_forum(MISAM, on=TODAY)).value
    ended = terminal.on(founded, "meetings")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "id\tkind\tteam\tdate\tstate\tcases\tcodes",
        f"{meeting.id}\tforum\tMISAM\t2026-11-24\topen\t1\tja",
    ]


def test_meetings_are_objects_as_json(terminal: Terminal, founded: Path, karin: Vault) -> None:
    meeting = karin.do(open_forum(MISAM, on=TODAY)).value
    assert json.loads(terminal.on(founded, "meetings", "--json").out) == [
        {
            "id": meeting.id,
            "kind": "forum",
            "team": "MISAM",
            "date": "2026-11-24",
            "state": "open",
            "cases": 0,
            "codes": True,
        }
    ]


def test_without_meetings_there_is_the_header_or_an_empty_list(terminal: Terminal, founded: Path) -> None:
    assert len(terminal.on(founded, "meetings").out.splitlines()) == 1
    assert json.loads(terminal.on(founded, "meetings", "--json").out) == []


def test_the_log_is_ids_oldest_first(terminal: Terminal, founded: Path, karin: Vault) -> None:
    referral = waiting(karin)
    entries = json.loads(terminal.on(founded, "log", "--json").out)
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    made = next(entry for entry in entries if entry["action"] == "referral.made")
    assert (made["object_id"], made["person_id"], made["allowed"]) == (referral.id, referral.person_id, True)


def test_the_log_as_lines_says_the_same(terminal: Terminal, founded: Path, karin: Vault) -> None:
    waiting(karin)
    lines = terminal.on(founded, "log").out.splitlines()
    assert lines[0].split("\t")[:3] == ["seq", "at", "user_id"]
    assert lines[1].split("\t")[-1] == "ja"
    assert not any(name in "".join(lines) for name in ("Provlund", "Malin", "Karin", "19850312"))


def test_the_extract_of_a_person_names_who_has_looked(terminal: Terminal, founded: Path, jonas: Vault) -> None:
    referral = waiting(jonas)
    ended = terminal.on(founded, "log", "--person", referral.person_id, "--json")
    assert [(entry["user"], entry["action"]) for entry in json.loads(ended.out)] == [("Jonas Vall", "referral.made")]


def test_a_person_that_does_not_exist_is_told(terminal: Terminal, founded: Path) -> None:
    ended = terminal.on(founded, "log", "--person", "saknas")
    assert (ended.code, ended.out, ended.err) == (1, "", "Det finns inget att visa här.\n")


def test_a_handlaggare_sees_no_meetings_and_her_own_entries(terminal: Terminal, founded: Path, karin: Vault) -> None:
    waiting(karin)
    assert terminal.on(founded, "meetings", user="jonas").code == 1
    entries = json.loads(terminal.on(founded, "log", "--json", user="jonas").out)
    assert {entry["action"] for entry in entries} == {"store.unlocked", "meetings.listed"}
