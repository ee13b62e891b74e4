"""What every part of the large store is made by: its days, its activities, and ids like those of the program."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from random import Random
from typing import NamedTuple

from misam_desktop.domain.ids import ActivityId

FIRST, TODAY = date(2015, 1, 1), date(2026, 11, 26)


class Led(NamedTuple):
    """An activity, and the login of whoever leads it."""

    id: ActivityId
    name: str
    login: str


MISAM = Led(ActivityId("misam"), "MISAM", "karin")
NAFS = Led(ActivityId("nafs"), "NAFS", "nora")


def new_id(dice: Random) -> str:
    """An id like those of the program, in no order."""
    return f"{dice.getrandbits(128):032x}"


def at(day: date, hour: int) -> datetime:
    """An hour of a day."""
    return datetime.combine(day, time(hour), UTC)
