"""Jäv: a named colleague is kept out of one case, sees nothing of it and is not told (process.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from misam_desktop.domain.ids import ContactId, ReferralId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutOut:
    """Who is kept out of which case, by whom and since when."""

    id: str
    referral_id: ReferralId
    contact_id: ContactId
    by: UserId
    on: date
    version: int = 1
