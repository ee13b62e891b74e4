"""The projector of a meeting that is led: what is taken up stands on it, for as long as it may be shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.projected import Slide
from misam_desktop.gui.projector import AFTER, BEFORE, Projector
from misam_desktop.gui.timer import ItemTimer
from misam_desktop.vault import Question, Topic

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_DECIDES = frozenset({Topic.CASES, Topic.CONSENTS, Topic.MEETINGS, Topic.PERSONS, Topic.SETTINGS})
"""What can change what the projector may show."""
Wanted = tuple[str, Question[Slide]]
"""What is taken up, by its id, and how it is asked for."""


class Projecting(QObject):
    """Turned on and off with F11; the keys of steps work on the page too.

    ``wanted`` gives what is taken up now, None while nothing is led; ``step`` goes to another item.
    """

    def __init__(
        self,
        work: Workspace,
        page: QWidget,
        timer: ItemTimer,
        *,
        wanted: Callable[[], Wanted | None],
        step: Callable[[int], None],
    ) -> None:
        super().__init__(page)
        self._work, self._page, self._timer = work, page, timer
        self._wanted, self._step = wanted, step
        self._shown: str | None = None
        self.projector: Projector | None = None
        steps = {**dict.fromkeys(BEFORE, -1), **dict.fromkeys(AFTER, 1)}
        for keys, by in steps.items():
            self._by_key(keys, partial(step, by))
        self._by_key("F11", self.turn)
        work.lock_wanted.connect(self.put_away)
        work.session.touched.connect(self._read_again)

    def _by_key(self, keys: str, does: Callable[[], None]) -> None:
        wanted = QShortcut(QKeySequence(keys), self._page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        wanted.activated.connect(does)

    def turn(self) -> None:
        """Put the projector on, or off."""
        if self.projector is not None:
            self.put_away()
        elif self._wanted() is not None:
            self.projector = Projector(self._page, self._timer)
            self.projector.stepped.connect(self._step)
            self.projector.closed.connect(self._is_away)
            self.projector.open_beside(self._page.window())
            self.show_now()

    def put_away(self) -> None:
        """Take the projector off."""
        if self.projector is not None:
            self.projector.close()

    def _is_away(self) -> None:
        if self.projector is not None:
            self.projector.deleteLater()
            self.projector = None

    def show_now(self) -> None:
        """Show what is taken up now; what was shown of another is gone before anything is asked."""
        if self.projector is None:
            return
        wanted = self._wanted()
        shown = None if wanted is None else wanted[0]
        if shown != self._shown:
            self.projector.show_slide(None)
        self._shown = shown
        if wanted is not None:
            session = self._work.session
            session.ask(wanted[1], owner=self, then=self._show, failed=self._show_nothing, instead_of="slide")

    def _read_again(self, topics: frozenset[Topic]) -> None:
        """Also while another page is in sight: a consent that is taken back takes its case off the projector."""
        if topics & _DECIDES:
            self.show_now()

    def _show(self, slide: Slide) -> None:
        if self.projector is not None:
            self.projector.show_slide(slide)

    def _show_nothing(self, _error: MisamError) -> None:
        if self.projector is not None:
            self.projector.show_slide(None)
