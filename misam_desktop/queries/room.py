"""Which units are in the room at a meeting, and who of them leaves while a case is taken up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from misam_desktop.domain.access import Subject
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.room import in_room, may_be_here, outside
from misam_desktop.domain.scope import deciding
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look


def room_of(look: Look, meeting: Meeting | None, part_of: Collection[UnitId]) -> tuple[UnitId, ...]:
    """The units that may hear what is said at a meeting, by its attendance as it stands now.

    ``part_of`` are those that its papers go to. Before there is a meeting nobody is absent.
    """
    units = {one.id: one.agency for one in rows.units.where(look.conn) if one.active}
    attended = tables.attendance.c.meeting_id
    attendance = [] if meeting is None else rows.attendances.of(look.conn, attended, meeting.id)
    return in_room(units, part_of=part_of, here=may_be_here(attendance))


def leaving(room: Collection[UnitId], subject: Subject, on: date) -> tuple[UnitId, ...]:
    """The units in the room that leave it while a case is taken up; of one without a consent nothing is said at all."""
    consent = deciding(subject.consents, subject.purpose, on)
    return () if consent is None else outside(room, consent.unit_ids)
