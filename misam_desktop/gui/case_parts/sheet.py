"""What every part of a case's page is made from, and the small forms that they share: facts and short lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from misam_desktop.domain.access import May
from misam_desktop.domain.episode import EpisodeState, state_of
from misam_desktop.gui import theme
from misam_desktop.gui.widgets import column, holding, label
from misam_desktop.gui.withheld import said
from misam_desktop.wording import day_short

if TYPE_CHECKING:
    from misam_desktop.domain.people import Person
    from misam_desktop.gui.protected import Uncovered
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.cases import CasePage

Cell = str | QWidget | None
_TOP, _MIDDLE = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Sheet:
    """One case as a part of its page shows it. Beside another case it is only read.

    ``uncovered`` is what has been shown of a protected person; without it nothing of that is asked for here.
    """

    work: Workspace
    page: CasePage
    is_beside: bool = False
    uncovered: Uncovered | None = None

    @property
    def today(self) -> date:
        """The day it is."""
        return self.work.session.clock.today()

    @property
    def person(self) -> Person:
        """The person as far as they may be seen here now."""
        return self.page.person if self.uncovered is None else self.uncovered.of(self.page.person)

    @property
    def is_open(self) -> bool:
        """Whether the episode goes on."""
        return state_of(self.page.episode) is EpisodeState.OPEN

    @property
    def can_change(self) -> bool:
        """Whether anything can be written here: an ended episode is read-only, and so is the one beside."""
        return self.is_open and not self.is_beside

    def may(self, action: May) -> bool:
        """Whether the reader may do this here and now."""
        return self.can_change and action in self.page.allows

    def said(self, value: object, name: str, words: str) -> str:
        """The words for one field, or that it is not in the consent."""
        page = self.page
        kinds = page.kinds if value in (page.person, page.referral) else page.episode_kinds
        return said(value, name, words, kinds=kinds)

    def day(self, day: date | None) -> str:
        """A day as this page writes it."""
        return "" if day is None else day_short(day, today=self.today)


def facts(pairs: Iterable[tuple[str, str]]) -> QWidget:
    """What is known, under each other: a word for it to the left, the thing itself to the right."""
    made = QWidget()
    grid = _grid(made)
    grid.setColumnStretch(1, 1)
    for at, (name, value) in enumerate(pairs):
        grid.addWidget(label(name, "muted"), at, 0, _TOP)
        grid.addWidget(label(value or "–", wrap=True, selectable=True), at, 1)
    return made


def stacked(*cells: Cell) -> QWidget:
    """Several things in one cell, under each other; what is empty is left out."""
    shown = [_widget(cell) for cell in cells if cell]
    return holding(column(*shown, gap=2))


class Lines(QWidget):
    """A short list: words that wrap, chips and buttons, and a line above each row.

    Narrower than ``least`` pixels of the 100 % design, the cells of a row stand under each other. ``from_top`` puts
    what stands beside each other on the first line rather than in the middle. Buttons after the column that stretches
    stand at the right.
    """

    def __init__(
        self,
        rows: Iterable[Sequence[Cell]],
        *,
        headings: Sequence[str] = (),
        stretch: int,
        least: int,
        from_top: bool = False,
    ) -> None:
        super().__init__()
        self._stretch, self._least, self._across = stretch, least, _TOP if from_top else _MIDDLE
        self._headings = [label(heading, "small") for heading in headings]
        self._rows = [(_line(), [_widget(cell) for cell in cells if cell is not None]) for cells in rows]
        self._columns = max((len(cells) for _, cells in self._rows), default=1)
        self._grid = _grid(self)
        self._is_stacked: bool | None = None
        self._arrange(is_stacked=False)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to be told that it is too narrow."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other or under each other."""
        super().resizeEvent(event)
        self._arrange(is_stacked=event.size().width() < theme.current().px(self._least))

    def _arrange(self, *, is_stacked: bool) -> None:
        if is_stacked == self._is_stacked:
            return
        self._is_stacked = is_stacked
        while self._grid.takeAt(0) is not None:
            pass  # the widgets stay; only their places go
        for at in range(self._columns):
            self._grid.setColumnStretch(at, int(at == (0 if is_stacked else self._stretch)))
        if is_stacked:
            self._put_under_each_other()
        else:
            self._put_beside_each_other()
        for heading in self._headings:
            heading.setVisible(not is_stacked)

    def _put_beside_each_other(self) -> None:
        for at, heading in enumerate(self._headings):
            self._grid.addWidget(heading, 0, at)
        for row, (line, cells) in enumerate(self._rows):
            self._grid.addWidget(line, 2 * row + 1, 0, 1, self._columns)
            for at, cell in enumerate(cells):
                sideways = _sideways(cell, to=_RIGHT if at > self._stretch else _LEFT)
                rest = self._columns - at if at + 1 == len(cells) else 1
                self._grid.addWidget(cell, 2 * row + 2, at, 1, rest, self._across | sideways)

    def _put_under_each_other(self) -> None:
        at = 0
        for line, cells in self._rows:
            for part in (line, *cells):
                self._grid.addWidget(part, at, 0, _sideways(part))
                at += 1


def _sideways(widget: QWidget, *, to: Qt.AlignmentFlag = _LEFT) -> Qt.AlignmentFlag:
    """A chip or button keeps its size at one side; everything else takes the room there is."""
    keeps = widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Maximum
    return to if keeps else Qt.AlignmentFlag(0)


def _grid(widget: QWidget) -> QGridLayout:
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    return grid


def _line() -> QFrame:
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedHeight(1)
    return made


def _widget(cell: Cell) -> QWidget:
    return cell if isinstance(cell, QWidget) else label(cell or "", wrap=True)
