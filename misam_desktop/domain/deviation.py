"""Avvikelser, synpunkter och klagomål: what did not go as it should, from whom, and what was done (process.md §2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, NamedTuple

from misam_desktop.domain.access import COORDINATES, Actor, in_activity
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.counting import Cell, Counting, Table, must_run_forwards, sum_check
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, DeviationId, EpisodeId, UnitId
from misam_desktop.domain.referral import FutureDate, TextRequired
from misam_desktop.domain.report import Report, ReportKind
from misam_desktop.domain.tells import NOTE

CLOSED, OPEN = "avslutade", "kvar_oppna"


class DeviationClosed(UserError):
    """It is closed already."""

    code = "deviation_closed"


class ClosedTooEarly(UserError):
    """It was closed before it came in."""

    code = "closed_too_early"


class DeviationKind(StrEnum):
    """What kind of thing was told."""

    AVVIKELSE = "avvikelse"
    SYNPUNKT = "synpunkt"
    KLAGOMAL = "klagomal"


class DeviationSource(StrEnum):
    """From whom it came, as a role: nobody's name."""

    DELTAGARE = "deltagare"
    PART = "part"
    PERSONAL = "personal"
    ANNAN = "annan"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationFacts:
    """What the form says when it comes in."""

    on: date
    kind: DeviationKind
    source: DeviationSource
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One line of the log. ``unit_id`` is the unit that wrote it, ``episode_id`` the case it is about, if any."""

    id: DeviationId
    activity_id: ActivityId
    episode_id: EpisodeId | None
    unit_id: UnitId
    on: date
    kind: DeviationKind
    source: DeviationSource
    what: Annotated[str, NOTE]
    done: Annotated[str, NOTE] = ""
    closed_on: date | None = None
    version: int = 1


def note(
    deviation_id: DeviationId,
    facts: DeviationFacts,
    *,
    activity_id: ActivityId,
    unit_id: UnitId,
    episode_id: EpisodeId | None,
    today: date,
) -> Deviation:
    """What came in. Raises FutureDate, TextRequired."""
    if facts.on > today:
        raise FutureDate(field="on")
    if not facts.what.strip():
        raise TextRequired(field="what")
    return Deviation(
        id=deviation_id,
        activity_id=activity_id,
        episode_id=episode_id,
        unit_id=unit_id,
        on=facts.on,
        kind=facts.kind,
        source=facts.source,
        what=facts.what.strip(),
    )


def close(deviation: Deviation, *, done: str, on: date, today: date) -> Deviation:
    """The same, closed with what was done. Raises DeviationClosed, TextRequired, FutureDate, ClosedTooEarly."""
    if deviation.closed_on is not None:
        raise DeviationClosed
    if not done.strip():
        raise TextRequired(field="done")
    if on > today:
        raise FutureDate(field="closed_on")
    if on < deviation.on:
        raise ClosedTooEarly(field="closed_on")
    return replace(deviation, done=done.strip(), closed_on=on)


def reopen(deviation: Deviation) -> Deviation:
    """The same as it stood before somebody closed it by mistake; what was done stays written."""
    return replace(deviation, closed_on=None)


def is_team_log_of(actor: Actor, deviation: Deviation, purpose: Purpose) -> bool:
    """Whether the actor reads one that is about no case: those who coordinate the activity, and who wrote it."""
    if not in_activity(actor, deviation.activity_id):
        return False
    coordinates = any(purpose in COORDINATES.get(role, ()) for role in actor.roles)
    return coordinates or actor.unit_id == deviation.unit_id


class CameIn(NamedTuple):
    """One of them as it is counted: its kind by its code, and its days."""

    deviation_id: str
    kind: str
    on: date
    closed_on: date | None


def table(*, first: date, last: date) -> Table[CameIn]:
    """How many of each kind came in during a period, and how many of these are closed. Raises PeriodBackwards."""
    must_run_forwards(first, last)

    def cells(one: CameIn) -> tuple[Cell, ...]:
        within = first <= one.on <= last
        return ((one.kind, OPEN if one.closed_on is None else CLOSED),) if within else ()

    return Table(
        id="avvikelser",
        columns=(CLOSED, OPEN),
        rows=tuple(kind.value for kind in DeviationKind),
        cells=cells,
    )


def as_report(counting: Counting, expected: int, *, first: date, last: date) -> Report:
    """What has been counted; ``expected`` is how many came in, however they are told apart."""
    section = counting.section("avvikelser")
    checks = (sum_check(section, expected),)
    return Report(id=ReportKind.AVVIKELSER.value, first=first, last=last, sections=(section,), checks=checks)
