"""Närvaro: how each authority takes part, and which of them leaves the room for the case that is shown."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QVBoxLayout

from misam_desktop.commands.forum import record_attendance
from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import Attendance, Meeting, MeetingState
from misam_desktop.gui.dialogs.meeting import open_substitute
from misam_desktop.gui.forum_parts.words import taking_part
from misam_desktop.gui.in_room import agencies_leaving
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import button, label, retone
from misam_desktop.queries.forum import ForumDay, QueueRow
from misam_desktop.wording import label as word_for
from misam_desktop.wording import short

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class AttendanceBar(QFrame):
    """A chip for each authority, with a menu behind it while the meeting goes on."""

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._work = work
        self._meeting: Meeting | None = None
        self._said: dict[Agency, Attendance] = {}
        self.chips: dict[Agency, QPushButton] = {}
        for agency in Agency:
            self.chips[agency] = button("", partial(self._open_menu, agency), "chip")
        self.all_here = button(tr("Alla på plats"), self._all_here, "link")
        inner = QVBoxLayout(self)
        inner.setContentsMargins(16, 8, 16, 8)
        inner.addLayout(Flow(label(tr("Närvaro"), "muted"), *self.chips.values(), self.all_here))

    def show_day(self, day: ForumDay, found: QueueRow | None, gone: Collection[UnitId] = ()) -> None:
        """Show what has been said at a forum, and who leaves for the case; ``gone`` have done so already."""
        goes_on = day.state is MeetingState.OPEN
        leave = found.leaving if found is not None and found.outcome is None and goes_on else ()
        out = agencies_leaving(self._work.desk, day.room, leave)
        self.show_meeting(day.meeting, taking_part(day), goes_on=goes_on, out=out, gone=set(leave) <= set(gone))

    def show_meeting(
        self,
        meeting: Meeting | None,
        said_of: dict[Agency, Attendance],
        *,
        goes_on: bool,
        out: Collection[Agency] = (),
        gone: bool = False,
    ) -> None:
        """Show what has been said of each authority; ``out`` leave the room for the case that is taken up, or have."""
        self._meeting, self._said = meeting, said_of
        leaves, tone = (tr("har lämnat rummet"), Tone.MUTED) if gone else (tr("lämnar rummet"), Tone.AMBER)
        for agency, one in self.chips.items():
            said = self._said.get(agency)
            words = f"{short(agency)} · {_words(said)}"
            one.setText(f"{words} · {leaves}" if agency in out else words)
            spoken = f"{_words(said)}, {leaves}" if agency in out else _words(said)
            one.setAccessibleName(f"{tr('Närvaro')}, {word_for(agency)}: {spoken}")
            one.setEnabled(goes_on)
            retone(one, tone if agency in out else _tone(said))
        self.all_here.setVisible(goes_on and len(self._said) < len(Agency))

    def _open_menu(self, agency: Agency) -> None:
        said = self._said.get(agency)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for presence in Presence:
            action = menu.addAction(word_for(presence))
            action.setCheckable(True)
            action.setChecked(said is not None and said.presence is presence)
            action.triggered.connect(lambda _on, presence=presence: self.record(agency, presence))
        menu.addSeparator()
        menu.addAction(tr("Ersättare …")).triggered.connect(lambda _on: self._open_substitute(agency))
        menu.setActiveAction(menu.actions()[0])
        chip = self.chips[agency]
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def record(self, agency: Agency, presence: Presence) -> None:
        """Say how an authority takes part; a substitute stays named."""
        if self._meeting is None:
            return
        said = self._said.get(agency)
        request = record_attendance(self._meeting.id, agency, presence, substitute=said.substitute if said else "")
        self._work.session.do(request, owner=self)

    def _open_substitute(self, agency: Agency) -> None:
        if self._meeting is not None:
            open_substitute(self._work, self._meeting.id, agency, said=self._said.get(agency))

    def _all_here(self) -> None:
        """Those of whom nothing has been said are here; what was said stays."""
        for agency in Agency:
            if agency not in self._said:
                self.record(agency, Presence.PLATS)


def _words(said: Attendance | None) -> str:
    if said is None:
        return tr("inte angivet")
    words = word_for(said.presence).lower()
    return f"{words} ({said.substitute})" if said.substitute else words


def _tone(said: Attendance | None) -> Tone:
    if said is None:
        return Tone.MUTED
    return Tone.RED if said.presence is Presence.FRANVARANDE else Tone.GREEN
