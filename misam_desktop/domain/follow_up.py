"""Uppföljning at 3/6/9/12 months and on: schedule, states, moving, cancelling and reviving (process.md §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, NamedTuple, Protocol

from misam_desktop.domain.activity import Anchor, FollowUpOwner, Schedule
from misam_desktop.domain.clocks import follow_up_due
from misam_desktop.domain.episode import QUIET_REASONS, Episode
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ContactId, EpisodeId, FollowUpId, UserId
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.referral import FutureDate, TextRequired
from misam_desktop.domain.tells import INCOME, NOTE, PLAN

SOON = timedelta(days=14)


class FollowUpClosed(UserError):
    """The follow-up is already done or cancelled."""

    code = "follow_up_closed"


class MovedToPast(UserError):
    """A follow-up can only be moved to today or later."""

    code = "moved_to_past"


class FollowUpBeforeStart(UserError):
    """The follow-up cannot have been done before the episode began."""

    code = "follow_up_before_start"


class StepUnknown(UserError):
    """The step does not stand on the activity's scale."""

    code = "step_unknown"


class FollowUpState(StrEnum):
    """Where a follow-up stands on a given day."""

    KOMMANDE = "kommande"
    SNART = "snart"
    FORFALLEN = "forfallen"
    GJORD = "gjord"
    KUNDE_INTE_NAS = "kunde_inte_nas"
    INSTALLD = "installd"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One planned or done follow-up. ``step`` counts from 1; ``original_due_on`` stays when the date is moved."""

    id: FollowUpId
    episode_id: EpisodeId
    anchor: Anchor
    months: int
    due_on: date
    original_due_on: date
    owner_id: ContactId | None
    moved_why: Annotated[str, NOTE] = ""
    done_on: date | None = None
    done_by: UserId | None = None
    supplied_by: str = ""
    step: Annotated[int | None, PLAN] = None
    livelihoods: Annotated[Livelihoods | None, INCOME] = None
    note: Annotated[str, NOTE] = ""
    next_step: Annotated[str, PLAN] = ""
    unreached_on: date | None = None
    tries: int = 0
    cancelled_on: date | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the six-field form of a follow-up records."""

    done_on: date
    step: int | None
    livelihoods: Livelihoods
    note: str = ""
    next_step: str = ""
    supplied_by: str = ""


class Dated(Protocol):
    """The days of a follow-up, which are all that its state follows from."""

    @property
    def due_on(self) -> date:
        """By when it shall be done."""

    @property
    def done_on(self) -> date | None:
        """When it was done."""

    @property
    def cancelled_on(self) -> date | None:
        """When it was cancelled."""

    @property
    def unreached_on(self) -> date | None:
        """When somebody last tried in vain."""


def state_of(follow_up: Dated, *, today: date) -> FollowUpState:
    """Where the follow-up stands; «kunde inte nås» holds until the new try is due."""
    if follow_up.done_on is not None:
        return FollowUpState.GJORD
    if follow_up.cancelled_on is not None:
        return FollowUpState.INSTALLD
    if follow_up.due_on < today:
        return FollowUpState.FORFALLEN
    if follow_up.unreached_on is not None:
        return FollowUpState.KUNDE_INTE_NAS
    if follow_up.due_on - today <= SOON:
        return FollowUpState.SNART
    return FollowUpState.KOMMANDE


def is_open(follow_up: FollowUp) -> bool:
    """Whether it still waits to be done."""
    return follow_up.done_on is None and follow_up.cancelled_on is None


def is_on_time(follow_up: FollowUp) -> bool:
    """Whether it was done by its current date; moved ones are told apart by ``was_moved``."""
    return follow_up.done_on is not None and follow_up.done_on <= follow_up.due_on


def was_moved(follow_up: FollowUp) -> bool:
    """Whether the date is another than the schedule's."""
    return follow_up.due_on != follow_up.original_due_on


def due_dates(schedule: Schedule, anchor_on: date, *, until: date) -> Iterator[tuple[int, date]]:
    """Months and due dates of a schedule: all its fixed entries, then the repeated ones up to and past ``until``.

    One entry after ``until`` is always given while the schedule repeats, so that an open episode never lacks its next.
    """
    for months in schedule.months:
        yield months, follow_up_due(anchor_on, months)
    if not schedule.then_every or not schedule.months:
        return
    months = schedule.months[-1]
    while follow_up_due(anchor_on, months) <= until:
        months += schedule.then_every
        yield months, follow_up_due(anchor_on, months)


class Due(NamedTuple):
    """An entry of a schedule and the day that it falls on."""

    schedule: Schedule
    months: int
    on: date


def anchor_days(episode: Episode, *, decided_on: date | None) -> dict[Anchor, date]:
    """The days that schedules count from at present: enrolment and decision, and once it has ended the discharge alone.

    Nobody is followed up after avliden and felregistrerad.
    """
    if episode.discharged_on is None:
        decision = {Anchor.DECISION: decided_on} if decided_on else {}
        return {Anchor.ENROLMENT: episode.enrolled_on} | decision
    return {} if episode.discharge_reason in QUIET_REASONS else {Anchor.DISCHARGE: episode.discharged_on}


