"""What Uppföljning Finsam asks for: the number of participants of an activity, women and men (process.md §7).

Typed by hand there, without «annat»: that stands beside, so that nobody is left out unseen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from misam_desktop.domain.counting import SEXES, Cell, Counting, Table, as_report, must_run_forwards, sum_of
from misam_desktop.domain.period import overlaps
from misam_desktop.domain.report import Check, Report, ReportKind

_TABLE, _PERSONS, _PARTICIPATIONS = "finsam", "personer", "deltaganden"


class Participant(NamedTuple):
    """One episode, and of whom."""

    person_id: str
    sex: str
    enrolled_on: date
    discharged_on: date | None
    episode_id: str


def tables(*, first: date, last: date) -> tuple[Table[Participant], ...]:
    """What is counted: persons once, and beside them how many times they took part. Raises PeriodBackwards."""
    must_run_forwards(first, last)

    def cells(one: Participant) -> Iterable[Cell]:
        if overlaps(one.enrolled_on, one.discharged_on, first=first, last=last):
            return (_PERSONS, one.sex), (_PARTICIPATIONS, one.sex)
        return ()

    return (
        Table(
            id=_TABLE,
            columns=SEXES,
            rows=(_PERSONS, _PARTICIPATIONS),
            cells=cells,
            has_total=False,
            once={_PERSONS: lambda one: one.person_id},
        ),
    )


def as_finsam_report(counting: Counting, *, first: date, last: date) -> Report:
    """What has been counted, with its check."""
    persons, times = (counting.of_row(_TABLE, row).total() for row in (_PERSONS, _PARTICIPATIONS))
    told = sum(sum_of(counting.section(_TABLE), sex) for sex in SEXES)
    params: dict[str, int | str] = {"persons": persons, "participants": times}
    checks = (Check(id="personer_ryms", ok=persons <= times and told == persons + times, params=params),)
    return as_report(counting, ReportKind.FINSAM, first=first, last=last, checks=checks)
