"""Who may hear what is said at a meeting, and who leaves while a case is taken up."""

from __future__ import annotations

from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.ids import MeetingId, UnitId
from misam_desktop.domain.meeting import Attendance
from misam_desktop.domain.room import in_room, may_be_here, outside, wholly_outside
from tests.domain.worlds import AF, FK, IFO

AME = UnitId("kommun-ame")
UNITS = {AF: Agency.AF, FK: Agency.FK, IFO: Agency.KOMMUN, AME: Agency.KOMMUN}
ALL = frozenset(Agency)


def said(agency: Agency, presence: Presence) -> Attendance:
    return Attendance(id=agency.value, meeting_id=MeetingId("m"), agency=agency, presence=presence)


def test_whoever_is_not_said_to_be_absent_may_be_here() -> None:
    attendance = [
        said(Agency.AF, Presence.FRANVARANDE),
        said(Agency.FK, Presence.TELEFON),
        said(Agency.REGION, Presence.VIDEO),
    ]
    assert may_be_here(attendance) == {Agency.FK, Agency.KOMMUN, Agency.REGION}
    assert may_be_here([]) == ALL


def test_in_the_room_are_the_units_that_take_part() -> None:
    assert in_room(UNITS, part_of={AF, FK, IFO}, here=ALL) == (AF, FK, IFO)


def test_who_is_absent_is_not_in_the_room() -> None:
    assert in_room(UNITS, part_of={AF, FK, IFO}, here=ALL - {Agency.FK}) == (AF, IFO)


def test_of_an_authority_that_only_listens_it_may_be_any_unit() -> None:
    assert in_room(UNITS, part_of={AF, FK}, here=ALL) == (AF, FK, AME, IFO)


def test_a_unit_that_is_closed_is_not_in_the_room() -> None:
    assert in_room({AF: Agency.AF}, part_of={AF, FK}, here=ALL) == (AF,)


def test_whom_a_consent_does_not_name_leaves() -> None:
    assert outside((AF, FK, IFO), {FK, IFO}) == (AF,)
    assert outside((AF, FK), (AF, FK, IFO)) == ()


def test_an_authority_stays_while_one_of_its_units_does() -> None:
    assert wholly_outside(UNITS, (AF, IFO, AME), (AF, AME)) == {Agency.AF}
    assert wholly_outside(UNITS, (AF, IFO, AME), (IFO, AME)) == {Agency.KOMMUN}
