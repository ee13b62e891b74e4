"""A report as data for scripts and as lines for a sheet; the shape is promised to those who read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from misam_desktop.domain.report import Figure, Middle, Report, Row, Section, Share
from misam_desktop.wording import check_sentence, row_words, section_title


def header(report: Report) -> tuple[str, ...]:
    """The columns of the lines: those of all its sections, each once."""
    columns = dict.fromkeys(column for section in report.sections for column in section.columns)
    return ("section", "code", "label", *columns)


def as_data(report: Report, *, activity: str, generated_at: datetime) -> dict[str, Any]:
    """A report as the documented JSON object; ``generated_at`` is in UTC."""
    return {
        "report": report.id,
        "insats": activity,
        **_period(report),
        "generated_at": f"{generated_at:%Y-%m-%dT%H:%M:%SZ}",
        "sections": [_section(section) for section in report.sections],
        "checks": [{"id": check.id, "ok": check.ok, "message": check_sentence(check)} for check in report.checks],
    }


def _period(report: Report) -> dict[str, Any]:
    """A calendar year by its number, anything else by its days."""
    first, last = report.first, report.last
    if (first.month, first.day, last.month, last.day, last.year) == (1, 1, 12, 31, first.year):
        return {"year": first.year}
    return {"first": f"{first:%Y-%m-%d}", "last": f"{last:%Y-%m-%d}"}


def _section(section: Section) -> dict[str, Any]:
    return {"id": section.id, "title": section_title(section.id), "rows": [_row(section, row) for row in section.rows]}


def _row(section: Section, row: Row) -> dict[str, Any]:
    figures = {column: _value(row.figures[column]) for column in section.columns}
    return {"code": row.code, "label": row_words(section.id, row), **figures}


def _value(figure: Figure) -> Any:
    if isinstance(figure, Share):
        return {"numerator": figure.numerator, "denominator": figure.denominator}
    if isinstance(figure, Middle):
        return {"value": figure.value, "of": figure.of}
    return figure


def as_lines(report: Report) -> list[list[str]]:
    """The report as lines under its header; a share as «20/50», and nothing where a section has no such column."""
    columns = header(report)[3:]
    return [
        [section.id, row.code, row_words(section.id, row), *(_written(row.figures.get(column)) for column in columns)]
        for section in report.sections
        for row in section.rows
    ]


def _written(figure: Figure | None) -> str:
    if isinstance(figure, Share):
        return f"{figure.numerator}/{figure.denominator}"
    if isinstance(figure, Middle):
        return "" if figure.value is None else f"{figure.value:.1f}"
    return "" if figure is None else str(figure)
