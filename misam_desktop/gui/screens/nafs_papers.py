"""Papper och utskick of a NAFS meeting."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton

from misam_desktop.domain.ids import UnitId
from misam_desktop.gui.nafs_parts.words import meeting_title
from misam_desktop.gui.screens.papers import PapersScreen
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.queries.outgoing import Outgoing, outgoing


class NafsPapersScreen(PapersScreen):
    """The papers of one meeting of a team."""

    def ask(self, receivers: tuple[UnitId, ...] | None) -> None:
        """Read what there is to send."""
        question = outgoing(self.id, receivers=receivers)
        self.session.ask(question, owner=self, then=self.show_page, failed=self.missing, instead_of="papers")

    def title(self, page: Outgoing) -> str:
        """The team and the day."""
        return meeting_title(page.activity.name, page.meeting.on, today=self.work.desk.today)

    def ways_on(self) -> list[QPushButton]:
        """To the meeting."""
        return [button(tr("Till mötet"), partial(self.work.go, "nafs_meeting", self.id))]
