"""What has been ticked off of a case of a NAFS meeting, as its pages show it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.item_steps import RULES, ItemStep, of_unit
from misam_desktop.domain.meeting import Meeting, MeetingState, state_of
from misam_desktop.queries.permitted import opens_papers
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look


class Tick(NamedTuple):
    """Which unit, when, and who in it."""

    unit_id: UnitId
    on: date
    by: str


class StepLine(NamedTuple):
    """One step with those who have done it; ``mine`` is whether it is done as far as the asker's unit is concerned.

    ``may`` is whether they may tick it, or take it back.
    """

    step: ItemStep
    done: tuple[Tick, ...]
    mine: bool
    may: bool


def steps_of(look: Look, subject: Subject, item: AgendaItem, meeting: Meeting) -> tuple[StepLine, ...]:
    """Every step of an item of a case within reach, in order; those for afterwards once the meeting has been held.

    Which units have done what says with whom the person has to do: who only a consent lets in is told of their own.
    """
    ticked = rows.item_steps.of(look.conn, tables.item_step.c.item_id, item.id)
    if not opens_papers(look.allowed(subject, May.READ_CASE)):
        ticked = [one for one in ticked if one.unit_id == look.actor.unit_id or not RULES[one.step].per_unit]
    names = {one.by: rows.users.get(look.conn, one.by).name for one in ticked}
    is_held = state_of(meeting) is MeetingState.CLOSED
    return tuple(
        StepLine(
            step=step,
            done=tuple(Tick(one.unit_id, one.on, names[one.by]) for one in ticked if one.step is step),
            mine=of_unit(ticked, step, look.actor.unit_id) is not None,
            may=bool(look.allowed(subject, rule.needs)) and (is_held or not rule.afterwards),
        )
        for step, rule in RULES.items()
    )
