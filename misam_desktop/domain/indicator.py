"""The indicators of «Indikatorenkät»: their wording, which the team loads itself, and totals typed in from outside.

The answers are anonymous: a total is of an activity and a period, and is never linked to a person (process.md §5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from misam_desktop.domain.counting import must_run_forwards
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, IndicatorId, TotalId


class TotalMissing(UserError):
    """How many answered and how many agreed are told together."""

    code = "total_missing"


class MoreThanAnswered(UserError):
    """No more can agree than have answered."""

    code = "more_than_answered"


class Line(NamedTuple):
    """One indicator as the team's list has it."""

    code: str
    text: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One statement of the questionnaire; one that the newest list lacks is kept for the totals that it has."""

    id: IndicatorId
    code: str
    text: str
    group: str
    place: int
    active: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How many answered one indicator in an activity and a period, and how many of them agreed."""

    id: TotalId
    activity_id: ActivityId
    indicator_id: IndicatorId
    first: date
    last: date
    answers: int
    agreed: int
    version: int = 1


class Typed(NamedTuple):
    """What is typed in of one indicator; nothing at all takes a total away."""

    answers: int | None
    agreed: int | None


def must_hold(typed: Mapping[IndicatorId, Typed], *, first: date, last: date) -> None:
    """Raises PeriodBackwards, TotalMissing, MoreThanAnswered, each beside its indicator."""
    must_run_forwards(first, last)
    for indicator_id, one in typed.items():
        if (one.answers is None) != (one.agreed is None):
            raise TotalMissing(field=f"{'answers' if one.answers is None else 'agreed'} {indicator_id}")
        if one.answers is not None and one.agreed is not None and one.agreed > one.answers:
            raise MoreThanAnswered(field=f"agreed {indicator_id}")


def renewed(known: Iterable[Indicator], lines: Iterable[Line]) -> tuple[list[Line], list[Indicator]]:
    """Of a newer list, the lines that are new and the known ones that change; what it lacks is put away.

    An indicator keeps its code through every wording.
    """
    by_code = {one.code: one for one in known}
    placed = {line.code: (at, line) for at, line in enumerate(lines, start=1)}
    changed = []
    for code, one in by_code.items():
        at, line = placed.get(code, (one.place, None))
        now = replace(one, active=False) if line is None else _worded(one, line, at)
        if now != one:
            changed.append(now)
    return [line for code, (_, line) in placed.items() if code not in by_code], changed


def _worded(one: Indicator, line: Line, at: int) -> Indicator:
    return replace(one, text=line.text, group=line.group, place=at, active=True)
