"""Jäv: whom nobody is kept out for, and who does not get the case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.ids import AgendaItemId, CaseId, MeetingId, ReferralId, UserId
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.shut_out import (
    IsShutOut,
    LastCoordinator,
    NoContact,
    ShutOut,
    WorksWithIt,
    must_be_a_contact,
    must_be_let_in,
    must_leave_a_coordinator,
    must_not_work_with_it,
    who_work_with,
    who_work_with_nafs,
)
from tests.domain.worlds import AF, JONAS, LISA, NAFS, NOW, PERSON, SARA, TODAY, episode, follow_up, referral

KEPT_OUT = ShutOut(id="s", case_id=ReferralId("r"), contact_id=JONAS, by=UserId("karin"), on=TODAY)


def test_nobody_is_kept_out_of_what_they_work_with() -> None:
    must_not_work_with_it(JONAS, {LISA})
    with pytest.raises(WorksWithIt):
        must_not_work_with_it(JONAS, {JONAS, LISA})


def test_one_koordinator_stays() -> None:
    must_leave_a_coordinator([SARA, LISA], {SARA})
    with pytest.raises(LastCoordinator):
        must_leave_a_coordinator([SARA, LISA], {SARA, LISA})


def test_who_is_kept_out_does_not_get_the_case() -> None:
    must_be_let_in([LISA, None], [KEPT_OUT], field="case_worker_id")
    with pytest.raises(IsShutOut):
        must_be_let_in([LISA, JONAS], [KEPT_OUT], field="case_worker_id")


def test_before_the_enrolment_its_handlaggare_works_with_it() -> None:
    assert who_work_with(referral(contact_id=SARA), None, ()) == {SARA}
    assert who_work_with(referral(), None, ()) == set()


def test_while_it_goes_on_all_who_have_a_part_in_it_work_with_it() -> None:
    of_sara = follow_up(owner_id=SARA)
    assert who_work_with(referral(), episode(), [of_sara]) == {JONAS, LISA, SARA}
    assert who_work_with(referral(contact_id=SARA), episode(case_lead_id=None), [follow_up()]) == {JONAS, SARA}


def test_after_discharge_only_what_is_still_to_be_followed_up_counts() -> None:
    ended = episode(discharged_on=TODAY)
    done = [follow_up(done_on=TODAY), follow_up(cancelled_on=TODAY), follow_up(owner_id=None)]
    assert who_work_with(referral(contact_id=SARA), ended, done) == set()
    assert who_work_with(referral(contact_id=SARA), ended, [*done, follow_up(owner_id=LISA)]) == {LISA}


def test_of_a_nafs_case_those_who_brought_it_and_who_owes_the_answer_work_with_it() -> None:
    case = NafsCase(id=CaseId("n"), person_id=PERSON, activity_id=NAFS, unit_id=AF, raised_by=JONAS, raised_on=TODAY)
    owed = AgendaItem(
        id=AgendaItemId("i"), meeting_id=MeetingId("m"), case_id=case.id, place=1, added_at=NOW, feedback_by=SARA
    )
    assert who_work_with_nafs(replace(case, passed_by=LISA), [owed]) == {JONAS, LISA, SARA}
    assert who_work_with_nafs(case, [replace(owed, feedback_on=TODAY)]) == {JONAS}
    assert who_work_with_nafs(replace(case, withdrawn_on=TODAY), [owed]) == set()


def test_who_steps_aside_is_a_contact() -> None:
    assert must_be_a_contact(JONAS) == JONAS
    with pytest.raises(NoContact):
        must_be_a_contact(None)
