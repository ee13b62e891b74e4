"""The one search field: a personal number in any form, or the beginning of a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, FromClause, Select, Subquery, Table, bindparam, exists, or_, select, union

from misam_desktop.domain.access import May
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import CaseId, EpisodeId, PersonId, ReferralId
from misam_desktop.domain.personal_number import PersonalNumber, parse_personal_number
from misam_desktop.domain.text import fold, prefix_range, sort_key
from misam_desktop.queries import reach, shown
from misam_desktop.store import tables
from misam_desktop.vault import Look, query

_R, _E, _N, _P = tables.referral.c, tables.episode.c, tables.nafs_case.c, tables.person.c
_S = tables.sip.c
AT_MOST = 20
_CANDIDATES = 200
"""Names are matched first and reach is asked for these, so that a short prefix stays quick in a large store."""
_WHOSE = (_P.id, _P.given_name, _P.family_name, _P.number, _P.protected)


class Hit(NamedTuple):
    """One person's latest case that the search found; a NAFS case, or a SIP, of somebody with no other in reach.

    Of a NAFS case ``nafs_case_id`` alone is said, of a SIP ``sip_id``, of others the referral and what it led to.
    """

    person_id: PersonId
    referral_id: ReferralId | None
    episode_id: EpisodeId | None
    name: str
    number: str
    what: str
    on: date
    nafs_case_id: CaseId | None = None
    sip_id: CaseId | None = None


class _Kind(NamedTuple):
    """One kind of case: its table, what is joined to it, who may know of it, the newest by what, and what is said."""

    table: Table
    beside: Callable[[FromClause], FromClause]
    known: Callable[[reach.Asker], ColumnElement[bool]]
    newest: Column[date]
    columns: tuple[ColumnElement[Any], ...]
    hit: Callable[[Any], Hit]


@query("search.typed", needs=May.SEE_CASES, rehearses=True)
def search_while_typing(look: Look, text: str) -> list[Hit]:
    """What the search finds so far; logged only when it settles, and shown only while the log can be written."""
    return _found(look, text)


@query("search.settled", needs=May.SEE_CASES)
def search(look: Look, text: str) -> list[Hit]:
    """What the search finds once the typing has stopped: a logged read."""
    hits = _found(look, text)
    for hit in hits:
        look.opened(hit.referral_id or hit.nafs_case_id or hit.sip_id or "", hit.person_id)
    return hits


def _found(look: Look, text: str) -> list[Hit]:
    """Each person once: by their newest referral, else their newest NAFS case, else their newest SIP."""
    persons = _persons(look, text)
    if not persons:
        return []
    latest: dict[PersonalNumber, Hit] = {}
    for kind, statement in zip(_KINDS, _statements(reach.asking(look)), strict=True):
        for row in look.conn.execute(statement, {"persons": persons}):
            if row.number not in latest:
                latest[row.number] = kind.hit(row)
    return sorted(latest.values(), key=lambda hit: sort_key(hit.name))[:AT_MOST]


@lru_cache(maxsize=64)
def _statements(asker: reach.Asking) -> list[Select[Any]]:
    """A statement for each kind, put together once for each who asks: a search is made at every key."""
    return [_statement(kind, asker) for kind in _KINDS]


def _statement(kind: _Kind, asker: reach.Asking) -> Select[Any]:
    theirs = _P.id.in_(bindparam("persons", expanding=True))
    whose = kind.beside(tables.person.join(kind.table, kind.table.c.person_id == _P.id))
    statement = select(*_WHOSE, *kind.columns).select_from(whose)
    return statement.where(theirs, kind.known(asker), shown.is_shown(asker)).order_by(kind.newest.desc())


def _persons(look: Look, text: str) -> list[PersonId]:
    digits = [char for char in text if char.isdigit()]
    if len(digits) >= 6:
        return _by_number(look, text)
    key = fold(text)
    if len(key) < 2:
        return []
    low, high = prefix_range(key)
    return list(look.conn.execute(_by_name(reach.asking(look)), {"low": low, "high": high}).scalars())


def _by_number(look: Look, text: str) -> list[PersonId]:
    try:
        number = parse_personal_number(text, today=look.today)
    except UserError:
        return []  # half a number matches nobody; the form says what is wrong with a whole one
    return list(look.conn.execute(_OF_NUMBER, {"number": number}).scalars())


@lru_cache(maxsize=64)
def _by_name(asker: reach.Asking) -> Select[Any]:
    """Whose family or given name lies between ``low`` and ``high``, as far as they have a case within reach."""
    found = [_within_reach(asker, _by_key(column)) for column in (_P.family_key, _P.given_key)]
    return select(union(*(select(one.subquery()) for one in found)).subquery())


def _by_key(key_column: Column[str]) -> Subquery:
    """Candidates by the beginning of a name; whose identity is protected is found by nobody's name (process.md §5)."""
    matched = select(_P.id).where(key_column >= bindparam("low"), key_column < bindparam("high"), ~_P.protected)
    return matched.order_by(key_column).limit(_CANDIDATES).subquery()


def _within_reach(asker: reach.Asking, candidates: Subquery) -> Select[Any]:
    """The first of them that the actor may find; the rest are not looked at."""
    theirs = (
        select(kind.table.c.id)
        .select_from(kind.beside(kind.table))
        .where(kind.table.c.person_id == candidates.c.id, kind.known(asker))
        for kind in _KINDS
    )
    return select(candidates.c.id).where(or_(*map(exists, theirs))).limit(AT_MOST)


def _referral_hit(row: Any) -> Hit:
    what = "remiss" if row.enrolled_on is None else "pågår" if row.discharged_on is None else "avslutad"
    on = row.discharged_on or row.enrolled_on or row.referred_on
    return _hit(row, what, on)._replace(referral_id=row.referral_id, episode_id=row.episode_id)


def _nafs_hit(row: Any) -> Hit:
    return _hit(row, "NAFS", row.raised_on)._replace(nafs_case_id=row.nafs_case_id)


def _sip_hit(row: Any) -> Hit:
    return _hit(row, "SIP", row.need_on)._replace(sip_id=row.sip_id)


def _hit(row: Any, what: str, on: date) -> Hit:
    """What is said of the person, whatever their case is."""
    name = f"{row.given_name} {row.family_name}".strip() or shown.UNNAMED
    number = shown.PROTECTED if row.protected else str(row.number.masked)
    return Hit(person_id=row.id, referral_id=None, episode_id=None, name=name, number=number, what=what, on=on)


def _with_episode(cases: FromClause) -> FromClause:
    return cases.outerjoin(tables.episode, _R.episode_id == _E.id)


def _alone(cases: FromClause) -> FromClause:
    return cases


_OF_NUMBER = select(_P.id).where(_P.number == bindparam("number"))
_OF_REFERRAL = (_R.id.label("referral_id"), _R.episode_id, _E.enrolled_on, _E.discharged_on, _R.referred_on)
_KINDS = (
    _Kind(tables.referral, _with_episode, reach.known, _R.referred_on, _OF_REFERRAL, _referral_hit),
    _Kind(
        tables.nafs_case, _alone, reach.nafs_known, _N.raised_on, (_N.id.label("nafs_case_id"), _N.raised_on), _nafs_hit
    ),
    _Kind(tables.sip, _alone, reach.sip_known, _S.need_on, (_S.id.label("sip_id"), _S.need_on), _sip_hit),
)
"""In the order in which a person is known by them."""
