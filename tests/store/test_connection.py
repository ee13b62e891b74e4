"""How the store is opened: every setting asserted, nothing but SQLCipher, and the key shown nowhere."""

from __future__ import annotations

import os
import stat
import traceback
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as cipher
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, ProgrammingError

from misam_desktop.domain.errors import WorldError
from misam_desktop.store import engine as engine_module
from misam_desktop.store.engine import (
    StoreBusy,
    StoreDamaged,
    StoreMissing,
    StoreNotEncrypted,
    StoreReadOnly,
    connect,
    pragma,
    reading,
    rehearsing,
    writing,
)
from tests.store.worlds import KEY, driver_of, engine_of, key_of

RECIPE = {
    "journal_mode": "delete",
    "synchronous": 3,  # EXTRA
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "temp_store": 2,  # MEMORY
    "cache_size": -262144,
    "secure_delete": 1,
    "query_only": 0,
}


@pytest.mark.parametrize(("name", "value"), RECIPE.items())
def test_every_connection_has_the_setting(founded: Path, name: str, value: object) -> None:
    with engine_of(founded) as engine:
        raw = engine.raw_connection()
        assert raw.driver_connection.execute(f"PRAGMA {name}").fetchone()[0] == value  # type: ignore[union-attr]
        raw.close()


def test_the_driver_encrypts(founded: Path) -> None:
    with engine_of(founded) as engine, reading(engine) as conn:
        assert str(conn.exec_driver_sql("PRAGMA cipher_version").scalar_one()).startswith("4.")


