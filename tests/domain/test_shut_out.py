"""Jäv: whom nobody is kept out for, and who does not get the case."""

from __future__ import annotations

import pytest

from misam_desktop.domain.ids import ReferralId, UserId
from misam_desktop.domain.shut_out import (
    IsShutOut,
    LastCoordinator,
    ShutOut,
    WorksWithIt,
    must_be_let_in,
    must_leave_a_coordinator,
    must_not_work_with_it,
)
from tests.domain.worlds import JONAS, LISA, SARA, TODAY

KEPT_OUT = ShutOut(id="s", referral_id=ReferralId("r"), contact_id=JONAS, by=UserId("karin"), on=TODAY)


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
