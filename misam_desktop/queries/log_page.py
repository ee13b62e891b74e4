"""The log as a person reads it: a page of entries, the newest first, with who, from where, and which case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, null, select

from misam_desktop.domain.access import May, includes
from misam_desktop.domain.codes import EntryKind
from misam_desktop.domain.events import BESIDE, HANDS_OVER, READS, events_of, kind_of
from misam_desktop.domain.ids import CaseId, EpisodeId, PersonId, ReferralId, UnitId, UserId
from misam_desktop.queries import reach, shown
from misam_desktop.queries.log import COLUMNS, LogRow, between, case_of, records_of, rows_of, within
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look, query

_L, _R, _E, _N, _P = tables.log.c, tables.referral.c, tables.episode.c, tables.nafs_case.c, tables.person.c
_S = tables.sip.c
PAGE = 500
"""Entries on a page."""


class LogLine(NamedTuple):
    """One entry in names. ``at`` is ISO text in UTC; ``case`` is whom it is about, as far as the asker may know.

    The ids are those of the case to open; None where there is none, or none that may be opened. Of a NAFS case it is
    ``nafs_case_id`` alone.
    """

    seq: int
    at: str
    user: str
    unit: str
    action: str
    kind: EntryKind
    purpose: str
    case: str
    referral_id: ReferralId | None
    episode_id: EpisodeId | None
    nafs_case_id: CaseId | None = None
    sip_id: CaseId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """Some entries, the number before which the older ones begin, and the users that a koordinator can choose among."""

    lines: tuple[LogLine, ...]
    older: int | None
    users: tuple[tuple[UserId, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries: of the days from one to another, by somebody, at a unit, of a kind, about a person; None is any.

    ``before`` is the number that the page ends before.
    """

    days: tuple[date, date] | None = None
    user_id: UserId | None = None
    unit_id: UnitId | None = None
    kind: EntryKind | None = None
    person_id: PersonId | None = None
    before: int | None = None


@query("log.page_listed", needs=May.SEE_LOG)
def log_page(look: Look, wanted: Wanted) -> LogPage:
    """A page of what the actor may see, at most ``PAGE`` entries. Raises NotFound, of a person beyond reach."""
    statement = select(*COLUMNS).where(within(look), *_conditions(look, wanted)).order_by(_L.seq.desc())
    found = rows_of(look, statement.limit(PAGE + 1))
    sees_others = includes(look.actor, May.REVIEW_LOG)
    users = rows.users.where(look.conn, order_by=[tables.user.c.name]) if sees_others else []
    return LogPage(
        lines=tuple(lines_of(look, found[:PAGE])),
        older=found[PAGE - 1].seq if len(found) > PAGE else None,
        users=tuple((user.id, user.name) for user in users),
    )


