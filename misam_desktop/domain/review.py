"""Loggkontroll: which entries of the log are worth a look, why, and what was found (security.md, «The log»).

A sample that nobody chooses, and a few rules. They look at reads of somebody's record, most of them at reads of cases
that the reader does not work with.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from misam_desktop.domain.codes import Agency, ReviewGround, ReviewVerdict
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import UserId
from misam_desktop.domain.text import fold

SAMPLED = 10
"""Entries a month and authority."""
MANY = 30
"""Different persons within an hour: more than a forum goes through."""
REFUSALS = 5
"""Refused in a row within an hour."""
NEAR_DAYS = 3
"""How near a read something else must have happened to the case for it to be no wonder."""
DAY_BEGINS, DAY_ENDS = 6, 20
"""Clock hours; what is read outside them, or at a weekend, is read at an odd hour."""
_HOUR = timedelta(hours=1)
_SATURDAY = 5


class OwnEntry(UserError):
    """Nobody reviews what they have done themselves."""

    code = "own_entry"


class AlreadyReviewed(UserError):
    """Somebody else has written what they found: it stays as they wrote it."""

    code = "already_reviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What somebody found when they looked at one entry; ``month`` is «2026-11», ``seq`` the entry's number."""

    id: str
    month: str
    seq: int
    ground: ReviewGround
    verdict: ReviewVerdict
    note: str = ""
    by: UserId
    at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One entry as the rules see it. ``at`` is local time; ``person_id`` is empty where no record was concerned.

    ``is_own`` is whether the reader works with a case of the person, ``same_surname`` whether both have one family
    name, ``is_listed`` whether a search only listed the person, ``busy_on`` the days on which something else had to do
    with the person: a change, a meeting, a follow-up.
    """

    seq: int
    at: datetime
    user_id: UserId
    agency: Agency | None
    person_id: str
    allowed: bool
    is_read: bool
    is_own: bool
    same_surname: bool
    is_listed: bool = False
    busy_on: frozenset[date] = frozenset()

    @property
    def seen(self) -> bool:
        """Whether it was seen that there is somebody, and something of what is known of them."""
        return self.is_read and self.allowed and bool(self.person_id)

    @property
    def opened(self) -> bool:
        """Whether somebody's record was read: what a search lists is mostly somebody else's."""
        return self.seen and not self.is_listed


def sample(looked: Iterable[Looked], *, seed: str) -> Iterator[int]:
    """A few reads of each authority by others than those who work with the case, drawn by a hash: for all the same.

    The seed comes from the log's end of the month, which nobody knew while they read.
    """
    by_agency: defaultdict[Agency, list[int]] = defaultdict(list)
    for one in looked:
        if one.opened and not one.is_own and one.agency is not None:
            by_agency[one.agency].append(one.seq)
    for seqs in by_agency.values():
        yield from sorted(seqs, key=lambda seq: hashlib.sha256(f"{seed}:{seq}".encode()).digest())[:SAMPLED]


def worth_a_look(looked: Sequence[Looked]) -> dict[int, set[ReviewGround]]:
    """The entries that a rule points at, with the rules; ``looked`` is in the order of the log, and so is this.

    Somebody who reads one record many times is told of once a month.
    """
    found: defaultdict[int, set[ReviewGround]] = defaultdict(set)
    opened = [one for one in looked if one.opened]
    for ground, seqs in (
        (ReviewGround.MANY, _many(opened)),
        (ReviewGround.REFUSED, _refused(looked)),
        (ReviewGround.SURNAME, _first_of_each(one for one in looked if one.seen and one.same_surname)),
        (ReviewGround.NO_REASON, _first_of_each(one for one in opened if _has_no_reason(one))),
        (ReviewGround.ODD_HOUR, _first_of_each(one for one in opened if is_odd_hour(one.at))),
    ):
        for seq in seqs:
            found[seq].add(ground)
    return dict(sorted(found.items()))


def share_a_surname(user_name: str, family_name: str) -> bool:
    """Whether the last word of a user's name is among the person's family names: «Anna Berg-Ek» and «Ek»."""
    last = fold(user_name.rpartition(" ")[2]).split()
    return bool(set(last) & set(fold(family_name).split()))


def is_odd_hour(at: datetime) -> bool:
    """Evening, night or weekend, by local time."""
    return at.weekday() >= _SATURDAY or not DAY_BEGINS <= at.hour < DAY_ENDS


def _has_no_reason(one: Looked) -> bool:
    """The reader does not work with the case, and nothing else had to do with it around that day."""
    return not one.is_own and not any(abs((one.at.date() - day).days) <= NEAR_DAYS for day in one.busy_on)


def _first_of_each(looked: Iterable[Looked]) -> Iterator[int]:
    """The first for each reader and person."""
    first: dict[tuple[UserId, str], int] = {}
    for one in looked:
        first.setdefault((one.user_id, one.person_id), one.seq)
    yield from first.values()


def _many(opened: Iterable[Looked]) -> Iterator[int]:
    """The read with which somebody had opened too many persons within the hour; the next one an hour later at most."""
    for own in _by_user(opened):
        told_at: datetime | None = None
        begins = 0
        within: Counter[str] = Counter()
        for one in own:
            within[one.person_id] += 1
            while one.at - own[begins].at > _HOUR:
                _take_out(within, own[begins].person_id)
                begins += 1
            if len(within) > MANY and (told_at is None or one.at - told_at > _HOUR):
                told_at = one.at
                yield one.seq


def _take_out(within: Counter[str], person_id: str) -> None:
    within[person_id] -= 1
    if not within[person_id]:
        del within[person_id]


def _refused(looked: Iterable[Looked]) -> Iterator[int]:
    """The last of several refusals in a row."""
    for own in _by_user(looked):
        for allowed, run in groupby(own, key=lambda one: one.allowed):
            refused = [] if allowed else list(run)
            ends = range(REFUSALS - 1, len(refused))
            if any(refused[at].at - refused[at - REFUSALS + 1].at <= _HOUR for at in ends):
                yield refused[-1].seq


def _by_user(looked: Iterable[Looked]) -> Iterator[list[Looked]]:
    kept: defaultdict[UserId, list[Looked]] = defaultdict(list)
    for one in looked:
        kept[one.user_id].append(one)
    yield from kept.values()


def must_be_anothers(entry_by: str, reviewer: UserId) -> None:
    """Raises OwnEntry."""
    if entry_by == reviewer:
        raise OwnEntry


def must_not_be_anothers(earlier: Iterable[Review], reviewer: UserId) -> None:
    """One's own finding can be written anew, another's cannot. Raises AlreadyReviewed."""
    if any(one.by != reviewer for one in earlier):
        raise AlreadyReviewed
