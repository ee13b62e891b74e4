"""What is ticked off of each case of a NAFS meeting (process.md §3, steps 5 and 6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from misam_desktop.domain.ids import ItemStepId, UnitId
from misam_desktop.domain.item_steps import (
    ItemStep,
    NoStepsAsked,
    NotTicked,
    Ticked,
    must_be_ticked_here,
    must_stand,
    of_unit,
)
from misam_desktop.domain.meeting import MeetingNotClosed
from tests.domain.test_agenda import MEETING, item
from tests.domain.worlds import AF, FK, KARIN, NOW, TODAY

CLOSED = replace(MEETING, closed_at=NOW)


def ticked(step: ItemStep, unit_id: UnitId = AF) -> Ticked:
    return Ticked(id=ItemStepId("s"), item_id=item(1).id, step=step, unit_id=unit_id, on=TODAY, by=KARIN)


def test_a_copy_is_brought_before_the_meeting_is_over_and_documented_afterwards() -> None:
    must_be_ticked_here(item(1), MEETING, ItemStep.CONSENT_BROUGHT)
    must_be_ticked_here(item(1), CLOSED, ItemStep.DOCUMENTED)
    with pytest.raises(MeetingNotClosed):
        must_be_ticked_here(item(1), MEETING, ItemStep.DOCUMENTED)


def test_of_a_question_that_concerns_nobody_nothing_is_ticked() -> None:
    with pytest.raises(NoStepsAsked):
        must_be_ticked_here(item(1, case_id=None), CLOSED, ItemStep.CONSENT_POSTED)


def test_each_unit_documents_for_itself_and_one_posts_for_all() -> None:
    documented, posted = ticked(ItemStep.DOCUMENTED), ticked(ItemStep.CONSENT_POSTED)
    both = [documented, posted]
    assert of_unit(both, ItemStep.DOCUMENTED, AF) == documented
    assert of_unit(both, ItemStep.DOCUMENTED, FK) is None
    assert of_unit(both, ItemStep.CONSENT_POSTED, FK) == posted
    assert of_unit(both, ItemStep.CONSENT_BROUGHT, AF) is None


def test_only_what_stands_is_taken_back() -> None:
    stands = ticked(ItemStep.DOCUMENTED)
    assert must_stand(stands) == stands
    with pytest.raises(NotTicked):
        must_stand(None)
