"""Whether the store can be trusted: keys, pages, references, log, who reads what, and the statistics."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from misam_desktop.domain.access import May
from misam_desktop.domain.counting import whole
from misam_desktop.domain.steps import all_at_once
from misam_desktop.queries.reports import account_of
from misam_desktop.store import access, checks, rows
from misam_desktop.vault import Look, query


class CheckName(StrEnum):
    """What is checked; labels stand in ``codelists.toml``."""

    KEYS = "keys"
    PAGES = "pages"
    STRUCTURE = "structure"
    REFERENCES = "references"
    LINKS = "links"
    LOG = "log"
    ACCESS = "access"
    STATISTICS = "statistics"


class CheckRow(NamedTuple):
    """One check and how it went."""

    name: CheckName
    ok: bool


@query("store.verified", needs=May.VERIFY)
def verify(look: Look, *, key_file_beside: bytes) -> list[CheckRow]:
    """Every check of the store; ``key_file_beside`` is the content of the key file that lies beside it."""
    conn = look.conn
    return [
        CheckRow(CheckName.KEYS, checks.kept_key_file(conn) == key_file_beside),
        CheckRow(CheckName.PAGES, checks.pages_are_whole(conn)),
        CheckRow(CheckName.STRUCTURE, checks.structure_is_whole(conn)),
        CheckRow(CheckName.REFERENCES, checks.references_are_whole(conn)),
        CheckRow(CheckName.LINKS, checks.links_are_mutual(conn)),
        CheckRow(CheckName.LOG, checks.log_is_whole(conn)),
        CheckRow(CheckName.ACCESS, access.is_true(conn)),
        CheckRow(CheckName.STATISTICS, all(_statistics(look))),
    ]


def _statistics(look: Look) -> Iterator[bool]:
    """For every activity and year: do the account's own checks hold, and does it count what a list would hold?"""
    for activity_id, began_on in checks.first_enrolments(look.conn).items():
        activity = rows.activities.get(look.conn, activity_id)
        for year in range(began_on.year, look.today.year + 1):
            first, last = date(year, 1, 1), date(year, 12, 31)
            account = all_at_once(account_of(look, activity, first=first, last=last))
            counted = {row.code: whole(row) for row in account.sections[0].rows}
            listed = checks.count_overlapping(look.conn, activity_id, first, last)
            yield all(check.ok for check in account.checks)
            yield (counted["total"], counted["avslutade"]) == listed
