"""Where a meeting is being led: after a crash, a close or a lock the program opens there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from misam_desktop.commands.drafts import drop_draft, keep_draft
from misam_desktop.queries.drafts import LED

if TYPE_CHECKING:
    from misam_desktop.gui.session import Session

_BETWEEN = "\n"


class LedPlace:
    """Keeps the place while the meeting goes on, and forgets it at the end; the store hears of it once."""

    def __init__(self, session: Session, owner: QObject, *, place: str) -> None:
        self._session, self._owner, self._place = session, owner, place
        self._is_kept = False

    def keep(self, goes_on: bool, *, subject: str = "") -> None:  # noqa: FBT001 – it goes on or it does not
        """The meeting goes on here, or not any more."""
        if goes_on is self._is_kept:
            return
        self._is_kept = goes_on
        if goes_on:
            self._session.do(keep_draft(LED, "", f"{self._place}{_BETWEEN}{subject}"), owner=self._owner)
        else:
            self._session.do(drop_draft(LED, ""), owner=self._owner)


def place_and_subject(kept: str) -> tuple[str, str]:
    """Where to go, from what was kept."""
    place, _, subject = kept.partition(_BETWEEN)
    return place, subject
