"""The three boxes of the target group, for the forms that fill them in and the pages that show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from misam_desktop.domain import target_group
from misam_desktop.domain.codes import Agency
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.target_group import TargetGroup

if TYPE_CHECKING:
    from misam_desktop.domain.activity import Activity
    from misam_desktop.domain.personal_number import PersonalNumber
    from misam_desktop.queries.desk import Desk


def agencies_of(desk: Desk, units: Iterable[UnitId | None]) -> set[Agency]:
    """The authorities that these units are parts of."""
    return {agency for unit in units if (agency := desk.agency_of(unit)) is not None}


def boxes(
    desk: Desk,
    activity: Activity,
    number: PersonalNumber,
    *,
    on: date,
    units: Iterable[UnitId | None],
    close_cooperation: bool | None,
) -> TargetGroup:
    """How a referral of that day stands; ``units`` are the one that refers and those that are needed."""
    settings = activity.settings
    return target_group.check(
        age=number.age_on(on),
        min_age=settings.min_age,
        max_age=settings.max_age,
        agencies=agencies_of(desk, units),
        least_agencies=settings.least_agencies,
        close_cooperation=close_cooperation,
    )
