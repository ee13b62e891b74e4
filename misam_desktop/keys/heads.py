"""The newest head of each store's log, kept in the user's profile: a chain alone cannot see that its end was cut off.

One small file a store, sealed under the store's key, with nothing in it but numbers and hashes. It is written after
every entry, without waiting for the disk: after a crash it may lag behind, and an older head is still in the chain.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from misam_desktop.keys.primitives import derive, hmac_of, same


class Head(NamedTuple):
    """The number and the hash of an entry that was the newest."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the profile knows of a store's log: the newest head, and those that were once missed from the chain."""

    newest: Head | None = None
    lost: tuple[Head, ...] = ()


class GapKind(StrEnum):
    """What is wrong: the log ends before where it once did, what was remembered is damaged, or nothing can be."""

    CUT = "cut"
    UNREADABLE = "unreadable"
    NOT_KEPT = "not_kept"


@dataclass(frozen=True, slots=True)
class Gap:
    """The log as this profile last saw it, up to entry ``seq``, and as it is, up to entry ``at``."""

    kind: GapKind
    seq: int
    at: int


class Heads:
    """The file of one store. Whether it could be read and written is told, and stops nobody from working."""

    def __init__(self, folder: Path, store_id: str, key: bytes) -> None:
        self._path = folder / f"{store_id}.head"
        self._key = derive(key, "log head", store_id.encode())
        self.known, self.is_sound = self._read()
        self.is_kept = True

    def check(self, holds: Callable[[Head], bool]) -> Head | None:
        """The newest head that is not in the chain, if one is not; it stays known until it is accepted."""
        newest = self.known.newest
        if newest is not None and not holds(newest):
            self.known = Known(None, (*self.known.lost, newest))
        return self.known.lost[-1] if self.known.lost else None

    def keep(self, head: Head) -> None:
        """Remember the newest head."""
        self._write(replace(self.known, newest=head))

    def accept(self) -> None:
        """Let go of what was missed: somebody who may has said why."""
        self._write(replace(self.known, lost=()))

    def _read(self) -> tuple[Known, bool]:
        try:
            said = json.loads(self._path.read_text(encoding="utf-8"))
            known = Known(Head(*said["newest"]) if said["newest"] else None, tuple(Head(*one) for one in said["lost"]))
            seal = said["seal"]
        except (FileNotFoundError, NotADirectoryError):
            return Known(), True
        except (OSError, ValueError, KeyError, TypeError):
            return Known(), False
        is_whole = isinstance(seal, str) and same(seal, self._seal(known))
        return (known, True) if is_whole else (Known(), False)

    def _write(self, known: Known) -> None:
        self.known = known
        said = {"newest": known.newest, "lost": known.lost, "seal": self._seal(known)}
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
                json.dump(said, out)
            beside.replace(self._path)
        except OSError:
            self.is_kept = False  # told at unlock
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def _seal(self, known: Known) -> str:
        return hmac_of(self._key, json.dumps([known.newest, known.lost]).encode())
