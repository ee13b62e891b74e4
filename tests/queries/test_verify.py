"""Whether the store can be trusted: every check holds on a sound store, and fails on its own damage alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from misam_desktop.commands.stores import door_of
from misam_desktop.domain.access import NotPermitted
from misam_desktop.queries.verify import CheckName, verify
from misam_desktop.store import checks
from misam_desktop.vault import Vault
from tests.commands.test_register import BACK, BO, ENDED, take
from tests.commands.worlds import entries, refused
from tests.conftest import WEAK_BOUNDS
from tests.store.worlds import driver_of


def failing(vault: Vault, path: Path) -> list[CheckName]:
    found = vault.ask(verify(key_file_beside=door_of(path, bounds=WEAK_BOUNDS).key_file))
    assert [row.name for row in found] == list(CheckName)
    return [row.name for row in found if not row.ok]


def test_every_check_of_a_sound_store_holds(karin: Vault, founded: Path) -> None:
    take(karin, {}, ENDED | BO, BACK | BO)
    assert failing(karin, founded) == []


def test_another_key_file_beside_the_store_is_found(karin: Vault) -> None:
    found = karin.ask(verify(key_file_beside=b"another"))
    assert [row.name for row in found if not row.ok] == [CheckName.KEYS]


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("UPDATE referral SET episode_id = NULL", CheckName.LINKS),
        ("UPDATE consent SET person_id = 'nobody'", CheckName.REFERENCES),
        ("UPDATE case_access SET kinds = 'halsa'", CheckName.ACCESS),
        ("DELETE FROM case_access", CheckName.ACCESS),
        ("UPDATE consent SET withdrawn_on = from_on", CheckName.ACCESS),
        ("UPDATE referral SET referrer = 'nobody'", CheckName.STATISTICS),
    ],
)
def test_what_another_tool_does_to_the_rows_is_found(
    karin: Vault, founded: Path, damage: str, check: CheckName
) -> None:
    take(karin, {})
    with driver_of(founded) as raw:
        raw.execute(damage)
    assert failing(karin, founded) == [check]


def test_an_entry_that_was_changed_is_found(karin: Vault, founded: Path) -> None:
    with driver_of(founded) as raw:
        triggers = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for trigger in triggers:
            raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute("UPDATE log SET user_id = 'nobody' WHERE seq = 1")
    assert CheckName.LOG in failing(karin, founded)


@pytest.mark.parametrize(
    ("asked", "check"), [("pages_are_whole", CheckName.PAGES), ("structure_is_whole", CheckName.STRUCTURE)]
)
def test_what_the_store_says_of_its_own_pages_is_told(
    karin: Vault, founded: Path, monkeypatch: pytest.MonkeyPatch, asked: str, check: CheckName
) -> None:
    def broken(_conn: Any) -> bool:
        return False

    answer: Callable[[Any], bool] = broken
    monkeypatch.setattr(checks, asked, answer)
    assert failing(karin, founded) == [check]


def test_an_account_that_counts_others_than_the_list_is_found(
    karin: Vault, founded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(karin, {})
    monkeypatch.setattr(checks, "count_overlapping", lambda *_arguments: (2, 0))
    assert failing(karin, founded) == [CheckName.STATISTICS]


def test_an_administrator_may_verify_and_a_handlaggare_may_not(
    karin: Vault, ada: Vault, jonas: Vault, founded: Path
) -> None:
    assert failing(ada, founded) == []
    assert entries(karin)[-1].action == "store.verified"
    with refused(jonas, NotPermitted):
        failing(jonas, founded)
