"""The figures of questionnaires and talks at the exit: how many were offered, how many took part (reports.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from misam_desktop.domain.activity import Questionnaires
from misam_desktop.domain.asked import AT_EXIT, Asked, AskedWhat, campaigns, occasions
from misam_desktop.domain.codes import DischargeReason
from misam_desktop.domain.counting import Cell, Counting, Table, must_run_forwards, sum_of, whole
from misam_desktop.domain.episode import QUIET_REASONS
from misam_desktop.domain.ids import EpisodeId
from misam_desktop.domain.indicator import Indicator, Total
from misam_desktop.domain.report import Check, Report, ReportKind, Row, Section, Share
from misam_desktop.domain.tells import SOCIAL

OFFERED_AT, EXIT_TALKS, VIOLENCE, INDICATORS = "enkattillfallen", "avslutningssamtal", "valdsfragan", "indikatorer"
ALL, OFFERED, ANSWERED, HELD = "aktuella", "erbjudna", "besvarade", "hallna"
WAS_ASKED, NOT_ASKED, SHARE = "fragade", "inte_fragade", "andel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One episode as these figures need it, with what has been noted of it; none that was registered by mistake."""

    id: EpisodeId
    enrolled_on: date
    discharged_on: date | None
    discharge_reason: DischargeReason | None
    asked: tuple[Asked, ...]


def tables(
    settings: Questionnaires, *, first: date, last: date, called: Callable[[str], str]
) -> tuple[Table[Participant], ...]:
    """What is counted of those who take part in a period; ``called`` names an occasion. Raises PeriodBackwards."""
    must_run_forwards(first, last)
    return (
        _of_questionnaires(settings, first, last, called),
        _of_talks(first, last),
        _of_violence(first, last),
    )


def _of_questionnaires(
    settings: Questionnaires, first: date, last: date, called: Callable[[str], str]
) -> Table[Participant]:
    """Each occasion whose day lies in the period."""

    def cells(one: Participant) -> Iterator[Cell]:
        for occasion in occasions(settings, one, until=last):
            if first <= occasion.due_on <= last:
                noted = _noted(one, AskedWhat.ENKAT, occasion.code)
                yield from _cells(occasion.code, {OFFERED: noted.offered_on, ANSWERED: noted.done_on} if noted else {})

    rows = [*map(str, settings.months), *([AT_EXIT] if settings.at_exit else [])]
    rows += [code for code, days in campaigns(settings, first=first, last=last) if days.last <= last]
    return Table(
        id=OFFERED_AT,
        columns=(ALL, OFFERED, ANSWERED),
        rows=tuple(rows),
        cells=cells,
        has_total=False,
        shares={SHARE: (ANSWERED, OFFERED)},
        labels={code: called(code) for code in rows},
    )


def _of_talks(first: date, last: date) -> Table[Participant]:
    """Those who ended in the period, but for whom nothing more is asked then; the share held is of them all."""

    def cells(one: Participant) -> Iterator[Cell]:
        ended_on = one.discharged_on
        if ended_on is not None and first <= ended_on <= last and one.discharge_reason not in QUIET_REASONS:
            noted = _noted(one, AskedWhat.SAMTAL)
            yield from _cells("avslut", {OFFERED: noted.offered_on, HELD: noted.done_on} if noted else {})

    return Table(
        id=EXIT_TALKS,
        columns=(ALL, OFFERED, HELD),
        rows=("avslut",),
        cells=cells,
        has_total=False,
        shares={SHARE: (HELD, ALL)},
    )


def _of_violence(first: date, last: date) -> Table[Participant]:
    """Everybody who takes part on any day of the period."""

    def cells(one: Participant) -> Iterator[Cell]:
        if one.enrolled_on <= last and (one.discharged_on is None or one.discharged_on >= first):
            noted = _noted(one, AskedWhat.VALD)
            yield from _cells("alla", {WAS_ASKED: noted.offered_on, NOT_ASKED: noted.not_offered_on} if noted else {})

    return Table(
        id=VIOLENCE,
        columns=(ALL, WAS_ASKED, NOT_ASKED),
        rows=("alla",),
        cells=cells,
        has_total=False,
        shares={SHARE: (WAS_ASKED, ALL)},
        tells=SOCIAL.kinds,
    )


def _noted(one: Participant, what: AskedWhat, occasion: str = "") -> Asked | None:
    return next((asked for asked in one.asked if (asked.what, asked.occasion) == (what, occasion)), None)


def _cells(row: str, days: Mapping[str, date | None]) -> Iterator[Cell]:
    """Where one counts on a row: among all, and where a day is noted."""
    yield row, ALL
    yield from ((row, column) for column, day in days.items() if day is not None)


def as_report(
    counting: Counting, indicators: Iterable[Indicator], totals: Iterable[Total], *, first: date, last: date
) -> Report:
    """What has been counted, beside the totals that were typed in for exactly this period."""
    offered, talks, violence = (counting.section(one) for one in (OFFERED_AT, EXIT_TALKS, VIOLENCE))
    typed = _typed(indicators, totals)
    return Report(
        id=ReportKind.ENKATER.value,
        first=first,
        last=last,
        sections=tuple(one for one in (offered, talks, violence, typed) if one.rows),
        checks=(_ordered(offered), _ordered(talks), _answers(typed, sum_of(offered, ANSWERED))),
    )


def _typed(indicators: Iterable[Indicator], totals: Iterable[Total]) -> Section:
    """In the order of the list; an indicator that nobody typed in is left out.

    Typed in, not counted: a share alone, since no list lies behind it.
    """
    by_indicator = {one.indicator_id: one for one in totals}
    shown = sorted((one for one in indicators if one.id in by_indicator), key=lambda one: (one.place, one.code))
    rows = [
        Row(
            code=one.code,
            label=one.text,
            figures={SHARE: Share(numerator=by_indicator[one.id].agreed, denominator=by_indicator[one.id].answers)},
        )
        for one in shown
    ]
    return Section(id=INDICATORS, columns=(SHARE,), rows=tuple(rows))


def _ordered(section: Section) -> Check:
    """Nobody answers what was not offered, and it is offered to nobody whom it does not concern."""
    last = section.columns[2]
    holds = all(whole(row, ALL) >= whole(row, OFFERED) >= whole(row, last) for row in section.rows)
    return Check(id=f"ordning_{section.id}", ok=holds, params={"section": section.id})


def _answers(typed: Section, answered: int) -> Check:
    """Whether more answers were typed in than are noted as given."""
    shares = [figure for row in typed.rows for figure in row.figures.values() if isinstance(figure, Share)]
    most = max((share.denominator for share in shares), default=0)
    return Check(id="enkatsvar", ok=most <= answered, params={"most": most, "answered": answered})
