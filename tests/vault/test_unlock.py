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
from misam_desktop.vault import StoreLocked, UserInactive, Vault
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


def _store_of_another_key(path: Path) -> None:
    make(path.with_name("another.misam"))
    path.with_name("another.misam").replace(path)


SHUT: list[tuple[Callable[[Path], object], type[MisamError]]] = [
    (lambda path: path.unlink(), StoreMissing),
    (lambda path: beside(path).unlink(), KeyFileMissing),
    (_foreign, StoreDamaged),
    (_newer, KeyFileTooNew),
    (_flipped, KeyFileDamaged),
    (lambda path: beside(path).write_bytes(b""), KeyFileDamaged),
    (lambda path: path.write_bytes(b"x" * 8192), StoreDamaged),
    (_store_of_another_key, StoreDamaged),
    (_of_a_newer_program, StoreTooNew),
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
