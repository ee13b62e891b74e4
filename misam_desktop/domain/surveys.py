"""The figures of questionnaires and talks at the exit: how many were offered, how many took part (reports.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from misam_desktop.domain.activity import Questionnaires
from misam_desktop.domain.asked import AT_EXIT, AskedWhat, campaigns, due_within
from misam_desktop.domain.counting import UNKNOWN, Cell, Counting, Table, adds_up, must_run_forwards, sum_of, whole
from misam_desktop.domain.episode import QUIET_REASONS
from misam_desktop.domain.indicator import Indicator, Total
from misam_desktop.domain.period import holds, overlaps
from misam_desktop.domain.report import Check, Report, ReportKind, Row, Section, Share
from misam_desktop.domain.tells import SOCIAL

OFFERED_AT, EXIT_TALKS, VIOLENCE, INDICATORS = "enkattillfallen", "avslutningssamtal", "valdsfragan", "indikatorer"
ALL, OFFERED, ANSWERED, HELD = "aktuella", "erbjudna", "besvarade", "hallna"
WAS_ASKED, NOT_ASKED, SHARE = "fragade", "inte_fragade", "andel"


Thing = tuple[AskedWhat, str]
"""Something that is offered or asked, and on which occasion."""
_TALK: Thing = (AskedWhat.SAMTAL, "")
_OF_VIOLENCE: Thing = (AskedWhat.VALD, "")


class Noted(NamedTuple):
    """What is noted of one thing on one occasion: that it was offered or asked, answered or held, or not offered."""

    offered: bool = False
    done: bool = False
    not_offered: bool = False


_NOTHING = Noted()


class Participant(NamedTuple):
    """One episode as these figures need it, its reason as text; none that was registered by mistake."""

    episode_id: str
    enrolled_on: date
    discharged_on: date | None
    discharge_reason: str | None
    asked: Mapping[Thing, Noted]


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
        for occasion in due_within(settings, one, first=first, last=last):
            noted = one.asked.get((AskedWhat.ENKAT, occasion.code), _NOTHING)
            yield from _cells(occasion.code, (OFFERED, noted.offered), (ANSWERED, noted.done))

    rows = _codes(settings, first, last)
    return Table(
        id=OFFERED_AT,
        columns=(ALL, OFFERED, ANSWERED),
        rows=rows,
        cells=cells,
        has_total=False,
        shares={SHARE: (ANSWERED, OFFERED)},
        labels={code: called(code) for code in rows},
    )


def _codes(settings: Questionnaires, first: date, last: date) -> tuple[str, ...]:
    """The occasions whose day can lie in the period."""
    ended = (code for code, days in campaigns(settings, first=first, last=last) if days.last <= last)
    return (*map(str, settings.months), *((AT_EXIT,) if settings.at_exit else ()), *ended)


def counted_of_each(settings: Questionnaires, *, first: date, last: date) -> tuple[Thing, ...]:
    """All that is counted of each participant of a period."""
    return (*((AskedWhat.ENKAT, code) for code in _codes(settings, first, last)), _TALK, _OF_VIOLENCE)


def _of_talks(first: date, last: date) -> Table[Participant]:
    """Those who ended in the period, but for whom nothing more is asked then; the share held is of them all."""

    def cells(one: Participant) -> tuple[Cell, ...]:
        if not holds(one.discharged_on, first=first, last=last) or one.discharge_reason in QUIET_REASONS:
            return ()
        noted = one.asked.get(_TALK, _NOTHING)
        return _cells("avslut", (OFFERED, noted.offered), (HELD, noted.done))

    return Table(
        id=EXIT_TALKS,
        columns=(ALL, OFFERED, HELD),
        rows=("avslut",),
        cells=cells,
        has_total=False,
        shares={SHARE: (HELD, ALL)},
    )


def _of_violence(first: date, last: date) -> Table[Participant]:
    """Everybody who takes part on any day of the period: asked, not asked, or nothing is noted."""

    def cells(one: Participant) -> tuple[Cell, ...]:
        if not overlaps(one.enrolled_on, one.discharged_on, first=first, last=last):
            return ()
        noted = one.asked.get(_OF_VIOLENCE, _NOTHING)
        is_noted = noted.offered or noted.not_offered
        return _cells("alla", (WAS_ASKED, noted.offered), (NOT_ASKED, noted.not_offered), (UNKNOWN, not is_noted))

    return Table(
        id=VIOLENCE,
        columns=(ALL, WAS_ASKED, NOT_ASKED, UNKNOWN),
        rows=("alla",),
        cells=cells,
        has_total=False,
        shares={SHARE: (WAS_ASKED, ALL)},
        tells=SOCIAL.kinds,
    )


@lru_cache(maxsize=1_000)
def _cells(row: str, *columns: tuple[str, bool]) -> tuple[Cell, ...]:
    """Where one counts on a row: among all, and in the columns of what is noted."""
    return ((row, ALL), *((row, column) for column, is_noted in columns if is_noted))


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
        checks=(_ordered(offered), _ordered(talks), _all_told(violence), _answers(typed, sum_of(offered, ANSWERED))),
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


def _all_told(section: Section) -> Check:
    """Everybody was asked or was not, or that is not noted."""
    [row] = section.rows
    parts = sum(whole(row, column) for column in section.columns[1:-1])
    return adds_up(section.id, parts, whole(row, ALL))


def _answers(typed: Section, answered: int) -> Check:
    """Whether more answers were typed in than are noted as given."""
    shares = [figure for row in typed.rows for figure in row.figures.values() if isinstance(figure, Share)]
    most = max((share.denominator for share in shares), default=0)
    return Check(id="enkatsvar", ok=most <= answered, params={"most": most, "answered": answered})
