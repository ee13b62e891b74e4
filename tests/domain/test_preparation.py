"""What a referral lacks before a forum, the weightiest first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from misam_desktop.domain.preparation import Lack, lacking
from tests.domain.worlds import consent, referral

HOLDS = consent()


def test_nothing_is_missing_when_the_consent_names_who_is_needed() -> None:
    one = referral(needed_unit_ids=HOLDS.unit_ids[:1], needed_why="Ekonomin")
    assert lacking(one, now=HOLDS, then=HOLDS) == ()


@pytest.mark.parametrize(("now", "lack"), [(None, Lack.CONSENT), (HOLDS, Lack.ENDS)])
def test_without_a_consent_on_the_day_it_says_whether_there_is_one_today(now: object, lack: Lack) -> None:
    one = referral(needed_unit_ids=HOLDS.unit_ids[:1], needed_why="Ekonomin")
    assert lacking(one, now=now, then=None) == (lack,)  # type: ignore[arg-type]


def test_who_is_needed_must_stand_in_the_consent_and_why_must_be_said() -> None:
    one = referral(needed_unit_ids=HOLDS.unit_ids, needed_why=" ")
    assert lacking(one, now=HOLDS, then=replace(HOLDS, unit_ids=HOLDS.unit_ids[:1])) == (Lack.ASKED, Lack.WHY)
    assert lacking(referral(needed_unit_ids=()), now=HOLDS, then=HOLDS) == (Lack.NEEDED,)
