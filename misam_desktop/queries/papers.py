"""What stands around every paper: the team, the day, the log's mark, and what stands over a letter."""

from __future__ import annotations

from misam_desktop.documents.consents import Frame
from misam_desktop.documents.letters import Sender
from misam_desktop.queries.log import mark_of
from misam_desktop.store import founding, rows
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


def sender(look: Look) -> Sender:
    """Who signs a letter that is made now: the asker."""
    user = rows.users.get(look.conn, look.actor.user_id)
    contact = rows.contacts.get(look.conn, user.contact_id) if user.contact_id else None
    unit = rows.units.get(look.conn, user.unit_id)
    return Sender(name=user.name, unit=unit.name, phone=contact.phone if contact else "")
