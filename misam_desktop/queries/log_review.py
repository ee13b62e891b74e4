"""What there is to look at in a month of the log: a sample for each authority, and what a rule points at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, and_, func, or_, select, union

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import ReviewGround
from misam_desktop.domain.events import BESIDE, HANDS_OVER, LISTS, READS
from misam_desktop.domain.ids import UserId
from misam_desktop.domain.people import User
from misam_desktop.domain.review import (
    NEAR_DAYS,
    REFUSALS,
    Looked,
    Review,
    sample,
    share_a_surname,
    worth_a_look,
)
from misam_desktop.domain.steps import Steps
from misam_desktop.queries.log import COLUMNS, between, of_role, rows_of, within
from misam_desktop.queries.log_page import LogLine, lines_of
from misam_desktop.store import log, rows, tables
from misam_desktop.vault import Look, query_in_steps

_L, _R, _E, _F, _M = tables.log.c, tables.referral.c, tables.episode.c, tables.follow_up.c, tables.meeting.c
_N, _I = tables.nafs_case.c, tables.agenda_item.c
T = TypeVar("T")
_NEAR = timedelta(days=NEAR_DAYS + 1)
A_PAGE, A_STEP = 500, 10_000
"""Entries that are put into words, and that are looked at, before somebody else may come between."""


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


@query_in_steps("log.review_listed", needs=May.REVIEW_LOG)
def to_review(look: Look, *, month: str) -> Steps[list[ToReview]]:
    """The entries of a month, «2026-11», that are drawn or pointed at, and those reviewed, in the order of the log.

    The sample is drawn once the month is over. What concerns a case that is kept from the actor is left out of the
    answer, not of the drawing: that is the same for everybody.
    """
    days = _Month(look, month)
    if days.begins is None:
        return []
    users = {user.id: user for user in rows.users.where(look.conn)}
    reviews = {(one.seq, one.ground): one for one in rows.reviews.where(look.conn, tables.review.c.month == month)}
    looked = yield from _looked(look, days, users)
    yield
    grounds = sorted({*_grounds(look, days, looked), *reviews})
    lines: dict[int, LogLine] = {}
    own: set[int] = set()
    for seqs in _parts(sorted({seq for seq, _ in grounds}), A_PAGE):
        yield
        entries = rows_of(look, select(*COLUMNS).where(_L.seq.in_(seqs), within(look)))
        lines |= {line.seq: line for line in lines_of(look, entries)}
        own |= {one.seq for one in entries if one.user_id == look.actor.user_id}
    return [
        ToReview(
            line=lines[seq],
            ground=ground,
            review=(review := reviews.get((seq, ground))),
            reviewed_by=users[review.by].name if review else "",
            is_own=seq in own,
        )
        for seq, ground in grounds
        if seq in lines
    ]


def _to_look_at(look: Look, days: _Month) -> Select[Any]:
    """Reads of somebody's record, and all of those who were refused often: refusals count when they are in a row."""
    of_month = and_(of_role(look), between(days.first, days.last))
    refused = select(_L.user_id).where(of_month, _L.allowed == 0).group_by(_L.user_id).having(func.count() >= REFUSALS)
    opened = and_(_L.action.in_(sorted(READS)), _L.person_id != "")
    return (
        select(_L.seq, _L.at, _L.user_id, _L.unit_id, _L.action, _L.person_id, _L.allowed)
        .where(of_month, or_(opened, _L.user_id.in_(refused)))
        .order_by(_L.seq)
    )


def _parts(of: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (of[at : at + size] for at in range(0, len(of), size))


def _grounds(look: Look, days: _Month, looked: list[Looked]) -> Iterable[tuple[int, ReviewGround]]:
    if days.is_over:
        seed = f"{days.name}:{log.hash_of(look.conn, days.ends)}"
        yield from ((seq, ReviewGround.SAMPLE) for seq in sample(looked, seed=seed))
    for seq, found in worth_a_look(looked).items():
        yield from ((seq, ground) for ground in found)


def _looked(look: Look, days: _Month, users: dict[UserId, User]) -> Steps[list[Looked]]:
    agencies = {unit.id: unit.agency for unit in rows.units.where(look.conn)}
    found = look.conn.execute(_to_look_at(look, days)).all()
    yield
    namesakes = _Namesakes(users, _family_names(look, days))
    workers = _workers(look, days)
    yield
    busy = {person_id: frozenset(on) for person_id, on in _busy(look, days).items()}
    looked: list[Looked] = []
    for part in _parts(found, A_STEP):
        yield
        looked += [
            Looked(
                seq=seq,
                at=datetime.fromisoformat(at).astimezone(),
                user_id=user_id,
                agency=agencies.get(unit_id),
                person_id=person_id,
                allowed=bool(allowed),
                is_read=action in READS,
                is_listed=action in LISTS,
                is_own=user_id in users and users[user_id].contact_id in workers.get(person_id, ()),
                same_surname=namesakes[user_id, person_id],
                busy_on=busy.get(person_id, frozenset()),
            )
            for seq, at, user_id, unit_id, action, person_id, allowed in part
        ]
    return looked


class _Namesakes(dict[tuple[UserId, str], bool]):
    """Whether a user and a person share a surname, found out once for each pair."""

    def __init__(self, users: dict[UserId, User], family_names: dict[str, str]) -> None:
        super().__init__()
        self._users, self._family_names = users, family_names

    def __missing__(self, pair: tuple[UserId, str]) -> bool:
        user, family_name = self._users.get(pair[0]), self._family_names.get(pair[1], "")
        self[pair] = user is not None and share_a_surname(user.name, family_name)
        return self[pair]


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
        *(select(_N.person_id, who).where(_N.person_id.in_(days.persons())) for who in (_N.raised_by, _N.passed_by)),
        select(_N.person_id, _I.feedback_by)
        .join(tables.agenda_item, _I.case_id == _N.id)
        .where(_N.person_id.in_(days.persons())),
    )
    found: defaultdict[str, set[str]] = defaultdict(set)
    for person_id, contact_id in look.conn.execute(statement):
        if contact_id is not None:
            found[person_id].add(contact_id)
    return found


def _busy(look: Look, days: _Month) -> dict[str, set[date]]:
    """When something else had to do with each person: a change, a follow-up, a forum that the referral waited for."""
    found: defaultdict[str, set[date]] = defaultdict(set)
    for statement in (_changed(days), _followed_up(days), _on_forum(days), _on_agenda(days)):
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


def _on_agenda(days: _Month) -> Select[Any]:
    """The NAFS meetings that a case of theirs stands on."""
    return (
        select(_N.person_id, _M.on)
        .join(tables.agenda_item, _I.case_id == _N.id)
        .join(tables.meeting, _I.meeting_id == _M.id)
        .where(
            _N.person_id.in_(days.persons()),
            _M.cancelled_why == "",
            _M.on.between(days.first - _NEAR, days.last + _NEAR),
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
