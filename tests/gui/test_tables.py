"""Tables: sorting, narrowing, finding, and keeping the place."""

from __future__ import annotations

import sys
from typing import NamedTuple

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from misam_desktop.gui.cells import UNDER_ROLE
from misam_desktop.gui.tables import Column, FilterField, Table, fit
from misam_desktop.gui.theme import Tone


class Row(NamedTuple):
    id: str
    name: str
    days: int


ROWS = [Row("a", "Östen Ek", 9), Row("b", "Åsa Alm", 100), Row("c", "Łukasz Bo", 20), Row("d", "Zita Al", 3)]


@pytest.fixture
def pressed() -> list[str]:
    return []


@pytest.fixture
def table(qtbot: QtBot, pressed: list[str]) -> Table[Row]:
    columns = (
        Column[Row](title="Namn", words=lambda row: row.name, most=300, main=True),
        Column[Row](title="Dagar", words=lambda row: str(row.days), sort=lambda row: row.days, tone=lambda _: Tone.RED),
        Column[Row](title="", words=lambda _: "Öppna", action=lambda row: pressed.append(row.id)),
    )
    made: Table[Row] = Table("prov", columns, key=lambda row: row.id)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show_rows(ROWS)
    made.show()
    return made


def head_click(table: Table[Row], column: int) -> None:
    head = table.horizontalHeader()
    where = QPoint(head.sectionViewportPosition(column) + 5, 8)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=where)


def ids(table: Table[Row]) -> str:
    return "".join(row.id for row in table.rows)


def test_names_sort_in_swedish_order(table: Table[Row]) -> None:
    head_click(table, 0)
    assert ids(table) == "cdba"


def test_numbers_sort_as_numbers_both_ways_and_back(table: Table[Row]) -> None:
    orders = []
    for _ in range(3):
        head_click(table, 1)
        orders.append(ids(table))
    assert orders == ["dacb", "bcad", "abcd"]


def test_the_filter_ignores_accents_of_other_languages(table: Table[Row]) -> None:
    table.narrow("lukasz")
    assert ids(table) == "c"


def test_the_place_is_kept_when_rows_are_read_again(table: Table[Row]) -> None:
    table.select("c")
    table.show_rows([Row("z", "Ny", 1), *ROWS])
    assert table.current is not None
    assert table.current.id == "c"


def test_the_neighbour_is_current_when_the_row_has_gone(table: Table[Row]) -> None:
    table.select("c")
    table.show_rows([row for row in ROWS if row.id != "c"])
    assert table.current is not None
    assert table.current.id == "d"


def test_an_inline_button_does_its_one_action(table: Table[Row], pressed: list[str]) -> None:
    where = table.visualRect(table.model().index(1, 2)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert pressed == ["b"]


def test_enter_does_the_action_when_nothing_is_opened(table: Table[Row], pressed: list[str]) -> None:
    table.select("d")
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert pressed == ["d"]


def test_enter_opens_the_row_where_rows_can_be_opened(table: Table[Row], pressed: list[str]) -> None:
    opened: list[Row] = []
    table.opened.connect(opened.append)
    table.select("b")
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert ([row.id for row in opened], pressed) == (["b"], [])


def test_typing_finds_a_row_by_any_name(table: Table[Row]) -> None:
    table.keyboardSearch("bo")
    assert table.current is not None
    assert table.current.id == "c"


def test_column_widths_are_remembered(table: Table[Row], settings: QSettings) -> None:
    table.remember_in(settings)
    table.setColumnWidth(1, 177)
    other: Table[Row] = Table("prov", table._columns, key=lambda row: row.id)
    other.remember_in(settings)
    assert other.columnWidth(1) == 177


WIDE = (
    Column[Row](title="Namn", words=lambda row: row.name, width=150, most=200, main=True),
    Column[Row](title="Dagar", words=lambda row: str(row.days), width=100, folds=2),
    Column[Row](title="Nyckel", words=lambda row: row.id, width=100, folds=1),
    Column[Row](title="", words=lambda _: "Öppna", width=90),
)


@pytest.mark.parametrize(
    ("room", "wide"),
    [
        (440, {0: 150, 1: 100, 2: 100, 3: 90}),
        (470, {0: 180, 1: 100, 2: 100, 3: 90}),
        (900, {0: 200, 1: 100, 2: 100, 3: 90}),
        (439, {0: 200, 2: 100, 3: 90}),
        (339, {0: 200, 3: 90}),
        (200, {0: 110, 3: 90}),
        (90, {0: 60, 3: 90}),
    ],
)
def test_columns_share_the_room_and_give_way_in_turn(room: int, wide: dict[int, int]) -> None:
    assert fit(WIDE, [one.width for one in WIDE], set(), room=room, main=0) == wide


@pytest.fixture
def folding(qtbot: QtBot) -> Table[Row]:
    made: Table[Row] = Table("smal", WIDE, key=lambda row: row.id)
    qtbot.addWidget(made)
    made.show_rows(ROWS)
    made.resize(600, 300)
    made.show()
    return made


def test_what_gave_way_stands_under_the_main_column(folding: Table[Row]) -> None:
    folding.resize(270, 300)
    assert folding.model().index(0, 0).data(UNDER_ROLE) == "9 · a"
    assert [folding.isColumnHidden(at) for at in range(4)] == [False, True, True, False]


def test_what_gave_way_comes_back_where_there_is_room_again(folding: Table[Row]) -> None:
    low = folding.verticalHeader().defaultSectionSize()
    folding.resize(270, 300)
    assert folding.verticalHeader().defaultSectionSize() > low
    folding.resize(600, 300)
    assert folding.model().index(0, 0).data(UNDER_ROLE) is None
    assert folding.verticalHeader().defaultSectionSize() == low


def test_a_narrow_day_is_not_remembered_as_a_choice(folding: Table[Row], settings: QSettings) -> None:
    folding.remember_in(settings)
    folding.resize(270, 300)
    folding.setColumnWidth(0, 170)
    other: Table[Row] = Table("smal", WIDE, key=lambda row: row.id)
    other.remember_in(settings)
    other.resize(600, 300)
    assert (other.columnWidth(0) >= 170, other.isColumnHidden(1)) == (True, False)


def test_a_column_that_is_chosen_away_stays_away(folding: Table[Row], settings: QSettings) -> None:
    folding.remember_in(settings)
    folding._show_column(1, on=False)
    other: Table[Row] = Table("smal", WIDE, key=lambda row: row.id)
    other.remember_in(settings)
    other.resize(600, 300)
    assert other.isColumnHidden(1)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="later Pythons do not count references to None")
def test_repainting_for_a_year_never_uses_up_none(table: Table[Row]) -> None:
    before = sys.getrefcount(None)
    table.viewport().repaint()
    lost = before - sys.getrefcount(None)
    assert sys.getrefcount(None) > max(lost, 1000) * 60 * 60 * 24 * 365


@pytest.fixture
def line(qtbot: QtBot, table: Table[Row]) -> FilterField:
    made = FilterField("Filtrera", "Filtrera", leads_to=lambda: table)
    made.textChanged.connect(table.narrow)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_arrows_lead_from_the_filter_into_the_list(table: Table[Row], line: FilterField) -> None:
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert table.current is not None
    assert table.current.id == "b"


def test_enter_in_the_filter_opens_what_is_current(table: Table[Row], line: FilterField) -> None:
    opened: list[Row] = []
    table.opened.connect(opened.append)
    QTest.keyClicks(line, "zita")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert [row.id for row in opened] == ["d"]
