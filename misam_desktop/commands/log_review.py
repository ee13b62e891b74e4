"""Loggkontroll: writing down what was found when an entry of the log was looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import ReviewGround, ReviewVerdict
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.review import Review, must_be_anothers, must_not_be_anothers
from misam_desktop.queries.log import entry_within
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, command


@command("log.reviewed", needs=May.REVIEW_LOG, touches=Topic.LOG)
def review_entry(tx: Tx, seq: int, ground: ReviewGround, verdict: ReviewVerdict, *, note: str = "") -> Review:
    """Record what was found; who found it can write it anew. Raises NotFound, OwnEntry, AlreadyReviewed."""
    entry = entry_within(tx, seq)
    if entry is None:
        raise NotFound
    must_be_anothers(entry.user_id, tx.actor.user_id)
    tx.about(str(seq), purpose=f"{ground}:{verdict}")
    earlier = rows.reviews.where(tx.conn, tables.review.c.seq == seq, tables.review.c.ground == ground)
    must_not_be_anothers(earlier, tx.actor.user_id)
    if earlier:
        return rows.reviews.save(tx.conn, replace(earlier[0], verdict=verdict, note=note.strip(), at=tx.now))
    return rows.reviews.add(
        tx.conn,
        Review(
            id=tx.new_id(),
            month=f"{datetime.fromisoformat(entry.at).astimezone():%Y-%m}",
            seq=seq,
            ground=ground,
            verdict=verdict,
            note=note.strip(),
            by=tx.actor.user_id,
            at=tx.now,
        ),
    )
