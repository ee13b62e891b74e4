"""When an unattended program locks itself (security.md, «Keys»)."""

from __future__ import annotations

from datetime import datetime, timedelta

USUAL, LEAST, MOST = 10, 1, 30
"""Idle minutes before the lock: the default, and what can be chosen. It is never off."""
LED = timedelta(hours=3)
"""How long a meeting that is led keeps the program open at most: then the idle minutes count again."""


def kept_within(minutes: int) -> timedelta:
    """The idle time before the lock, whatever was chosen."""
    return timedelta(minutes=min(max(minutes, LEAST), MOST))


def locks_at(touched: datetime, *, after: timedelta, led_since: datetime | None) -> datetime:
    """When it locks if nobody touches it; ``led_since`` is when the meeting began that is being led."""
    usual = touched + after
    return usual if led_since is None else max(usual, led_since + LED)
