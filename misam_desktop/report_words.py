"""A report in words: what its sections, rows, columns and checks are called on the day it is made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import accumulate, takewhile

from misam_desktop import assets
from misam_desktop.domain.counting import TOTAL
from misam_desktop.domain.period import Period, PeriodKind, period_of
from misam_desktop.domain.report import Check, Figure, Middle, Note, Report, ReportKind, Row, Section, Share
from misam_desktop.domain.worded import Column, WordedCheck, WordedReport, WordedRow, WordedSection
from misam_desktop.wording import (
    check_sentence,
    column_heading,
    figure_words,
    iso,
    label,
    label_of,
    period_words,
    row_words,
    section_title,
    share_words,
    stays_inside,
)

HIDDEN = ".."
"""What stands where a figure is not told: the sign that Swedish statistics has for it."""


def worded(report: Report, *, about: str) -> WordedReport:
    """The report as it reads today, without what stays inside; ``about`` is whose figures they are."""
    inside = [one.id for one in report.sections if stays_inside(one.id)]
    summed = {check.id.partition("_")[2] for check in report.checks if check.id.startswith("summa_")}
    kind = ReportKind(report.id)
    return WordedReport(
        id=report.id,
        title=label(kind),
        about=about,
        period=days_words(report.first, report.last),
        first=report.first,
        last=report.last,
        sections=tuple(
            worded_section(one, is_whole=one.id in summed, notes=report.notes)
            for one in report.sections
            if one.id not in inside
        ),
        checks=tuple(_check(one) for one in report.checks if one.params.get("section") not in inside),
        method=_method(kind),
    )


def days_words(first: date, last: date) -> str:
    """«2026», «januari–juni 2026»; of days that are no period of the calendar «2026-01-07–2026-02-03»."""
    period = Period(first, last)
    kind = next((one for one in PeriodKind if period_of(one, first) == period), None)
    return "–".join(dict.fromkeys([iso(first), iso(last)])) if kind is None else period_words(kind, period, today=last)


def _method(kind: ReportKind) -> tuple[str, ...]:
    """How the figures come about, a sentence or two a paragraph."""
    told = assets.toml(assets.resource("phrases", "rapport.toml"))["method"]
    return (*told.get(kind.value, ()), *told["all"])


def worded_section(section: Section, *, is_whole: bool = False, notes: Iterable[Note] = ()) -> WordedSection:
    """One table in words; where it ``is_whole``, its rows together are everybody."""
    beside = {note.row: _note(note) for note in notes if note.section == section.id}
    has_shares = any(isinstance(figure, Share) for row in section.rows for figure in row.figures.values())
    parts = _parts(section)
    columns = tuple(Column(code=code, words=column_heading(section.id, code)) for code in section.columns)
    sums = {}
    if is_whole and parts and section.rows[0].code != TOTAL:
        counted = [code for code in section.columns if all(isinstance(row.figures[code], int) for row in section.rows)]
        sums = {code: sum(_number(row, code) for row in section.rows) for code in counted}
    return WordedSection(
        id=section.id,
        title=section_title(section.id),
        columns=columns,
        rows=tuple(
            WordedRow(
                code=row.code,
                words=row_words(section.id, row),
                figures=row.figures,
                note=beside.get(row.code, ""),
            )
            for row in section.rows
        ),
        parts=parts,
        sums=sums,
        share=share_words(section.id) if has_shares else "",
    )


def _note(note: Note) -> str:
    """«Målet uppfyllt. Fler än förra året.»"""
    rating = f"{label_of('goal_rating', note.rating)}." if note.rating else ""
    return " ".join(filter(None, [rating, note.comment]))


def _parts(section: Section) -> tuple[str, ...]:
    """The columns after the total that make it up in every row; none where they do not."""
    if section.columns[:1] != (TOTAL,) or not section.rows:
        return ()
    counted = tuple(
        takewhile(lambda code: all(isinstance(row.figures[code], int) for row in section.rows), section.columns[1:])
    )
    sums = [list(accumulate(_number(row, code) for code in counted)) for row in section.rows]
    totals = [_number(row, TOTAL) for row in section.rows]
    fits = (many for many in range(2, len(counted) + 1) if [of_row[many - 1] for of_row in sums] == totals)
    # most often all of them; columns after those that are nothing everywhere make no difference
    return counted[: max(fits, default=0)]


def _check(check: Check) -> WordedCheck:
    numbers = tuple(one for one in check.params.values() if isinstance(one, int))
    return WordedCheck(id=check.id, ok=check.ok, words=check_sentence(check), numbers=numbers)


def printed(figure: Figure | None) -> str:
    """A figure as a paper tells it: a middle with of how many, and «..» where it is not told."""
    if figure is None:
        return HIDDEN
    words = figure_words(figure)
    return f"{words} (av {figure.of})" if isinstance(figure, Middle) and figure.of else words


def check_words(check: WordedCheck) -> str:
    """Its sentence, or that it cannot be told without telling small counts."""
    if check.words:
        return check.words
    told = assets.toml(assets.resource("phrases", "rapport.toml"))["check"]
    return str(told["hidden_ok" if check.ok else "hidden_wrong"])


def _number(row: Row, code: str) -> int:
    figure = row.figures[code]
    return figure if isinstance(figure, int) else 0
