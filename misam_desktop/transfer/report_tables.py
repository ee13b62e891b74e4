"""A report as data for scripts and as lines for a sheet; the shape is promised to those who read it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from misam_desktop.domain.report import Figure, Middle, Share
from misam_desktop.domain.worded import WordedReport, WordedRow, WordedSection
from misam_desktop.report_words import HIDDEN, check_words
from misam_desktop.transfer.sheets import write_csv


def json_file(report: WordedReport, *, generated_at: datetime) -> bytes:
    """The documented JSON object as a file."""
    return f"{json.dumps(as_data(report, generated_at=generated_at), ensure_ascii=False, indent=2)}\n".encode()


def csv_file(report: WordedReport) -> bytes:
    """The report as a CSV file, all its sections under each other."""
    return write_csv(header(report), as_lines(report))


def header(report: WordedReport) -> tuple[str, ...]:
    """The columns of the lines: those of all its sections, each once."""
    columns = dict.fromkeys(column.code for section in report.sections for column in section.columns)
    return ("section", "code", "label", *columns)


def as_data(report: WordedReport, *, generated_at: datetime) -> dict[str, Any]:
    """A report as the documented JSON object; ``generated_at`` is in UTC. A figure that is not told is null."""
    return {
        "report": report.id,
        "insats": report.about,
        **_period(report),
        "generated_at": f"{generated_at:%Y-%m-%dT%H:%M:%SZ}",
        "sections": [_section(section) for section in report.sections],
        "checks": [{"id": check.id, "ok": check.ok, "message": check_words(check)} for check in report.checks],
    }


def _period(report: WordedReport) -> dict[str, Any]:
    """A calendar year by its number, anything else by its days."""
    first, last = report.first, report.last
    if (first.month, first.day, last.month, last.day, last.year) == (1, 1, 12, 31, first.year):
        return {"year": first.year}
    return {"first": f"{first:%Y-%m-%d}", "last": f"{last:%Y-%m-%d}"}


def _section(section: WordedSection) -> dict[str, Any]:
    return {"id": section.id, "title": section.title, "rows": [_row(section, row) for row in section.rows]}


def _row(section: WordedSection, row: WordedRow) -> dict[str, Any]:
    figures = {column.code: _value(row.figures[column.code]) for column in section.columns}
    return {"code": row.code, "label": row.words, **figures}


def _value(figure: Figure | None) -> Any:
    if isinstance(figure, Share):
        return {"numerator": figure.numerator, "denominator": figure.denominator}
    if isinstance(figure, Middle):
        return {"value": figure.value, "of": figure.of}
    return figure


def as_lines(report: WordedReport) -> list[list[str]]:
    """The report as lines under its header; a share as «20/50», and nothing where a section has no such column."""
    columns = header(report)[3:]
    return [
        [section.id, row.code, row.words, *(_written(row, column) for column in columns)]
        for section in report.sections
        for row in section.rows
    ]


def _written(row: WordedRow, column: str) -> str:
    if column not in row.figures:
        return ""
    figure = row.figures[column]
    if isinstance(figure, Share):
        return f"{figure.numerator}/{figure.denominator}"
    if isinstance(figure, Middle):
        return "" if figure.value is None else f"{figure.value:.1f}"
    return HIDDEN if figure is None else str(figure)
