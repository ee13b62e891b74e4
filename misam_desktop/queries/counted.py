"""How any report is counted and any of its numbers opened: in steps that leave the store free between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.counting import Counting, Table, behind
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import CaseId, EpisodeId, ReferralId
from misam_desktop.domain.report import Report, ReportKind
from misam_desktop.domain.steps import Steps
from misam_desktop.queries.near import FAR, Near, kinds_near
from misam_desktop.queries.shown import BEYOND
from misam_desktop.vault import Look

T = TypeVar("T")
A_STEP = 250
"""How many things are counted at a time: some ten milliseconds, which whoever types in the search field can wait."""


class Number(NamedTuple):
    """One number: its report, and the section, row and column in it."""

    report: ReportKind
    section: str
    row: str
    column: str


class Thing(StrEnum):
    """What a number counts, and so what its list is of."""

    EPISODE = "episode"
    REFERRAL = "referral"
    FOLLOW_UP = "follow_up"
    MEETING = "meeting"
    NAFS_CASE = "nafs_case"
    QUESTION = "question"
    FEEDBACK = "feedback"
    DEVIATION = "deviation"


class BehindRow(NamedTuple):
    """One thing behind a number: whom or what it is about, from when to when, and the case it leads to.

    Of a case beyond reach, or of a protected person, only the days are told.
    """

    name: str
    from_on: date
    until_on: date | None = None
    episode_id: EpisodeId | None = None
    referral_id: ReferralId | None = None
    nafs_case_id: CaseId | None = None


class Behind(NamedTuple):
    """The list behind a number."""

    of: Thing
    rows: list[BehindRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Generic[T]):
    """One kind of thing that a report counts: the tables that do, how it is read, and how it is told in a list.

    ``batches`` reads some hundred at a time. ``order`` sorts the list.
    """

    of: Thing
    tables: tuple[Table[T], ...]
    batches: Callable[[], Iterator[Sequence[T]]]
    told: Callable[[Sequence[T]], Iterator[BehindRow]]
    order: Callable[[T], Any]


def told_by_case(
    look: Look,
    near: Callable[[Look, Sequence[str]], Mapping[str, Near]],
    case_id: Callable[[T], str],
    *,
    since: Callable[[T], date],
    until: Callable[[T], date | None],
) -> Callable[[Sequence[T]], Iterator[BehindRow]]:
    """How a source tells its things by whose they are; ``near`` finds those cases that are within reach."""

    def told(some: Sequence[T]) -> Iterator[BehindRow]:
        known = near(look, [case_id(one) for one in some])
        for one in some:
            found = known.get(case_id(one), FAR)
            opens = (found.episode_id, found.referral_id, found.nafs_case_id)
            yield BehindRow(found.name, since(one), until(one), *opens)

    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """A report that is about to be counted."""

    sources: tuple[Source[Any], ...]
    report: Callable[[Counting], Report]


def count(making: Making) -> Steps[Report]:
    """Count everything, once."""
    counting = Counting(table for source in making.sources for table in source.tables)
    for source in making.sources:
        for things in source.batches():
            counting.add(source.tables, things)
            yield
    return making.report(counting)


def listed(look: Look, making: Making, number: Number) -> Steps[Behind]:
    """What one number counts; nobody is named of whom it tells more than may be read. Raises NotFound for no number."""
    source, table = _where(making, number)
    things = list[Any]()
    for some in source.batches():
        things += some
        yield
    found = sorted(behind(table, things, row=number.row, column=number.column), key=source.order)
    told = list[BehindRow]()
    for at in range(0, len(found), A_STEP):
        rows = list(source.told(found[at : at + A_STEP]))
        told += _as_far(look, rows, table.told_by(number.row, number.column))
        yield
    return Behind(source.of, told)


def _as_far(look: Look, rows: list[BehindRow], kinds: frozenset[InfoKind]) -> list[BehindRow]:
    """The rows, those without a name in whose case these kinds may not be read."""
    if not kinds:
        return rows
    read = kinds_near(look, [one.referral_id or one.episode_id or "" for one in rows])
    return [
        one
        if kinds <= read.get(one.referral_id or one.episode_id or "", frozenset())
        else BehindRow(BEYOND, one.from_on, one.until_on)
        for one in rows
    ]


def _where(making: Making, number: Number) -> tuple[Source[Any], Table[Any]]:
    for source in making.sources:
        for table in source.tables:
            if table.id == number.section:
                return source, table
    raise NotFound
