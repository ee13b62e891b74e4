"""The calendar of a NAFS team: a series, meetings beside it, moved and cancelled ones, and where the cases go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from misam_desktop.commands.agenda import put_general, put_on_agenda, record_agreed
from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.forum import cancel_forum, close_forum, move_meeting, open_forum, plan_meeting
from misam_desktop.commands.nafs_calendar import cancel_and_move, plan_outside, plan_series
from misam_desktop.domain.calendar import MeetingBegun
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.meeting import Meeting, MeetingHasOutcomes, MeetingThatDay
from misam_desktop.domain.referral import TextRequired
from misam_desktop.store import rows
from misam_desktop.vault import Request, Vault
from tests.commands.nafs_worlds import MEETS, TEAM, items, leads_the_team, raised, to_nafs
from tests.commands.worlds import AF, FK, IFO, MISAM, REGION, all_of, on, one, refused
from tests.conftest import TODAY

NEXT = date(2027, 1, 13)


@pytest.fixture
def nora(karin: Vault) -> Vault:
    """The NAFS-koordinator, at the region."""
    return leads_the_team(karin)


@pytest.fixture
def meeting(nora: Vault) -> Meeting:
    """The team's next."""
    return nora.do(plan_meeting(TEAM, on=MEETS)).value


def test_a_series_by_the_teams_rhythm_tells_which_days_were_skipped(nora: Vault) -> None:
    planned = nora.do(plan_series(TEAM, first=date(2026, 12, 1), until=date(2027, 3, 31))).value
    assert [one.on for one in planned.meetings] == [
        date(2026, 12, 1), date(2026, 12, 29), date(2027, 1, 26), date(2027, 2, 23), date(2027, 3, 23),
    ]  # fmt: skip
    first = planned.meetings[0]
    assert (first.starts, first.stop_on, first.send_on) == ("14.00", date(2026, 11, 20), date(2026, 11, 24))
    assert planned.days_off == ()
    assert nora.do(plan_series(TEAM, first=date(2026, 12, 1), until=date(2027, 3, 31))).value.meetings == ()


def test_a_day_off_is_skipped_and_told(nora: Vault) -> None:
    planned = nora.do(plan_series(TEAM, first=date(2029, 12, 25), until=date(2030, 1, 31))).value
    assert (planned.days_off, [one.on for one in planned.meetings]) == ((date(2029, 12, 25),), [date(2030, 1, 22)])


def test_a_meeting_beside_the_series_has_its_own_hour_and_place(nora: Vault, meeting: Meeting) -> None:
    beside = nora.do(plan_outside(TEAM, on=date(2026, 12, 3), starts="09.30", place="Rum 4")).value
    assert (beside.outside, beside.starts, beside.place) == (True, "09.30", "Rum 4")
    with refused(nora, MeetingThatDay):
        nora.do(plan_outside(TEAM, on=MEETS))


def test_a_moved_meeting_keeps_its_cases_and_moves_its_last_day(jonas: Vault, nora: Vault, meeting: Meeting) -> None:
    item = jonas.do(put_on_agenda(meeting.id, raised(jonas).id)).value
    moved = nora.do(move_meeting(meeting.id, on=NEXT, starts=" 15.00 ", place="Video")).value
    assert (moved.on, moved.starts, moved.stop_on) == (NEXT, "15.00", date(2026, 12, 30))
    assert [one.id for one in items(nora)] == [item.id]
    assert items(nora)[0].code == item.code


def test_a_meeting_that_has_begun_stays(nora: Vault, meeting: Meeting) -> None:
    then = on(nora, MEETS)
    then.do(open_forum(TEAM, on=MEETS))
    with refused(then, MeetingBegun):
        then.do(move_meeting(meeting.id, on=NEXT))


def test_a_cancelled_meetings_cases_move_to_the_next_under_new_codes(
    jonas: Vault, nora: Vault, meeting: Meeting
) -> None:
    following = nora.do(plan_meeting(TEAM, on=NEXT)).value
    item = jonas.do(put_on_agenda(meeting.id, raised(jonas).id)).value
    nora.do(put_general(meeting.id, question="Nya regler för studier?", asked_id=FK))
    done = nora.do(cancel_and_move(meeting.id, why="Sjukdom")).value
    assert (done.to.id, done.moved, done.left, done.meeting.cancelled_why) == (following.id, 2, 0, "Sjukdom")
    case, general = items(nora)
    assert {case.meeting_id, general.meeting_id} == {following.id}
    assert case.case_id == item.case_id
    assert case.code not in (None, item.code)
    assert general.question == "Nya regler för studier?"


