"""The codes of agendas: drawn from a secure source, never twice, and gone 90 days after their meeting (process.md §6).

What remains of a code that is gone is its keyed hash: it says that the code has been used, and not by whom.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection, delete, insert, null, select, update  # noqa: TID251 – spent codes are written here

from misam_desktop.domain.meeting import CODES_KEPT
from misam_desktop.domain.pseudonym import Pseudonym, draw
from misam_desktop.store import founding, tables

_KEY = "code_key"
_I, _F, _M, _D = tables.agenda_item.c, tables.forum_item.c, tables.meeting.c, tables.disclosure.c
_N, _S = tables.minute.c, tables.sip.c


def new_code(conn: Connection, random_below: Callable[[int], int] = secrets.randbelow) -> Pseudonym:
    """A code that has never been drawn in this store; from now on it is spent.

    Only a demo store draws from another source, so that the same day gives the same team.
    """
    spent = _Spent(conn)
    code = draw(random_below, spent)
    conn.execute(insert(tables.spent_code), {"hash": spent.hash_of(code)})
    return code


def forget_old(conn: Connection, today: date) -> int:
    """Take the codes away whose meetings lie too far back, and tell how many; their papers remain."""
    old = select(_M.id).where(_M.on < today - CODES_KEPT)
    gone = update(tables.agenda_item).where(_I.code.is_not(None), _I.meeting_id.in_(old)).values(code=null())
    on_papers = update(tables.disclosure).where(_D.code.is_not(None), _D.meeting_id.in_(old)).values(code=null())
    conn.execute(on_papers)
    of_forums = conn.execute(delete(tables.forum_item).where(_F.meeting_id.in_(old))).rowcount
    conn.execute(update(tables.minute).where(_N.code.is_not(None), _N.meeting_id.in_(old)).values(code=null()))
    of_sips = update(tables.sip).where(_S.code.is_not(None), _S.meeting_on < today - CODES_KEPT).values(code=null())
    return conn.execute(gone).rowcount + of_forums + conn.execute(of_sips).rowcount


class _Spent:
    """Every code that has been drawn, as one can ask of it: whether this one is among them."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        key = founding.setting(conn, _KEY)
        if key is None:
            key = secrets.token_hex(32)
            founding.set_setting(conn, _KEY, key)
        self._key = bytes.fromhex(key)

    def hash_of(self, code: Pseudonym) -> str:
        return hmac.new(self._key, code.encode(), hashlib.sha256).hexdigest()

    def __contains__(self, code: object) -> bool:
        table = tables.spent_code
        asked = select(table.c.hash).where(table.c.hash == self.hash_of(Pseudonym(str(code))))
        return self._conn.execute(asked).first() is not None
