"""Meetings as the reports of forum and NAFS count them: held or not, and who took part (reports.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.counting import TOTAL, UNKNOWN, Cell, Counting, Table, adds_up, sum_check, whole
from misam_desktop.domain.meeting import MeetingState
from misam_desktop.domain.report import Check

HELD, CANCELLED, PLANNED, OUTSIDE = "hallna", "installda", "planerade", "utanfor"
COUNT = "antal"
_ROWS = {
    MeetingState.OPEN: HELD,
    MeetingState.CLOSED: HELD,
    MeetingState.CANCELLED: CANCELLED,
    MeetingState.PLANNED: PLANNED,
}
AGENCIES = tuple(agency.value for agency in Agency)
_ALL = "alla"


class KeptMeeting(NamedTuple):
    """One meeting of the period. ``why`` is the reason that a cancelled one was cancelled for."""

    meeting_id: str
    on: date
    state: MeetingState
    outside: bool
    why: str
    present: Mapping[Agency, Presence]

    @property
    def is_held(self) -> bool:
        """Whether it has been held; one that goes on is."""
        return _ROWS[self.state] == HELD

    @property
    def has_all(self) -> bool:
        """Whether every authority took part."""
        return all(self.present.get(agency, Presence.FRANVARANDE) is not Presence.FRANVARANDE for agency in Agency)


def kept_table(name: str) -> Table[KeptMeeting]:
    """How many were held, and how many not; held outside the structure is told apart."""

    def cells(one: KeptMeeting) -> Iterable[Cell]:
        yield TOTAL, COUNT
        yield _ROWS[one.state], COUNT
        if one.is_held and one.outside:
            yield OUTSIDE, COUNT

    return Table(
        id=name, columns=(COUNT,), rows=(TOTAL, HELD, OUTSIDE, CANCELLED, PLANNED), cells=cells, has_total=False
    )


def attendance_table(name: str) -> Table[KeptMeeting]:
    """How each authority took part in those that were held; each row sums to them."""

    def cells(one: KeptMeeting) -> Iterable[Cell]:
        if one.is_held:
            yield from ((agency.value, one.present.get(agency, UNKNOWN)) for agency in Agency)

    columns = (*(presence.value for presence in Presence), UNKNOWN)
    return Table(id=name, columns=columns, rows=AGENCIES, cells=cells)


def together_table(name: str) -> Table[KeptMeeting]:
    """In how many of those that were held every authority took part."""

    def cells(one: KeptMeeting) -> Iterable[Cell]:
        if one.is_held:
            yield _ALL, HELD
            if one.has_all:
                yield _ALL, _ALL

    return Table(
        id=name, columns=(HELD, _ALL), rows=(_ALL,), cells=cells, has_total=False, shares={"andel": (_ALL, HELD)}
    )


def reasons_table(name: str, reasons: Mapping[str, str]) -> Table[KeptMeeting]:
    """Why meetings were cancelled; ``reasons`` are those that were given, by a code each, in words."""

    def cells(one: KeptMeeting) -> tuple[Cell, ...]:
        return ((reason_code(one.why), COUNT),) if one.state is MeetingState.CANCELLED else ()

    return Table(id=name, columns=(COUNT,), rows=tuple(reasons), cells=cells, has_total=False, labels=reasons)


def reason_code(why: str) -> str:
    """The same for reasons that differ in case and spaces alone."""
    return " ".join(why.split()).casefold() or UNKNOWN


def reasons_of(whys: Iterable[str]) -> dict[str, str]:
    """The reasons of some meetings as codes, with the words in which each was first given."""
    found: dict[str, str] = {}
    for why in sorted(whys):
        found.setdefault(reason_code(why), " ".join(why.split()))
    return found


def meeting_checks(counting: Counting, *, kept: str, attended: str) -> tuple[Check, ...]:
    """Whether held, cancelled and planned are all, and each authority's row sums to those that were held."""
    by_row = {row.code: whole(row, COUNT) for row in counting.section(kept).rows}
    parts = by_row[HELD] + by_row[CANCELLED] + by_row[PLANNED]
    attendance = counting.section(attended)
    return (
        adds_up(kept, parts, by_row[TOTAL]),
        sum_check(attendance, by_row[HELD] * len(Agency)),
    )
