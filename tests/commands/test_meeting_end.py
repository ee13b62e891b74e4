"""The end of a forum, taken back."""

from __future__ import annotations

from misam_desktop.commands.forum import cancel_forum, close_forum, record_outcome, reopen_forum
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.meeting import MeetingNotEnded, MeetingState, state_of
from misam_desktop.vault import Vault
from tests.commands.worlds import MISAM, entries, meeting, refused, waiting
from tests.conftest import TODAY


def test_a_meeting_that_is_reopened_goes_on_with_its_queue(karin: Vault) -> None:
    referral, forum = waiting(karin), meeting(karin)
    karin.do(close_forum(forum.id))
    karin.do(reopen_forum(forum.id))
    concluded = karin.do(record_outcome(referral.id, Outcome.REGULJAR, meeting_id=forum.id)).value
    assert concluded.outcome_meeting_id == forum.id


def test_a_cancelled_meeting_is_planned_again(karin: Vault) -> None:
    cancelled = karin.do(cancel_forum(MISAM, on=TODAY, why="Sjukdom")).value
    reopened = karin.do(reopen_forum(cancelled.id)).value
    assert state_of(reopened) is MeetingState.PLANNED


def test_a_reopening_stands_in_the_log(karin: Vault) -> None:
    forum = meeting(karin)
    karin.do(close_forum(forum.id))
    karin.do(reopen_forum(forum.id))
    assert (entries(karin)[-1].action, entries(karin)[-1].object_id) == ("meeting.reopened", forum.id)


def test_a_meeting_that_goes_on_is_not_reopened(karin: Vault) -> None:
    forum = meeting(karin)
    with refused(karin, MeetingNotEnded):
        karin.do(reopen_forum(forum.id))


def test_only_who_runs_the_forum_reopens_it(karin: Vault, jonas: Vault) -> None:
    forum = meeting(karin)
    karin.do(close_forum(forum.id))
    with refused(jonas, NotPermitted):
        jonas.do(reopen_forum(forum.id))
