"""The one search field: a personal number in any form, or the beginning of a name."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, select, union

from misam_desktop.domain.access import May
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import EpisodeId, PersonId, ReferralId
from misam_desktop.domain.personal_number import parse_personal_number
from misam_desktop.domain.text import fold, prefix_range, sort_key
from misam_desktop.queries import reach, shown
from misam_desktop.store import tables
from misam_desktop.vault import Look, query

_R, _E, _P = tables.referral.c, tables.episode.c, tables.person.c
AT_MOST = 20
_CANDIDATES = 200
"""Names are matched first and reach is asked for these, so that a short prefix stays quick in a large store."""


class Hit(NamedTuple):
    """One person's latest case that the search found."""

    person_id: PersonId
    referral_id: ReferralId
    episode_id: EpisodeId | None
    name: str
    number: str
    what: str
    on: date


@query(None, needs=May.SEE_CASES)
def search_while_typing(look: Look, text: str) -> list[Hit]:
    """What the search finds so far; logged only when it settles."""
    return _found(look, text)


@query("search.settled", needs=May.SEE_CASES)
def search(look: Look, text: str) -> list[Hit]:
    """What the search finds once the typing has stopped: a logged read."""
    hits = _found(look, text)
    for hit in hits:
        look.opened(hit.referral_id, hit.person_id)
    return hits


def _found(look: Look, text: str) -> list[Hit]:
    persons = _persons(look, text)
    if persons is None:
        return []
    statement = (
        select(
            _P.id, _R.id.label("referral_id"), _R.episode_id, _P.given_name, _P.family_name, _P.number,
            _P.protected, _P.protected_owners, _E.enrolled_on, _E.discharged_on, _R.referred_on,
        )
        .select_from(tables.person)
        .join(tables.referral, _R.person_id == _P.id)
        .outerjoin(tables.episode, _R.episode_id == _E.id)
        .where(_P.id.in_(persons), reach.referrals(look))
        .order_by(_R.referred_on.desc())
    )  # fmt: skip
    latest: dict[str, Hit] = {}
    for row in look.conn.execute(statement):
        by_name_only = row.protected and look.actor.user_id not in row.protected_owners
        if row.id not in latest and not by_name_only:
            latest[row.id] = _hit(look, row)
    return sorted(latest.values(), key=lambda hit: sort_key(hit.name))[:AT_MOST]


def _persons(look: Look, text: str) -> Select[Any] | None:
    digits = [char for char in text if char.isdigit()]
    if len(digits) >= 6:
        return _by_number(look, text)
    key = fold(text)
    if len(key) < 2:
        return None
    low, high = prefix_range(key)
    by_family = select(_P.id).where(_P.family_key >= low, _P.family_key < high).limit(_CANDIDATES)
    by_given = select(_P.id).where(_P.given_key >= low, _P.given_key < high).limit(_CANDIDATES)
    return select(union(select(by_family.subquery()), select(by_given.subquery())).subquery())


def _by_number(look: Look, text: str) -> Select[Any] | None:
    try:
        number = parse_personal_number(text, today=look.today)
    except UserError:
        return None  # half a number matches nobody; the form says what is wrong with a whole one
    return select(_P.id).where(_P.number == number)


def _hit(look: Look, row: Any) -> Hit:
    protected = {"protected": row.protected, "owners": row.protected_owners}
    what = "remiss" if row.enrolled_on is None else "pågår" if row.discharged_on is None else "avslutad"
    return Hit(
        person_id=row.id,
        referral_id=row.referral_id,
        episode_id=row.episode_id,
        name=shown.name(look, given=row.given_name, family=row.family_name, **protected),
        number=shown.number(look, row.number, **protected),
        what=what,
        on=row.discharged_on or row.enrolled_on or row.referred_on,
    )
