"""Steps 5 and 6 of NAFS: what is ticked off of each case of a meeting, with the day and by whom (process.md §3).

What a step asks for is declared in ``RULES``; nothing else knows one step from another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from misam_desktop.domain.access import May
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import AgendaItemId, ItemStepId, UnitId, UserId
from misam_desktop.domain.meeting import Meeting, must_be_closed


class NoStepsAsked(UserError):
    """What concerns no person has no consent to copy, and no file."""

    code = "no_steps_asked"


class NotTicked(UserError):
    """There is nothing to take back: it has not been ticked, or another unit did it."""

    code = "not_ticked"


class ItemStep(StrEnum):
    """What is ticked off, in its order."""

    CONSENT_BROUGHT = "consent_brought"
    CONSENT_POSTED = "consent_posted"
    DOCUMENTED = "documented"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a step asks for.

    ``needs`` is what it takes to tick it; ``per_unit`` is whether each unit does it for itself, else one does it for
    all; ``afterwards`` whether the meeting must have been held; ``follows`` whether it still holds of a case that moves
    to another meeting.
    """

    needs: May
    per_unit: bool = False
    afterwards: bool = False
    follows: bool = False


RULES: dict[ItemStep, Rule] = {
    ItemStep.CONSENT_BROUGHT: Rule(needs=May.WRITE_NAFS),
    ItemStep.CONSENT_POSTED: Rule(needs=May.WRITE_NAFS, follows=True),
    ItemStep.DOCUMENTED: Rule(needs=May.READ_CASE, per_unit=True, afterwards=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """A step that a unit has done for an item of an agenda."""

    id: ItemStepId
    item_id: AgendaItemId
    step: ItemStep
    unit_id: UnitId
    on: date
    by: UserId
    version: int = 1


def must_be_ticked_here(item: AgendaItem, meeting: Meeting, step: ItemStep) -> None:
    """Raises NoStepsAsked, MeetingNotClosed."""
    if item.is_general:
        raise NoStepsAsked
    if RULES[step].afterwards:
        must_be_closed(meeting)


def of_unit(ticked: Iterable[Ticked], step: ItemStep, unit_id: UnitId) -> Ticked | None:
    """The tick that stands for a unit: its own, or anybody's where one does it for all."""
    return next(
        (one for one in ticked if one.step is step and (one.unit_id == unit_id or not RULES[step].per_unit)), None
    )


def must_stand(ticked: Ticked | None) -> Ticked:
    """The tick that can be taken back. Raises NotTicked."""
    if ticked is None:
        raise NotTicked
    return ticked
