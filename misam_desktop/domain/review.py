"""Loggkontroll: which entries of the log are looked at, why, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from misam_desktop.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What somebody found when they looked at one entry; ``month`` is «2026-11», ``seq`` the entry's number."""

    id: str
    month: str
    seq: int
    ground: str
    verdict: str
    note: str = ""
    by: UserId
    at: datetime
    version: int = 1
