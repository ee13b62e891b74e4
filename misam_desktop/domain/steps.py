"""Long work in steps: a generator that yields wherever somebody else may come between, and returns its answer."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Steps: TypeAlias = Generator[None, None, T]
"""What gives its answer after some steps; left half-way, it gives none."""


def step(steps: Steps[T]) -> list[T]:
    """Take one step: nothing while there are more, else the answer alone."""
    try:
        next(steps)
    except StopIteration as end:
        return [end.value]
    return []


def all_at_once(steps: Steps[T]) -> T:
    """Take every step, and give the answer."""
    while not (answer := step(steps)):
        pass
    return answer[0]


def one_step(work: Callable[[], T]) -> Steps[T]:
    """Work that is done in a single step."""
    yield from ()
    return work()
