"""What is ticked off of a case of a NAFS meeting: copies of the consent, and that each unit has documented it."""

from __future__ import annotations

from misam_desktop.domain import item_steps as rules
from misam_desktop.domain.access import May
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import AgendaItemId, ItemStepId
from misam_desktop.domain.item_steps import RULES, ItemStep, Ticked
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Topic, Tx, command

_TOUCHES = (Topic.MEETINGS, Topic.CASES)


@command("item_step.ticked", needs=May.READ_CASE, touches=_TOUCHES)
def tick_step(tx: Tx, item_id: AgendaItemId, step: ItemStep) -> Ticked:
    """Tick off a step today, for one's unit; one that is ticked already stays as it is.

    Raises NotFound, NotYourTask, MeetingNotClosed.
    """
    item = _item(tx, item_id, step)
    rules.must_be_ticked_here(item, rows.meetings.get(tx.conn, item.meeting_id), step)
    there = rules.of_unit(_ticked(tx, item.id), step, tx.actor.unit_id)
    if there is not None:
        return there
    return rows.item_steps.add(
        tx.conn,
        Ticked(
            id=ItemStepId(tx.new_id()),
            item_id=item.id,
            step=step,
            unit_id=tx.actor.unit_id,
            on=tx.today,
            by=tx.actor.user_id,
        ),
    )


@command("item_step.taken_back", needs=May.READ_CASE, touches=_TOUCHES)
def take_back_step(tx: Tx, item_id: AgendaItemId, step: ItemStep) -> None:
    """Take back what one's unit has ticked off, or what one does for all. Raises NotFound, NotYourTask, NotTicked."""
    item = _item(tx, item_id, step)
    there = rules.must_stand(rules.of_unit(_ticked(tx, item.id), step, tx.actor.unit_id))
    rows.item_steps.remove(tx.conn, there.id)


def let_go(tx: Tx, item_id: AgendaItemId, *, to: AgendaItemId | None = None) -> None:
    """The item is about to be taken off: what still holds follows its case ``to`` another meeting, the rest goes."""
    for one in _ticked(tx, item_id):
        rows.item_steps.remove(tx.conn, one.id)
        if to is not None and RULES[one.step].follows:
            moved = Ticked(
                id=ItemStepId(tx.new_id()), item_id=to, step=one.step, unit_id=one.unit_id, on=one.on, by=one.by
            )
            rows.item_steps.add(tx.conn, moved)


def _ticked(tx: Tx, item_id: AgendaItemId) -> list[Ticked]:
    return rows.item_steps.of(tx.conn, tables.item_step.c.item_id, item_id)


def _item(tx: Tx, item_id: AgendaItemId, step: ItemStep) -> AgendaItem:
    """An item of a case within reach, of which the actor may tick off this step. Raises NotFound, NotYourTask."""
    item = rows.agenda_items.get(tx.conn, item_id)
    if item.case_id is None:
        raise NotFound
    case = rows.nafs_cases.get(tx.conn, item.case_id)
    tx.about(item.id, case.person_id)
    subject = subjects.of_nafs_case(tx.conn, case)
    tx.kinds = tx.require(subject).kinds
    tx.require(subject, RULES[step].needs)
    return item