def lacking(
    schedules: Iterable[Schedule],
    days: Mapping[Anchor, date],
    *,
    have: Iterable[FollowUp],
    until: date,
    not_before: date | None = None,
) -> list[Due]:
    """Entries of the schedules that should be there on the day ``until`` and are not.

    ``not_before`` leaves out those whose day has passed: neither an imported episode nor one that was followed up late
    begins with old debts. Where two schedules share an entry, the first of them has it.
    """
    planned = {(one.anchor, one.months) for one in have if one.cancelled_on is None}
    found: dict[tuple[Anchor, int], Due] = {}
    for schedule in schedules:
        anchor_on = days.get(schedule.anchor)
        for months, due_on in due_dates(schedule, anchor_on, until=until) if anchor_on else ():
            if not_before is None or due_on >= not_before:
                found.setdefault((schedule.anchor, months), Due(schedule, months, due_on))
    return [due for entry, due in found.items() if entry not in planned]


def owner_of(schedule: Schedule | None, episode: Episode) -> ContactId | None:
    """Who follows up by this schedule; what no schedule holds any more is the handläggare's."""
    by = schedule.by if schedule else FollowUpOwner.CASE_WORKER
    if by is FollowUpOwner.COORDINATOR:
        return None
    return episode.case_lead_id if by is FollowUpOwner.CASE_LEAD else episode.case_worker_id


def planned(
    lacks: Iterable[Due], episode: Episode, *, have: Iterable[FollowUp], new_id: Callable[[], str]
) -> list[FollowUp]:
    """What an episode lacks, as follow-ups; one that an undone discharge left cancelled is planned again."""
    cancelled = {(one.anchor, one.months): one for one in have if one.cancelled_on is not None}
    return [_planned(due, episode, cancelled.get((due.schedule.anchor, due.months)), new_id) for due in lacks]


def _planned(due: Due, episode: Episode, cancelled: FollowUp | None, new_id: Callable[[], str]) -> FollowUp:
    return FollowUp(
        id=cancelled.id if cancelled else FollowUpId(new_id()),
        episode_id=episode.id,
        anchor=due.schedule.anchor,
        months=due.months,
        due_on=due.on,
        original_due_on=due.on,
        owner_id=owner_of(due.schedule, episode),
        version=cancelled.version if cancelled else 1,
    )


def record(follow_up: FollowUp, finding: Finding, *, by: UserId, since: date, today: date, steps: int) -> FollowUp:
    """The follow-up as done; ``since`` is the day the episode began.

    Raises FollowUpClosed, FutureDate, FollowUpBeforeStart, StepUnknown.
    """
    _must_be_open(follow_up)
    if finding.done_on > today:
        raise FutureDate(field="done_on")
    if finding.done_on < since:
        raise FollowUpBeforeStart(field="done_on")
    if finding.step is not None and not 1 <= finding.step <= steps:
        raise StepUnknown(field="step")
    return replace(
        follow_up,
        done_on=finding.done_on,
        done_by=by,
        step=finding.step,
        livelihoods=finding.livelihoods,
        note=finding.note.strip(),
        next_step=finding.next_step.strip(),
        supplied_by=finding.supplied_by.strip(),
    )


def not_reached(follow_up: FollowUp, *, tried_on: date, retry_on: date, today: date) -> FollowUp:
    """The follow-up after a try in vain, due again on the day of the new try.

    Raises FollowUpClosed, FutureDate, MovedToPast.
    """
    _must_be_open(follow_up)
    if tried_on > today:
        raise FutureDate(field="tried_on")
    if retry_on <= tried_on or retry_on < today:
        raise MovedToPast(field="retry_on")
    return replace(follow_up, unreached_on=tried_on, due_on=retry_on, tries=follow_up.tries + 1)


def move(follow_up: FollowUp, *, to: date, why: str, today: date) -> FollowUp:
    """The follow-up on another date, its original kept. Raises FollowUpClosed, TextRequired, MovedToPast."""
    _must_be_open(follow_up)
    if not why.strip():
        raise TextRequired(field="why")
    if to < today:
        raise MovedToPast(field="to")
    return replace(follow_up, due_on=to, moved_why=why.strip())


def cancel(follow_up: FollowUp, *, on: date) -> FollowUp:
    """The follow-up cancelled because the episode ended. Raises FollowUpClosed."""
    _must_be_open(follow_up)
    return replace(follow_up, cancelled_on=on)


def at_discharge(follow_ups: Iterable[FollowUp], *, on: date) -> list[FollowUp]:
    """Those that change when the episode ends: each open one is cancelled."""
    return [cancel(one, on=on) for one in follow_ups if is_open(one)]


def at_undo(follow_ups: Sequence[FollowUp], *, on: date) -> list[FollowUp]:
    """Those that change when a discharge is undone: what it cancelled waits again, what it began is cancelled."""
    begun = [cancel(one, on=on) for one in follow_ups if one.anchor is Anchor.DISCHARGE and is_open(one)]
    ended = [one for one in follow_ups if one.anchor is not Anchor.DISCHARGE and one.cancelled_on is not None]
    return [*begun, *(replace(one, cancelled_on=None) for one in ended)]


def handed_over(
    follow_ups: Iterable[FollowUp], schedules: Sequence[Schedule], *, before: Episode, after: Episode
) -> list[FollowUp]:
    """The open ones that get another owner with the episode's new handläggare or samordnare, as they then stand."""
    changed = []
    for one in filter(is_open, follow_ups):
        schedule = next((each for each in schedules if each.anchor is one.anchor and each.holds(one.months)), None)
        if owner_of(schedule, before) != owner_of(schedule, after):
            changed.append(replace(one, owner_id=owner_of(schedule, after)))
    return changed


def _must_be_open(follow_up: FollowUp) -> None:
    if not is_open(follow_up):
        raise FollowUpClosed