def test_a_driver_that_does_not_encrypt_opens_nothing(founded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Plain(cipher.Connection):  # type: ignore[misc]  # the driver has no types
        def execute(self, statement: str, *args: Any) -> Any:
            """As the standard driver does: it knows no such PRAGMA and says nothing."""
            return super().execute("PRAGMA unknown" if "cipher" in statement else statement, *args)

    real = cipher.connect
    monkeypatch.setattr(cipher, "connect", lambda *args, **kwargs: real(*args, factory=Plain, **kwargs))
    with pytest.raises(StoreNotEncrypted):
        connect(founded, KEY)


def test_a_setting_that_does_not_hold_refuses_the_store(founded: Path) -> None:
    with driver_of(founded) as raw, pytest.raises(StoreDamaged):
        pragma(raw, "journal_mode", "DELETE", "wal")


def test_another_key_is_a_damaged_store(founded: Path) -> None:
    with pytest.raises(StoreDamaged):
        connect(founded, KEY)


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_key_of_another_length_is_a_bug(tmp_path: Path, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        connect(tmp_path / "x.misam", b"k" * length, create=True)


def test_a_file_that_is_not_encrypted_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plain.misam"
    raw = cipher.connect(str(path))
    raw.execute("CREATE TABLE log (seq)")
    raw.close()
    assert path.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(StoreDamaged):
        connect(path, KEY)


def test_nothing_of_the_file_reads_as_a_database(founded: Path) -> None:
    assert not founded.read_bytes().startswith(b"SQLite")


def test_a_missing_store_is_missing_and_stays_so(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        connect(tmp_path / "none.misam", KEY)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_its_place_is_missing(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        connect(tmp_path, KEY)


def test_a_folder_that_takes_no_files_is_read_only() -> None:
    with pytest.raises(StoreReadOnly):
        connect(Path("/proc/none/x.misam"), KEY, create=True)


def test_the_key_shows_in_no_error_and_no_repr(founded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = b"\xc3\x85" + os.urandom(30)
    with pytest.raises(StoreDamaged) as caught:
        connect(founded, secret)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    with engine_of(founded) as engine:
        told += repr(engine) + str(engine.url) + repr(engine.pool)
    for key in (secret, key_of(founded)):
        assert key.hex() not in told.lower()
        assert repr(key) not in told


def test_values_never_stand_in_an_error_of_the_driver(founded: Path) -> None:
    name = "Malin Provlund"
    add = "INSERT INTO setting (key, value) VALUES (?, ?)"
    with engine_of(founded) as engine, pytest.raises(IntegrityError) as caught, writing(engine) as conn:
        conn.exec_driver_sql(add, ("team", name))
    assert name not in "".join(traceback.format_exception(caught.value))


def test_a_statement_that_is_wrong_stays_a_bug(founded: Path) -> None:
    with engine_of(founded) as engine, pytest.raises(Exception, match="no such table") as caught, reading(engine) as c:
        c.exec_driver_sql("SELECT * FROM no_table")
    assert not isinstance(caught.value, WorldError)
    assert caught.value is not caught.value.__cause__


def test_a_question_cannot_write(founded: Path) -> None:
    with engine_of(founded) as engine:
        with pytest.raises(StoreReadOnly), reading(engine) as conn:
            conn.exec_driver_sql("UPDATE setting SET value = 'x'")
        with writing(engine) as conn:
            assert conn.exec_driver_sql("UPDATE setting SET value = value").rowcount > 0


def test_an_engine_that_was_closed_opens_nothing_again(founded: Path) -> None:
    with engine_of(founded) as engine:
        engine.dispose()
        with pytest.raises(ProgrammingError, match="closed"), reading(engine):
            pass


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")
def test_the_journal_is_its_owners_alone(founded: Path) -> None:
    with engine_of(founded) as engine, writing(engine) as conn:
        conn.exec_driver_sql("UPDATE setting SET value = value || 'x'")
        journal = founded.with_name(f"{founded.name}-journal")
        assert stat.S_IMODE(journal.stat().st_mode) == 0o600


def test_another_program_that_holds_the_store_is_told(founded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_S", 0.0)
    with driver_of(founded) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusy):
            connect(founded, key_of(founded))


def test_a_writer_waits_for_another_to_let_go_and_then_tells(founded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_S", 0.0)
    with engine_of(founded) as engine, driver_of(founded) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy), writing(engine):
            pytest.fail("the other has not let go")
        other.execute("ROLLBACK")
        with writing(engine) as conn:
            assert conn.in_transaction()


def test_a_writer_holds_the_store_before_its_first_statement(founded: Path) -> None:
    with engine_of(founded) as engine, driver_of(founded) as other:
        with writing(engine), pytest.raises(cipher.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")


def test_a_reader_lets_others_read(founded: Path) -> None:
    with engine_of(founded) as engine, driver_of(founded) as other, reading(engine) as conn:
        conn.exec_driver_sql("SELECT * FROM setting").all()
        assert other.execute("SELECT count(*) FROM setting").fetchone()[0] > 0


def test_any_exception_undoes_all_of_a_write(founded: Path) -> None:
    def give_up(conn: Connection) -> None:
        conn.exec_driver_sql("DELETE FROM setting")
        raise KeyboardInterrupt

    with engine_of(founded) as engine:
        with pytest.raises(KeyboardInterrupt), writing(engine) as conn:
            give_up(conn)
        with reading(engine) as conn:
            assert conn.exec_driver_sql("SELECT count(*) FROM setting").scalar_one() > 0


def test_a_rehearsal_leaves_nothing_and_the_connection_as_it_was(founded: Path) -> None:
    with engine_of(founded) as engine:
        with rehearsing(engine) as conn:
            conn.exec_driver_sql("DELETE FROM setting")
        with pytest.raises(IntegrityError), rehearsing(engine) as conn:
            conn.exec_driver_sql("DELETE FROM contact")
        with reading(engine) as conn:
            assert conn.exec_driver_sql("SELECT count(*) FROM setting").scalar_one() > 0
            assert conn.exec_driver_sql("PRAGMA synchronous").scalar_one() == RECIPE["synchronous"]


def test_a_rehearsal_waits_like_any_writer(founded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_S", 0.0)
    with engine_of(founded) as engine, driver_of(founded) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy), rehearsing(engine):
            pytest.fail("the other has not let go")


def test_a_name_that_looks_like_settings_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with engine_of(Path("file:x?mode=memory"), KEY, create=True) as engine, writing(engine) as conn:
        conn.exec_driver_sql("CREATE TABLE t (x)")
    assert [path.name for path in tmp_path.iterdir()] == ["file:x?mode=memory"]
