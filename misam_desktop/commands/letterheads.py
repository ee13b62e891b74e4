"""The letterhead of the team's letters."""

from __future__ import annotations

from misam_desktop.domain.access import May
from misam_desktop.domain.errors import Stale
from misam_desktop.domain.letterhead import Letterhead, cleaned
from misam_desktop.store import founding
from misam_desktop.vault import Topic, Tx, command


@command("letterhead.changed", needs=May.CHANGE_SETTINGS, touches=(Topic.SETTINGS, Topic.CONTACTS))
def set_letterhead(tx: Tx, letterhead: Letterhead, *, seen: Letterhead) -> Letterhead:
    """Set what stands at the top of letters from now on. Raises LetterheadLong, Stale."""
    kept = cleaned(letterhead)
    if founding.letterhead(tx.conn) != seen:
        raise Stale
    founding.set_letterhead(tx.conn, kept)
    return kept
