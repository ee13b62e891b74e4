"""The log for those who may see it: entries as ids, and who has had to do with one person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import PersonId
from misam_desktop.domain.people import Person
from misam_desktop.store import log, rows, subjects, tables
from misam_desktop.store.types import write_instant
from misam_desktop.vault import Look, query
from misam_desktop.wording import how_many

_L, _R = tables.log.c, tables.referral.c
_COLUMNS = (
    _L.seq, _L.at, _L.user_id, _L.role, _L.unit_id, _L.action, _L.object_id, _L.person_id, _L.purpose, _L.allowed,
)  # fmt: skip
AT_MOST = 2000
"""Entries that a list of some days shows."""
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


class NamedRow(NamedTuple):
    """One entry with the names of who did it and where, and the case to open, if it is about one."""

    row: LogRow
    user: str
    unit: str
    referral_id: str | None
    episode_id: str | None


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
    return mark_of(look)


def mark_of(look: Look) -> str:
    """The same for a paper that is made in a question or command that has been let through."""
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
    return _entries(look)


@query("log.page_listed", needs=May.SEE_LOG)
def log_page(look: Look, *, first: date, last: date) -> list[NamedRow]:
    """The entries of some days that the actor may see, with who and from where, newest first; at most ``AT_MOST``."""
    low, high = _between(first, last)
    statement = (
        select(*_COLUMNS, tables.user.c.name, tables.unit.c.short, _R.id.label("referral_id"), _R.episode_id)
        .select_from(tables.log)
        .outerjoin(tables.user, _L.user_id == tables.user.c.id)
        .outerjoin(tables.unit, _L.unit_id == tables.unit.c.id)
        .outerjoin(tables.referral, or_(_R.id == _L.object_id, _R.episode_id == _L.object_id))
        .where(_L.at >= low, _L.at < high, _within(look))
        .order_by(_L.seq.desc())
        .limit(AT_MOST)
    )
    return [
        NamedRow(
            row=_log_row(row[: len(_COLUMNS)]),
            user=row.name or "",
            unit=row.short or "",
            referral_id=row.referral_id,
            episode_id=row.episode_id,
        )
        for row in look.conn.execute(statement)
    ]


def rows_of_month(look: Look, month: str) -> list[LogRow]:
    """The entries of a month, «2026-11», for a question that has been let through."""
    return _entries(look, _L.at.startswith(month, autoescape=True))


def entry_within(look: Look, seq: int) -> LogRow | None:
    """One entry, if the actor may see it."""
    return next(iter(_entries(look, _L.seq == seq)), None)


def _entries(look: Look, *conditions: ColumnElement[bool]) -> list[LogRow]:
    statement = select(*_COLUMNS).where(_within(look), *conditions).order_by(_L.seq)
    return [_log_row(row) for row in look.conn.execute(statement)]


def _log_row(row: Sequence[Any]) -> LogRow:
    return LogRow._make((*row[:-1], bool(row[-1])))


def _between(first: date, last: date) -> tuple[str, str]:
    """The instants between which the days lie where the machine stands, as the log writes them."""
    begins = datetime.combine(first, time()).astimezone()
    ends = datetime.combine(last + timedelta(days=1), time()).astimezone()
    return write_instant(begins), write_instant(ends)


@query("log.person_extracted", needs=May.SEE_LOG)
def person_extract(look: Look, person_id: PersonId) -> list[ExtractRow]:
    """Everybody who has had to do with a person, as far as the actor may see, oldest first. Raises NotFound."""
    return extract_rows(look, person_id)


def extract_rows(look: Look, person_id: PersonId) -> list[ExtractRow]:
    """The same for a question or command that has been let through; each record of the person is noted as read."""
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


def looked_from(look: Look, person: Person) -> list[tuple[str, str]]:
    """From which units a person's records have been read or changed, and when last; nobody is named."""
    twins = [one.id for one in subjects.persons_of_number(look.conn, person.number) if _may_see(look, one)]
    statement = (
        select(tables.unit.c.name, func.count(), func.max(_L.at))
        .select_from(tables.log)
        .join(tables.unit, _L.unit_id == tables.unit.c.id)
        .where(_L.person_id.in_(twins), _L.allowed == 1)
        .group_by(tables.unit.c.name)
        .order_by(tables.unit.c.name)
    )
    return [
        (unit, f"{how_many(times, 'gång', 'gånger')}, senast {last[:10]}")
        for unit, times, last in look.conn.execute(statement)
    ]


def _may_see(look: Look, person: Person) -> bool:
    return any(look.allowed(subject) for subject in subjects.of_person(look.conn, person))


def _within(look: Look) -> ColumnElement[bool]:
    """A koordinator sees the activity's entries, everybody else their own (security.md, «Who may»).

    Nobody sees what concerns a case that they are kept out of by jäv.
    """
    seen = _of_role(look)
    if not look.shut_out:
        return seen
    kept_from = select(_R.person_id).where(_R.id.in_(sorted(look.shut_out)))
    return and_(seen, _L.person_id.not_in(kept_from))


def _of_role(look: Look) -> ColumnElement[bool]:
    own = _L.user_id == look.actor.user_id
    if Role.KOORDINATOR not in look.actor.roles:
        return own
    if not look.actor.activity_ids:
        return true()
    mine = sorted(look.actor.activity_ids)
    persons = select(tables.referral.c.person_id).where(tables.referral.c.activity_id.in_(mine))
    meetings = select(tables.meeting.c.id).where(tables.meeting.c.activity_id.in_(mine))
    return or_(own, _L.person_id.in_(persons), _L.object_id.in_(meetings))
