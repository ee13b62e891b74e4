"""Whether a referral lies within the activity's target group: three boxes, computed where possible (process.md §2).

Outside it the program warns and asks for a reason; it never blocks.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from misam_desktop.domain.codes import Agency
from misam_desktop.domain.errors import UserError


class ReasonRequired(UserError):
    """The referral lies outside the target group and nobody has said why it is made all the same."""

    code = "target_reason_required"


class Box(StrEnum):
    """The three questions, in their order on the screen; each is answered beside the field that decides it."""

    AGE = "age"
    AGENCIES = "agencies"
    CLOSE_COOPERATION = "close_cooperation"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGroup:
    """The three boxes; None means that the answer is not known yet."""

    age: bool | None
    agencies: bool
    close_cooperation: bool | None

    @property
    def not_met(self) -> tuple[Box, ...]:
        """The boxes that nobody can tick: answered with no, or not known."""
        answers = {
            Box.AGE: self.age,
            Box.AGENCIES: self.agencies,
            Box.CLOSE_COOPERATION: self.close_cooperation,
        }
        return tuple(box for box, answer in answers.items() if not answer)

    @property
    def is_within(self) -> bool:
        """Whether every box is answered with yes."""
        return not self.not_met


def check(
    *,
    age: int | None,
    min_age: int,
    max_age: int,
    agencies: Collection[Agency],
    least_agencies: int,
    close_cooperation: bool | None,
) -> TargetGroup:
    """The boxes of one referral. ``age`` is in whole years on the day of the referral, both limits included.

    ``agencies`` are those of the needed units and of the referring unit, which the person is in contact with already;
    so units of one kommun count as one authority, for this count only.
    """
    return TargetGroup(
        age=None if age is None else min_age <= age <= max_age,
        agencies=len(set(agencies)) >= least_agencies,
        close_cooperation=close_cooperation,
    )


def must_have_reason(group: TargetGroup, reason: str) -> None:
    """Raises ReasonRequired when the referral lies outside and no reason is given."""
    if not group.is_within and not reason.strip():
        raise ReasonRequired(field="target_reason")
