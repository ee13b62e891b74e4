"""What a closed forum has said: which edition counts, and what an amendment must hold."""

from __future__ import annotations

import pytest

from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.forum_minutes import AmendmentFacts, Minute, minute_of, must_be_said, newest
from misam_desktop.domain.ids import MeetingId, ReferralId
from misam_desktop.domain.meeting import Assessment, MeetingNotClosed, close_meeting, open_meeting
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.domain.referral import TextRequired
from tests.domain.worlds import NOW, TODAY, meeting, referral

REFERRAL, MEETING = referral(), meeting(on=TODAY)
CLOSED = close_meeting(open_meeting(MEETING, now=NOW, today=TODAY), now=NOW)
SAID = Assessment(
    id="a", referral_id=REFERRAL.id, meeting_id=MEETING.id, outcome=Outcome.ATER, text="Praktik", also_sip=True,
    concluded_on=TODAY,
)  # fmt: skip


def minute(edition: int = 1, place: int = 1) -> Minute:
    return Minute(
        id=f"{edition}-{place}", meeting_id=MeetingId("m"), edition=edition, referral_id=ReferralId(f"r{place}"),
        place=place, code=Pseudonym("K7MQ2XF"), unit_id=None, question="Vad?",
    )  # fmt: skip


def test_the_edition_that_was_written_last_counts_in_its_order() -> None:
    assert [one.id for one in newest([minute(2, 2), minute(1), minute(2, 1)])] == ["2-1", "2-2"]
    assert newest([]) == []


def test_a_case_stands_by_its_consent_and_no_question_is_general() -> None:
    assert (minute().case_id, minute().is_general) == (ReferralId("r1"), False)


def test_what_was_assessed_is_kept_and_what_was_not_goes_on() -> None:
    kept = minute_of(REFERRAL, SAID, row_id="x", meeting=CLOSED, code=None, place=1, edition=1)
    assert (kept.outcome, kept.text, kept.also_nafs, kept.also_sip) == (Outcome.ATER, "Praktik", False, True)
    left = minute_of(REFERRAL, None, row_id="x", meeting=CLOSED, code=None, place=1, edition=1)
    assert (left.outcome, left.text, left.question) == (None, "", REFERRAL.question)


def test_an_amendment_says_something_and_why() -> None:
    assert must_be_said(AmendmentFacts(text=" Mer ", reason=" Fel "), CLOSED) == AmendmentFacts(
        text="Mer", reason="Fel"
    )
    for field, facts in (("text", AmendmentFacts(reason="x")), ("reason", AmendmentFacts(text="x", reason=" "))):
        with pytest.raises(TextRequired) as caught:
            must_be_said(facts, CLOSED)
        assert caught.value.params["field"] == field


def test_nothing_is_added_before_the_meeting_is_closed() -> None:
    with pytest.raises(MeetingNotClosed):
        must_be_said(AmendmentFacts(text="x", reason="x"), MEETING)
