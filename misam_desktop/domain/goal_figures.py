"""The goals of an activity in figures: how many reached what, of how many (reports.md).

Where somebody went is a value of the person: those who have not consented to be counted with it, and protected persons,
are in neither numerator nor denominator and are told beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from misam_desktop.domain.codes import Destination, DischargeReason, Livelihood
from misam_desktop.domain.counting import (
    WITHOUT_DETAILS,
    Cell,
    Counting,
    Table,
    as_report,
    must_run_forwards,
    whole,
)
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.gate import told_by
from misam_desktop.domain.goal import Goal, Reached, Whom
from misam_desktop.domain.livelihood import LivelihoodGroup, group_of
from misam_desktop.domain.period import holds, overlaps
from misam_desktop.domain.report import Check, Note, Report, ReportKind

TABLE = "mal"
_PART, _WHOLE = "taljare", "namnare"


class Case(NamedTuple):
    """One referral with the episode that it led to, if it did."""

    referral_id: str
    episode_id: str | None
    referred_on: date
    enrolled_on: date | None
    discharged_on: date | None
    destination: str | None
    discharge_reason: str | None
    livelihood_out: str | None
    detailed: bool


def tables(goals: Sequence[Goal], *, first: date, last: date, labels: Mapping[str, str]) -> tuple[Table[Case], ...]:
    """What is counted for each goal; ``labels`` are the goals in words, by their codes. Raises PeriodBackwards."""
    must_run_forwards(first, last)
    told = told_by(Episode)

    def cells(one: Case) -> Iterable[Cell]:
        for goal in goals:
            if is_of(goal.of, one, first=first, last=last):
                yield goal.code, _WHOLE if one.detailed else WITHOUT_DETAILS
                if one.detailed and has_reached(goal.reached, one, last=last):
                    yield goal.code, _PART

    return (
        Table(
            id=TABLE,
            columns=(_PART, _WHOLE, WITHOUT_DETAILS),
            rows=tuple(goal.code for goal in goals),
            cells=cells,
            has_total=False,
            shares={"andel": (_PART, _WHOLE)},
            labels=labels,
            tells=told["destination"] | told["discharge_reason"] | told["livelihoods_out"],
        ),
    )


def is_of(whom: Whom, one: Case, *, first: date, last: date) -> bool:
    """Whether a case is among those that a goal is about, in a period."""
    if whom is Whom.REMITTERADE:
        return holds(one.referred_on, first=first, last=last)
    if one.enrolled_on is None:
        return False
    if whom is Whom.AVSLUTADE:
        return holds(one.discharged_on, first=first, last=last)
    return overlaps(one.enrolled_on, one.discharged_on, first=first, last=last)


def has_reached(reached: Reached, one: Case, *, last: date) -> bool:
    """Whether a case had ended as a goal says, at the end of a day."""
    if one.discharged_on is None or one.discharged_on > last:
        return False
    match reached:
        case Reached.ARBETE:
            return one.destination == Destination.ARBETE
        case Reached.STUDIER:
            return one.destination == Destination.STUDIER
        case Reached.ARBETE_STUDIER:
            return one.destination in {Destination.ARBETE, Destination.STUDIER}
        case Reached.BEHOV_UPPFYLLT:
            return one.discharge_reason == DischargeReason.UPPFYLLT
    out = one.livelihood_out
    return out is not None and group_of(Livelihood(out)) is LivelihoodGroup.EGEN


def as_goal_report(counting: Counting, *, first: date, last: date, notes: Sequence[Note]) -> Report:
    """What has been counted, with its check, and what the koordinator has written of each goal."""
    rows = counting.section(TABLE).rows
    holds = all(whole(row, _PART) <= whole(row, _WHOLE) for row in rows)
    checks = (Check(id="mal_ryms", ok=holds, params={"goals": len(rows)}),)
    return replace(as_report(counting, ReportKind.MAL, first=first, last=last, checks=checks), notes=tuple(notes))
