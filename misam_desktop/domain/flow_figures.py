"""The flow through an activity: how full it is, who begins and ends, how long, who comes back and who waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from misam_desktop.domain.bands import LENGTH_BANDS, length_band
from misam_desktop.domain.clocks import add_months, last_rereferral_day
from misam_desktop.domain.codes import Referrer
from misam_desktop.domain.counting import (
    SEXES,
    TOTAL,
    WITHOUT_DETAILS,
    Cell,
    Counting,
    Table,
    adds_up,
    as_report,
    must_run_forwards,
    sum_check,
    sum_of,
    whole,
)
from misam_desktop.domain.meeting_figures import COUNT
from misam_desktop.domain.period import PeriodKind, period_of
from misam_desktop.domain.report import Check, Report, ReportKind, Section, Share, Tie

_FULL, _MONTHS, _LENGTH, _BANDS = "flode_belaggning", "flode_manad", "flode_langd", "flode_langd_band"
_AGAIN, _WAIT = "flode_ater", "flode_vantar"
_OPEN, _NEW, _ENDED = "oppna", "nya", "avslutade"
_STILL, _MEASURED, _CAME_BACK = "pagar", "matta", "ater"
_DAYS_A_MONTH = 30.4375


class Stay(NamedTuple):
    """One episode. ``again_on`` is the day of the referral that took the person back after it."""

    episode_id: str
    sex: str
    enrolled_on: date
    discharged_on: date | None
    again_on: date | None


class Waiting(NamedTuple):
    """One referral that waits for the forum at the end of the period."""

    referral_id: str
    referrer: str
    protected: bool
    referred_on: date


def months_between(first: date, last: date) -> float:
    """How long it is from one day to another, in months of an average year."""
    return (last - first).days / _DAYS_A_MONTH


def months_of(first: date, last: date) -> tuple[date, ...]:
    """The first day of every month that a period holds a day of."""
    found = [first.replace(day=1)]
    while add_months(found[-1], 1) <= last:
        found.append(add_months(found[-1], 1))
    return tuple(found)


def month_code(month: date) -> str:
    """«2026-03»."""
    return month.isoformat()[:7]


def _month_ends(first: date, last: date, as_of: date) -> tuple[tuple[str, date], ...]:
    """Each month of a period that has begun, and the last day of it that has been."""
    begun = (month for month in months_of(first, last) if month <= as_of)
    return tuple((month_code(month), min(period_of(PeriodKind.MANAD, month).last, as_of)) for month in begun)


class _Within(NamedTuple):
    """In which cells an episode counts in a period, as of a day that is not after it."""

    first: date
    last: date
    as_of: date
    today: date
    rereferral_months: int
    month_ends: tuple[tuple[str, date], ...]

    def is_open(self, one: Stay, on: date) -> bool:
        """Whether it goes on at the end of a day."""
        return one.enrolled_on <= on and (one.discharged_on is None or one.discharged_on > on)

    def ended(self, one: Stay) -> date | None:
        """Its last day, if that is in the period."""
        ends = one.discharged_on
        return ends if ends is not None and self.first <= ends <= self.last else None

    def full(self, one: Stay) -> Iterable[Cell]:
        """Whether it goes on at the end."""
        if self.is_open(one, self.as_of):
            yield _OPEN, COUNT

    def by_month(self, one: Stay) -> Iterable[Cell]:
        """The month in which it began and ended, and those at whose end it went on."""
        ended = self.ended(one)
        if self.first <= one.enrolled_on <= self.last:
            yield month_code(one.enrolled_on), _NEW
        if ended is not None:
            yield month_code(ended), _ENDED
        for code, until in self.month_ends:
            if self.is_open(one, until):
                yield code, _OPEN

    def measured(self, one: Stay) -> Iterable[tuple[str, float]]:
        """How long it was, or has been."""
        ended = self.ended(one)
        if ended is not None:
            yield _ENDED, months_between(one.enrolled_on, ended)
        elif self.is_open(one, self.as_of):
            yield _OPEN, months_between(one.enrolled_on, self.as_of)

    def lengths(self, one: Stay) -> Iterable[Cell]:
        """That it is among those."""
        return ((row, COUNT) for row, _ in self.measured(one))

    def bands(self, one: Stay) -> Iterable[Cell]:
        """In which band its length is, if it ended."""
        ended = self.ended(one)
        if ended is not None:
            yield length_band(one.enrolled_on, ended), one.sex

    def again(self, one: Stay) -> Iterable[Cell]:
        """Whether the person was referred back in time, or still could be."""
        ended = self.ended(one)
        if ended is None:
            return
        until = last_rereferral_day(ended, months=self.rereferral_months)
        columns = [_ENDED]
        if until >= self.today:
            columns.append(_STILL)
        else:
            columns.append(_MEASURED)
            if one.again_on is not None and one.again_on <= until:
                columns.append(_CAME_BACK)
        yield from ((row, column) for row in (TOTAL, one.sex) for column in columns)


def stay_tables(
    *, first: date, last: date, today: date, rereferral_months: int, month_words: Mapping[str, str]
) -> tuple[Table[Stay], ...]:
    """What is counted of the episodes. Raises PeriodBackwards.

    What goes on is told as of the period's last day, or of today before it; who came back, as is known today.
    ``month_words`` name its months by ``month_code``.
    """
    must_run_forwards(first, last)
    as_of = min(last, today)
    of = _Within(first, last, as_of, today, rereferral_months, _month_ends(first, last, as_of))
    months = tuple(month_code(month) for month in months_of(first, last))
    return (
        Table(id=_FULL, columns=(COUNT,), rows=(_OPEN,), cells=of.full, has_total=False),
        Table(
            id=_MONTHS,
            columns=(_NEW, _ENDED, _OPEN),
            rows=months,
            cells=of.by_month,
            has_total=False,
            labels=month_words,
        ),
        Table(
            id=_LENGTH,
            columns=(COUNT,),
            rows=(_ENDED, _OPEN),
            cells=of.lengths,
            has_total=False,
            measured=of.measured,
            unit="manader",
        ),
        Table(id=_BANDS, columns=SEXES, rows=LENGTH_BANDS, cells=of.bands),
        Table(
            id=_AGAIN,
            columns=(_ENDED, _STILL, _MEASURED, _CAME_BACK),
            rows=(TOTAL, *SEXES),
            cells=of.again,
            has_total=False,
            shares={"andel": (_CAME_BACK, _MEASURED)},
        ),
    )


def waiting_tables(*, as_of: date) -> tuple[Table[Waiting], ...]:
    """What is counted of the referrals that wait at the end."""

    def row(one: Waiting) -> str:
        return WITHOUT_DETAILS if one.protected else one.referrer

    return (
        Table(
            id=_WAIT,
            columns=(COUNT,),
            rows=(TOTAL, *(referrer.value for referrer in Referrer), WITHOUT_DETAILS),
            cells=lambda one: ((TOTAL, COUNT), (row(one), COUNT)),
            has_total=False,
            measured=lambda one: ((at, (as_of - one.referred_on).days) for at in (TOTAL, row(one))),
            unit="dagar",
        ),
    )


def as_flow_report(counting: Counting, *, first: date, last: date, capacity: int) -> Report:
    """What has been counted, with its checks; ``capacity`` is how many open episodes the staffing carries."""
    report = as_report(counting, ReportKind.FLODE, first=first, last=last, checks=_checks(counting))
    full, *others = report.sections
    return replace(report, sections=(_of_capacity(full, capacity), *others))


def _of_capacity(full: Section, capacity: int) -> Section:
    """The open episodes with how many there is room for beside them."""
    [row] = full.rows
    share = Share(numerator=whole(row, COUNT), denominator=capacity)
    filled = replace(row, figures={**row.figures, "av_kapacitet": share})
    return replace(full, columns=(*full.columns, "av_kapacitet"), rows=(filled,))


def ties(rows: Mapping[str, Sequence[str]]) -> Iterator[Tie]:
    """Who goes on at the end of a month are those of the month before, with who began and without who ended.

    ``rows`` are the codes of each section's rows. The last month that has begun ends with those who go on.
    """
    months = rows.get(_MONTHS, ())
    yield Tie(((_LENGTH, _ENDED, COUNT),), tuple((_MONTHS, month, _ENDED) for month in months))
    yield from (Tie(((_FULL, _OPEN, COUNT),), ((_MONTHS, month, _OPEN),)) for month in months)
    for before, month in pairwise(months):
        yield Tie(
            ((_MONTHS, before, _OPEN), (_MONTHS, month, _NEW)), ((_MONTHS, month, _OPEN), (_MONTHS, month, _ENDED))
        )


def _checks(counting: Counting) -> tuple[Check, ...]:
    months, waiting = counting.section(_MONTHS), counting.section(_WAIT)
    length = {row.code: whole(row, COUNT) for row in counting.section(_LENGTH).rows}
    again = counting.section(_AGAIN)
    of_all, *by_sex = again.rows
    of_sexes = sum(whole(row, _ENDED) for row in by_sex)
    wait = whole(waiting.rows[0], COUNT)
    return (
        sum_check(months, length[_ENDED], column=_ENDED),
        sum_check(counting.section(_BANDS), length[_ENDED]),
        Check(
            id=f"summa_{_AGAIN}",
            ok=of_sexes == whole(of_all, _ENDED) == length[_ENDED],
            params={"section": _AGAIN, "sum": of_sexes, "expected": length[_ENDED]},
        ),
        Check(
            id="ater_ryms",
            ok=whole(of_all, _CAME_BACK) <= whole(of_all, _MEASURED),
            params={"part": whole(of_all, _CAME_BACK), "of": whole(of_all, _MEASURED)},
        ),
        adds_up(_WAIT, sum_of(waiting, COUNT) - wait, wait),
    )
