"""A report: tables of figures for a period, with the checks that say whether they can be trusted (reports.md).

What is counted differs from report to report, how it stands does not: screens, papers and files know this shape alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class ReportKind(StrEnum):
    """Which reports there are; the id of each."""

    ARSREDOVISNING = "arsredovisning"
    FORUM = "forum"
    NAFS = "nafs"
    UPPFOLJNINGAR = "uppfoljningar"
    FLODE = "flode"
    MAL = "mal"
    FINSAM = "finsam"
    STEG = "steg"
    ENKATER = "enkater"
    AVVIKELSER = "avvikelser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of how many; a percentage is never told without both."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> float | None:
        """From 0 to 100; None of nothing."""
        return 100 * self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Middle:
    """A median or mean, in the unit that its column names, and of how many; None of nothing."""

    value: float | None
    of: int


Figure = int | Share | Middle
"""A whole number counts something and opens the list of it; the others are worked out of such numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table. ``figures`` has one figure a column; ``label`` is for a row that no code list names."""

    code: str
    figures: Mapping[str, Figure]
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One table, its columns and rows in the order in which they are shown."""

    id: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Whether a figure can be trusted; ``params`` fill its sentence, which stands in ``resources``."""

    id: str
    ok: bool
    params: Mapping[str, int | str]


Spot = tuple[str, str, str]
"""Where a figure stands: its section, row and column, by their codes."""


class Tie(NamedTuple):
    """What some figures of a report come to, others do too, whatever they are; each of the ``others`` is a part."""

    some: tuple[Spot, ...]
    others: tuple[Spot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody has written of a row: how a goal was met, by its code («» is not judged), and a comment."""

    section: str
    row: str
    rating: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of one activity for the days from the first to the last."""

    id: str
    first: date
    last: date
    sections: tuple[Section, ...]
    checks: tuple[Check, ...]
    notes: tuple[Note, ...] = ()
