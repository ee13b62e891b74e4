"""Two ways to the same answer, timed in turn, so that what else the machine does falls on both alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median, quantiles
from time import perf_counter
from typing import Any, NamedTuple


class Pair(NamedTuple):
    """One question asked by the program and by hand; each call gets a number, and no number comes twice."""

    name: str
    program: Callable[[int], Any]
    by_hand: Callable[[int], Any]
    most: float
    """How many times as long the program may take; or two milliseconds more."""


class Timed(NamedTuple):
    """Medians of a pair, in milliseconds."""

    name: str
    program_ms: float
    by_hand_ms: float
    most: float

    @property
    def ratio(self) -> float:
        """How many times as long the program takes."""
        return self.program_ms / self.by_hand_ms

    @property
    def holds(self) -> bool:
        """Whether the aim is met."""
        return self.ratio <= self.most or self.program_ms - self.by_hand_ms <= 2


def interleaved(pair: Pair, rounds: int) -> Timed:
    """Medians of both, after one round that is not counted."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for which, ask in enumerate((pair.program, pair.by_hand)):
            times[which].append(timed(ask, 2 * number + which))
    program_ms, by_hand_ms = (median(one[1:]) for one in times)
    return Timed(pair.name, program_ms, by_hand_ms, pair.most)


def timed(ask: Callable[[int], Any], number: int) -> float:
    """How long one call takes, in milliseconds."""
    began = perf_counter()
    ask(number)
    return (perf_counter() - began) * 1000


def p95(times: Sequence[float]) -> float:
    """What nineteen of twenty stay under."""
    return quantiles(times, n=20)[-1]
