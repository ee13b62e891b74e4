"""What the NAFS teams' own registers add up to: questions asked and answered, meetings held and not (process.md §3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from statistics import median
from typing import NamedTuple

from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.meeting import MeetingState


class Tally(NamedTuple):
    """How many questions have been asked and answered; ``median_days`` is None while none has been answered."""

    asked: int
    answered: int
    median_days: float | None


def days_taken(asked_on: date, answered_on: date | None) -> int | None:
    """Calendar days from the question to its answer; an answer of the same day took 0."""
    return None if answered_on is None else max(0, (answered_on - asked_on).days)


def tally(days: Collection[int | None]) -> Tally:
    """The figures of a ledger, from how many days each of its questions took."""
    taken = [one for one in days if one is not None]
    return Tally(asked=len(days), answered=len(taken), median_days=median(taken) if taken else None)


class Kept(NamedTuple):
    """A meeting as its team's register counts it; ``cases`` are those that stand on it, by id."""

    state: MeetingState
    outside: bool
    cases: frozenset[str]
    present: Mapping[Agency, Presence]


class Counts(NamedTuple):
    """What a team has done: one that was held outside the structure is held, and told apart.

    ``cases`` counts each case once, however many of the held meetings it stood on. ``present`` says how an authority
    took part, and how often.
    """

    held: int
    cancelled: int
    planned: int
    outside: int
    cases: int
    present: dict[Agency, Counter[Presence]]


def counted(meetings: Iterable[Kept]) -> Counts:
    """The figures of some meetings; one that goes on is held."""
    found = list(meetings)
    held = [one for one in found if one.state in {MeetingState.CLOSED, MeetingState.OPEN}]
    return Counts(
        held=len(held),
        cancelled=sum(one.state is MeetingState.CANCELLED for one in found),
        planned=sum(one.state is MeetingState.PLANNED for one in found),
        outside=sum(one.outside for one in held),
        cases=len(frozenset[str]().union(*(one.cases for one in held))),
        present={agency: Counter(one.present[agency] for one in held if agency in one.present) for agency in Agency},
    )
