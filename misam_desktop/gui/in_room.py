"""Who leaves the room while a case is taken up, in words: whole authorities, and units of the others."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from misam_desktop.domain.codes import Agency
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.room import wholly_outside
from misam_desktop.wording import short

if TYPE_CHECKING:
    from misam_desktop.queries.desk import Desk


def agencies_leaving(desk: Desk, room: Collection[UnitId], leaving: Collection[UnitId]) -> frozenset[Agency]:
    """The authorities of which nobody in the room may stay."""
    return wholly_outside({one.id: one.agency for one in desk.units}, room, leaving)


def who_leaves(desk: Desk, room: Collection[UnitId], leaving: Collection[UnitId]) -> list[str]:
    """The units that leave of authorities that stay, then the authorities of which nobody does: «AME», «FK»."""
    whole = agencies_leaving(desk, room, leaving)
    rest = [desk.unit(one) for one in leaving if desk.agency_of(one) not in whole]
    return [*rest, *(short(one) for one in Agency if one in whole)]
