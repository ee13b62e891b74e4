"""What consent costs a list: the same question, with the part of its statement that looks consent up and without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from statistics import median
from typing import Any, NamedTuple
from unittest.mock import patch

from sqlalchemy import ColumnElement, false, literal, true

from misam_desktop.domain.codes import InfoKind
from misam_desktop.queries import follow_ups, reach
from misam_desktop.store import tables
from misam_desktop.vault import Question, Vault
from tests.bench.timing import timed

MOST = 1.3
_EVERY_KIND = literal(tuple(InfoKind), type_=tables.case_access.c.kinds.type)


class Asked(NamedTuple):
    """One question of a user; each call gets a number, and no number comes twice."""

    name: str
    vault: Vault
    question: Callable[[int], Question[Any]]


class Cost(NamedTuple):
    """Medians of one question in milliseconds, and how many rows an answer holds, with consent and without."""

    name: str
    ms: float
    ms_without: float
    rows: int
    rows_without: int

    @property
    def ratio(self) -> float:
        """How many times as long a list takes; as a row of it, where by consent there are more of them."""
        more = self.rows / self.rows_without if self.rows_without else 1
        return self.ms / self.ms_without / max(1, more)

    @property
    def holds(self) -> bool:
        """Whether the aim is met."""
        return self.ratio <= MOST or self.ms - self.ms_without <= 2


def _nowhere(*_arguments: Any, **_named: Any) -> ColumnElement[bool]:
    return false()


def _everywhere(*_arguments: Any, **_named: Any) -> ColumnElement[bool]:
    return true()


def _all_kinds(*_arguments: Any) -> ColumnElement[Any]:
    return _EVERY_KIND


class Without:
    """Lists by unit, coordination and jäv alone; what each module keeps of its statements is kept apart."""

    def __init__(self) -> None:
        self._kept = [
            (module, name, lru_cache(maxsize=64)(getattr(module, name).__wrapped__))
            for module, name in ((reach, "_cases"), (reach, "_at_large"), (reach, "_known"), (follow_ups, "_mine"))
        ]

    @contextmanager
    def consent(self) -> Iterator[None]:
        """While it lasts, no statement looks at ``case_access``."""
        with ExitStack() as stack:
            for name, instead in (("_is_shared", _nowhere), ("identity", _everywhere), ("kinds", _all_kinds)):
                stack.enter_context(patch.object(reach, name, instead))
            for module, name, kept in self._kept:
                stack.enter_context(patch.object(module, name, kept))
            yield


def measured(asked: Asked, *, rounds: int) -> Cost:
    """One question both ways, each of them first every other time, after a round that is not counted."""
    without = Without()
    times: tuple[list[float], list[float]] = ([], [])
    rows = [0, 0]

    def ask(number: int) -> None:
        rows[0] += _size(asked.vault.ask(asked.question(number)))

    def ask_without(number: int) -> None:
        with without.consent():
            rows[1] += _size(asked.vault.ask(asked.question(number)))

    for number in range(rounds + 1):
        if number == 1:
            rows = [0, 0]
        for which in (0, 1) if number % 2 else (1, 0):
            times[which].append(timed((ask, ask_without)[which], number))
    ms, ms_without = (median(one[1:]) for one in times)
    return Cost(asked.name, ms, ms_without, *(one // rounds for one in rows))


def _size(answer: object) -> int:
    return len(answer) if isinstance(answer, list) else 1
