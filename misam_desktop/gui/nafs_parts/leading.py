"""Leading a NAFS meeting: the item that is taken up has its time, and stands on the projector."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from misam_desktop.domain.agenda import where_it_was
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import MeetingState, state_of
from misam_desktop.domain.timing import shares
from misam_desktop.gui.led import LedPlace
from misam_desktop.gui.nafs_parts import item, questions
from misam_desktop.gui.nafs_parts.agenda import AgendaList
from misam_desktop.gui.projecting import Projecting, Wanted
from misam_desktop.gui.timer import ItemTimer
from misam_desktop.queries.agenda import AgendaLine, AgendaPage
from misam_desktop.queries.drafts import DraftRow, my_drafts
from misam_desktop.queries.nafs_projected import projected

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class Leading(QObject):
    """What goes on beside the page of a meeting while its user leads it."""

    def __init__(self, work: Workspace, page: QWidget, agenda: AgendaList) -> None:
        super().__init__(page)
        self._work, self._widget, self._agenda = work, page, agenda
        self._page: AgendaPage | None = None
        self._gone: tuple[UnitId, ...] = ()
        self._is_placed = False
        self._led = LedPlace(work.session, self, place="nafs_meeting")
        self.timer = ItemTimer(work.session.clock, self)
        self.projecting = Projecting(work, page, self.timer, wanted=self._wanted, step=self.step)

    def after(self) -> None:
        """To the next item."""
        self.step(1)

    def step(self, by: int) -> None:
        """To an item further on, or back; at the ends nothing happens."""
        at = self._agenda.currentRow() + by
        if 0 <= at < len(self._agenda.lines):
            self._agenda.setCurrentRow(at)

    @property
    def goes_on(self) -> bool:
        """Whether the meeting is under way, led from here."""
        page = self._page
        return page is not None and page.leads and state_of(page.meeting) is MeetingState.OPEN

    def take_page(self, page: AgendaPage | None) -> None:
        """The meeting as it has just been read; None when it may not be read any more."""
        before, self._page = self._page, page
        for known in filter(None, (before, page)):
            self._work.idle.lead(known.meeting.id, known.meeting.opened_at if self.goes_on else None)
        if page is not None:
            self._led.keep(self.goes_on, subject=page.meeting.id)
        if not self.goes_on:
            self.timer.rest()
            self.projecting.put_away()
        elif not self._is_placed:
            self._is_placed = True
            self._work.session.ask(my_drafts(), owner=self, then=self._go_where_it_was)

    def _go_where_it_was(self, drafts: list[DraftRow]) -> None:
        """Opened in the middle: to what was half-written, or to the first that nothing is agreed on."""
        lines = [line for line in self._agenda.lines if not line.is_out]
        kept = {(one.form, one.subject_id) for one in drafts}
        written = {str(line.item.id) for line in lines if not _drafts_of(line).isdisjoint(kept)}
        found = where_it_was([line.item for line in lines], written)
        ids = [line.item.id for line in self._agenda.lines]
        if found is not None and self._agenda.currentRow() <= 0:
            self._agenda.setCurrentRow(ids.index(found))

    def take_line(self, line: AgendaLine | None, gone: tuple[UnitId, ...] = ()) -> None:
        """Another item is taken up, or the same was read again; ``gone`` have left the room for it."""
        self._gone = gone
        if not self.goes_on or self._page is None:
            return
        if line is None:
            self.timer.rest()
        else:
            self.timer.take(line.item.id, self._share(self._page, line))
        self.projecting.show_now()

    def _share(self, page: AgendaPage, line: AgendaLine) -> timedelta:
        lines = [one for one in page.lines if not one.is_out or one is line]
        found = shares([one.item.minutes for one in lines], minutes=page.team.settings.rhythm.minutes)
        return found[[one.item.id for one in lines].index(line.item.id)]

    def _wanted(self) -> Wanted | None:
        """The item that stands on the projector."""
        line = self._agenda.current
        if line is None or not self.goes_on:
            return None
        return str(line.item.id), projected(line.item.id, left=self._gone)


def _drafts_of(line: AgendaLine) -> set[tuple[str, str]]:
    """What may be half-written on an item."""
    answers = {(questions.DRAFT, str(one.id)) for one in line.questions}
    return {(item.DRAFT, str(line.item.id))} | answers
