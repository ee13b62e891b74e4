"""What is left to do with a case of a meeting: copies of the consent, the text for the file, and the letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from misam_desktop.commands.item_steps import take_back_step, tick_step
from misam_desktop.domain.item_steps import ItemStep
from misam_desktop.domain.meeting import Meeting, MeetingState, state_of
from misam_desktop.gui.case_parts.sheet import Lines, stacked
from misam_desktop.gui.dialogs.feedback import Owed, open_letter
from misam_desktop.gui.dialogs.own_file import open_own_file
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, column, holding, label
from misam_desktop.queries.item_steps import StepLine, Tick
from misam_desktop.wording import day_short
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.domain.ids import AgendaItemId
    from misam_desktop.gui.workspace import Workspace

_LEAST = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One case of a meeting: what is ticked off, and whether the reader owes the person the answer."""

    owed: Owed
    meeting: Meeting
    steps: Sequence[StepLine]
    writes_letter: bool

    @property
    def id(self) -> AgendaItemId:
        """The item of the agenda."""
        return self.owed.item_id


def has_begun(meeting: Meeting) -> bool:
    """Whether there is anything to tick off yet."""
    return state_of(meeting) in {MeetingState.OPEN, MeetingState.CLOSED}


def afterwards(work: Workspace, item: Item) -> QWidget:
    """The steps, and under them what is taken out once the meeting is over."""
    steps = Lines([_step(work, item.id, one) for one in item.steps], stretch=1, least=_LEAST, from_top=True)
    ways = _ways(work, item)
    return holding(column(steps, *([holding(Flow(*ways))] if ways else []), gap=8))


def _ways(work: Workspace, item: Item) -> list[QWidget]:
    if state_of(item.meeting) is not MeetingState.CLOSED:
        return []
    found: list[QWidget] = [button(tr("Text till egen akt …"), partial(open_own_file, work, item.id, owner=work))]
    if item.writes_letter:
        found.append(button(tr("Skriv brev …"), partial(open_letter, work, item.owed)))
    return found


def _step(work: Workspace, item_id: AgendaItemId, line: StepLine) -> list[QWidget | str | None]:
    """A tick or none, what it is and who has done it, and the way to tick it or take it back."""
    mark = label("✓" if line.mine else "–", "ok" if line.mine else "muted")
    mark.setAccessibleName(tr("Gjort") if line.mine else tr("Inte gjort"))
    words = word_for(line.step)
    said = stacked(label(words, wrap=True), label(_by(work, line.done), "small", wrap=True) if line.done else None)
    return [mark, said, *_way(work, item_id, line, words)]


def _way(work: Workspace, item_id: AgendaItemId, line: StepLine, words: str) -> list[QWidget | str | None]:
    if not line.may:
        return [None]
    act = partial(_take_back if line.mine else _tick, work, item_id, line.step)
    done = tr("Ta tillbaka") if line.mine else tr("Bocka av")
    made = button(done, act, "link")
    made.setAccessibleName(f"{done}: {words}")
    return [made]


def _tick(work: Workspace, item_id: AgendaItemId, step: ItemStep) -> None:
    work.session.do(tick_step(item_id, step), owner=work)


def _take_back(work: Workspace, item_id: AgendaItemId, step: ItemStep) -> None:
    work.session.do(take_back_step(item_id, step), owner=work)


def _by(work: Workspace, done: Iterable[Tick]) -> str:
    """«FK 17 dec, Lena Berg · Af 18 dec, Jonas Vall»."""
    today = work.session.clock.today()
    return " · ".join(f"{work.desk.unit(one.unit_id)} {day_short(one.on, today=today)}, {one.by}" for one in done)
