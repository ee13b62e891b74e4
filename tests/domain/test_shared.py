"""What a SIP and an episode share: only what both consents cover, and each thing once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.shared import SharedCommitment, both_cover, told_once
from tests.domain.worlds import AF, FK, IFO, TODAY, consent

DAY = timedelta(days=1)
BOTH = consent(unit_ids=(AF, FK))
ALONE = consent(unit_ids=(AF,))
NO_PLAN = consent(unit_ids=(AF, FK), kinds=(InfoKind.GRUNDUPPGIFTER,))


@pytest.mark.parametrize(
    ("here", "there", "unit_id", "is_shared"),
    [
        (BOTH, BOTH, FK, True),
        (BOTH, ALONE, FK, False),
        (ALONE, BOTH, FK, False),
        (BOTH, BOTH, IFO, False),
        (BOTH, NO_PLAN, FK, False),
        (BOTH, None, FK, False),
        (None, BOTH, FK, False),
        (BOTH, ALONE, None, True),
        (BOTH, NO_PLAN, None, False),
    ],
)
def test_both_consents_cover_the_planning_and_the_unit(
    here: Consent | None, there: Consent | None, unit_id: UnitId | None, *, is_shared: bool
) -> None:
    assert both_cover(here, there, unit_id) is is_shared


def line(what: str, unit_id: UnitId | None = FK, case_id: str = "s") -> SharedCommitment:
    return SharedCommitment(what=what, unit_id=unit_id, due_on=None, done_on=None, case_id=case_id, case_on=TODAY)


def test_the_same_of_the_same_unit_is_told_once_with_the_own_line() -> None:
    found = told_once(
        [("own", FK, "Ringer läkaren.")],
        [line("ringer LÄKAREN"), line("Ringer läkaren", AF), line("Ringer läkaren", AF, "other")],
    )
    late, early = (replace(line(what), due_on=day) for what, day in (("A", TODAY + DAY), ("B", TODAY)))
    assert [one.what for one in told_once([], [line("C"), late, early])] == ["B", "A", "C"]
    assert [(one.unit_id, one.case_id, one.same_as) for one in found] == [(AF, "s", ""), (FK, "s", "own")]
