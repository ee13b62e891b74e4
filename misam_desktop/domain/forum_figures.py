"""Samverkansforum in figures: what it received, what it concluded, how long that took, and who took part (reports.md).

A referral is of the period in which it was made. Where it stands is told as of the period's last day, so that the same
period always gives the same figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.counting import (
    SEXES,
    TOTAL,
    UNKNOWN,
    Cell,
    Counting,
    Table,
    as_report,
    must_run_forwards,
    sum_check,
    whole,
)
from misam_desktop.domain.meeting_figures import (
    COUNT,
    KeptMeeting,
    attendance_table,
    kept_table,
    meeting_checks,
    together_table,
)
from misam_desktop.domain.report import Check, Report, ReportKind, Tie

_DECIDED, _WAITING, _COMPLETING, _WITHDRAWN = "avgjorda", "vantar", "kompletteras", "atertagna"
_STANDINGS = (_DECIDED, _WAITING, _COMPLETING, _WITHDRAWN)
_OUTCOMES = (*(one.value for one in Outcome if one is not Outcome.KOMPLETTERA), UNKNOWN)
DAY_BANDS = ("0-7", "8-14", "15-28", "29-", UNKNOWN)
_RECEIVED, _CONCLUDED, _BESIDE, _DAYS, _WAIT = "remisser", "bedomning", "bedomning_aven", "dagar", "vantetid"
_HELD, _ATTENDED, _TOGETHER = "moten", "narvaro", "alla_myndigheter"


class Received(NamedTuple):
    """One referral that has been put to the forum, codes as text; ``enrolled`` without an outcome: imported so."""

    referral_id: str
    sex: str
    referred_on: date
    outcome: str | None
    outcome_on: date | None
    withdrawn_on: date | None
    also_nafs: bool = False
    also_sip: bool = False
    enrolled: bool = False


def standing(one: Received, last: date) -> str:
    """Where a referral stood at the end of a day."""
    if one.withdrawn_on is not None and one.withdrawn_on <= last:
        return _WITHDRAWN
    if one.outcome is None:
        return _DECIDED if one.enrolled else _WAITING
    if one.outcome_on is not None and one.outcome_on > last:
        return _WAITING
    return _COMPLETING if one.outcome == Outcome.KOMPLETTERA else _DECIDED


def days_to_outcome(one: Received) -> int | None:
    """Calendar days from the referral to what the forum concluded; None when a day is not known."""
    return None if one.outcome_on is None else (one.outcome_on - one.referred_on).days


def day_band(days: int | None) -> str:
    """The band of a number of days."""
    if days is None:
        return UNKNOWN
    if days <= 7:
        return "0-7"
    if days <= 14:
        return "8-14"
    return "15-28" if days <= 28 else "29-"


class _Within(NamedTuple):
    """In which cells a referral counts in a period."""

    first: date
    last: date

    def received(self, one: Received) -> tuple[Cell, ...]:
        """Every referral of the period, and where it stands."""
        if not self.first <= one.referred_on <= self.last:
            return ()
        return (TOTAL, one.sex), (standing(one, self.last), one.sex)

    def decided(self, one: Received) -> bool:
        """Whether the forum has concluded on it: what the other tables look at."""
        return self.first <= one.referred_on <= self.last and standing(one, self.last) == _DECIDED


def _concluded(one: Received) -> tuple[Cell, ...]:
    return ((one.outcome or UNKNOWN, one.sex),)


def _beside(one: Received) -> Iterable[Cell]:
    if one.also_nafs:
        yield "also_nafs", one.sex
    if one.also_sip:
        yield "also_sip", one.sex


def _in_band(one: Received) -> tuple[Cell, ...]:
    return ((day_band(days_to_outcome(one)), one.sex),)


def _waited(one: Received) -> tuple[tuple[str, float], ...]:
    """After how many days it was concluded, where that is known."""
    taken = days_to_outcome(one)
    return () if taken is None else ((_WAIT, taken),)


def _measured(one: Received) -> tuple[Cell, ...]:
    """That it is among those of whom it is known."""
    return tuple((row, COUNT) for row, _ in _waited(one))


def referral_tables(*, first: date, last: date) -> tuple[Table[Received], ...]:
    """What is counted of the referrals. Raises PeriodBackwards."""
    must_run_forwards(first, last)
    of = _Within(first, last)
    return (
        Table(id=_RECEIVED, columns=SEXES, rows=(TOTAL, *_STANDINGS), cells=of.received),
        Table(id=_CONCLUDED, columns=SEXES, rows=_OUTCOMES, cells=_concluded, of=of.decided),
        Table(id=_BESIDE, columns=SEXES, rows=("also_nafs", "also_sip"), cells=_beside, of=of.decided),
        Table(id=_DAYS, columns=SEXES, rows=DAY_BANDS, cells=_in_band, of=of.decided),
        Table(
            id=_WAIT,
            columns=(COUNT,),
            rows=(_WAIT,),
            cells=_measured,
            of=of.decided,
            has_total=False,
            measured=_waited,
            unit="dagar",
        ),
    )


def meeting_tables() -> tuple[Table[KeptMeeting], ...]:
    """What is counted of the meetings."""
    return (kept_table(_HELD), attendance_table(_ATTENDED), together_table(_TOGETHER))


def ties(_rows: Mapping[str, Sequence[str]]) -> Iterator[Tie]:
    """Of those that were concluded it is known after how many days, or it is not."""
    yield Tie(((_RECEIVED, _DECIDED, TOTAL),), ((_WAIT, _WAIT, COUNT), (_DAYS, UNKNOWN, TOTAL)))


def as_forum_report(counting: Counting, *, first: date, last: date) -> Report:
    """What has been counted, with its checks: every referral is accounted for."""
    by_row = {row.code: whole(row) for row in counting.section(_RECEIVED).rows}
    parts = sum(by_row[one] for one in _STANDINGS)
    unknown = counting.of_row(_CONCLUDED, UNKNOWN).total()
    checks = (
        Check(
            id="redovisade",
            ok=parts == counting.of_row(_RECEIVED, TOTAL).total(),
            params={"received": by_row[TOTAL], **{name: by_row[name] for name in _STANDINGS}},
        ),
        sum_check(counting.section(_CONCLUDED), by_row[_DECIDED]),
        sum_check(counting.section(_DAYS), by_row[_DECIDED]),
        Check(id="bedomda", ok=unknown == 0, params={"count": unknown}),
        *meeting_checks(counting, kept=_HELD, attended=_ATTENDED),
    )
    return as_report(counting, ReportKind.FORUM, first=first, last=last, checks=checks)
