"""Which units take part in a NAFS meeting, which of them are there now, and who leaves while a case is taken up."""

from __future__ import annotations

from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.room import in_room, may_be_here, outside
from misam_desktop.domain.scope import deciding
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look


def usual_receivers(look: Look, meeting: Meeting) -> tuple[UnitId, ...]:
    """The units that a meeting's papers go to unless others are chosen: who raised or is asked anything, and leads."""
    units = {look.actor.unit_id}
    for item in rows.agenda_items.of(look.conn, tables.agenda_item.c.meeting_id, meeting.id):
        if item.case_id is None:
            units |= {item.asked_id} if item.asked_id else set()
            continue
        case = rows.nafs_cases.get(look.conn, item.case_id)
        if look.allowed(subjects.of_nafs_case(look.conn, case), May.READ_CASE):
            asked = rows.questions.of(look.conn, tables.question.c.case_id, case.id, by=tables.question.c.place)
            units |= {case.unit_id, *(one.unit_id for one in asked)}
    return tuple(sorted(units))


def room_of(look: Look, meeting: Meeting) -> tuple[UnitId, ...]:
    """The units that may hear what is said at a meeting, by its attendance as it stands now."""
    units = {one.id: one.agency for one in rows.units.where(look.conn) if one.active}
    attendance = rows.attendances.of(look.conn, tables.attendance.c.meeting_id, meeting.id)
    return in_room(units, part_of=usual_receivers(look, meeting), here=may_be_here(attendance))


def leaving(look: Look, room: tuple[UnitId, ...], subject: Subject) -> tuple[UnitId, ...]:
    """The units in the room that leave it while a case is taken up; of one without a consent nothing is said at all."""
    consent = deciding(subject.consents, subject.purpose, look.today)
    return () if consent is None else outside(room, consent.unit_ids)
