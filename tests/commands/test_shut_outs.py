"""Jäv: a colleague who is kept out of a case sees nothing of it, and is not told."""

from __future__ import annotations

from typing import Any

import pytest

from misam_desktop.commands.episodes import discharge, enrol, reassign
from misam_desktop.commands.forum import cancel_forum
from misam_desktop.commands.shut_outs import let_in, shut_out, step_aside
from misam_desktop.domain.access import ForAnother
from misam_desktop.domain.codes import Role
from misam_desktop.domain.episode import AssignmentRole, Episode, EpisodeOpen
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.meeting import MeetingHasOutcomes
from misam_desktop.domain.shut_out import (
    IsShutOut,
    LastCoordinator,
    NoContact,
    WorksWithIt,
    YouCoordinateAlone,
    YouWorkWithIt,
)
from misam_desktop.queries.cases import full_number, one_case, open_cases
from misam_desktop.queries.counts import badges
from misam_desktop.queries.forum import forum_day
from misam_desktop.queries.log import log_entries
from misam_desktop.queries.meetings import meetings
from misam_desktop.queries.referrals import look_up_number, one_referral
from misam_desktop.queries.search import search_while_typing
from misam_desktop.queries.today import today
from misam_desktop.vault import Question, Vault
from tests.commands.worlds import (
    AF,
    IFO,
    MISAM,
    REGION,
    accepted,
    colleague,
    contact_of,
    ends,
    enrolled,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY


@pytest.fixture
def olle(karin: Vault) -> Vault:
    """Another handläggare at Af."""
    return colleague(karin, "olle", Role.HANDLAGGARE, unit_id=AF)


@pytest.fixture
def of_jonas(karin: Vault, jonas: Vault) -> Episode:
    return enrolled(karin, waiting(jonas), case_worker_id=contact_of(jonas))


def test_from_the_next_read_the_case_does_not_exist_for_them(jonas: Vault, olle: Vault, of_jonas: Episode) -> None:
    assert len(olle.ask(open_cases())) == 1
    jonas.do(shut_out(of_jonas.referral_id, contact_of(olle)))
    assert olle.ask(open_cases()) == []
    assert olle.ask(badges()).cases == 0
    assert olle.ask(search_while_typing("Malin")) == []
    assert olle.ask(look_up_number(somebody().number)).person is None
    pages: list[Question[Any]] = [one_case(of_jonas.id), one_referral(of_jonas.referral_id)]
    for question in (*pages, full_number(of_jonas.person_id)):
        with refused(olle, NotFound):
            olle.ask(question)
    assert of_jonas.person_id not in str([row for row in olle.ask(log_entries()) if row.allowed])


def test_who_may_read_it_sees_who_is_kept_out(jonas: Vault, olle: Vault, of_jonas: Episode) -> None:
    jonas.do(shut_out(of_jonas.referral_id, contact_of(olle)))
    assert jonas.ask(one_case(of_jonas.id)).shut_out == (contact_of(olle),)
    jonas.do(let_in(of_jonas.referral_id, contact_of(olle)))
    assert len(olle.ask(open_cases())) == 1


def test_a_koordinator_with_jav_is_not_told_by_the_forum_or_its_counts(
    karin: Vault, jonas: Vault, of_jonas: Episode
) -> None:
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    again = waiting(jonas)
    before = {row.id: row.has_open_case for row in kim.ask(forum_day(MISAM, on=TODAY)).queue}
    karin.do(shut_out(of_jonas.referral_id, contact_of(kim)))
    after = {row.id: row.has_open_case for row in kim.ask(forum_day(MISAM, on=TODAY)).queue}
    assert (before, after) == ({of_jonas.referral_id: False, again.id: True}, {again.id: False})
    assert [vault.ask(meetings())[0].cases for vault in (kim, karin)] == [1, 2]
    capacities = [vault.ask(today()).capacity for vault in (kim, karin)]
    assert [(one.open, one.began) for one in capacities if one] == [(0, 0), (1, 1)]


def test_how_many_outcomes_a_meeting_has_is_told_without_it(karin: Vault, jonas: Vault, of_jonas: Episode) -> None:
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    accepted(karin, waiting(jonas, somebody(981)))
    karin.do(shut_out(of_jonas.referral_id, contact_of(kim)))
    counts = []
    for vault in (kim, karin):
        with refused(vault, MeetingHasOutcomes) as caught:
            vault.do(cancel_forum(MISAM, on=TODAY, why="Sjukdom"))
        counts.append(caught.value.params["count"])
    assert counts == [1, 2]


def test_that_the_other_case_goes_on_is_not_told_when_they_enrol(karin: Vault, jonas: Vault, of_jonas: Episode) -> None:
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    again = accepted(karin, waiting(jonas))
    began = enrol(again.id, enrolled_on=TODAY, commissioner_id=IFO)
    with refused(kim, EpisodeOpen):
        kim.do(began)
    karin.do(shut_out(of_jonas.referral_id, contact_of(kim)))
    with refused(kim, ForAnother):
        kim.do(began)


def test_nobody_is_kept_out_of_what_they_work_with(karin: Vault, jonas: Vault, of_jonas: Episode) -> None:
    with refused(karin, WorksWithIt):
        karin.do(shut_out(of_jonas.referral_id, contact_of(jonas)))


def test_a_koordinator_stays(karin: Vault, of_jonas: Episode) -> None:
    with refused(karin, LastCoordinator):
        karin.do(shut_out(of_jonas.referral_id, contact_of(karin)))
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    karin.do(shut_out(of_jonas.referral_id, contact_of(karin)))
    with refused(karin, NotFound):
        karin.ask(one_case(of_jonas.id))
    assert kim.ask(one_case(of_jonas.id)).episode == of_jonas


def test_who_is_kept_out_does_not_get_the_case(karin: Vault, jonas: Vault, olle: Vault, of_jonas: Episode) -> None:
    jonas.do(shut_out(of_jonas.referral_id, contact_of(olle)))
    with refused(karin, IsShutOut):
        karin.do(reassign(of_jonas.id, AssignmentRole.CASE_WORKER, from_on=TODAY, contact_id=contact_of(olle)))


# «Jag är jävig»


def test_who_steps_aside_no_longer_sees_the_case_and_cannot_come_back(olle: Vault, of_jonas: Episode) -> None:
    olle.do(step_aside(of_jonas.referral_id))
    assert olle.ask(open_cases()) == []
    with refused(olle, NotFound):
        olle.do(step_aside(of_jonas.referral_id))
    with refused(olle, NotFound):
        olle.do(let_in(of_jonas.referral_id, contact_of(olle)))


def test_a_colleague_lets_in_again_who_stepped_aside(jonas: Vault, olle: Vault, of_jonas: Episode) -> None:
    olle.do(step_aside(of_jonas.referral_id))
    jonas.do(let_in(of_jonas.referral_id, contact_of(olle)))
    assert len(olle.ask(open_cases())) == 1


def test_nobody_steps_aside_from_what_they_work_with(jonas: Vault, of_jonas: Episode) -> None:
    with refused(jonas, YouWorkWithIt):
        jonas.do(step_aside(of_jonas.referral_id))


def test_after_discharge_its_handlaggare_can_step_aside(karin: Vault, jonas: Vault, of_jonas: Episode) -> None:
    karin.do(discharge(of_jonas.id, ends()))
    jonas.do(step_aside(of_jonas.referral_id))
    with refused(jonas, NotFound):
        jonas.ask(one_case(of_jonas.id))


def test_the_last_koordinator_does_not_step_aside(karin: Vault, of_jonas: Episode) -> None:
    with refused(karin, YouCoordinateAlone):
        karin.do(step_aside(of_jonas.referral_id))
    colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    karin.do(step_aside(of_jonas.referral_id))


def test_of_a_protected_person_another_owner_must_coordinate(karin: Vault, jonas: Vault) -> None:
    referral = waiting(jonas, somebody(protected=True))
    colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    with refused(karin, YouCoordinateAlone):
        karin.do(step_aside(referral.id))


def test_who_is_no_contact_is_told_so(karin: Vault, jonas: Vault) -> None:
    referral = waiting(jonas)
    eva = colleague(karin, "eva", Role.KOORDINATOR, unit_id=IFO, contact_id=None)
    with refused(eva, NoContact):
        eva.do(step_aside(referral.id))


def test_a_case_beyond_reach_is_stepped_aside_from_by_nobody(karin: Vault, jonas: Vault, of_jonas: Episode) -> None:
    lena = colleague(karin, "lena", Role.HANDLAGGARE, unit_id=REGION)
    with refused(lena, NotFound):
        lena.do(step_aside(of_jonas.referral_id))