def _conditions(look: Look, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.before is not None:
        yield _L.seq < wanted.before
    if wanted.days is not None:
        yield between(*wanted.days)
    if wanted.user_id is not None:
        yield _L.user_id == wanted.user_id
    if wanted.unit_id is not None:
        yield _L.unit_id == wanted.unit_id
    if wanted.kind is not None:
        yield from _of_kind(wanted.kind)
    if wanted.person_id is not None:
        yield _L.person_id.in_(records_of(look, wanted.person_id))


def _of_kind(kind: EntryKind) -> Iterator[ColumnElement[bool]]:
    yield _L.allowed == int(kind is not EntryKind.REFUSED)
    if kind is EntryKind.CHANGED:
        yield _L.action.not_in(sorted(READS | HANDS_OVER | BESIDE))
    elif kind is not EntryKind.REFUSED:
        yield _L.action.in_(sorted(events_of(kind)))


def lines_of(look: Look, entries: Sequence[LogRow]) -> Iterator[LogLine]:
    """Entries in names, in the order given."""
    users = {user.id: user.name for user in rows.users.where(look.conn)}
    units = {unit.id: unit.short for unit in rows.units.where(look.conn)}
    cases = _Cases(look, entries)
    for one in entries:
        case = cases.of(one)
        hidden = case is None or shown.hidden(look, protected=case.protected, owners=case.protected_owners)
        opens = None if hidden else case
        yield LogLine(
            seq=one.seq,
            at=one.at,
            user=users.get(UserId(one.user_id), ""),
            unit=units.get(UnitId(one.unit_id), ""),
            action=one.action,
            kind=kind_of(one.action, allowed=one.allowed),
            purpose=one.purpose,
            case=shown.name(look, case) if case else "",
            referral_id=opens.referral_id if opens else None,
            episode_id=opens.episode_id if opens else None,
            nafs_case_id=opens.nafs_case_id if opens else None,
            sip_id=opens.sip_id if opens else None,
        )


class _Cases:
    """Which case each of some entries is about, of those within the asker's reach."""

    def __init__(self, look: Look, entries: Iterable[LogRow]) -> None:
        about = [one for one in entries if one.person_id]
        self._cases = _cases_of(look, about)
        self._within: dict[str, Any] = {}
        self._of_person: defaultdict[str, list[Any]] = defaultdict(list)
        for case in _within_reach(look, {one.person_id for one in about}):
            self._within[case.id] = case
            self._of_person[case.person_id].append(case)

    def of(self, entry: LogRow) -> Any | None:
        """The case whose part the entry names, or the person's newest where it names the person alone."""
        if entry.seq in self._cases:
            return self._within.get(self._cases[entry.seq])
        return next(reversed(self._of_person.get(entry.person_id, [])), None)


def _within_reach(look: Look, person_ids: Iterable[str]) -> list[Any]:
    """The persons' cases of any kind, the oldest first."""
    some = sorted(person_ids)
    person = (_P.given_name, _P.family_name, _P.protected, _P.protected_owners)
    referrals = (
        select(
            _R.id, _R.id.label("referral_id"), _R.episode_id, null().label("nafs_case_id"), _R.person_id,
            null().label("sip_id"), _R.referred_on.label("began_on"), *person, reach.identity(look).label("identified"),
        )
        .select_from(tables.referral)
        .join(tables.person, _R.person_id == _P.id)
        .outerjoin(tables.episode, _R.episode_id == _E.id)
        .where(_R.person_id.in_(some), reach.cases(look))
    )  # fmt: skip
    nafs_cases = (
        select(
            _N.id, null().label("referral_id"), null().label("episode_id"), _N.id.label("nafs_case_id"), _N.person_id,
            null().label("sip_id"), _N.raised_on.label("began_on"), *person,
            reach.nafs_identity(look).label("identified"),
        )
        .select_from(tables.nafs_case)
        .join(tables.person, _N.person_id == _P.id)
        .where(_N.person_id.in_(some), reach.nafs_cases(look))
    )  # fmt: skip
    sips = (
        select(
            _S.id, null().label("referral_id"), null().label("episode_id"), null().label("nafs_case_id"), _S.person_id,
            _S.id.label("sip_id"), _S.need_on.label("began_on"), *person, reach.sip_identity(look).label("identified"),
        )
        .select_from(tables.sip)
        .join(tables.person, _S.person_id == _P.id)
        .where(_S.person_id.in_(some), reach.sips(look))
    )  # fmt: skip
    found = [row for statement in (referrals, nafs_cases, sips) for row in look.conn.execute(statement)]
    return sorted(found, key=lambda row: (row.began_on, row.id))


def _cases_of(look: Look, entries: Iterable[LogRow]) -> dict[int, str]:
    """The case, by the number of each entry that names a part of one."""
    found = select(_L.seq, case_of(_L.object_id)).where(_L.seq.in_([one.seq for one in entries]))
    return {seq: case_id for seq, case_id in look.conn.execute(found) if case_id is not None}
