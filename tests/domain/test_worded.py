"""A report as it reads, kept and compared."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from misam_desktop.domain.report import Figure, Middle, Share
from misam_desktop.domain.worded import (
    Column,
    Difference,
    WordedCheck,
    WordedReport,
    WordedRow,
    WordedSection,
    as_data,
    differences,
    from_data,
)

COLUMNS = (
    Column(code="total", words="Totalt"),
    Column(code="andel", words="Andel"),
    Column(code="median", words="Median"),
)


def row(code: str, *figures: Figure | None, note: str = "") -> WordedRow:
    named = dict(zip(("total", "andel", "median"), figures, strict=True))
    return WordedRow(code=code, words=code.upper(), figures=named, note=note)


def report(*rows: WordedRow) -> WordedReport:
    section = WordedSection(
        id="mal", title="Mål", columns=COLUMNS, rows=rows, sums={"total": 7}, share="de som nådde målet, av alla"
    )
    return WordedReport(
        id="mal",
        title="Måluppfyllelse",
        about="MISAM",
        period="2025",
        first=date(2025, 1, 1),
        last=date(2025, 12, 31),
        sections=(section,),
        checks=(WordedCheck(id="summa_mal", ok=False, words="Det stämmer inte.", numbers=(7, 8)),),
        method=("Så här.",),
    )


SHARE, MIDDLE = Share(numerator=3, denominator=8), Middle(value=2.5, of=4)
KEPT = report(row("a", 4, SHARE, MIDDLE, note="Bättre än väntat."), row("b", 3, None, Middle(value=None, of=0)))


def test_what_is_kept_is_read_back_as_it_was() -> None:
    assert from_data(json.loads(json.dumps(as_data(KEPT)))) == KEPT


def test_a_report_does_not_differ_from_itself() -> None:
    assert differences(KEPT, KEPT) == ()


def test_another_figure_is_told_with_what_it_was() -> None:
    now = report(row("a", 5, SHARE, MIDDLE), KEPT.sections[0].rows[1])
    assert differences(KEPT, now) == (Difference(section="Mål", row="A", column="Totalt", before=4, after=5),)


def test_a_row_that_has_gone_and_one_that_has_come_are_told() -> None:
    now = report(KEPT.sections[0].rows[0], row("c", 3, None, Middle(value=None, of=0)))
    told = {(one.row, one.column): (one.before, one.after) for one in differences(KEPT, now)}
    assert told["B", "Totalt"] == (3, None)
    assert told["C", "Totalt"] == (None, 3)


def test_other_words_are_no_difference() -> None:
    assert differences(KEPT, replace(KEPT, title="Ett annat namn")) == ()


def test_what_is_counted_are_the_columns_of_whole_numbers() -> None:
    assert [one.code for one in KEPT.sections[0].counted] == ["total"]
