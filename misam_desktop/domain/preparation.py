"""What a referral lacks before a forum takes it up (process.md §2): it is told, and stops nothing."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from misam_desktop.domain.consent import Consent
from misam_desktop.domain.referral import Referral


class Lack(StrEnum):
    """What is missing, the weightiest first."""

    CONSENT = "consent"
    ENDS = "ends"
    ASKED = "asked"
    NEEDED = "needed"
    WHY = "why"


def lacking(referral: Referral, *, now: Consent | None, then: Consent | None) -> tuple[Lack, ...]:
    """What a referral lacks; ``now`` is the consent that holds today, ``then`` the one of the meeting's day.

    Who is needed is asked of what the consent names only where there is one.
    """
    found: Collection[tuple[Lack, bool]] = (
        (Lack.CONSENT, then is None and now is None),
        (Lack.ENDS, then is None and now is not None),
        (Lack.ASKED, then is not None and not set(referral.needed_unit_ids) <= set(then.unit_ids)),
        (Lack.NEEDED, not referral.needed_unit_ids),
        (Lack.WHY, bool(referral.needed_unit_ids) and not referral.needed_why.strip()),
    )
    return tuple(lack for lack, holds in found if holds)
