"""What there is to look at in a month of the log: a sample for each authority, and what a rule points at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Agency, ReviewGround
from misam_desktop.domain.ids import UnitId, UserId
from misam_desktop.domain.people import Unit, User
from misam_desktop.domain.review import Looked, Review, sample, worth_a_look
from misam_desktop.domain.text import fold
from misam_desktop.queries.log import LogRow, rows_of_month
from misam_desktop.store import log, rows, subjects, tables
from misam_desktop.vault import Look, query

_READS = frozenset({"case.opened", "referral.opened", "follow_up.opened", "person.number_shown", "search.settled"})
"""What opens somebody's record; a list, or what somebody does in their work, is no such thing."""


class ToReview(NamedTuple):
    """One entry to look at, why, and what was found if somebody has."""

    row: LogRow
    user: str
    unit: str
    ground: ReviewGround
    review: Review | None
    reviewed_by: str
    is_own: bool


@query("log.review_listed", needs=May.REVIEW_LOG)
def to_review(look: Look, *, month: str) -> list[ToReview]:
    """The entries of a month, «2026-11», that are drawn or pointed at, in the order of the log."""
    entries = rows_of_month(look, month)
    users = {user.id: user for user in rows.users.where(look.conn)}
    units = {unit.id: unit for unit in rows.units.where(look.conn)}
    looked = _looked(look, entries, users, units)
    grounds = [(seq, ReviewGround.SAMPLE) for seq in sample(looked, seed=f"{month}:{_seed(look, entries)}")]
    grounds += [(seq, ground) for seq, found in worth_a_look(looked).items() for ground in sorted(found)]
    by_seq = {row.seq: row for row in entries}
    done = {(one.seq, one.ground): one for one in rows.reviews.where(look.conn, tables.review.c.month == month)}
    return [
        ToReview(
            row=by_seq[seq],
            user=_name(users, by_seq[seq].user_id),
            unit=units[UnitId(by_seq[seq].unit_id)].short if by_seq[seq].unit_id in units else "",
            ground=ground,
            review=(review := done.get((seq, ground))),
            reviewed_by=_name(users, review.by) if review else "",
            is_own=by_seq[seq].user_id == look.actor.user_id,
        )
        for seq, ground in sorted(grounds)
    ]


def _name(users: dict[UserId, User], user_id: str) -> str:
    user = users.get(UserId(user_id))
    return user.name if user else ""


def _seed(look: Look, entries: Iterable[LogRow]) -> str:
    """The hash of the entry before the month's first: nobody could choose it."""
    first = min((row.seq for row in entries), default=1)
    return log.hash_of(look.conn, first - 1)


def _looked(look: Look, entries: list[LogRow], users: dict[UserId, User], units: dict[UnitId, Unit]) -> list[Looked]:
    persons = {row.person_id for row in entries if row.person_id}
    names = _surnames(look, persons)
    own = _owners(look, persons)
    busy = _busy(look, persons)
    found = []
    for row in entries:
        user, unit = users.get(UserId(row.user_id)), units.get(UnitId(row.unit_id))
        surname = fold(user.name).rpartition(" ")[2] if user else ""
        found.append(
            Looked(
                seq=row.seq,
                at=datetime.fromisoformat(row.at).astimezone(),
                user_id=UserId(row.user_id),
                agency=unit.agency if unit else Agency.KOMMUN,
                person_id=row.person_id,
                allowed=row.allowed,
                is_read=row.action in _READS,
                is_own=user is not None and bool({user.contact_id, user.unit_id} & own.get(row.person_id, set())),
                same_surname=bool(surname) and surname == names.get(row.person_id, ""),
                busy_on=frozenset(busy.get(row.person_id, ())),
            )
        )
    return found


def _surnames(look: Look, person_ids: set[str]) -> dict[str, str]:
    table = tables.person.c
    found = look.conn.execute(select(table.id, table.family_name).where(table.id.in_(sorted(person_ids))))
    return {one: fold(name) for one, name in found}


def _owners(look: Look, person_ids: set[str]) -> dict[str, set[str | None]]:
    """The units and contacts whose the cases of each person are."""
    found: defaultdict[str, set[str | None]] = defaultdict(set)
    for referral in rows.referrals.where(look.conn, tables.referral.c.person_id.in_(sorted(person_ids))):
        subject = subjects.of_referral(look.conn, referral)
        found[referral.person_id] |= {*subject.unit_ids, *subject.contact_ids}
    return found


def _busy(look: Look, person_ids: set[str]) -> dict[str, list[datetime]]:
    """When something was done to a case of each person: a change of any kind, a follow-up, an outcome."""
    table = tables.log.c
    statement = select(table.person_id, table.at).where(
        table.person_id.in_(sorted(person_ids)), table.allowed == 1, table.action.not_in(sorted(_READS))
    )
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    for person_id, at in look.conn.execute(statement):
        found[person_id].append(datetime.fromisoformat(at).astimezone())
    return found
