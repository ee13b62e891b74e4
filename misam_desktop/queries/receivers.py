"""The units that a meeting's papers go to unless others are chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.forum_queue import taken_up
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look


def usual_receivers(look: Look, meeting: Meeting) -> tuple[UnitId, ...]:
    """Who raised or referred, who is asked or needed, and who leads; of cases that the asker may read."""
    there = _of_forum(look, taken_up(look.conn, meeting)) if meeting.kind is Kind.FORUM else _of_nafs(look, meeting)
    return tuple(sorted({look.actor.unit_id, *there}))


def _of_forum(look: Look, referrals: Iterable[Referral]) -> Iterator[UnitId]:
    for referral in referrals:
        if look.allowed(subjects.of_referral(look.conn, referral), May.READ_CASE):
            yield from filter(None, [referral.unit_id])
            yield from referral.needed_unit_ids


def _of_nafs(look: Look, meeting: Meeting) -> Iterator[UnitId]:
    for item in rows.agenda_items.of(look.conn, tables.agenda_item.c.meeting_id, meeting.id):
        if item.case_id is None:
            yield from filter(None, [item.asked_id])
            continue
        case = rows.nafs_cases.get(look.conn, item.case_id)
        if look.allowed(subjects.of_nafs_case(look.conn, case), May.READ_CASE):
            asked = rows.questions.of(look.conn, tables.question.c.case_id, case.id, by=tables.question.c.place)
            yield case.unit_id
            yield from (one.unit_id for one in asked)
