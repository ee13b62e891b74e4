"""What can be asked of the store itself: whether its pages, references, links and log are whole."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, and_, func, or_, select

from misam_desktop.domain.codes import DischargeReason
from misam_desktop.store import log, tables

_E, _R = tables.episode.c, tables.referral.c


def pages_are_whole(conn: Connection) -> bool:
    """Whether every page carries the right seal (SQLCipher's HMAC): finds a single changed bit."""
    return conn.exec_driver_sql("PRAGMA cipher_integrity_check").first() is None


def structure_is_whole(conn: Connection) -> bool:
    """Whether tables and indexes agree."""
    return [row[0] for row in conn.exec_driver_sql("PRAGMA integrity_check")] == ["ok"]


def references_are_whole(conn: Connection) -> bool:
    """Whether everything that a row refers to is there."""
    return conn.exec_driver_sql("PRAGMA foreign_key_check").first() is None


def links_are_mutual(conn: Connection) -> bool:
    """Whether each referral and the episode it led to name each other."""
    pairs = select(func.count()).select_from(tables.referral).join(tables.episode, _R.episode_id == _E.id)
    mutual = conn.execute(pairs.where(_E.referral_id == _R.id)).scalar_one()
    episodes = conn.execute(select(func.count()).select_from(tables.episode)).scalar_one()
    return bool(mutual == episodes)


def log_is_whole(conn: Connection) -> bool:
    """Whether the log's chain holds from its first entry to its last."""
    return log.first_break(conn) is None


def kept_key_file(conn: Connection) -> bytes | None:
    """The copy of the key file inside the store."""
    return conn.execute(select(tables.key_file.c.content)).scalar_one_or_none()


def first_enrolments(conn: Connection) -> dict[str, date]:
    """The day of each activity's first enrolment; an activity without episodes is not there."""
    statement = select(_E.activity_id, func.min(_E.enrolled_on)).group_by(_E.activity_id)
    return dict(conn.execute(statement).all())


def count_overlapping(conn: Connection, activity_id: str, first: date, last: date) -> tuple[int, int]:
    """How many episodes a list of the period holds, and how many of them ended in it; mistakes not counted."""
    ended = func.count().filter(and_(_E.discharged_on.is_not(None), _E.discharged_on <= last))
    statement = select(func.count(), ended).where(
        _E.activity_id == activity_id,
        _E.enrolled_on <= last,
        or_(_E.discharged_on.is_(None), _E.discharged_on >= first),
        or_(_E.discharge_reason.is_(None), _E.discharge_reason != DischargeReason.FELREGISTRERAD),
    )
    participants, exits = conn.execute(statement).one()
    return participants, exits
