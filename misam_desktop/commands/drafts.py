"""Keeping what somebody has typed and not yet saved, through a crash or a lock."""

from __future__ import annotations

from dataclasses import replace

from misam_desktop.domain.access import May
from misam_desktop.domain.drafts import Draft
from misam_desktop.domain.ids import DraftId
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, command


@command("draft.kept", needs=May.OWN_SESSION, touches=Topic.DRAFTS)
def keep_draft(tx: Tx, form: str, subject_id: str, content: str) -> Draft:
    """Keep the present text of a form; only its writer ever sees it."""
    kept = _own(tx, form, subject_id)
    if kept is not None:
        tx.about(kept.id)
        return rows.drafts.save(tx.conn, replace(kept, content=content, saved_at=tx.now))
    draft = Draft(
        id=DraftId(tx.new_id()),
        user_id=tx.actor.user_id,
        form=form,
        subject_id=subject_id,
        content=content,
        saved_at=tx.now,
    )
    tx.about(draft.id)
    return rows.drafts.add(tx.conn, draft)


@command("draft.dropped", needs=May.OWN_SESSION, touches=Topic.DRAFTS)
def drop_draft(tx: Tx, form: str, subject_id: str) -> None:
    """Forget a draft: its form has been saved or thrown away."""
    kept = _own(tx, form, subject_id)
    if kept is not None:
        tx.about(kept.id)
        rows.drafts.remove(tx.conn, kept.id)


def _own(tx: Tx, form: str, subject_id: str) -> Draft | None:
    table = tables.draft
    found = rows.drafts.where(
        tx.conn, table.c.user_id == tx.actor.user_id, table.c.form == form, table.c.subject_id == subject_id
    )
    return found[0] if found else None
