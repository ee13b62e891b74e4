"""The units that a meeting's papers go to unless others are chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.scope import deciding
from misam_desktop.queries.forum_queue import taken_up
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look


def usual_receivers(look: Look, meeting: Meeting) -> tuple[UnitId, ...]:
    """Who raised or referred, who is asked or needed, and who leads; of cases that the asker may read."""
    there = part_of_forum(look, taken_up(look.conn, meeting)) if meeting.kind is Kind.FORUM else _of_nafs(look, meeting)
    return tuple(sorted({look.actor.unit_id, *there}))


def part_of_forum(look: Look, referrals: Iterable[Referral]) -> Iterator[UnitId]:
    """The units that refer or are needed, in those of these referrals that the asker may read."""
    for referral in referrals:
        if look.allowed(subjects.of_referral(look.conn, referral), May.READ_CASE):
            yield from filter(None, [referral.unit_id])
            yield from referral.needed_unit_ids


def part_of_room(look: Look, referrals: Iterable[Referral], on: date) -> set[UnitId]:
    """The units that take part in a forum: who leads, refers or is needed; of other authorities those that are named.

    Named is by a consent that holds on the day: whoever of such an authority comes, comes for that unit.
    """
    there, agencies = list(referrals), {one.id: one.agency for one in rows.units.where(look.conn)}
    part = {look.actor.unit_id, *part_of_forum(look, there)}
    taking_part = {agencies[one] for one in part}
    for referral in there:
        subject = subjects.of_referral(look.conn, referral)
        consent = deciding(subject.consents, subject.purpose, on) if look.allowed(subject, May.READ_CASE) else None
        part |= {one for one in (consent.unit_ids if consent else ()) if agencies[one] not in taking_part}
    return part


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
