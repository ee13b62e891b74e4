"""More than a meeting has time for: items move to the next one, and what cannot is told with why."""

from __future__ import annotations

from datetime import date

import pytest

from misam_desktop.commands.agenda import put_general, put_on_agenda, record_agreed
from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.forum import close_forum, open_forum, plan_meeting
from misam_desktop.commands.nafs_calendar import move_on
from misam_desktop.domain.agenda import AgendaItem, AlreadyOnAgenda, TakenUp
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.meeting import Meeting, MeetingClosed
from misam_desktop.domain.nafs import NotReady
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.nafs_worlds import MEETS, TEAM, items, leads_the_team, raised
from tests.commands.worlds import FK, all_of, on, refused
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


def put(jonas: Vault, meeting: Meeting, serial: int = 980) -> AgendaItem:
    return jonas.do(put_on_agenda(meeting.id, raised(jonas, serial).id)).value


def on_meeting(vault: Vault, meeting: Meeting) -> list[AgendaItem]:
    return [one for one in items(vault) if one.meeting_id == meeting.id]


def test_what_there_is_no_time_for_moves_to_the_next_meeting_in_its_order_under_new_codes(
    jonas: Vault, nora: Vault, meeting: Meeting
) -> None:
    first, second, third = (put(jonas, meeting, serial) for serial in (980, 981, 982))
    general = nora.do(put_general(meeting.id, question="Nya regler för studier?", asked_id=FK)).value
    later = nora.do(plan_meeting(TEAM, on=NEXT)).value
    moved = nora.do(move_on(meeting.id, [general.id, third.id, second.id])).value
    assert (moved.to.id, moved.moved, moved.left) == (later.id, (second.id, third.id, general.id), ())
    assert [one.id for one in on_meeting(nora, meeting)] == [first.id]
    there = on_meeting(nora, later)
    assert [one.case_id for one in there] == [second.case_id, third.case_id, None]
    assert {one.code for one in there} & {second.code, third.code} == set()


def test_when_no_meeting_is_planned_the_next_by_the_rhythm_is(jonas: Vault, nora: Vault, meeting: Meeting) -> None:
    moved = nora.do(move_on(meeting.id, [put(jonas, meeting).id])).value
    assert moved.to.on > meeting.on
    assert moved.to.activity_id == TEAM


def test_what_could_not_move_stays_and_says_why(jonas: Vault, nora: Vault, meeting: Meeting) -> None:
    lacking, done = put(jonas, meeting, 980), put(jonas, meeting, 981)
    consent = next(one for one in all_of(jonas, rows.consents) if one.case_id == lacking.case_id)
    jonas.do(withdraw_consent(consent.id, on=TODAY))
    nora.do(record_agreed(done.id, next_step="Nytt intyg", responsible_id=FK, feedback_by=None, seen=1))
    moved = nora.do(move_on(meeting.id, [lacking.id, done.id])).value
    assert moved.moved == ()
    assert [(one.item_id, type(one.why)) for one in moved.left] == [(lacking.id, NotReady), (done.id, TakenUp)]
    assert {one.id for one in on_meeting(nora, meeting)} == {lacking.id, done.id}


def test_a_case_can_stand_on_two_meetings_and_then_moves_into_its_place_on_the_other(
    jonas: Vault, nora: Vault, meeting: Meeting
) -> None:
    case, later = raised(jonas), nora.do(plan_meeting(TEAM, on=NEXT)).value
    here, there = (jonas.do(put_on_agenda(one.id, case.id)).value for one in (meeting, later))
    with refused(jonas, AlreadyOnAgenda):
        jonas.do(put_on_agenda(meeting.id, case.id))
    assert nora.do(move_on(meeting.id, [here.id])).value.moved == (here.id,)
    assert [one.id for one in items(nora)] == [there.id]


def test_of_a_meeting_that_is_over_nothing_moves_nor_what_stands_on_another(
    jonas: Vault, nora: Vault, meeting: Meeting
) -> None:
    item, other = put(jonas, meeting), nora.do(plan_meeting(TEAM, on=NEXT)).value
    with refused(nora, NotFound):
        nora.do(move_on(other.id, [item.id]))
    then = on(nora, MEETS)
    then.do(open_forum(TEAM, on=MEETS))
    then.do(close_forum(meeting.id))
    with refused(nora, MeetingClosed):
        then.do(move_on(meeting.id, [item.id]))


def test_only_who_leads_the_meeting_moves(karin: Vault, jonas: Vault, meeting: Meeting) -> None:
    item = put(jonas, meeting)
    with refused(karin, NotFound):
        karin.do(move_on(meeting.id, [item.id]))
