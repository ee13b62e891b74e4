"""The figures of questionnaires and talks at the exit: how many were offered, how many took part (reports.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from misam_desktop.domain.activity import Questionnaires
from misam_desktop.domain.asked import AT_EXIT, Asked, AskedWhat, occasions
from misam_desktop.domain.codes import DischargeReason
from misam_desktop.domain.episode import QUIET_REASONS
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import EpisodeId, IndicatorId
from misam_desktop.domain.indicator import Indicator, Total
from misam_desktop.domain.report import Check, Figure, Report, Row, Section, Share
from misam_desktop.domain.yearly import PeriodBackwards

REPORT = "enkater"
OFFERED_AT, EXIT_TALKS, VIOLENCE, INDICATORS = "enkat_tillfallen", "avslutningssamtal", "vald_fragat", "indikatorer"
ALL, OFFERED, DONE = "aktuella", "erbjudna", "besvarade"
NOT_OFFERED = "inte_erbjudna"
_SHARES = {f"andel_{OFFERED}": (OFFERED, ALL), f"andel_{DONE}": (DONE, OFFERED)}
_OF_TALKS = {f"andel_{OFFERED}": (OFFERED, ALL), f"andel_{DONE}": (DONE, ALL)}
_OF_VIOLENCE = {f"andel_{OFFERED}": (OFFERED, ALL)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One episode as these figures need it, with what has been noted of it."""

    id: EpisodeId
    enrolled_on: date
    discharged_on: date | None
    discharge_reason: DischargeReason | None
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Which episodes each whole number counts, by section, row and column; an episode can stand in a row twice."""

    first: date
    last: date
    counted: Mapping[tuple[str, str, str], list[EpisodeId]] = field(repr=False)

    def of(self, section: str, code: str, column: str) -> list[EpisodeId]:
        """The episodes behind one number. Raises NotFound for one that there is not."""
        if (section, code, column) not in self.counted:
            raise NotFound
        return self.counted[section, code, column]


def count(settings: Questionnaires, participants: Iterable[Participant], *, first: date, last: date) -> Behind:
    """What falls within the period: occasions whose day it is, discharges, and participants. Raises PeriodBackwards."""
    if last < first:
        raise PeriodBackwards
    tally = _Tally(settings)
    for one in participants:
        tally.offered(one, first, last)
        tally.at_exit(one, first, last)
        tally.violence(one, first, last)
    return Behind(first=first, last=last, counted=tally.counted)


class _Tally:
    """Counts one participant after the other; every row is there, in its order, before anybody is counted."""

    def __init__(self, settings: Questionnaires) -> None:
        self.settings = settings
        self.counted: dict[tuple[str, str, str], list[EpisodeId]] = {}
        for months in settings.months:
            self._begin(OFFERED_AT, str(months), (ALL, OFFERED, DONE))
        if settings.at_exit:
            self._begin(OFFERED_AT, AT_EXIT, (ALL, OFFERED, DONE))
        self._begin(EXIT_TALKS, "avslutade", (ALL, OFFERED, DONE))
        self._begin(VIOLENCE, "deltagare", (ALL, OFFERED, NOT_OFFERED))

    def _begin(self, section: str, code: str, columns: Iterable[str]) -> None:
        for column in columns:
            self.counted.setdefault((section, code, column), [])

    def _add(self, section: str, code: str, one: Participant, noted: Asked | None) -> None:
        holds = {
            ALL: True,
            OFFERED: noted is not None and noted.offered_on is not None,
            DONE: noted is not None and noted.done_on is not None,
            NOT_OFFERED: noted is not None and noted.not_offered_on is not None,
        }
        for column, counts in holds.items():
            if counts and (section, code, column) in self.counted:
                self.counted[section, code, column].append(one.id)

    def offered(self, one: Participant, first: date, last: date) -> None:
        """Each occasion whose day lies in the period."""
        for occasion in occasions(self.settings, one, until=last):
            if first <= occasion.due_on <= last:
                self._begin(OFFERED_AT, occasion.code, (ALL, OFFERED, DONE))
                self._add(OFFERED_AT, occasion.code, one, _noted(one, AskedWhat.ENKAT, occasion.code))

    def at_exit(self, one: Participant, first: date, last: date) -> None:
        """Those who ended in the period, but for whom nothing more is asked at the exit."""
        ended_on = one.discharged_on
        if ended_on is not None and first <= ended_on <= last and one.discharge_reason not in QUIET_REASONS:
            self._add(EXIT_TALKS, "avslutade", one, _noted(one, AskedWhat.SAMTAL))

    def violence(self, one: Participant, first: date, last: date) -> None:
        """Everybody who takes part on any day of the period, and was not registered by mistake."""
        is_there = one.enrolled_on <= last and (one.discharged_on is None or one.discharged_on >= first)
        if is_there and one.discharge_reason is not DischargeReason.FELREGISTRERAD:
            self._add(VIOLENCE, "deltagare", one, _noted(one, AskedWhat.VALD))


def _noted(one: Participant, what: AskedWhat, occasion: str = "") -> Asked | None:
    return next((asked for asked in one.asked if (asked.what, asked.occasion) == (what, occasion)), None)


def report(
    behind: Behind, indicators: Iterable[Indicator], totals: Iterable[Total], *, called: Callable[[str], str]
) -> Report:
    """The figures beside the totals that were typed in for exactly this period; ``called`` names an occasion."""
    sections = [
        _section(behind, OFFERED_AT, (ALL, OFFERED, DONE), _SHARES, called),
        _section(behind, EXIT_TALKS, (ALL, OFFERED, DONE), _OF_TALKS),
        _section(behind, VIOLENCE, (ALL, OFFERED, NOT_OFFERED), _OF_VIOLENCE),
        _indicators(indicators, totals),
    ]
    answered = sum(_whole(row.figures, DONE) for row in sections[0].rows)
    checks = (*map(_ordered, sections[:2]), _answers(sections[-1], answered))
    return Report(
        id=REPORT,
        first=behind.first,
        last=behind.last,
        sections=tuple(one for one in sections if one.rows),
        checks=checks,
    )


def _section(
    behind: Behind,
    section_id: str,
    counts: tuple[str, ...],
    shares: Mapping[str, tuple[str, str]],
    called: Callable[[str], str] = lambda _: "",
) -> Section:
    by_row: dict[str, dict[str, Figure]] = defaultdict(dict)
    for (section, code, column), ids in behind.counted.items():
        if section == section_id:
            by_row[code][column] = len(ids)
    rows = [
        Row(code=code, label=called(code), figures=found | _shares(found, shares))
        for code, found in by_row.items()
    ]
    return Section(id=section_id, columns=(*counts, *shares), rows=tuple(rows))


def _shares(found: Mapping[str, Figure], shares: Mapping[str, tuple[str, str]]) -> dict[str, Figure]:
    return {
        name: Share(numerator=_whole(found, part), denominator=_whole(found, whole))
        for name, (part, whole) in shares.items()
    }


def _whole(found: Mapping[str, Figure], column: str) -> int:
    figure = found[column]
    assert isinstance(figure, int)
    return figure


def _indicators(indicators: Iterable[Indicator], totals: Iterable[Total]) -> Section:
    """The totals in the order of the list; an indicator that nobody typed in is left out."""
    typed = {one.indicator_id: one for one in totals}
    shown = sorted((one for one in indicators if one.id in typed), key=lambda one: (one.place, one.code))
    rows = [_typed_row(one, typed[one.id]) for one in shown]
    return Section(id=INDICATORS, columns=("andel_instammer",), rows=tuple(rows))


def _typed_row(one: Indicator, total: Total) -> Row:
    """Typed in, not counted: a share, since no list lies behind it."""
    share = Share(numerator=total.agreed, denominator=total.answers)
    return Row(code=one.code, label=one.text, figures={"andel_instammer": share})


def _ordered(section: Section) -> Check:
    """Nobody answers what was not offered, and it is offered to nobody whom it does not concern."""
    holds = all(
        _whole(row.figures, ALL) >= _whole(row.figures, OFFERED) >= _whole(row.figures, DONE) for row in section.rows
    )
    return Check(id=f"ryms_{section.id}", ok=holds, params={"section": section.id})


def _answers(section: Section, answered: int) -> Check:
    """Whether more answers were typed in than are noted as answered."""
    shares = [figure for row in section.rows for figure in row.figures.values() if isinstance(figure, Share)]
    most = max((share.denominator for share in shares), default=0)
    return Check(id="enkatsvar", ok=most <= answered, params={"most": most, "answered": answered})
