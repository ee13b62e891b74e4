"""The one search field: a personal number in any form, or the beginning of a name."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, Select, Subquery, exists, or_, select, union

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
_CASES = (
    select(
        _P.id, _R.id.label("referral_id"), _R.episode_id, _P.given_name, _P.family_name, _P.number, _P.protected,
        _E.enrolled_on,        _E.discharged_on, _R.referred_on,
    )
    .select_from(tables.person)
    .join(tables.referral, _R.person_id == _P.id)
    .outerjoin(tables.episode, _R.episode_id == _E.id)
)  # fmt: skip
_NAFS_CASES = (
    select(_P.id, _N.id.label("nafs_case_id"), _P.given_name, _P.family_name, _P.number, _P.protected, _N.raised_on)
    .select_from(tables.person)
    .join(tables.nafs_case, _N.person_id == _P.id)
)

_SIPS = (
    select(_P.id, _S.id.label("sip_id"), _P.given_name, _P.family_name, _P.number, _P.protected, _S.need_on)
    .select_from(tables.person)
    .join(tables.sip, _S.person_id == _P.id)
)


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
    persons = _persons(look, text)
    if persons is None:
        return []
    statement = _CASES.where(_P.id.in_(persons), reach.known(look), shown.is_shown(look))
    latest: dict[PersonalNumber, Hit] = {}
    for row in look.conn.execute(statement.order_by(_R.referred_on.desc())):
        if row.number not in latest:
            latest[row.number] = _hit(row)
    nafs_cases = _NAFS_CASES.where(_P.id.in_(persons), reach.nafs_known(look), shown.is_shown(look))
    for one in look.conn.execute(nafs_cases.order_by(_N.raised_on.desc())):
        if one.number not in latest:
            latest[one.number] = _nafs_hit(one)
    sips = _SIPS.where(_P.id.in_(persons), reach.sip_known(look), shown.is_shown(look))
    for one in look.conn.execute(sips.order_by(_S.need_on.desc())):
        if one.number not in latest:
            latest[one.number] = _sip_hit(one)
    return sorted(latest.values(), key=lambda hit: sort_key(hit.name))[:AT_MOST]


def _persons(look: Look, text: str) -> Select[Any] | None:
    digits = [char for char in text if char.isdigit()]
    if len(digits) >= 6:
        return _by_number(look, text)
    key = fold(text)
    if len(key) < 2:
        return None
    found = [_within_reach(look, _by_key(column, key)) for column in (_P.family_key, _P.given_key)]
    return select(union(*(select(one.subquery()) for one in found)).subquery())


def _by_key(key_column: Column[str], key: str) -> Subquery:
    """Candidates by the beginning of a name; whose identity is protected is found by nobody's name (process.md §5)."""
    low, high = prefix_range(key)
    matched = select(_P.id).where(key_column >= low, key_column < high, ~_P.protected)
    return matched.order_by(key_column).limit(_CANDIDATES).subquery()


def _within_reach(look: Look, candidates: Subquery) -> Select[Any]:
    """The first of them that the actor may find; the rest are not looked at."""
    has_case = exists(
        select(_R.id)
        .select_from(tables.referral.outerjoin(tables.episode, _R.episode_id == _E.id))
        .where(_R.person_id == candidates.c.id, reach.known(look))
    )
    has_nafs_case = exists(select(_N.id).where(_N.person_id == candidates.c.id, reach.nafs_known(look)))
    has_sip = exists(select(_S.id).where(_S.person_id == candidates.c.id, reach.sip_known(look)))
    return select(candidates.c.id).where(or_(has_case, has_nafs_case, has_sip)).limit(AT_MOST)


def _by_number(look: Look, text: str) -> Select[Any] | None:
    try:
        number = parse_personal_number(text, today=look.today)
    except UserError:
        return None  # half a number matches nobody; the form says what is wrong with a whole one
    return select(_P.id).where(_P.number == number)


def _hit(row: Any) -> Hit:
    what = "remiss" if row.enrolled_on is None else "pågår" if row.discharged_on is None else "avslutad"
    return Hit(
        person_id=row.id,
        referral_id=row.referral_id,
        episode_id=row.episode_id,
        name=_name(row),
        number=_number(row),
        what=what,
        on=row.discharged_on or row.enrolled_on or row.referred_on,
    )


def _nafs_hit(row: Any) -> Hit:
    return Hit(
        person_id=row.id,
        referral_id=None,
        episode_id=None,
        name=_name(row),
        number=_number(row),
        what="NAFS",
        on=row.raised_on,
        nafs_case_id=row.nafs_case_id,
    )


def _sip_hit(row: Any) -> Hit:
    return Hit(
        person_id=row.id,
        referral_id=None,
        episode_id=None,
        name=_name(row),
        number=_number(row),
        what="SIP",
        on=row.need_on,
        sip_id=row.sip_id,
    )


def _name(row: Any) -> str:
    return f"{row.given_name} {row.family_name}".strip() or shown.UNNAMED


def _number(row: Any) -> str:
    return shown.PROTECTED if row.protected else str(row.number.masked)
