"""What stands on a forum's agenda: one case under its code, from when it came there (process.md §6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from misam_desktop.domain.ids import CaseId, MeetingId, ReferralId
from misam_desktop.domain.pseudonym import Pseudonym


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumItem:
    """One case of one forum. A protected person's has none: it is only spoken of.

    It is the same on every paper of the meeting, and is gone 90 days after it.
    """

    id: str
    meeting_id: MeetingId
    referral_id: ReferralId
    code: Pseudonym
    added_at: datetime
    version: int = 1

    @property
    def case_id(self) -> CaseId | None:
        """The case whose consent says where it stands."""
        return self.referral_id

    @property
    def is_general(self) -> bool:
        """A forum takes up nothing but cases."""
        return False
