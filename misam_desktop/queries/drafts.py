"""Half-written text, for the one who wrote it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from misam_desktop.domain.access import May
from misam_desktop.store import tables
from misam_desktop.vault import Look, query

_D = tables.draft.c
LED = "led"
"""What the place of a meeting is kept as that the actor leads, for the way back to it after a crash."""


class DraftRow(NamedTuple):
    """One form that the actor has left half-written."""

    form: str
    subject_id: str
    content: str
    saved_at: datetime


@query(None, needs=May.OWN_SESSION)
def kept_draft(look: Look, form: str, subject_id: str) -> str | None:
    """What the actor had typed into a form, as JSON, or None."""
    statement = select(_D.content).where(_D.user_id == look.actor.user_id, _D.form == form, _D.subject_id == subject_id)
    return look.conn.execute(statement).scalar_one_or_none()


@query(None, needs=May.OWN_SESSION)
def my_drafts(look: Look) -> list[DraftRow]:
    """Every form that the actor has left half-written, the newest first."""
    statement = (
        select(_D.form, _D.subject_id, _D.content, _D.saved_at)
        .where(_D.user_id == look.actor.user_id)
        .order_by(_D.saved_at.desc(), _D.id)
    )
    return [DraftRow(*row) for row in look.conn.execute(statement)]
