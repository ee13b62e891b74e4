"""How figures are counted: the cells, what is worked out of them, and the list behind each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

import pytest

from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.counting import WITHOUT_DETAILS, Counting, Table, as_report, behind, sum_check, sum_of, whole
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.report import Middle, ReportKind, Share


class Apple(NamedTuple):
    """Something to count."""

    kind: str
    colour: str
    tree: str = ""
    grams: int = 100


APPLES = [Apple("ingrid", "red", "a", 80), Apple("ingrid", "green", "a", 120), Apple("aroma", "red", "b", 100)]
BY_KIND: Table[Apple] = Table(
    id="kinds",
    columns=("red", "green"),
    rows=("ingrid", "aroma", "oranie"),
    cells=lambda one: ((one.kind, one.colour),),
    measured=lambda one: ((one.kind, one.grams),),
    unit="gram",
    shares={"share": ("red", "green")},
)
TREES: Table[Apple] = Table(
    id="trees",
    columns=("trees", "red"),
    rows=("all", "apples"),
    cells=lambda one: (("all", "trees"), ("apples", "trees"), *((("all", "red"),) if one.colour == "red" else ())),
    has_total=False,
    once={"all": lambda one: one.tree},
    labels={"all": "Every tree"},
)


def counted(table: Table[Apple]) -> Counting:
    counting = Counting([table])
    counting.add([table], APPLES[:1])
    counting.add([table], APPLES[1:])
    return counting


def test_a_figure_is_how_many_count_in_a_cell_and_the_total_their_sum() -> None:
    row = counted(BY_KIND).section("kinds").rows[0]
    assert (row.figures["total"], row.figures["red"], row.figures["green"]) == (2, 1, 1)


def test_a_share_tells_both_of_its_numbers_and_a_middle_of_how_many_it_is() -> None:
    ingrid, _, oranie = counted(BY_KIND).section("kinds").rows
    assert ingrid.figures["share"] == Share(numerator=1, denominator=1)
    assert ingrid.figures["median_gram"] == ingrid.figures["medel_gram"] == Middle(value=100, of=2)
    assert oranie.figures["median_gram"] == Middle(value=None, of=0)


def test_every_column_has_its_place() -> None:
    assert BY_KIND.all_columns == ("total", "red", "green", "share", "median_gram", "medel_gram")
    assert TREES.all_columns == ("trees", "red")


def test_what_counts_once_counts_once_for_each_key_on_that_row_alone() -> None:
    every, apples = counted(TREES).section("trees").rows
    assert (whole(every, "trees"), whole(apples, "trees")) == (2, 3)
    assert every.label == "Every tree"


@pytest.mark.parametrize(
    ("table", "row", "column"), [(BY_KIND, "ingrid", "total"), (BY_KIND, "ingrid", "red"), (TREES, "all", "trees")]
)
def test_behind_a_figure_stand_as_many_as_it_says(table: Table[Apple], row: str, column: str) -> None:
    figures = {one.code: one.figures for one in counted(table).section(table.id).rows}
    assert len(behind(table, APPLES, row=row, column=column)) == figures[row][column]


@pytest.mark.parametrize(("row", "column"), [("oak", "red"), ("ingrid", "share"), ("ingrid", "median_gram")])
def test_behind_what_counts_nothing_stands_nothing(row: str, column: str) -> None:
    with pytest.raises(NotFound):
        behind(BY_KIND, APPLES, row=row, column=column)


def test_a_sum_that_does_not_hold_is_told_with_what_it_should_be() -> None:
    section = counted(BY_KIND).section("kinds")
    assert sum_of(section, "red") == 2
    assert [sum_check(section, expected).ok for expected in (3, 4)] == [True, False]
    assert sum_check(section, 4).params == {"section": "kinds", "sum": 3, "expected": 4}


def test_what_no_list_has_is_counted_beside_the_rows() -> None:
    counting = Counting([BY_KIND])
    counting.add([BY_KIND], [Apple("ingrid", "blue")])
    assert counting.of_row("kinds", "ingrid") == {"blue": 1}
    assert whole(counting.section("kinds").rows[0]) == 0


def test_a_report_has_every_table_in_order() -> None:
    counting = Counting([BY_KIND, TREES])
    day = date(2026, 1, 1)
    report = as_report(counting, ReportKind.FORUM, first=day, last=day, checks=())
    assert (report.id, [section.id for section in report.sections]) == ("forum", ["kinds", "trees"])


def test_a_list_tells_what_its_table_tells_people_apart_by_and_nothing_of_those_without_details() -> None:
    table = replace(BY_KIND, tells=frozenset({InfoKind.FORSORJNING}))
    assert table.told_by("aroma", "red") == {InfoKind.FORSORJNING}
    assert table.told_by(WITHOUT_DETAILS, "red") == table.told_by("aroma", WITHOUT_DETAILS) == frozenset()
    assert BY_KIND.told_by("aroma", "red") == frozenset()
