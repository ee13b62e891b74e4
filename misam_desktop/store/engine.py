"""The one place that opens the store: SQLCipher through SQLAlchemy, and the settings every connection must have.

Fails closed: a driver that is not SQLCipher, or a setting that does not hold, refuses the store. The key is never in
a URL. Figures and reasons: WAL cannot work on a share; BEGIN IMMEDIATE keeps writers from failing half-way; the cache
takes away nearly all overhead of encryption on reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as cipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from misam_desktop.domain.errors import WorldError
from misam_desktop.store import access

BUSY_TIMEOUT_S = 5.0

_PRAGMAS: dict[str, tuple[str, object]] = {
    "journal_mode": ("DELETE", "delete"),
    "synchronous": ("EXTRA", 3),
    "foreign_keys": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "mmap_size": ("0", None),
    "temp_store": ("MEMORY", 2),
    "cache_size": ("-262144", -262144),
    "secure_delete": ("ON", 1),
}


class StoreMissing(WorldError):
    """There is no file at the store's place."""

    code = "store_missing"


class StoreDamaged(WorldError):
    """The file does not open with the key that belongs to it."""

    code = "store_damaged"


class StoreBusy(WorldError):
    """Another program holds the store and did not let go in time."""

    code = "store_busy"


class StoreReadOnly(WorldError):
    """The disk or the file does not take writes."""

    code = "store_read_only"


class StoreDiskFull(WorldError):
    """There is no room left; nothing was saved."""

    code = "store_disk_full"


class StoreNotEncrypted(WorldError):
    """The database driver does not encrypt: nothing is opened."""

    code = "store_not_encrypted"


def connect(path: Path, key: bytes, *, create: bool = False, store_id: str = "") -> Engine:
    """An engine with exactly one connection to the store, checked to be readable with the key.

    A new store begins with its id, in place of the salt that SQLCipher would draw: it tells whose key file is whose.
    Once disposed it never opens the store again: it does not have the key.
    Raises StoreMissing, StoreDamaged, StoreBusy, StoreReadOnly, StoreNotEncrypted.
    """
    if not create and not path.is_file():
        raise StoreMissing
    with told():
        raw = _opened(path, key, store_id)
    engine = create_engine(
        "sqlite+pysqlite://", module=cipher, creator=lambda: raw, poolclass=StaticPool, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    with told():
        engine.connect().close()  # now the pool has the connection, and dispose closes it
    return engine


def _opened(path: Path, key: bytes, store_id: str) -> Any:
    if len(key) != 32:
        raise ValueError("a store key has 32 bytes")
    # absolute, since this SQLite reads a name that begins with «file:» as settings
    raw = cipher.connect(str(path.absolute()), timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        _prepare(raw, key, store_id)
    except BaseException:
        raw.close()
        raise
    return raw


def _prepare(raw: Any, key: bytes, store_id: str) -> None:
    raw.execute("PRAGMA cipher_log_level = NONE")
    if not raw.execute("PRAGMA cipher_version").fetchone():
        raise StoreNotEncrypted
    raw.set_key(f"x'{key.hex()}{store_id}'")  # not as a statement: those are kept and traced
    raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    for name, (value, expected) in _PRAGMAS.items():
        pragma(raw, name, value, expected)


def pragma(raw: Any, name: str, value: str, expected: object) -> None:
    """Set one PRAGMA on the driver's connection, outside any transaction, and see that it holds."""
    raw.execute(f"PRAGMA {name} = {value}")
    found = raw.execute(f"PRAGMA {name}").fetchone()
    if expected is not None and (found is None or found[0] != expected):
        raise StoreDamaged


def _begin(conn: Connection) -> None:
    writing = conn.get_execution_options().get("writing", False)
    conn.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A short read transaction, in which nothing can be written."""
    with told(), engine.connect() as conn:
        raw = conn.connection.driver_connection
        pragma(raw, "query_only", "ON", 1)
        try:
            with conn.begin():
                yield conn
        finally:
            pragma(raw, "query_only", "OFF", 0)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A write transaction that holds the store from its first statement; any exception undoes all of it.

    What follows from the rows that were written is written before it ends.
    """
    with told(), engine.connect().execution_options(writing=True) as conn, conn.begin():
        conn.info.clear()  # it outlives a transaction that was undone
        yield conn
        access.refresh(conn)


@contextmanager
def rehearsing(engine: Engine) -> Iterator[Connection]:
    """A write transaction that is always undone: only whether it can be written is to be known.

    Nothing of it shall last, so the disk is not waited for; what SQLite writes aside meanwhile is written as ever.
    """
    with told(), engine.connect().execution_options(writing=True) as conn:
        raw = conn.connection.driver_connection
        pragma(raw, "synchronous", "NORMAL", 1)
        try:
            with conn.begin() as tried:
                yield conn
                tried.rollback()
        finally:
            pragma(raw, "synchronous", *_PRAGMAS["synchronous"])


def times_written_elsewhere(engine: Engine) -> int:
    """A number that is another one once some other connection has changed the store; cheap to ask."""
    with told(), engine.connect() as conn:
        return int(conn.exec_driver_sql("PRAGMA data_version").scalar_one())


@contextmanager
def told() -> Iterator[None]:
    """Turn what the driver says of the world into errors with a sentence; anything else stays a bug."""
    try:
        yield
    except (DBAPIError, cipher.Error) as error:
        said = _SAID.get(getattr(getattr(error, "orig", error), "sqlite_errorcode", 0) & 0xFF)
        if said is None:
            raise
        raise said from error


_SAID: dict[int, type[WorldError]] = {
    cipher.SQLITE_BUSY: StoreBusy,
    cipher.SQLITE_LOCKED: StoreBusy,
    cipher.SQLITE_PERM: StoreReadOnly,
    cipher.SQLITE_READONLY: StoreReadOnly,
    cipher.SQLITE_CANTOPEN: StoreReadOnly,
    cipher.SQLITE_FULL: StoreDiskFull,
    cipher.SQLITE_IOERR: StoreDiskFull,
    cipher.SQLITE_CORRUPT: StoreDamaged,
    cipher.SQLITE_NOTADB: StoreDamaged,
}
"""What SQLite's result codes mean for the user; the low byte of an extended code is its plain one."""
