"""What was signed: the frozen wording of a consent, and the scanned paper (process.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from misam_desktop.domain.ids import ConsentId, ScanId, WordingId


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One text that people sign, word for word; another edition is another row, and none is ever changed.

    ``language`` is the phrase file it came from: sv, sv-latt or en.
    """

    id: WordingId
    language: str
    edition: str
    title: str
    body: str
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A scanned consent, kept inside the store. ``media`` is its media type, ``content`` its checked bytes."""

    id: ScanId
    consent_id: ConsentId
    media: str
    content: bytes
    added_at: datetime
    version: int = 1
