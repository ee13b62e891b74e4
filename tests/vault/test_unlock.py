"""Opening a store: every way in that is shut has a sentence of its own, and who comes in is logged."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from misam_desktop.commands.drafts import keep_draft
from misam_desktop.domain.errors import MisamError
from misam_desktop.keys import key_file
from misam_desktop.keys.coding import canonical
from misam_desktop.keys.errors import (
    KeyFileDamaged,
    KeyFileForeign,
    KeyFileMissing,
    KeyFileTooNew,
    WrongPassword,
)
from misam_desktop.queries.referrals import waiting_referrals
from misam_desktop.store import rows
from misam_desktop.store.engine import StoreDamaged, StoreMissing, writing
from misam_desktop.store.migrate import StoreTooNew
from misam_desktop.unlocking import UserInactive
from misam_desktop.vault import StoreLocked, Vault
from tests.commands.worlds import all_of, entries
from tests.store.worlds import driver_of, engine_of
from tests.vault.worlds import make, open_up


def beside(path: Path) -> Path:
    return key_file.path_beside(path)


def _foreign(path: Path) -> None:
    make(path.with_name("another.misam"))
    beside(path.with_name("another.misam")).replace(beside(path))


def _newer(path: Path) -> None:
    data = json.loads(beside(path).read_bytes()) | {"format": 2}
    del data["checksum"]
    beside(path).write_text(json.dumps(data | {"checksum": sha256(canonical(data)).hexdigest()}))


def _flipped(path: Path) -> None:
    content = bytearray(beside(path).read_bytes())
    content[len(content) // 2] ^= 1
    beside(path).write_bytes(content)


def _of_a_newer_program(path: Path) -> None:
    with engine_of(path) as engine, writing(engine) as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")


def _renamed_within(path: Path) -> None:
    with engine_of(path) as engine, writing(engine) as conn:
        conn.exec_driver_sql("UPDATE setting SET value = 'another' WHERE key = 'store_id'")


def _store_of_another_key(path: Path) -> None:
    make(path.with_name("another.misam"))
    path.with_name("another.misam").replace(path)


SHUT: list[tuple[Callable[[Path], object], type[MisamError]]] = [
    (lambda path: path.unlink(), StoreMissing),
    (lambda path: beside(path).unlink(), KeyFileMissing),
    (_foreign, KeyFileForeign),
    (_newer, KeyFileTooNew),
    (_flipped, KeyFileDamaged),
    (lambda path: beside(path).write_bytes(b""), KeyFileDamaged),
    (lambda path: path.write_bytes(path.read_bytes()[:16] + b"x" * 8176), StoreDamaged),
    (_store_of_another_key, KeyFileForeign),
    (_of_a_newer_program, StoreTooNew),
    (_renamed_within, KeyFileForeign),
]


@pytest.mark.parametrize(("shut", "error"), SHUT)
def test_each_way_in_that_is_shut_has_its_own_error(
    founded: Path, shut: Callable[[Path], object], error: type[MisamError]
) -> None:
    shut(founded)
    before = {path: path.read_bytes() for path in founded.parent.iterdir()}
    with pytest.raises(error):
        open_up(founded)
    assert {path: path.read_bytes() for path in founded.parent.iterdir()} == before


@pytest.mark.parametrize(("login", "password"), [("karin", "en lugn kväll vid älven"), ("nobody", "x"), ("karin", "")])
def test_a_wrong_password_and_an_unknown_user_read_the_same(founded: Path, login: str, password: str) -> None:
    before = founded.read_bytes()
    with pytest.raises(WrongPassword) as caught:
        open_up(founded, login, password)
    assert caught.value.params == {"field": "password"}
    assert founded.read_bytes() == before


def test_a_foreign_key_file_is_told_before_any_password(founded: Path) -> None:
    _foreign(founded)
    with pytest.raises(KeyFileForeign):
        open_up(founded, password="whatever it is")


def test_a_store_keeps_its_id_when_it_is_packed(founded: Path) -> None:
    before = founded.read_bytes()[:16]
    with driver_of(founded) as raw:
        raw.execute("VACUUM")
    assert founded.read_bytes()[:16] == before
    open_up(founded).close()


def test_who_opened_it_is_logged(karin: Vault) -> None:
    last = entries(karin)[-1]
    found = (last.action, last.user_id, last.object_id, last.role, last.allowed)
    assert found == ("store.unlocked", karin.actor.user_id, karin.actor.user_id, "koordinator", 1)


def test_a_closed_account_is_refused_and_the_try_is_logged(karin: Vault, founded: Path) -> None:
    jonas = next(user for user in all_of(karin, rows.users) if user.login == "jonas")
    with writing(karin._engine) as conn:
        rows.users.save(conn, replace(jonas, active=False))
    with pytest.raises(UserInactive):
        open_up(founded, "jonas")
    last = entries(karin)[-1]
    assert (last.action, last.user_id, last.object_id, last.allowed) == ("store.unlocked", jonas.id, jonas.id, 0)


def test_a_locked_store_answers_nothing_and_does_nothing(karin: Vault, founded: Path) -> None:
    karin.close()
    before = founded.read_bytes()
    with pytest.raises(StoreLocked):
        karin.ask(waiting_referrals())
    with pytest.raises(StoreLocked):
        karin.do(keep_draft("referral", "", "text"))
    assert founded.read_bytes() == before


def test_locking_twice_is_locking(karin: Vault) -> None:
    karin.close()
    karin.close()


def test_after_the_lock_it_opens_again_as_it_was(karin: Vault, founded: Path) -> None:
    karin.do(keep_draft("referral", "", "halva meningen"))
    karin.close()
    again = open_up(founded)
    assert [draft.content for draft in all_of(again, rows.drafts)] == ["halva meningen"]
    again.close()
