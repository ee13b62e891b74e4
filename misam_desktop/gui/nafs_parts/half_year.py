"""Months × teams: half a year of NAFS meetings at a glance, each a tile that leads to its meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from misam_desktop.domain.clocks import add_months
from misam_desktop.domain.meeting import MeetingState
from misam_desktop.gui import theme
from misam_desktop.gui.nafs_parts.words import MEETING_TONES
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import button, clear, column, holding, label, row, scrolling
from misam_desktop.queries.nafs_meetings import NafsMeetingRow
from misam_desktop.wording import day_of_week, how_many, month
from misam_desktop.wording import label as word_for

MONTHS = 6
_MONTH_WIDE, _TEAM_WIDE = 110, 190
"""How wide the column of the months and that of a team must be, in pixels of the 100 % design."""


class HalfYear(QWidget):
    """A row a month and a column a team; ``opened`` is told the meeting whose tile was pressed."""

    def __init__(self, *, today: Callable[[], date], opened: Callable[[NafsMeetingRow], object]) -> None:
        super().__init__()
        self._today, self._opened = today, opened
        self._rows: list[NafsMeetingRow] = []
        self._is_narrow = False
        self.first = half_of(today())
        self.tiles: dict[str, QPushButton] = {}
        self.period = label("", "section")
        self.earlier = button(tr("Tidigare"), lambda: self.step(-MONTHS))
        self.later = button(tr("Senare"), lambda: self.step(MONTHS))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        inside = column(self._grid, None)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addLayout(row(self.period, None, self.earlier, self.later))
        outer.addWidget(scrolling(holding(inside)), 1)

    def show_rows(self, rows: Sequence[NafsMeetingRow]) -> None:
        """Other meetings, in the half year that is shown."""
        self._rows = list(rows)
        self._is_narrow = self._lacks_room()
        self._fill()

    def step(self, months: int) -> None:
        """Half a year on, or back."""
        self.first = add_months(self.first, months)
        self._fill()

    @property
    def _teams(self) -> list[str]:
        return sorted({one.team for one in self._rows})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the columns of the teams do not go beside each other, each tile says its team."""
        super().resizeEvent(event)
        if self._lacks_room() is not self._is_narrow:
            self._is_narrow = self._lacks_room()
            QTimer.singleShot(0, self, self._fill)  # within a change of size, what is new would be measured wrongly

    def _lacks_room(self) -> bool:
        return self.width() < theme.current().px(_MONTH_WIDE + _TEAM_WIDE * len(self._teams))

    def _fill(self) -> None:
        focused = next((key for key, tile in self.tiles.items() if tile.hasFocus()), "")
        clear(self._grid)
        last = add_months(self.first, MONTHS - 1)
        self.period.setText(f"{month(self.first).capitalize()}–{month(last)} {last.year}")
        self.tiles = {}
        teams = [] if self._is_narrow else self._teams
        for at in range(1, self._grid.columnCount() + len(teams)):
            self._grid.setColumnStretch(at, int(at <= max(1, len(teams))))
        for at, team in enumerate(teams, start=1):
            self._grid.addWidget(label(team, "strong", wrap=True), 0, at)
        held = defaultdict[tuple[str, date], list[NafsMeetingRow]](list)
        for one in sorted(self._rows, key=lambda one: one.on):
            held["" if self._is_narrow else one.team, one.on.replace(day=1)].append(one)
        for down in range(MONTHS):
            self._add_month(down + 1, add_months(self.first, down), teams or [""], held)
        if focused in self.tiles:
            self.tiles[focused].setFocus()

    def _add_month(
        self, down: int, first: date, teams: Sequence[str], held: dict[tuple[str, date], list[NafsMeetingRow]]
    ) -> None:
        is_now = first == self._today().replace(day=1)
        words = month(first).capitalize()
        name = label(tr("{month}, nu").format(month=words) if is_now else words, "strong" if is_now else "muted")
        self._grid.addWidget(name, down, 0, Qt.AlignmentFlag.AlignTop)
        for at, team in enumerate(teams, start=1):
            tiles: list[QWidget] = [self._tile(one) for one in held.get((team, first), ())]
            cell = holding(column(*(tiles or [label("–", "muted")]), gap=4))
            self._grid.addWidget(cell, down, at, Qt.AlignmentFlag.AlignTop)

    def _tile(self, one: NafsMeetingRow) -> QPushButton:
        words = [*([one.team] if self._is_narrow else []), *tile_words(one, today=self._today())]
        made = button("\n".join(words), lambda: self._opened(one), "tile")
        made.setProperty("lines", str(len(words)))
        made.setProperty("tone", tile_tone(one).value)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setAccessibleName(", ".join([one.team, *tile_words(one, today=self._today())]))
        self.tiles[one.id] = made
        return made


def half_of(day: date) -> date:
    """The first day of the half year that a day lies in."""
    return date(day.year, 1 if day.month <= MONTHS else 1 + MONTHS, 1)


def tile_words(one: NafsMeetingRow, *, today: date) -> tuple[str, str]:
    """«tis 1 dec 14.00», and how full it is or what became of it."""
    when = " ".join(filter(None, [day_of_week(one.on, today=one.on), one.starts]))
    cases = how_many(one.cases, tr("ärende"), tr("ärenden"))
    if one.leads and one.capacity and one.state is MeetingState.PLANNED:
        cases = tr("{cases} av {capacity} ärenden").format(cases=one.cases, capacity=one.capacity)
    said = {
        MeetingState.CANCELLED: word_for(one.state),
        MeetingState.CLOSED: tr("Hållet, {cases}").format(cases=cases),
        MeetingState.OPEN: tr("Pågår, {cases}").format(cases=cases),
    }
    told = said.get(one.state) or (tr("Inte hållet, {cases}").format(cases=cases) if one.on < today else cases)
    return when, tr("{told}, utanför").format(told=told) if one.outside else told


def tile_tone(one: NafsMeetingRow) -> Tone:
    """As the state's, and amber for one with more cases than there is time for."""
    is_over = one.state is MeetingState.PLANNED and one.capacity and one.cases > one.capacity
    return Tone.AMBER if is_over else MEETING_TONES[one.state]
