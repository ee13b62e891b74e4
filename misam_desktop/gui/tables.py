"""Lists are snapshots: a query gives rows, the table shows them; sorting and quick filter happen here, in Python.

Columns are declared. The place (selected row, scroll) is kept when the rows are read again. Where the window is narrow
or the text large, columns give way and their words go under those of the main column: nothing is out of sight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSettings,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QMenu, QTableView

from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.text import fold, sort_key
from misam_desktop.gui import theme
from misam_desktop.gui.cells import ACTION_ROLE, CHIPS_ROLE, ROW_HEIGHT, TALL_ROW_HEIGHT, TONE_ROLE, UNDER_ROLE, Cells
from misam_desktop.gui.immortals import keep_alive
from misam_desktop.gui.theme import Tone

keep_alive()  # here, where a model answers None, and not before unlock

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_LEAST = 60
"""How narrow the main column may become, in pixels of the 100 % design."""


@dataclass(frozen=True, kw_only=True)  # with slots, ``Column[Row](…)`` fails: the class is made twice
class Column(Generic[R]):
    """One column: its heading, its words, and how it sorts (by its words, if nothing else is said).

    ``tone`` makes the words a chip; ``chips`` stand in their place where there can be several. ``action`` makes them a
    button that does this with the row. ``width`` is in pixels of the 100 % design; where there is room the column grows
    to ``most``, and the last one takes what is left. Where there is none, the column with the highest ``folds`` gives
    way first, and its words, or ``under``, go under those of the ``main`` column; one that folds 0 always stays.
    ``tells`` are the kinds of information that its words hold of a person, for what is copied.
    """

    title: str
    words: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    tone: Callable[[R], Tone | None] | None = None
    chips: Callable[[R], Sequence[tuple[str, Tone]]] | None = None
    action: Callable[[R], None] | None = None
    tip: Callable[[R], str] | None = None
    width: int = 120
    most: int = 0
    folds: int = 0
    under: Callable[[R], str] | None = None
    main: bool = False
    shown: bool = True
    tells: frozenset[InfoKind] = frozenset()


class _Model(QAbstractTableModel, Generic[R]):
    """The rows that are shown, and how they are narrowed and sorted."""

    def __init__(self, columns: Sequence[Column[R]], key: Callable[[R], str]) -> None:
        super().__init__()
        self.columns, self.key = columns, key
        self.main = next((at for at, column in enumerate(columns) if column.main), 0)
        self.folded: tuple[int, ...] = ()
        self.all: list[R] = []
        self.rows: list[R] = []
        self.texts: dict[str, str] = {}
        self.words = ""
        self.by: tuple[int, bool] | None = None

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's signature
        """How many rows are shown."""
        return len(self.rows)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 – as above
        """How many columns there are."""
        return len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One look-up."""
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) if column.tip else column.words(row)
        if role == TONE_ROLE:
            return column.tone(row) if column.tone else None
        if role == CHIPS_ROLE:
            return column.chips(row) if column.chips else None
        if role == ACTION_ROLE:
            return column.action is not None and bool(column.words(row))
        if role == UNDER_ROLE and index.column() == self.main and self.folded:
            given_way = (self.columns[at] for at in self.folded)
            return " · ".join(filter(None, ((column.under or column.words)(row) for column in given_way)))
        return None

    def swap(self, rows: Sequence[R]) -> None:
        """Show other rows, filtered and sorted as before."""
        self.beginResetModel()
        self.all = list(rows)
        self.texts = {}
        self._arrange()
        self.endResetModel()

    def narrow(self, words: str) -> None:
        """Show only the rows that hold every one of these words somewhere."""
        self.beginResetModel()
        self.words = fold(words)
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, the earlier order deciding between equals."""
        self.beginResetModel()
        self.by = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        wanted = self.words.split()
        rows = [row for row in self.all if all(word in self._text(row) for word in wanted)] if wanted else self.all
        if self.by is not None:
            column = self.columns[self.by[0]]
            by = column.sort or (lambda row: sort_key(column.words(row)))
            rows = sorted(rows, key=by, reverse=self.by[1])
        self.rows = list(rows)

    def _text(self, row: R) -> str:
        key = self.key(row)
        if key not in self.texts:
            self.texts[key] = fold(" ".join(column.words(row) for column in self.columns))
        return self.texts[key]


class Table(QTableView, Generic[R]):
    """A declared table over rows. ``opened`` is double click or Enter; ``chosen`` is another current row, or None.

    ``copied`` asks for rows to be copied, the current one or all that are shown; who listens asks the gate.
    """

    opened = Signal(object)
    chosen = Signal(object)
    copied = Signal(object)
    columns_chosen = Signal()

    def __init__(self, name: str, columns: Sequence[Column[R]], *, key: Callable[[R], str]) -> None:
        super().__init__()
        self._name, self._columns = name, columns
        self._model: _Model[R] = _Model(columns, key)
        self._widths = [column.width for column in columns]
        self._away = {at for at, column in enumerate(columns) if not column.shown}
        self._is_fitting = False
        self.setModel(self._model)
        self.setItemDelegate(Cells(self))
        self.setAccessibleName(name)
        self._dress()
        self._head()
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit(self.current))
        self.doubleClicked.connect(self._open)
        self.clicked.connect(self._press)

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()

    def _head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(False)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._choose_columns)
        head.sectionClicked.connect(self._sort_by)
        head.setStretchLastSection(True)
        head.sectionResized.connect(self._on_dragged)
        self._fit()

    def _fit(self) -> None:
        """Share out the room, and let columns give way where there is too little."""
        now = theme.current()
        fitted = fit(self._columns, self._widths, self._away, room=self.viewport().width(), main=self._model.main)
        self._is_fitting = True
        self._model.folded = tuple(at for at in range(len(self._columns)) if at not in fitted and at not in self._away)
        for at in range(len(self._columns)):
            self.setColumnHidden(at, at not in fitted)
            if at in fitted:
                self.setColumnWidth(at, fitted[at])
        self.verticalHeader().setDefaultSectionSize(now.px(TALL_ROW_HEIGHT if self._model.folded else ROW_HEIGHT))
        self._is_fitting = False

    def _on_dragged(self, at: int, _before: int, wide: int) -> None:
        """The user has made a column wider or narrower; the last one only follows the others."""
        last = max((one for one in range(len(self._columns)) if not self.isColumnHidden(one)), default=-1)
        if not self._is_fitting and wide and at != last:
            self._widths[at] = round(wide * 100 / theme.current().percent)

    @property
    def rows(self) -> list[R]:
        """The rows that are shown, in their order."""
        return self._model.rows

    @property
    def all_rows(self) -> list[R]:
        """All rows, also those that the filter leaves out."""
        return self._model.all

    @property
    def current(self) -> R | None:
        """The row where the user is."""
        at = self.currentIndex().row()
        return self._model.rows[at] if 0 <= at < len(self._model.rows) else None

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show other rows, keeping the place; the first row is the place when the old one has gone."""
        kept, at, scroll = self._key_here(), self.currentIndex().row(), self.verticalScrollBar().value()
        self._model.swap(rows)
        self._go_to(kept, at)
        self.verticalScrollBar().setValue(scroll)

    def narrow(self, words: str) -> None:
        """Show only rows that hold these words."""
        kept, at = self._key_here(), self.currentIndex().row()
        self._model.narrow(words)
        self._go_to(kept, at)

    def select(self, key: str) -> None:
        """Go to a row by its key, if it is shown."""
        self._go_to(key, 0)

    def _key_here(self) -> str | None:
        row = self.current
        return None if row is None else self._model.key(row)

    def _go_to(self, key: str | None, otherwise: int) -> None:
        keys = [self._model.key(row) for row in self._model.rows]
        at = keys.index(key) if key in keys else min(max(otherwise, 0), len(keys) - 1)
        if at >= 0:
            self.setCurrentIndex(self._model.index(at, self._first_shown()))
        self.chosen.emit(self.current)

    def _first_shown(self) -> int:
        return next((at for at in range(len(self._columns)) if not self.isColumnHidden(at)), 0)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self._columns[index.column()].action is None:
            self.opened.emit(self._model.rows[index.row()])

    def _press(self, index: QModelIndex) -> None:
        column = self._columns[index.column()]
        if column.action is not None and column.words(self._model.rows[index.row()]):
            column.action(self._model.rows[index.row()])

    def _sort_by(self, column: int) -> None:
        """First click up, second down, third as the list came."""
        before = self._model.by
        by = {None: (column, False), (column, False): (column, True), (column, True): None}.get(before, (column, False))
        kept = self._key_here()
        order = Qt.SortOrder.DescendingOrder if by and by[1] else Qt.SortOrder.AscendingOrder
        self._model.sort(column if by else -1, order)
        head = self.horizontalHeader()
        head.setSortIndicatorShown(by is not None)
        head.setSortIndicator(column, order)
        self._go_to(kept, 0)

    def _choose_columns(self, at: QPoint) -> None:
        menu = QMenu(self)
        for place, column in enumerate(self._columns):
            if not column.title:
                continue
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(place not in self._away)
            action.toggled.connect(lambda on, place=place: self._show_column(place, on=on))
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def _show_column(self, place: int, *, on: bool) -> None:
        away = self._away - {place} if on else self._away | {place}
        if len(away) < len(self._columns):
            self._away = away
            self._fit()
            self.columns_chosen.emit()

    def remember_in(self, settings: QSettings) -> None:
        """Keep column widths and choices between days; nothing of what stands in the rows."""
        name = f"tables/{self._name}"
        kept = str(settings.value(name, "")).split()
        if len(kept) == len(self._columns) and all(one.lstrip("-").isdigit() for one in kept):
            self._widths = [abs(int(one)) for one in kept]
            self._away = {at for at, one in enumerate(kept) if one.startswith("-")}
            self._fit()

        def save(*_: object) -> None:
            if not self._is_fitting:
                signs = ("-" if at in self._away else "" for at in range(len(self._columns)))
                settings.setValue(
                    name, " ".join(f"{sign}{wide}" for sign, wide in zip(signs, self._widths, strict=True))
                )

        self.horizontalHeader().sectionResized.connect(save)
        self.columns_chosen.connect(save)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row or does its one action, copying goes by the gate; everything else is the table's own."""
        row = self.current
        if event.matches(QKeySequence.StandardKey.Copy):  # the table's own would put the cell there past everything
            self.copied.emit([] if row is None else [row])
            return
        if event.key() == Qt.Key.Key_C and event.modifiers() == _CTRL_SHIFT:
            self.copied.emit(self.rows)
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() and row is not None:
            self._enter(row)
            return
        super().keyPressEvent(event)

    def _enter(self, row: R) -> None:
        if self.receivers("2opened(PyObject)"):
            self.opened.emit(row)
            return
        action = next((c for c in self._columns if c.action is not None and c.words(row)), None)
        if action is not None and action.action is not None:
            action.action(row)

    def keyboardSearch(self, search: str) -> None:
        """Type-to-find looks at the words of every column, not only the current one."""
        wanted = fold(search)
        at = self.currentIndex().row()
        order = [*range(at, len(self._model.rows)), *range(at)] if at >= 0 else range(len(self._model.rows))
        for place in order:
            words = [fold(column.words(self._model.rows[place])) for column in self._columns]
            if any(word.startswith(wanted) for cell in words for word in (cell, *cell.split())):
                self.setCurrentIndex(self._model.index(place, self._first_shown()))
                return

    def words_of(self, row: R, kinds: frozenset[InfoKind], *, instead: str) -> list[str]:
        """A row as it is copied, without its buttons; a cell that tells more than these kinds says so."""
        told = [at for at, column in enumerate(self._columns) if at not in self._away and column.action is None]
        return [self._columns[at].words(row) if self._columns[at].tells <= kinds else instead for at in told]

    def height_for(self, rows: int) -> int:
        """How tall it is with so many rows and no scroll bar."""
        return self.horizontalHeader().sizeHint().height() + rows * self.verticalHeader().defaultSectionSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, or another text size."""
        super().resizeEvent(event)
        self._fit()


class FilterField(QLineEdit):
    """Narrows a list while one types; the arrows and Enter go on in the list."""

    def __init__(self, hint: str, name: str, *, leads_to: Callable[[], Table[Any]]) -> None:
        super().__init__()
        self._leads_to = leads_to
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What a line has no use for."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self._leads_to().setFocus()
            QApplication.sendEvent(self._leads_to(), event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            QApplication.sendEvent(self._leads_to(), event)
        else:
            super().keyPressEvent(event)


def fit(
    columns: Sequence[Column[Any]], widths: Sequence[int], away: AbstractSet[int], *, room: int, main: int
) -> dict[int, int]:
    """How wide each column is that stays in sight, in pixels."""
    now = theme.current()
    wide = {at: now.px(width) for at, width in enumerate(widths) if at not in away}
    gives_way = sorted((at for at in wide if columns[at].folds), key=lambda at: columns[at].folds)
    while sum(wide.values()) > room and gives_way:
        del wide[gives_way.pop()]
    spare = room - sum(wide.values())
    for at, width in wide.items():
        more = min(max(now.px(columns[at].most) - width, 0), max(spare, 0))
        wide[at] = width + more
        spare -= more
    if spare < 0 and main in wide:
        wide[main] = max(wide[main] + spare, now.px(_LEAST))
    return wide
