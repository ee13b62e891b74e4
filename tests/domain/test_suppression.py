"""Small counts are hidden, and nothing that is hidden can be worked out from what is told."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from misam_desktop.domain.report import Figure, Middle, Share
from misam_desktop.domain.suppression import LEAST, without_small
from misam_desktop.domain.worded import Column, WordedCheck, WordedReport, WordedRow, WordedSection
from tests.domain.tables import Numbers, another_world, report, section, told, worked_out

NUMBERS = st.lists(
    st.tuples(*(st.one_of(st.integers(0, 7), st.sampled_from([0, 0, 9, 14, 40])) for _ in range(3))),
    min_size=1,
    max_size=6,
)


def like(numbers: Numbers, of: Numbers) -> Numbers:
    """Other rows that come to the same: all but the last in one, which is how another value divides them."""
    sums = [sum(column) for column in zip(*of, strict=True)]
    first = [sum(column) // 2 if column else 0 for column in zip(*numbers, strict=True)]
    first = [min(one, whole) for one, whole in zip(first, sums, strict=True)]
    return [first, [whole - one for one, whole in zip(first, sums, strict=True)]]


def account(numbers: Numbers, others: Numbers) -> WordedReport:
    """Participants, and two sections that each sum to them."""
    everybody = [[sum(column) for column in zip(*numbers, strict=True)]]
    return report(
        section("deltagare", everybody, whole=False), section("a", numbers), section("b", like(others, numbers))
    )


@given(NUMBERS, NUMBERS)
@settings(max_examples=50, deadline=None)
def test_no_hidden_number_can_be_worked_out(numbers: Numbers, others: Numbers) -> None:
    hidden = without_small(account(numbers, others))
    assert worked_out(hidden) == {}


@given(NUMBERS, NUMBERS)
@settings(max_examples=50, deadline=None)
def test_every_small_count_is_hidden_and_nobody_is_not(numbers: Numbers, others: Numbers) -> None:
    before = account(numbers, others)
    after = told(without_small(before))
    for spot, number in told(before).items():
        assert number is not None
        if 0 < number < LEAST:
            assert after[spot] is None
        if number == 0:
            assert after[spot] == 0
        assert after[spot] in {None, number}


@given(st.lists(st.tuples(*(st.integers(0, 6) for _ in range(3))), min_size=1, max_size=2))
@settings(max_examples=25, deadline=None)
def test_each_hidden_number_of_a_small_table_could_be_another(numbers: Numbers) -> None:
    before = report(section("a", numbers))
    after = without_small(before)
    for spot, number in told(after).items():
        if number is None:
            assert another_world(after, before, spot), spot


def test_a_table_of_large_counts_stays_whole() -> None:
    before = account([[20, 30, 10], [12, 8, 9]], [[20, 20, 20]])
    assert without_small(before) == before


def test_one_small_count_takes_others_with_it_but_leaves_the_total() -> None:
    after = without_small(report(section("a", [[40, 60, 10], [20, 3, 7], [30, 30, 30]])))
    assert told(after)[0, 1, "man"] is None
    assert list(told(after).values()).count(None) <= 6
    assert after.sections[0].sums == {"total": 230, "kvinna": 90, "man": 93, "annat": 47}


def test_a_row_that_tells_the_total_is_no_way_round() -> None:
    before = report(section("a", [[50, 43, 0], [30, 41, 0], [20, 2, 0]], whole=False, codes=("total", "r1", "r2")))
    after = told(without_small(before))
    assert after[0, 2, "man"] is None
    assert after[0, 1, "man"] is None


def table(*rows: WordedRow, columns: str, checks: tuple[WordedCheck, ...] = ()) -> WordedReport:
    """A section without sums."""
    named = tuple(Column(code=code, words=code) for code in columns.split())
    return replace(report(WordedSection(id="a", title="A", columns=named, rows=rows)), checks=checks)


def row(code: str, **figures: Figure | None) -> WordedRow:
    return WordedRow(code=code, words=code, figures=figures)


def test_a_share_that_tells_a_small_count_or_its_complement_is_hidden() -> None:
    before = table(
        row("a", andel=Share(numerator=3, denominator=40)),
        row("b", andel=Share(numerator=38, denominator=40)),
        row("c", andel=Share(numerator=20, denominator=40)),
        columns="andel",
    )
    assert [one.figures["andel"] is None for one in without_small(before).sections[0].rows] == [True, True, False]


def test_a_middle_of_few_is_hidden() -> None:
    before = table(row("a", median=Middle(value=2, of=4)), row("b", median=Middle(value=2, of=5)), columns="median")
    assert [one.figures["median"] is None for one in without_small(before).sections[0].rows] == [True, False]


def test_a_share_of_a_number_that_is_hidden_is_hidden_too() -> None:
    before = table(row("a", total=9, kvinna=6, man=3, andel=Share(numerator=6, denominator=20)),
                   columns="total kvinna man andel")  # fmt: skip
    after = without_small(before).sections[0].rows[0].figures
    assert (after["man"], after["kvinna"], after["andel"]) == (None, None, None)


def test_columns_that_are_a_sum_without_being_called_so_are_seen_through() -> None:
    before = table(
        row("a", avslutade=40, pagar=38, matta=2), row("b", avslutade=30, pagar=10, matta=20),
        columns="avslutade pagar matta",
    )  # fmt: skip
    after = without_small(before).sections[0].rows[0].figures
    assert [code for code, figure in after.items() if figure is None] == ["pagar", "matta"]


def test_a_check_keeps_its_verdict_and_not_its_numbers() -> None:
    checks = (
        WordedCheck(id="small", ok=True, words="De är 3.", numbers=(3,)),
        WordedCheck(id="large", ok=False, words="De är 30.", numbers=(30,)),
    )
    after = without_small(table(row("a", antal=3), columns="antal", checks=checks)).checks
    assert [(one.ok, one.words) for one in after] == [(True, ""), (False, "De är 30.")]


def test_a_section_without_rows_is_left_as_it_is() -> None:
    assert without_small(table(columns="antal")) == table(columns="antal")
