"""A case on a forum's agenda."""

from __future__ import annotations

from misam_desktop.domain.agenda import is_addendum
from misam_desktop.domain.forum_item import ForumItem
from misam_desktop.domain.ids import MeetingId
from misam_desktop.domain.pseudonym import Pseudonym
from tests.domain.worlds import NOW, referral

ITEM = ForumItem(id="i", meeting_id=MeetingId("m"), referral_id=referral().id, code=Pseudonym("K7MQ2XF"), added_at=NOW)


def test_it_stands_by_the_consent_of_its_case_and_concerns_a_person() -> None:
    assert (ITEM.case_id, ITEM.is_general) == (referral().id, False)


def test_it_is_an_addition_only_to_what_was_sent_before_it() -> None:
    assert not is_addendum(ITEM, None)
    assert not is_addendum(ITEM, NOW)
