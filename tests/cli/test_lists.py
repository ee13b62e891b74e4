"""``meetings`` and ``log``: lines for people, objects for scripts, and nobody named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from misam_desktop.commands.forum import open_forum
from misam_desktop.domain.codes import Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.queries.referrals import one_referral
from misam_desktop.vault import Vault
from tests.cli.worlds import Terminal
from tests.commands.test_register import take
from tests.commands.worlds import FK, IFO, MISAM, colleague, draft, refused, waiting
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


def test_the_log_as_lines_is_in_words_and_names_no_person(terminal: Terminal, founded: Path, karin: Vault) -> None:
    referral = waiting(karin)
    lines = terminal.on(founded, "log").out.splitlines()
    assert lines[0].split("\t") == ["nr", "när", "vem", "enhet", "slag", "ärende", "vad"]
    [made] = [line.split("\t") for line in lines if line.endswith("Skrev remiss")]
    assert made[2:6] == ["Karin Ekdal", "IFO", "Ändrat", referral.id]
    assert [int(line.split("\t")[0]) for line in lines[1:]] == list(range(1, len(lines)))
    assert not any(name in "".join(lines) for name in ("Provlund", "Malin", "19850312"))


def test_a_protected_person_and_anothers_draft_are_as_on_the_screen(
    terminal: Terminal, founded: Path, karin: Vault, jonas: Vault
) -> None:
    theirs = draft(jonas)
    take(colleague(karin, "kim", Role.KOORDINATOR, unit_id=IFO), {"skyddad": "ja"})
    told = terminal.on(founded, "log").out
    assert "Skrev remiss" not in told
    assert theirs.id not in told
    [protected] = [line.split("\t")[5] for line in told.splitlines() if "\tSkyddad\t" in line]
    assert protected == "Skyddad"


def test_a_long_log_is_told_whole(
    terminal: Terminal, founded: Path, karin: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(karin)
    monkeypatch.setattr("misam_desktop.queries.log_page.PAGE", 2)
    numbers = [int(line.split("\t")[0]) for line in terminal.on(founded, "log").out.splitlines()[1:]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 2


def test_the_extract_of_a_person_as_lines_is_in_words(terminal: Terminal, founded: Path, jonas: Vault) -> None:
    referral = waiting(jonas)
    lena = colleague(jonas, "lena", Role.HANDLAGGARE, unit_id=FK)
    with refused(lena, NotFound):
        lena.ask(one_referral(referral.id))
    header, made, tried = terminal.on(founded, "log", "--person", referral.person_id).out.splitlines()
    assert header.split("\t") == ["när", "vem", "enhet", "vad"]
    assert made.split("\t")[1:] == ["Jonas Vall", "Arbetsförmedlingen", "Skrev remiss"]
    assert tried.endswith("\tÖppnade remiss (nekades)")


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
