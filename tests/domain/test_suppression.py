"""Small counts are hidden, and nothing that is hidden can be worked out from what is told."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from misam_desktop.domain.counting import WITHOUT_DETAILS
from misam_desktop.domain.report import Figure, Middle, ReportKind, Share
from misam_desktop.domain.suppression import LEAST, without_small
from misam_desktop.domain.worded import Column, WordedCheck, WordedReport, WordedRow, WordedSection
from tests.domain.tables import ALL, Numbers, another_world, report, section, told, worked_out

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
    after = without_small(table(row("a", antal=3), row("b", antal=30), columns="antal", checks=checks)).checks
    assert [(one.ok, one.words) for one in after] == [(True, ""), (False, "De är 30.")]


def test_a_check_does_not_tell_the_total_that_the_table_leaves_out() -> None:
    checks = (WordedCheck(id="personer_ryms", ok=True, words="245 av 235.", numbers=(245, 235)),)
    before = table(row("personer", kvinna=118, man=116, annat=1), row("deltaganden", kvinna=126, man=118, annat=1),
                   columns="kvinna man annat", checks=checks)  # fmt: skip
    assert [(one.ok, one.words) for one in without_small(before).checks] == [(True, "")]
    assert without_small(replace(before, sections=())).checks == checks


def test_a_section_without_rows_is_left_as_it_is() -> None:
    assert without_small(table(columns="antal")) == table(columns="antal")


def test_a_row_that_stands_in_several_sections_is_hidden_in_all_of_them() -> None:
    without = (6, 7, 0)
    before = report(
        section("alder", [(3, 0, 0), (40, 30, 0), without], codes=("ung", "gammal", WITHOUT_DETAILS)),
        section("remittent", [(43, 30, 0), without], codes=("af", WITHOUT_DETAILS)),
    )
    after = told(without_small(before))
    assert [after[0, 2, code] for code in ALL] == [after[1, 1, code] for code in ALL]
    young, old, rest, whole = (after[0, at, "total"] for at in (0, 1, 2, -1))
    assert young is None
    assert None in (old, rest, whole)


def test_what_a_share_leaves_over_cannot_be_worked_out_from_what_it_is_a_share_of() -> None:
    before = table(
        row("a", taljare=38, namnare=40, andel=Share(numerator=38, denominator=40)),
        row("b", taljare=20, namnare=40, andel=Share(numerator=20, denominator=40)),
        row("c", taljare=25, namnare=50, andel=Share(numerator=25, denominator=50)),
        columns="taljare namnare andel",
    )
    left, _, whole = without_small(before).sections[0].rows
    assert None in (left.figures["taljare"], left.figures["namnare"])
    assert whole == before.sections[0].rows[2]


def of_kind(kind: ReportKind, *sections: WordedSection) -> WordedReport:
    return replace(report(*sections), id=kind.value)


def named_section(name: str, *rows: WordedRow) -> WordedSection:
    """A section without sums, under its own name."""
    return WordedSection(
        id=name, title=name, columns=tuple(Column(code=code, words=code) for code in rows[0].figures), rows=rows
    )


def test_how_many_began_in_a_month_does_not_follow_from_how_many_go_on_at_its_end() -> None:
    months = named_section(
        "flode_manad",
        row("2025-01", nya=9, avslutade=8, oppna=50),
        row("2025-02", nya=3, avslutade=6, oppna=47),
        row("2025-03", nya=7, avslutade=5, oppna=49),
        row("2025-04", nya=0, avslutade=0, oppna=0),
    )
    after = without_small(of_kind(ReportKind.FLODE, months)).sections[0].rows
    assert after[1].figures["nya"] is None
    assert None in (after[0].figures["oppna"], after[1].figures["oppna"], after[1].figures["avslutade"])


def test_how_many_have_no_day_does_not_follow_from_how_many_have_one() -> None:
    standing = named_section("remisser", row("total", total=90), row("avgjorda", total=50), row("vantar", total=40))
    days = named_section("dagar", row("0-7", total=20), row("8-14", total=28), row("okand", total=2))
    before = of_kind(ReportKind.FORUM, standing, days, named_section("vantetid", row("vantetid", antal=48)))
    after = without_small(before)
    assert after.sections[1].rows[2].figures["total"] is None
    assert None in (after.sections[0].rows[1].figures["total"], after.sections[2].rows[0].figures["antal"])


def matrix(name: str, *numbers: tuple[int, ...], codes: str) -> WordedSection:
    """From each code to each, with the sums."""
    named = codes.split()
    rows = [
        row(code, total=sum(one), **dict(zip(named, one, strict=True)))
        for code, one in zip(named, numbers, strict=True)
    ]
    columns = ("total", *named)
    sums = {code: sum(one.figures[code] for one in rows) for code in columns}  # type: ignore[misc]  # all are counts
    return replace(named_section(name, *rows), parts=tuple(named), sums=sums)


def test_a_matrix_of_groups_does_not_follow_from_the_matrix_of_what_is_in_them() -> None:
    before = of_kind(
        ReportKind.STEG,
        matrix("forsorjning_grupp", (52, 7), (25, 12), codes="egen offentlig"),
        matrix(
            "forsorjning_flode",
            (0, 20, 7, 0), (20, 12, 0, 0), (7, 9, 3, 0), (9, 0, 9, 0),
            codes="lon studiestod sjukpenning aktivitetsstod",
        ),
    )  # fmt: skip
    groups, livelihoods = without_small(before).sections
    for at, group in enumerate(("egen", "offentlig")):
        for to, column in enumerate(("egen", "offentlig")):
            inside = [
                one.figures[code.code]
                for one in livelihoods.rows[2 * at : 2 * at + 2]
                for code in livelihoods.columns[1 + 2 * to : 3 + 2 * to]
            ]
            told_in_group = next(one for one in groups.rows if one.code == group).figures[column]
            assert (told_in_group is None) <= (None in inside), (group, column)


def test_a_code_that_there_is_no_more_hides_nothing_less() -> None:
    old = matrix("forsorjning_flode", (3, 20), (20, 30), codes="lon socialbidrag")
    after = without_small(of_kind(ReportKind.STEG, old)).sections[0]
    told_in_it = [one.figures[code] for one in after.rows for code in ("lon", "socialbidrag")]
    assert told_in_it[:3] == [None] * 3


def test_who_went_forward_does_not_follow_from_the_matrix_of_steps() -> None:
    moves = [("framat", 40), ("kvar", 13), ("bakat", 30)]
    steps = named_section(
        "steg",
        row("steg_1", steg_1=3, steg_2=40),
        row("steg_2", steg_1=30, steg_2=10),
    )
    before = of_kind(ReportKind.STEG, named_section("steg_riktning", *(row(code, total=n) for code, n in moves)), steps)
    after = without_small(before)
    assert after.sections[1].rows[0].figures["steg_1"] is None
    assert None in (after.sections[0].rows[1].figures["total"], after.sections[1].rows[1].figures["steg_2"])
