"""What stands around every paper: the team, the day, the log's mark, and what stands over a letter."""

from __future__ import annotations

from misam_desktop.documents.consents import Frame
from misam_desktop.queries.log import mark_of
from misam_desktop.store import founding
from misam_desktop.vault import Look
from misam_desktop.wording import iso


def frame(look: Look) -> Frame:
    """The frame of a paper that is made now."""
    letterhead = founding.letterhead(look.conn)
    return Frame(
        team=founding.setting(look.conn, "team") or "",
        day=iso(look.today),
        mark=mark_of(look),
        head=letterhead.head(),
        place=letterhead.place,
    )
