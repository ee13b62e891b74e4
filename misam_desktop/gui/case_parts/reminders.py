"""The days of a case's follow-ups as a calendar file, which does not say whose case it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from misam_desktop.domain.follow_up import FollowUp, is_open
from misam_desktop.gui.dialogs.follow_up import what
from misam_desktop.gui.saving import choose_where
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.transfer.calendars import Reminder, calendar_file
from misam_desktop.transfer.files import write_file

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def calendar_button(work: Workspace, follow_ups: Iterable[FollowUp], *, activity: str) -> QPushButton | None:
    """Saves the follow-ups that are still to be done; None where none is."""
    waiting = [one for one in follow_ups if is_open(one)]
    if not waiting:
        return None
    made = button(tr("Kalenderfil …"), partial(_choose, work, waiting, activity))
    made.setToolTip(tr("Dagarna för uppföljningarna till din kalender, utan namn"))
    return made


def _choose(work: Workspace, waiting: list[FollowUp], activity: str) -> None:
    title, kind = tr("Spara kalenderfilen"), tr("Kalender (*.ics)")
    save = partial(save_calendar, work, waiting, activity)
    choose_where(work, title=title, kind=kind, suffix="ics", name=tr("uppföljningar.ics"), then=save)


def save_calendar(work: Workspace, waiting: list[FollowUp], activity: str, path: Path) -> None:
    """Write the file where the user says."""
    words = tr("Uppföljning {months} ({activity})")
    reminders = [
        Reminder(one.id, one.due_on, words.format(months=what(one.anchor, one.months), activity=activity))
        for one in waiting
    ]
    told = tr("Vem det gäller står under Uppföljningar i MISAM Desktop.")
    content = calendar_file(reminders, told=told, made_at=work.session.clock.now())
    saved = tr("Kalenderfilen är sparad. Öppna den, så läggs dagarna in i din kalender.")
    write = partial(write_file, path, content, replace=True)
    work.session.beside(write, owner=work, then=lambda _done: work.tell(saved))
