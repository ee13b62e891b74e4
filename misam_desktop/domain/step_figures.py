"""How far people have come: stegförflyttning, and försörjning before and after (codelists.md, reports.md).

A step is what a follow-up recorded; one alone shows no movement. All of it is values of the person: those who have not
consented to be counted with them, and protected persons, are told as a number alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import NamedTuple

from misam_desktop.domain.bands import MONTHS_BANDS, months_band
from misam_desktop.domain.codes import InfoKind, Livelihood
from misam_desktop.domain.counting import (
    SEXES,
    TOTAL,
    UNKNOWN,
    WITHOUT_DETAILS,
    Cell,
    Counting,
    Table,
    as_report,
    must_run_forwards,
    sum_check,
    sum_of,
    whole,
)
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.gate import told_by
from misam_desktop.domain.livelihood import LivelihoodGroup, group_of
from misam_desktop.domain.report import Report, ReportKind, Spot, Tie
from misam_desktop.domain.yearly import Participation, has_ended, takes_part

_MOVES, _STEPS, _GROUPS, _LIVELIHOODS = "steg_riktning", "steg", "forsorjning_grupp", "forsorjning_flode"
_TIME, _KNOWN = "tid_offentlig", "forsorjning_underlag"
_UP, _SAME, _DOWN, _ONE = "framat", "kvar", "bakat", "ett_steg"
_MOVED = (_UP, _SAME, _DOWN)
_IN_TABLE = "med"


class Moved(NamedTuple):
    """One participation with the first and the last step that its follow-ups recorded, and how many did."""

    participation: Participation
    first_step: int | None = None
    last_step: int | None = None
    recorded: int = 0


Which = Callable[[Moved], bool]
Value = Callable[[Moved], str]


def tables(*, first: date, last: date, steps: Sequence[str]) -> tuple[Table[Moved], ...]:
    """What is counted of the participations of a period; ``steps`` names the scale. Raises PeriodBackwards."""
    must_run_forwards(first, last)

    def takes(one: Moved) -> bool:
        return takes_part(one.participation, first=first, last=last)

    def ends(one: Moved) -> bool:
        return has_ended(one.participation, first=first, last=last)

    livelihoods = tuple(code.value for code in Livelihood)
    groups = tuple(group.value for group in LivelihoodGroup)
    codes = tuple(f"steg_{number}" for number in range(1, len(steps) + 1))
    names = {code: f"{number} {name}" for number, (code, name) in enumerate(zip(codes, steps, strict=True), start=1)}
    step, livelihood = told_by(FollowUp)["step"], told_by(Episode)["livelihoods_out"]
    return (
        _by_sex(_MOVES, movement, (*_MOVED, _ONE, UNKNOWN), takes, step),
        Table(id=_STEPS, columns=codes, rows=codes, cells=_moves(takes), labels=names, tells=step),
        _by_sex(_KNOWN, lambda _: _IN_TABLE, (_IN_TABLE,), ends),
        Table(id=_GROUPS, columns=groups, rows=groups, cells=_flow(ends, _group), tells=livelihood),
        Table(
            id=_LIVELIHOODS,
            columns=livelihoods,
            rows=livelihoods,
            cells=_flow(ends, lambda code: code),
            tells=livelihood,
        ),
        _by_sex(_TIME, lambda one: months_band(one.participation.support_months), MONTHS_BANDS, takes, livelihood),
    )


def movement(one: Moved) -> str:
    """Whether the last step lies above the first; one that was recorded once has not moved yet."""
    if one.first_step is None or one.last_step is None:
        return UNKNOWN
    if one.recorded < 2:
        return _ONE
    if one.last_step == one.first_step:
        return _SAME
    return _UP if one.last_step > one.first_step else _DOWN


def _by_sex(
    name: str, value: Value, codes: Sequence[str], which: Which, tells: frozenset[InfoKind] = frozenset()
) -> Table[Moved]:
    def cells(one: Moved) -> Iterable[Cell]:
        if which(one):
            detailed = one.participation.detailed
            yield value(one) if detailed else WITHOUT_DETAILS, one.participation.sex

    return Table(id=name, columns=SEXES, rows=(*codes, WITHOUT_DETAILS), cells=cells, tells=tells)


def _moves(which: Which) -> Callable[[Moved], Iterable[Cell]]:
    def cells(one: Moved) -> Iterable[Cell]:
        if which(one) and one.participation.detailed and movement(one) in _MOVED:
            yield f"steg_{one.first_step}", f"steg_{one.last_step}"

    return cells


def _flow(which: Which, code_of: Callable[[str], str]) -> Callable[[Moved], Iterable[Cell]]:
    def cells(one: Moved) -> Iterable[Cell]:
        p = one.participation
        if which(one) and p.detailed:
            yield code_of(p.livelihood), code_of(p.livelihood_out or UNKNOWN)

    return cells


def _group(code: str) -> str:
    return group_of(Livelihood(code)).value


def ties(rows: Mapping[str, Sequence[str]]) -> Iterator[Tie]:
    """What each matrix tells of the table before it; ``rows`` are the codes of each section's rows, and its columns.

    A frozen report can have a code that there is no more: what it stands under is not known then.
    """
    steps = list(enumerate(rows.get(_STEPS, ())))
    moves: dict[str, list[Spot]] = {code: [] for code in _MOVED}
    for (first, row), (last, column) in product(steps, steps):
        moves[_SAME if first == last else _UP if last > first else _DOWN].append((_STEPS, row, column))
    for code, spots in moves.items():
        yield Tie(((_MOVES, code, TOTAL),), tuple(spots))
    flows = defaultdict[tuple[str, str], list[Spot]](list)
    known = [code for code in rows.get(_LIVELIHOODS, ()) if code in set(Livelihood)]
    for row, column in product(known, repeat=2):
        flows[_group(row), _group(column)].append((_LIVELIHOODS, row, column))
    for (row, column), spots in flows.items():
        yield Tie(((_GROUPS, row, column),), tuple(spots))


def as_step_report(counting: Counting, *, first: date, last: date) -> Report:
    """What has been counted, with its checks: each matrix holds those that the table before it says."""
    moves, known = counting.section(_MOVES), counting.section(_KNOWN)
    moved = sum(whole(row) for row in moves.rows if row.code in _MOVED)
    told = whole(known.rows[0])
    checks = (
        sum_check(counting.section(_STEPS), moved),
        sum_check(counting.section(_GROUPS), told),
        sum_check(counting.section(_LIVELIHOODS), told),
        sum_check(counting.section(_TIME), sum_of(moves)),
    )
    return as_report(counting, ReportKind.STEG, first=first, last=last, checks=checks)
