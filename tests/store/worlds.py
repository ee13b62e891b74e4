"""Ways to the store behind the door's back, for tests that damage it or hold it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
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


@contextmanager
def no_room() -> Iterator[None]:
    """A disk that takes no byte more, for this process: every write that makes a file longer fails."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such limit")
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def as_anybody() -> Iterator[None]:
    """As a user whom the permissions of files bind: root passes them by."""
    if sys.platform == "win32":
        pytest.skip("permissions of this kind are POSIX's")
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


@contextmanager
def small_disk(place: Path, *, kib: int) -> Iterator[Path]:
    """A disk of its own, of a few pages; skips where nobody may mount one."""
    place.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "none", str(place)]
    done = subprocess.run(mount, capture_output=True, check=False) if shutil.which("mount") else None
    if done is None or done.returncode != 0:
        pytest.skip("only root can mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)
