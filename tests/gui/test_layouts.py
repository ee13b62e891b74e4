"""Parts that go on to the next line, and columns that stand under each other where there is little room."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from misam_desktop.gui import theme
from misam_desktop.gui.layouts import NARROW, Columns, Flow, Grid
from misam_desktop.gui.widgets import ElidedLabel, FreeLabel


def blocks(count: int, *, wide: int = 100, tall: int = 20) -> list[QWidget]:
    made: list[QWidget] = [QLabel() for _ in range(count)]
    for one in made:
        one.setFixedSize(wide, tall)
    return made


def shown(qtbot: QtBot, flow: Flow, *, wide: int) -> QWidget:
    page = QWidget()
    page.setLayout(flow)
    qtbot.addWidget(page)
    page.resize(wide, 200)
    page.show()
    QApplication.processEvents()
    return page


def test_what_has_no_room_goes_on_to_the_next_line(qtbot: QtBot) -> None:
    parts = blocks(3)
    _page = shown(qtbot, Flow(*parts, gap=10), wide=250)
    assert [(one.x(), one.y()) for one in parts] == [(0, 0), (110, 0), (0, 30)]


def test_a_narrower_page_makes_it_taller(qtbot: QtBot) -> None:
    flow = Flow(*blocks(3), gap=10)
    _page = shown(qtbot, flow, wide=400)
    assert (flow.heightForWidth(400), flow.heightForWidth(250), flow.heightForWidth(100)) == (20, 50, 80)


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    parts = blocks(3)
    flow = Flow(*parts, gap=10)
    _page = shown(qtbot, flow, wide=400)
    parts[1].hide()
    QApplication.processEvents()
    assert parts[2].x() == 110
    assert flow.sizeHint().width() == 210


def test_what_is_left_of_a_line_is_shared_to_the_last_pixel(qtbot: QtBot) -> None:
    parts = [QLabel("a"), QLabel("b"), QLabel("c")]
    _page = shown(qtbot, Flow(*parts, gap=0, fill=True), wide=301)
    assert parts[-1].geometry().right() == 300
    assert parts[1].x() == parts[0].width()


def test_a_part_that_goes_leaves_no_gap(qtbot: QtBot) -> None:
    parts = blocks(3)
    flow = Flow(*parts, gap=10)
    _page = shown(qtbot, flow, wide=400)
    flow.removeWidget(parts[0])
    parts[0].hide()
    QApplication.processEvents()
    assert flow.count() == 2
    assert parts[1].x() == 0


def test_columns_stand_under_each_other_where_there_is_little_room(qtbot: QtBot) -> None:
    columns = Columns(side_wide=200)
    qtbot.addWidget(columns)
    enough, too_little = theme.current().px(NARROW) + 40, theme.current().px(NARROW) - 40
    for wide, beside in ((enough, True), (too_little, False)):
        columns.resize(wide, 400)
        columns.show()
        QApplication.processEvents()
        assert (columns.right.y() == 0) is beside


def test_the_side_column_keeps_its_width_or_shares_the_room(qtbot: QtBot) -> None:
    columns = Columns(side_wide=200)
    qtbot.addWidget(columns)
    columns.resize(theme.current().px(NARROW) + 40, 400)
    columns.show()
    QApplication.processEvents()
    assert columns.right.width() == theme.current().px(200)
    columns.set_side_wide(0)
    QApplication.processEvents()
    assert abs(columns.right.width() - columns.left.width()) <= 1


def test_a_grid_has_as_many_columns_as_there_is_room_for(qtbot: QtBot) -> None:
    parts = blocks(5)
    _page = shown(qtbot, Grid(*parts, columns=3, gap=10, between=2), wide=250)
    assert [(one.x(), one.y()) for one in parts] == [(0, 0), (110, 0), (0, 22), (110, 22), (0, 44)]


def test_a_grid_has_no_more_columns_than_it_was_given(qtbot: QtBot) -> None:
    parts = blocks(3)
    _page = shown(qtbot, Grid(*parts, columns=2, gap=10, between=2), wide=900)
    assert [one.y() for one in parts] == [0, 0, 22]


def test_the_columns_of_a_grid_are_as_wide_as_their_widest_part(qtbot: QtBot) -> None:
    parts = [*blocks(1, wide=40), *blocks(1), *blocks(1, wide=80)]
    _page = shown(qtbot, Grid(*parts, columns=2, gap=10), wide=400)
    assert parts[1].x() == 90


def test_a_text_stands_in_one_line_until_the_room_ends(qtbot: QtBot) -> None:
    words = FreeLabel("muted")
    words.setText("torsdag 26 november 2026 · vecka 48")
    flow = Flow(words)
    page = shown(qtbot, flow, wide=words.sizeHint().width())
    one_line = words.height()
    page.resize(page.width() // 2, 200)
    QApplication.processEvents()
    assert words.height() >= 2 * one_line
    assert flow.heightForWidth(page.width()) == words.height()


def test_a_text_that_is_cut_is_whole_under_the_pointer(qtbot: QtBot) -> None:
    words = ElidedLabel("Bedömningen är sparad: Samordnade insatser.")
    qtbot.addWidget(words)
    tips = []
    for wide in (600, 80):
        words.resize(wide, 20)
        words.grab()
        tips.append(words.toolTip())
    assert tips == ["", words.text()]


def test_no_text_takes_no_room(qtbot: QtBot) -> None:
    words, after = FreeLabel("muted"), QLabel("efter")
    _page = shown(qtbot, Flow(words, after), wide=300)
    assert after.x() == 0


def test_a_gap_of_a_fixed_width_stays(qtbot: QtBot) -> None:
    apart, after = QWidget(), QLabel("efter")
    apart.setFixedWidth(30)
    _page = shown(qtbot, Flow(apart, after, gap=10), wide=300)
    assert after.x() == 40
