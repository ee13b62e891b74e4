"""A report as it reads: its figures with the words beside them, as papers, files and what is frozen know it.

Words change over the years, and so do code lists: whoever keeps a report keeps it as it read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from misam_desktop.domain.report import Figure, Middle, Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What stands over a column."""

    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedRow:
    """One row; a figure that is None is not told. ``note`` is what somebody has written of it."""

    code: str
    words: str
    figures: Mapping[str, Figure | None]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedSection:
    """One table. ``parts`` are the columns that make up the column of totals, if there is one and it is so.

    ``sums`` has the sum of each column, where the rows together are everybody; else it is empty. ``share`` says what
    its percentages count, and of how many.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[WordedRow, ...]
    parts: tuple[str, ...] = ()
    sums: Mapping[str, int | None] = field(default_factory=dict)
    share: str = ""

    @property
    def counted(self) -> tuple[Column, ...]:
        """The columns that count something in every row."""
        return tuple(
            one for one in self.columns if all(isinstance(row.figures[one.code], int | None) for row in self.rows)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedCheck:
    """Whether a figure can be trusted, in a sentence; ``numbers`` are those that the sentence tells."""

    id: str
    ok: bool
    words: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedReport:
    """The whole report. ``about`` is whose figures they are, ``period`` its days in words, ``method`` how it counts."""

    id: str
    title: str
    about: str
    period: str
    first: date
    last: date
    sections: tuple[WordedSection, ...]
    checks: tuple[WordedCheck, ...]
    method: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure that is another in one report than in the other; None where there is none, or it is not told."""

    section: str
    row: str
    column: str
    before: Figure | None
    after: Figure | None


def differences(before: WordedReport, after: WordedReport) -> tuple[Difference, ...]:
    """What has become of each figure, in the order of the report that was first and then of what was added."""
    then, now = _by_place(before), _by_place(after)
    return tuple(
        Difference(
            section=words[0],
            row=words[1],
            column=words[2],
            before=then[place][1] if place in then else None,
            after=now[place][1] if place in now else None,
        )
        for place, (words, _) in {**now, **then}.items()
        if place not in then or place not in now or then[place][1] != now[place][1]
    )


def _by_place(report: WordedReport) -> dict[tuple[str, str, str], tuple[tuple[str, str, str], Figure | None]]:
    """Every figure by its codes, with the words that stand beside it."""
    return {
        (section.id, row.code, column.code): ((section.title, row.words, column.words), row.figures[column.code])
        for section in report.sections
        for row in section.rows
        for column in section.columns
    }


def as_data(report: WordedReport) -> dict[str, Any]:
    """The report as it is kept: text, numbers, lists and objects alone."""
    return {
        "id": report.id,
        "title": report.title,
        "about": report.about,
        "period": report.period,
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "method": list(report.method),
        "sections": [
            {
                "id": one.id,
                "title": one.title,
                "columns": [[column.code, column.words] for column in one.columns],
                "rows": [
                    [row.code, row.words, [_data(row.figures[column.code]) for column in one.columns], row.note]
                    for row in one.rows
                ],
                "parts": list(one.parts),
                "sums": dict(one.sums),
                "share": one.share,
            }
            for one in report.sections
        ],
        "checks": [[one.id, one.ok, one.words, list(one.numbers)] for one in report.checks],
    }


def _data(figure: Figure | None) -> Any:
    match figure:
        case Share():
            return {"numerator": figure.numerator, "denominator": figure.denominator}
        case Middle():
            return {"value": figure.value, "of": figure.of}
    return figure


def from_data(data: Mapping[str, Any]) -> WordedReport:
    """The report that was kept."""
    return WordedReport(
        id=data["id"],
        title=data["title"],
        about=data["about"],
        period=data["period"],
        first=date.fromisoformat(data["first"]),
        last=date.fromisoformat(data["last"]),
        method=tuple(data["method"]),
        sections=tuple(map(_section, data["sections"])),
        checks=tuple(
            WordedCheck(id=check_id, ok=ok, words=words, numbers=tuple(numbers))
            for check_id, ok, words, numbers in data["checks"]
        ),
    )


def _section(data: Mapping[str, Any]) -> WordedSection:
    codes = [code for code, _ in data["columns"]]
    return WordedSection(
        id=data["id"],
        title=data["title"],
        columns=tuple(Column(code=code, words=words) for code, words in data["columns"]),
        rows=tuple(
            WordedRow(code=code, words=words, figures=dict(zip(codes, map(_figure, figures), strict=True)), note=note)
            for code, words, figures, note in data["rows"]
        ),
        parts=tuple(data["parts"]),
        sums=data["sums"],
        share=data["share"],
    )


def _figure(data: Any) -> Figure | None:
    if not isinstance(data, dict):
        return data  # type: ignore[no-any-return]  # a whole number, or nothing
    return Share(**data) if "numerator" in data else Middle(**data)
