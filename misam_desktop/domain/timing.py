"""How long each item of a meeting may take, and how long it has taken; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

LEAST = timedelta(minutes=1)
"""What an item gets even when the others have taken the whole hour."""
SHORT = timedelta(minutes=1)
"""Time is short when no more than this is left."""


class Hurry(StrEnum):
    """How much of the time for an item is left."""

    PLENTY = "plenty"
    SHORT = "short"
    OVER = "over"


def shares(wanted: Sequence[int | None], *, minutes: int) -> list[timedelta]:
    """How long each item may take: its own minutes, or an even share of what the others leave of the meeting."""
    left = timedelta(minutes=minutes - sum(one for one in wanted if one is not None))
    even = max(left / max(sum(one is None for one in wanted), 1), LEAST)
    whole = timedelta(seconds=even // timedelta(seconds=1))
    return [whole if one is None else timedelta(minutes=one) for one in wanted]


@dataclass(frozen=True, slots=True)
class Watch:
    """A stopwatch: what it has counted, and since when it runs; None is a pause."""

    spent: timedelta = timedelta()
    since: datetime | None = None

    def counted(self, now: datetime) -> timedelta:
        """What it shows; a clock that was set back counts nothing."""
        return self.spent if self.since is None else self.spent + max(now - self.since, timedelta())


def running(watch: Watch, now: datetime) -> Watch:
    """The watch under way; one that runs already goes on."""
    return watch if watch.since is not None else replace(watch, since=now)


def paused(watch: Watch, now: datetime) -> Watch:
    """The watch with what it has counted, standing still."""
    return Watch(watch.counted(now))


def hurry(left: timedelta) -> Hurry:
    """How much time is left, in a word."""
    if left < timedelta():
        return Hurry.OVER
    return Hurry.SHORT if left <= SHORT else Hurry.PLENTY
