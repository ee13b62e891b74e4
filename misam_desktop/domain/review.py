"""Loggkontroll: which entries of the log are worth a look, why, and what was found (security.md, «The log»).

A sample that nobody chooses, and a few rules. They look at reads of cases that are not the reader's own.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from misam_desktop.domain.codes import Agency, ReviewGround, ReviewVerdict
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import UserId

SAMPLED = 10
"""Entries a month and authority."""
MANY = 30
"""Different persons in an hour: more than a forum goes through."""
REFUSALS = 5
"""Refused in a row within an hour."""
NEAR = timedelta(days=3)
"""How near a read something else must have happened to the case for it to be no wonder."""
_HOUR = timedelta(hours=1)
_DAY_BEGINS, _DAY_ENDS = 6, 20


class OwnEntry(UserError):
    """Nobody reviews what they have done themselves."""

    code = "own_entry"


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
    """One entry as the rules see it. ``at`` is local time; ``is_own`` whether the case is the reader's to work with.

    ``same_surname`` is whether reader and person share a family name; ``busy_on`` the days on which others' work, a
    meeting or a follow-up, happened to the case.
    """

    seq: int
    at: datetime
    user_id: UserId
    agency: Agency
    person_id: str
    allowed: bool
    is_read: bool
    is_own: bool
    same_surname: bool
    busy_on: frozenset[datetime] = frozenset()


def sample(looked: Iterable[Looked], *, seed: str) -> Iterator[int]:
    """A few reads of each authority, drawn by the hash of the log's end of the month before: the same for everybody."""
    by_agency: defaultdict[Agency, list[Looked]] = defaultdict(list)
    for one in looked:
        if one.is_read and one.allowed and one.person_id:
            by_agency[one.agency].append(one)
    for found in by_agency.values():
        drawn = sorted(found, key=lambda one: hashlib.sha256(f"{seed}:{one.seq}".encode()).digest())
        yield from (one.seq for one in drawn[:SAMPLED])


def worth_a_look(looked: Sequence[Looked]) -> dict[int, set[ReviewGround]]:
    """The entries that a rule points at, with the rules: in the order of the log."""
    found: defaultdict[int, set[ReviewGround]] = defaultdict(set)
    for ground, seqs in (
        (ReviewGround.MANY, _many(looked)),
        (ReviewGround.REFUSED, _refused(looked)),
        (ReviewGround.SURNAME, (one.seq for one in looked if one.same_surname and one.is_read and one.allowed)),
        (ReviewGround.NO_REASON, (one.seq for one in looked if _has_no_reason(one))),
        (ReviewGround.ODD_HOUR, (one.seq for one in looked if one.is_read and one.person_id and _is_odd(one.at))),
    ):
        for seq in seqs:
            found[seq].add(ground)
    return dict(sorted(found.items()))


def _has_no_reason(one: Looked) -> bool:
    """A case that is not the reader's was opened, and nothing else happened to it near that time."""
    near = any(abs(one.at - day) <= NEAR for day in one.busy_on)
    return one.is_read and one.allowed and bool(one.person_id) and not one.is_own and not near


def _is_odd(at: datetime) -> bool:
    return at.weekday() >= 5 or not _DAY_BEGINS <= at.hour < _DAY_ENDS


def _many(looked: Sequence[Looked]) -> Iterator[int]:
    """The read with which somebody had opened more persons within the hour than there is a reason for."""
    for _, own in _by_user(one for one in looked if one.is_read and one.allowed and one.person_id):
        told_at: datetime | None = None
        for at, one in enumerate(own):
            within = {other.person_id for other in own[: at + 1] if one.at - other.at <= _HOUR}
            if len(within) > MANY and (told_at is None or one.at - told_at > _HOUR):
                told_at = one.at
                yield one.seq


def _refused(looked: Sequence[Looked]) -> Iterator[int]:
    """The last of several refusals in a row."""
    for _, own in _by_user(looked):
        for allowed, run in groupby(own, key=lambda one: one.allowed):
            refused = [] if allowed else list(run)
            if len(refused) >= REFUSALS and refused[-1].at - refused[-REFUSALS].at <= _HOUR:
                yield refused[-1].seq


def _by_user(looked: Iterable[Looked]) -> Iterator[tuple[UserId, list[Looked]]]:
    kept: defaultdict[UserId, list[Looked]] = defaultdict(list)
    for one in looked:
        kept[one.user_id].append(one)
    yield from kept.items()


def must_be_anothers(entry_by: str, reviewer: UserId) -> None:
    """Raises OwnEntry."""
    if entry_by == reviewer:
        raise OwnEntry


def left_to_review(found: Iterable[int], reviews: Iterable[Review]) -> int:
    """How many of the entries nobody has looked at yet."""
    done = Counter(one.seq for one in reviews)
    return sum(seq not in done for seq in found)
