"""Half-written text: kept in the encrypted store at every pause, so that a crash or a lock loses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from misam_desktop.domain.ids import DraftId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one user has typed into one form so far; ``content`` is the form's values as JSON."""

    id: DraftId
    user_id: UserId
    form: str
    subject_id: str
    content: str
    saved_at: datetime
    version: int = 1
