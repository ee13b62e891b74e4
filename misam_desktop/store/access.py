"""Keeps ``case_access`` true: what consents and disclosures let each unit read, for lists that cannot ask case by case.

It is worked out anew before the commit of every transaction that wrote a referral, consent or disclosure
(``store.rows`` notes them, ``store.engine.writing`` asks), so that no command has to remember it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, delete, func, insert, or_, select  # noqa: TID251 – derived rows are written here

from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.scope import accesses
from misam_desktop.store import rows, tables

_A, _C, _R, _N, _S = tables.case_access.c, tables.case.c, tables.referral.c, tables.nafs_case.c, tables.sip.c
_AT_ONCE = 400
"""How many cases a statement names."""


class AccessRow(NamedTuple):
    """One row as it stands in the store, the kinds in the order of their list."""

    unit_id: str
    case_id: str
    from_on: Any
    to_on: Any
    kinds: tuple[InfoKind, ...]


def refresh(conn: Connection) -> None:
    """Work out anew the access to every case that this transaction has changed."""
    changed: set[str] = conn.info.pop(rows.CHANGED_CASES, set())
    for some in _pieces(sorted(changed)):
        conn.execute(delete(tables.case_access).where(*_of(some)))
        worked_out = list(_worked_out(conn, some))
        if worked_out:
            conn.execute(insert(tables.case_access), [one._asdict() for one in worked_out])


def is_true(conn: Connection) -> bool:
    """Whether the table says of every case what its consents and disclosures say."""
    ids = conn.execute(select(_C.id).order_by(_C.id)).scalars().all()
    for some in _pieces(ids):
        stored = conn.execute(select(*_A).where(*_of(some)))
        if sorted(map(_sortable, stored)) != sorted(map(_sortable, _worked_out(conn, some))):
            return False
    of_nothing = or_(_A.case_id.not_in(select(_C.id)), _A.unit_id.not_in(select(tables.unit.c.id)))
    return conn.execute(select(_A.case_id).where(of_nothing).limit(1)).first() is None


def _of(case_ids: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    """The rows of some cases, found by the key, which begins with the unit."""
    return _A.unit_id.in_(select(tables.unit.c.id)), _A.case_id.in_(case_ids)


def _sortable(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple("" if part is None else str(part) for part in row)


def _worked_out(conn: Connection, case_ids: Collection[str]) -> Iterator[AccessRow]:
    consents = _by_case(conn, rows.consents, tables.consent.c.case_id, case_ids)
    disclosures = _by_case(conn, rows.disclosures, tables.disclosure.c.case_id, case_ids)
    homes = (
        select(_C.id, _C.purpose, func.coalesce(_R.unit_id, _R.kept_by, _N.unit_id, _S.unit_id))
        .select_from(tables.case)
        .outerjoin(tables.referral, _R.id == _C.id)
        .outerjoin(tables.nafs_case, _N.id == _C.id)
        .outerjoin(tables.sip, _S.id == _C.id)
        .where(_C.id.in_(case_ids))
    )
    for case_id, purpose, home_id in conn.execute(homes):
        signed: list[Consent] = consents[case_id]
        shared: list[Disclosure] = disclosures[case_id]
        for one in accesses(signed, shared, purpose, home_id=home_id):
            kinds = tuple(kind for kind in InfoKind if kind in one.kinds)
            yield AccessRow(one.unit_id, case_id, one.from_on, one.to_on, kinds)


def _by_case(
    conn: Connection, mapper: rows.Rows[Any], column: Column[Any], case_ids: Collection[str]
) -> defaultdict[str, list[Any]]:
    found = defaultdict(list)
    for value in mapper.where(conn, column.in_(case_ids)):
        found[getattr(value, column.key)].append(value)
    return found


def _pieces(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