def test_when_no_meeting_is_planned_the_next_by_the_rhythm_is(jonas: Vault, nora: Vault, meeting: Meeting) -> None:
    jonas.do(put_on_agenda(meeting.id, raised(jonas).id))
    done = nora.do(cancel_and_move(meeting.id, why="Sjukdom")).value
    assert (done.to.on, done.moved) == (date(2027, 1, 19), 1)


def test_what_lacks_something_on_the_new_day_is_left_and_counted(jonas: Vault, nora: Vault, meeting: Meeting) -> None:
    nora.do(plan_meeting(TEAM, on=NEXT))
    short = replace(to_nafs(AF, FK, IFO, REGION), until_on=date(2026, 12, 31))
    jonas.do(put_on_agenda(meeting.id, raised(jonas, consent=short).id))
    done = nora.do(cancel_and_move(meeting.id, why="Sjukdom")).value
    assert (done.moved, done.left) == (0, 1)


def test_a_case_whose_consent_was_taken_back_moves_nowhere(jonas: Vault, nora: Vault, meeting: Meeting) -> None:
    jonas.do(put_on_agenda(meeting.id, raised(jonas).id))
    for consent in all_of(jonas, rows.consents):
        jonas.do(withdraw_consent(consent.id, on=TODAY))
    assert nora.do(cancel_and_move(meeting.id, why="Sjukdom")).value.left == 1


def test_a_case_that_stands_on_both_stands_once(jonas: Vault, nora: Vault, meeting: Meeting) -> None:
    following, case = nora.do(plan_meeting(TEAM, on=NEXT)).value, raised(jonas)
    for there in (meeting, following):
        jonas.do(put_on_agenda(there.id, case.id))
    assert nora.do(cancel_and_move(meeting.id, why="Sjukdom")).value.moved == 1
    assert [one.meeting_id for one in items(nora)] == [following.id]


def test_a_meeting_that_agreed_on_something_was_held(jonas: Vault, nora: Vault, meeting: Meeting) -> None:
    item = jonas.do(put_on_agenda(meeting.id, raised(jonas).id)).value
    nora.do(record_agreed(item.id, next_step="Nytt intyg", responsible_id=FK, feedback_by=None, seen=1))
    with refused(nora, MeetingHasOutcomes):
        nora.do(cancel_and_move(meeting.id, why="Sjukdom"))


def test_a_nafs_meeting_is_not_cancelled_as_a_forum_which_leaves_its_cases_behind(
    nora: Vault, meeting: Meeting
) -> None:
    with refused(nora, NotFound):
        nora.do(cancel_forum(TEAM, on=meeting.on, why="Sjukdom"))


def test_a_cancellation_says_why(nora: Vault, meeting: Meeting) -> None:
    with refused(nora, TextRequired):
        nora.do(cancel_and_move(meeting.id, why=" "))


def test_a_case_without_an_answer_remains_when_the_meeting_is_closed(
    jonas: Vault, nora: Vault, meeting: Meeting
) -> None:
    case, then = raised(jonas), on(nora, MEETS)
    jonas.do(put_on_agenda(meeting.id, case.id))
    then.do(open_forum(TEAM, on=MEETS))
    then.do(close_forum(meeting.id))
    following = then.do(plan_meeting(TEAM, on=NEXT)).value
    assert then.do(put_on_agenda(following.id, case.id)).value.meeting_id == following.id
    assert one(nora, rows.nafs_cases, case.id).withdrawn_on is None


def test_a_koordinator_of_misam_plans_no_nafs_meetings(karin: Vault, nora: Vault, meeting: Meeting) -> None:
    asked: tuple[Request[Any], ...] = (
        plan_series(TEAM, first=MEETS, until=NEXT),
        plan_outside(TEAM, on=NEXT),
        move_meeting(meeting.id, on=NEXT),
        cancel_and_move(meeting.id, why="Sjukdom"),
        plan_series(MISAM, first=MEETS, until=NEXT),
    )
    for request in asked:
        with refused(karin, NotFound):
            karin.do(request)
