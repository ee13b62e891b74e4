"""Uppföljning at 3/6/9/12 months and on: schedule, states, moving, cancelling and reviving (process.md §4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from misam_desktop.domain.activity import Anchor, Schedule
from misam_desktop.domain.clocks import follow_up_due
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ContactId, EpisodeId, FollowUpId, UserId
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.referral import FutureDate, TextRequired

SOON = timedelta(days=14)


class FollowUpClosed(UserError):
    """The follow-up is already done or cancelled."""

    code = "follow_up_closed"


class MovedToPast(UserError):
    """A follow-up can only be moved to today or later."""

    code = "moved_to_past"


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
    moved_why: str = ""
    done_on: date | None = None
    done_by: UserId | None = None
    supplied_by: str = ""
    step: int | None = None
    livelihoods: Livelihoods | None = None
    note: str = ""
    next_step: str = ""
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


def state_of(follow_up: FollowUp, *, today: date) -> FollowUpState:
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


def missing(
    schedules: Iterable[Schedule], anchor: Anchor, anchor_on: date, *, have: Iterable[FollowUp], until: date
) -> list[tuple[Schedule, int, date]]:
    """Entries of the schedules that come after the last planned one and should be there on the day ``until``.

    What was left out before the first planned one stays out: an imported episode does not begin with old debts.
    """
    last = max((follow_up.months for follow_up in have if follow_up.anchor is anchor), default=0)
    return [
        (schedule, months, due_on)
        for schedule in schedules
        if schedule.anchor is anchor
        for months, due_on in due_dates(schedule, anchor_on, until=until)
        if months > last
    ]


def record(follow_up: FollowUp, finding: Finding, *, by: UserId, today: date, steps: int) -> FollowUp:
    """The follow-up as done. Raises FollowUpClosed, FutureDate, StepUnknown."""
    _must_be_open(follow_up)
    if finding.done_on > today:
        raise FutureDate(field="done_on")
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


def not_reached(follow_up: FollowUp, *, tried_on: date, retry_on: date) -> FollowUp:
    """The follow-up after a try in vain, due again on the day of the new try. Raises FollowUpClosed, MovedToPast."""
    _must_be_open(follow_up)
    if retry_on <= tried_on:
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


def hand_over(follow_up: FollowUp, owner_id: ContactId | None) -> FollowUp:
    """The follow-up with its new owner. Raises FollowUpClosed."""
    _must_be_open(follow_up)
    return replace(follow_up, owner_id=owner_id)


def cancel(follow_up: FollowUp, *, on: date) -> FollowUp:
    """The follow-up cancelled because the episode ended. Raises FollowUpClosed."""
    _must_be_open(follow_up)
    return replace(follow_up, cancelled_on=on)


def revive(follow_up: FollowUp) -> FollowUp:
    """The follow-up waiting again because the discharge was undone."""
    return replace(follow_up, cancelled_on=None)


def _must_be_open(follow_up: FollowUp) -> None:
    if not is_open(follow_up):
        raise FollowUpClosed
