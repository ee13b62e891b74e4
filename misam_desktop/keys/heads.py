"""The newest head of each store's log, kept in the user's profile: a chain alone cannot see that its end was cut off.

One small file a store, sealed under the store's key, with nothing in it but numbers and hashes. It is written after
every entry, without waiting for the disk: after a crash it may lag behind, and an older head is still in the chain.
Two places in the file take turns, so that what is cut short leaves the one before; a file that is written in place
costs a fiftieth of one that is written beside and renamed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from misam_desktop.keys.primitives import derive, hmac_of, same

_PLACE = 512
"""Bytes of one place: what a disk writes whole or not at all."""
_SEAL = 64
_SHOWN = 8


class Head(NamedTuple):
    """The number and the hash of an entry that was the newest."""

    seq: int
    hash: str

    @property
    def mark(self) -> str:
        """«1234-9F3A22C1», as it is named in the log and on papers."""
        return f"{self.seq}-{self.hash[:_SHOWN].upper()}"


@dataclass(frozen=True, slots=True)
class Known:
    """What the profile knows of a store's log: the newest head, and the furthest that was missed from the chain."""

    newest: Head | None = None
    lost: Head | None = None
    turn: int = 0


class GapKind(StrEnum):
    """What is wrong with the log's end, or with what was to tell of it.

    It ends before where this profile or another has seen it; what was remembered is damaged; nothing can be kept.
    """

    CUT = "cut"
    ELSEWHERE = "elsewhere"
    UNREADABLE = "unreadable"
    NOT_KEPT = "not_kept"


@dataclass(frozen=True, slots=True)
class Gap:
    """The log as it was once seen, up to entry ``seq`` with its ``mark``, and as it is, up to entry ``at``."""

    kind: GapKind
    seq: int = 0
    at: int = 0
    mark: str = ""


class Heads:
    """The file of one store. Whether it could be read and written is told, and stops nobody from working."""

    def __init__(self, folder: Path, store_id: str, key: bytes) -> None:
        self._path = folder / f"{store_id}.head"
        self._key = derive(key, "log head", store_id.encode())
        self.known, self.is_sound = self._read()
        if not self.is_sound:  # another program may have been in the midst of writing
            self.known, self.is_sound = self._read()
        self.is_kept = True

    def check(self, holds: Callable[[Head], bool]) -> Head | None:
        """The furthest head that was missed from the chain, if one was; it stays known until it is accepted."""
        newest, lost = self.known.newest, self.known.lost
        if newest is not None and not holds(newest):
            furthest = newest if lost is None else max(newest, lost)
            self.known = replace(self.known, newest=None, lost=furthest)
        return self.known.lost

    def keep(self, head: Head) -> None:
        """Remember the newest head."""
        self._write(replace(self.known, newest=head, turn=self.known.turn + 1))

    def accept(self) -> None:
        """Let go of what was missed: somebody who may has said why."""
        self._write(replace(self.known, lost=None, turn=self.known.turn + 1))

    def _read(self) -> tuple[Known, bool]:
        try:
            with self._path.open("rb") as file:
                content = file.read(2 * _PLACE)
        except (FileNotFoundError, NotADirectoryError):
            return Known(), True
        except OSError:
            return Known(), False
        places = [content[at : at + _PLACE] for at in (0, _PLACE)]
        filled = [self._opened(place) for place in places if place.strip(b"\0")]  # the machine may have filled neither
        whole = [known for known in filled if known is not None]
        return max(whole, key=lambda known: known.turn, default=Known()), len(whole) == len(filled)

    def _opened(self, place: bytes) -> Known | None:
        seal, said = place[:_SEAL], place[_SEAL:].rstrip()
        if not seal.isalnum() or not same(seal.decode(), hmac_of(self._key, said)):
            return None
        newest, lost, turn = json.loads(said)
        return Known(Head(*newest) if newest else None, Head(*lost) if lost else None, turn)

    def _write(self, known: Known) -> None:
        self.known = known
        said = json.dumps([known.newest, known.lost, known.turn]).encode()
        place = hmac_of(self._key, said).encode() + said
        try:
            with os.fdopen(self._open(), "wb", buffering=0) as file:
                file.seek(known.turn % 2 * _PLACE)
                file.write(place.ljust(_PLACE))
        except OSError:
            self.is_kept = False  # told at unlock

    def _open(self) -> int:
        how = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
        try:
            return os.open(self._path, how, 0o600)
        except FileNotFoundError:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return os.open(self._path, how, 0o600)
