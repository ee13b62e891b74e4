"""The log for those who may see it: entries as ids, and who has had to do with one person."""

from __future__ import annotations

import re
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select, true

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import PersonId
from misam_desktop.domain.people import Person
from misam_desktop.store import log, rows, subjects, tables
from misam_desktop.vault import Look, query

_L = tables.log.c
_MARKED = 8
_MARK = re.compile(r"(?:Logg )?(\d{1,9})-([0-9A-F]{8})", re.ASCII | re.IGNORECASE)


class LogRow(NamedTuple):
    """One entry: ids and codes only. ``at`` is ISO text in UTC."""

    seq: int
    at: str
    user_id: str
    role: str
    unit_id: str
    action: str
    object_id: str
    person_id: str
    purpose: str
    allowed: bool


class ExtractRow(NamedTuple):
    """Who did what with one person's records, from which unit, when. ``at`` is ISO text in UTC."""

    at: str
    user: str
    unit: str
    action: str
    object_id: str
    allowed: bool


@query(None, needs=May.OWN_SESSION)
def log_mark(look: Look) -> str:
    """The log's head as it stands on papers: «Logg 1234-9F3A22C1»."""
    seq, digest = log.newest(look.conn)
    return f"Logg {seq}-{digest[:_MARKED].upper()}"


@query("log.mark_checked", needs=May.SEE_LOG)
def mark_is_of_this_log(look: Look, mark: str) -> bool:
    """Whether the mark of a paper is one that this log has had."""
    found = _MARK.fullmatch(mark.strip())
    return found is not None and log.holds(look.conn, int(found[1]), found[2].lower())


@query("log.listed", needs=May.SEE_LOG)
def log_entries(look: Look) -> list[LogRow]:
    """The entries that the actor may see, oldest first."""
    statement = (
        select(
            _L.seq, _L.at, _L.user_id, _L.role, _L.unit_id, _L.action, _L.object_id, _L.person_id, _L.purpose,
            _L.allowed,
        )
        .where(_within(look))
        .order_by(_L.seq)
    )  # fmt: skip
    return [LogRow._make((*row[:-1], bool(row[-1]))) for row in look.conn.execute(statement)]


@query("log.person_extracted", needs=May.SEE_LOG)
def person_extract(look: Look, person_id: PersonId) -> list[ExtractRow]:
    """Everybody who has had to do with a person, as far as the actor may see, oldest first. Raises NotFound."""
    person = rows.persons.get(look.conn, person_id)
    look.opened(person.id, person.id)
    if not _may_see(look, person):
        raise NotFound
    twins = [one.id for one in subjects.persons_of_number(look.conn, person.number) if _may_see(look, one)]
    for other in twins:
        look.opened(other, other)
    statement = (
        select(_L.at, tables.user.c.name, tables.unit.c.name, _L.action, _L.object_id, _L.allowed)
        .select_from(tables.log)
        .outerjoin(tables.user, _L.user_id == tables.user.c.id)
        .outerjoin(tables.unit, _L.unit_id == tables.unit.c.id)
        .where(_L.person_id.in_(twins), _within(look))
        .order_by(_L.seq)
    )
    return [
        ExtractRow(at=at, user=user or "", unit=unit or "", action=action, object_id=object_id, allowed=bool(allowed))
        for at, user, unit, action, object_id, allowed in look.conn.execute(statement)
    ]


def _may_see(look: Look, person: Person) -> bool:
    return any(look.allowed(subject) for subject in subjects.of_person(look.conn, person))


def _within(look: Look) -> ColumnElement[bool]:
    """A koordinator sees the activity's entries, everybody else their own (security.md, «Who may»)."""
    own = _L.user_id == look.actor.user_id
    if Role.KOORDINATOR not in look.actor.roles:
        return own
    if not look.actor.activity_ids:
        return true()
    mine = sorted(look.actor.activity_ids)
    persons = select(tables.referral.c.person_id).where(tables.referral.c.activity_id.in_(mine))
    meetings = select(tables.meeting.c.id).where(tables.meeting.c.activity_id.in_(mine))
    return or_(own, _L.person_id.in_(persons), _L.object_id.in_(meetings))
