"""Ways to the store behind the door's back, for tests that damage it or hold it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as cipher
from sqlalchemy import Engine

from misam_desktop.keys import key_file
from misam_desktop.store.engine import connect
from tests.conftest import PASSWORD, WEAK_BOUNDS

KEY = bytes(range(32))


def key_of(path: Path) -> bytes:
    """The key of the fixture's store."""
    file = key_file.read_key_file(key_file.path_beside(path), bounds=WEAK_BOUNDS)
    return key_file.unlock(file, login="karin", password=PASSWORD).store_key.raw


@contextmanager
def engine_of(path: Path, key: bytes | None = None, *, create: bool = False) -> Iterator[Engine]:
    """The store as the program connects to it, without a user."""
    engine = connect(path, key or key_of(path), create=create)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def driver_of(path: Path, key: bytes | None = None) -> Iterator[Any]:
    """A connection without any of the program's settings: what somebody with the key and another tool has."""
    raw = cipher.connect(str(path), timeout=0, isolation_level=None)
    try:
        raw.execute("PRAGMA cipher_log_level = NONE")
        raw.set_key(f"x'{(key or key_of(path)).hex()}'")
        yield raw
    finally:
        raw.close()
