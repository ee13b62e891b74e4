"""The append-only log of changes and reads: each entry carries the hash of the one before it.

Triggers refuse update and delete; the chain finds edits, deletions and swaps. Ids and codes only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, literal, select  # noqa: TID251 – the log is written here and nowhere else

from misam_desktop.store import tables
from misam_desktop.store.prepared import Prepared
from misam_desktop.store.types import write_instant

GENESIS = "0" * 64
_NEWEST = Prepared(select(tables.log.c.seq, tables.log.c.hash).order_by(tables.log.c.seq.desc()).limit(1))
_ADD = insert(tables.log)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What happened, to what, by whom, and whether it was allowed."""

    at: datetime
    user_id: str
    role: str
    unit_id: str
    action: str
    object_id: str = ""
    person_id: str = ""
    purpose: str = ""
    allowed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry as it stands in the store; ``at`` is ISO text in UTC."""

    seq: int
    at: str
    user_id: str
    role: str
    unit_id: str
    action: str
    object_id: str
    person_id: str
    purpose: str
    allowed: int
    previous: str
    hash: str


def append(conn: Connection, entry: Entry) -> tuple[int, str]:
    """Add one entry at the end and give its number and hash; the caller's transaction makes it lasting."""
    return append_all(conn, [entry])


def append_all(conn: Connection, entries: Sequence[Entry]) -> tuple[int, str]:
    """Add entries at the end, in their order, and give the last one's number and hash: the log's new head."""
    seq, digest = newest(conn)
    rows = []
    for entry in entries:
        seq += 1
        row = _row(entry, seq, digest)
        digest = _hash(row)
        rows.append(row | {"hash": digest})
    conn.execute(_ADD, rows)
    return seq, digest


def _row(entry: Entry, seq: int, previous: str) -> dict[str, object]:
    return {
        "seq": seq,
        "at": write_instant(entry.at),
        "user_id": entry.user_id,
        "role": entry.role,
        "unit_id": entry.unit_id,
        "action": entry.action,
        "object_id": entry.object_id,
        "person_id": entry.person_id,
        "purpose": entry.purpose,
        "allowed": int(entry.allowed),
        "previous": previous,
    }


def _hash(row: dict[str, object]) -> str:
    # lengths in front of each part, so that no two different rows give the same bytes
    parts = [str(row[name]).encode() for name in _HASHED]
    return hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).hexdigest()


_HASHED = (
    "seq", "at", "user_id", "role", "unit_id", "action", "object_id", "person_id", "purpose", "allowed", "previous",
)  # fmt: skip


def entries(conn: Connection, *, person_id: str | None = None, user_id: str | None = None) -> list[Written]:
    """The log, oldest first; of one person or one user if named."""
    statement = select(tables.log).order_by(tables.log.c.seq)
    if person_id is not None:
        statement = statement.where(tables.log.c.person_id == person_id)
    if user_id is not None:
        statement = statement.where(tables.log.c.user_id == user_id)
    return [Written(**row) for row in conn.execute(statement).mappings()]


def persons(conn: Connection, *, after: int = 0, since: date | None = None) -> set[str]:
    """Whose records the entries name that come after a number, or from a day on."""
    c = tables.log.c
    named = select(c.person_id).where(c.person_id != "", c.seq > after)
    return set(conn.execute(named if since is None else named.where(c.at >= since.isoformat())).scalars())


def newest(conn: Connection) -> tuple[int, str]:
    """The log's head: the number and hash of its last entry."""
    return next(((seq, digest) for seq, digest in _NEWEST.rows(conn)), (0, GENESIS))


def hash_of(conn: Connection, seq: int) -> str:
    """The hash of one entry; that of the beginning for what lies before the first."""
    found = conn.execute(select(tables.log.c.hash).where(tables.log.c.seq == seq)).scalar_one_or_none()
    return found or GENESIS


def holds(conn: Connection, seq: int, beginning: str) -> bool:
    """Whether the chain has an entry of this number whose hash begins so."""
    found = conn.execute(select(tables.log.c.hash).where(tables.log.c.seq == seq)).scalar_one_or_none()
    return found is not None and found.startswith(beginning)


def last_of(conn: Connection, action: str, purpose: str = "") -> int:
    """The number of the last entry of an action whose purpose begins so; 0 if there is none. Reads the whole log."""
    c = tables.log.c
    found = select(c.seq).where(c.action == action, c.purpose.startswith(purpose)).order_by(c.seq.desc()).limit(1)
    return conn.execute(found).scalar_one_or_none() or 0


def refused_since(conn: Connection, since: datetime, *, user_id: str, action: str) -> int:
    """How many times a user has been refused something since an instant."""
    c = tables.log.c
    was_refused = c.allowed == literal(0, literal_execute=True)  # written out, or its index is not used
    found = select(func.count()).where(
        c.user_id == user_id, c.action == action, was_refused, c.at >= write_instant(since)
    )
    return conn.execute(found).scalar_one()


def first_break(conn: Connection) -> int | None:
    """The sequence number at which the chain does not hold, or None when it does."""
    expected, previous = 1, GENESIS
    for row in conn.execute(select(tables.log).order_by(tables.log.c.seq)).mappings():
        if row["seq"] != expected or row["previous"] != previous or row["hash"] != _hash(dict(row)):
            return expected
        expected, previous = expected + 1, row["hash"]
    return None
