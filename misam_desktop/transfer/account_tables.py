"""The yearly account as data for scripts and as lines for a sheet; the shape is promised to those who read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from misam_desktop.domain.codes import Sex
from misam_desktop.domain.yearly import Account, Check, Count, Section
from misam_desktop.wording import check_sentence, row_label, section_title

HEADER = ("section", "code", "label", "total", *(sex.value for sex in Sex))
"""The columns of the lines, stable for ever."""


def as_data(account: Account, *, activity: str, generated_at: datetime) -> dict[str, Any]:
    """The account of a calendar year as the documented JSON object; ``generated_at`` is in UTC."""
    return {
        "report": "arsredovisning",
        "insats": activity,
        "year": account.first.year,
        "generated_at": f"{generated_at:%Y-%m-%dT%H:%M:%SZ}",
        "sections": [_section(section) for section in account.sections],
        "checks": [_check(check) for check in account.checks],
    }


def _section(section: Section) -> dict[str, Any]:
    rows = [_row(section.id, row) for row in section.rows]
    return {"id": section.id, "title": section_title(section.id), "rows": rows}


def _row(section_id: str, row: Count) -> dict[str, Any]:
    return {"code": row.code, "label": row_label(section_id, row.code), "total": row.total, **row.by_sex}


def _check(check: Check) -> dict[str, Any]:
    return {"id": check.id, "ok": check.ok, "message": check_sentence(check)}


def as_lines(account: Account) -> list[list[str]]:
    """The account as lines under ``HEADER``."""
    return [
        [section.id, *(str(value) for value in _row(section.id, row).values())]
        for section in account.sections
        for row in section.rows
    ]
