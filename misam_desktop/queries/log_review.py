"""What there is to look at in a month of the log: a sample for each authority, and what a rule points at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select, union

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import ReviewGround
from misam_desktop.domain.events import BESIDE, HANDS_OVER, READS
from misam_desktop.domain.ids import UnitId, UserId
from misam_desktop.domain.people import User
from misam_desktop.domain.review import NEAR_DAYS, Looked, Review, sample, share_a_surname, worth_a_look
from misam_desktop.queries.log import COLUMNS, LogRow, between, kept_from, of_role, rows_of
from misam_desktop.queries.log_page import LogLine, lines_of
from misam_desktop.store import log, rows, tables
from misam_desktop.vault import Look, query

_L, _R, _E, _F, _M = tables.log.c, tables.referral.c, tables.episode.c, tables.follow_up.c, tables.meeting.c
_NEAR = timedelta(days=NEAR_DAYS + 1)


class ToReview(NamedTuple):
    """One entry to look at, why, what was found and by whom if somebody has looked, and whether it is one's own."""

    line: LogLine
    ground: ReviewGround
    review: Review | None
    reviewed_by: str
    is_own: bool


class _Month:
    """The days of «2026-11», and the entries of the log that were written on them."""

    def __init__(self, look: Look, month: str) -> None:
        self.name = month
        self.first = date.fromisoformat(f"{month}-01")
        self.last = (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self.is_over = look.today > self.last
        seq = select(func.min(_L.seq), func.max(_L.seq)).where(between(self.first, self.last))
        self.begins, self.ends = look.conn.execute(seq).one()

    def persons(self) -> Select[Any]:
        """Whom the entries are about."""
        return select(_L.person_id).where(_L.seq.between(self.begins, self.ends), _L.person_id != "")


@query("log.review_listed", needs=May.REVIEW_LOG)
def to_review(look: Look, *, month: str) -> list[ToReview]:
    """The entries of a month, «2026-11», that are drawn or pointed at, and those reviewed, in the order of the log.

    The sample is drawn once the month is over. What concerns a case that the actor is kept from by jäv is left out of
    the answer, not of the drawing: that is the same for everybody.
    """
    days = _Month(look, month)
    if days.begins is None:
        return []
    entries = rows_of(look, select(*COLUMNS).where(of_role(look), between(days.first, days.last)).order_by(_L.seq))
    users = {user.id: user for user in rows.users.where(look.conn)}
    reviews = {(one.seq, one.ground): one for one in rows.reviews.where(look.conn, tables.review.c.month == month)}
    grounds = sorted({*_grounds(look, days, entries, users), *reviews})
    hidden = set(look.conn.execute(kept_from(look)).scalars())
    by_seq = {one.seq: one for one in entries if one.person_id not in hidden}
    wanted = [by_seq[seq] for seq in dict.fromkeys(seq for seq, _ in grounds) if seq in by_seq]
    lines = {line.seq: line for line in lines_of(look, wanted)}
    return [
        ToReview(
            line=lines[seq],
            ground=ground,
            review=(review := reviews.get((seq, ground))),
            reviewed_by=users[review.by].name if review else "",
            is_own=by_seq[seq].user_id == look.actor.user_id,
        )
        for seq, ground in grounds
        if seq in lines
    ]


def _grounds(
    look: Look, days: _Month, entries: list[LogRow], users: dict[UserId, User]
) -> Iterable[tuple[int, ReviewGround]]:
    looked = _looked(look, days, entries, users)
    if days.is_over:
        seed = f"{days.name}:{log.hash_of(look.conn, days.ends)}"
        yield from ((seq, ReviewGround.SAMPLE) for seq in sample(looked, seed=seed))
    for seq, found in worth_a_look(looked).items():
        yield from ((seq, ground) for ground in found)


def _looked(look: Look, days: _Month, entries: list[LogRow], users: dict[UserId, User]) -> list[Looked]:
    agencies = {unit.id: unit.agency for unit in rows.units.where(look.conn)}
    names = _family_names(look, days)
    workers = _workers(look, days)
    busy = _busy(look, days)
    found = []
    for one in entries:
        user = users.get(UserId(one.user_id))
        found.append(
            Looked(
                seq=one.seq,
                at=datetime.fromisoformat(one.at).astimezone(),
                user_id=UserId(one.user_id),
                agency=agencies.get(UnitId(one.unit_id)),
                person_id=one.person_id,
                allowed=one.allowed,
                is_read=one.action in READS,
                is_own=user is not None and user.contact_id in workers.get(one.person_id, ()),
                same_surname=user is not None and share_a_surname(user.name, names.get(one.person_id, "")),
                busy_on=frozenset(busy.get(one.person_id, ())),
            )
        )
    return found


def _family_names(look: Look, days: _Month) -> dict[str, str]:
    person = tables.person.c
    found = look.conn.execute(select(person.id, person.family_name).where(person.id.in_(days.persons())))
    return {row.id: row.family_name for row in found}


def _workers(look: Look, days: _Month) -> dict[str, set[str]]:
    """Who, as contacts, had worked with a case of each person by the month's end: what came later is no reason."""
    assigned = tables.assignment.c
    statement = union(
        select(_R.person_id, _R.contact_id).where(_R.person_id.in_(days.persons())),
        select(_E.person_id, assigned.contact_id)
        .join(tables.assignment, assigned.episode_id == _E.id)
        .where(_E.person_id.in_(days.persons()), assigned.from_on <= days.last),
        select(_E.person_id, _F.owner_id)
        .join(tables.follow_up, _F.episode_id == _E.id)
        .where(_E.person_id.in_(days.persons()), _F.done_on <= days.last),
    )
    found: defaultdict[str, set[str]] = defaultdict(set)
    for person_id, contact_id in look.conn.execute(statement):
        if contact_id is not None:
            found[person_id].add(contact_id)
    return found


def _busy(look: Look, days: _Month) -> dict[str, set[date]]:
    """When something else had to do with each person: a change, a follow-up, a forum that the referral waited for."""
    found: defaultdict[str, set[date]] = defaultdict(set)
    for statement in (_changed(days), _followed_up(days), _on_forum(days)):
        for person_id, day in look.conn.execute(statement):
            found[person_id].add(day if isinstance(day, date) else date.fromisoformat(day))
    return found


def _changed(days: _Month) -> Select[Any]:
    first, last = days.first - _NEAR, days.last + _NEAR
    return (
        select(_L.person_id, func.substr(_L.at, 1, 10))
        .distinct()
        .where(
            between(first, last),
            _L.allowed == 1,
            _L.person_id.in_(days.persons()),
            _L.action.not_in(sorted(READS | HANDS_OVER | BESIDE)),
        )
    )


def _followed_up(days: _Month) -> Select[Any]:
    return (
        select(_E.person_id, _F.due_on)
        .join(tables.follow_up, _F.episode_id == _E.id)
        .where(
            _E.person_id.in_(days.persons()),
            _F.cancelled_on.is_(None),
            _F.due_on.between(days.first - _NEAR, days.last + _NEAR),
        )
    )


def _on_forum(days: _Month) -> Select[Any]:
    """The forums between a referral's submission and what became of it."""
    return (
        select(_R.person_id, _M.on)
        .join(tables.meeting, _M.activity_id == _R.activity_id)
        .where(
            _R.person_id.in_(days.persons()),
            _R.submitted_at.is_not(None),
            func.substr(_R.submitted_at, 1, 10) <= _M.on,
            or_(_R.withdrawn_on.is_(None), _R.withdrawn_on >= _M.on),
            or_(_R.outcome_on.is_(None), _R.outcome_on >= _M.on),
            _M.cancelled_why == "",
            _M.on.between(days.first - _NEAR, days.last + _NEAR),
        )
    )
