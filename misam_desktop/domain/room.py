"""Who is in the room while a case is taken up, and who of them its consent leaves out (process.md §5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import Attendance


def may_be_here(attendance: Iterable[Attendance]) -> frozenset[Agency]:
    """The authorities that may hear what is said, in the room or from afar: all that are not said to be absent."""
    return frozenset(Agency) - {one.agency for one in attendance if one.presence is Presence.FRANVARANDE}


def in_room(
    units: Mapping[UnitId, Agency], *, part_of: Collection[UnitId], here: Collection[Agency]
) -> tuple[UnitId, ...]:
    """The units that may hear what is said: of the authorities that are here, those that take part in the meeting.

    ``units`` are all that are active, ``part_of`` those that a meeting's papers go to. Of an authority that is here
    although none of its units takes part nobody knows who sits there: it may be any of them.
    """
    taking_part = {agency for unit_id, agency in units.items() if unit_id in part_of}
    return tuple(
        sorted(
            unit_id
            for unit_id, agency in units.items()
            if agency in here and (unit_id in part_of or agency not in taking_part)
        )
    )


def outside(room: Iterable[UnitId], named: Collection[UnitId]) -> tuple[UnitId, ...]:
    """The units in the room but for these: those that a consent does not name leave while its case is taken up."""
    return tuple(unit_id for unit_id in room if unit_id not in named)


def wholly_outside(
    units: Mapping[UnitId, Agency], room: Collection[UnitId], out: Collection[UnitId]
) -> frozenset[Agency]:
    """The authorities of which nobody in the room may stay."""
    return frozenset(units[one] for one in out) - {units[one] for one in room if one not in out}
