"""Uppföljningar: which stand in the list, how they stand there, and what the form of one is prefilled with."""

from __future__ import annotations

from datetime import date

import pytest

from misam_desktop.commands.episodes import discharge
from misam_desktop.commands.follow_ups import move_follow_up, not_reached, record_follow_up
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.activity import Anchor
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.follow_up import FollowUpState
from misam_desktop.domain.ids import FollowUpId
from misam_desktop.queries.follow_ups import one_follow_up, open_follow_ups
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    IN_WORK,
    ON_SUPPORT,
    colleague,
    contact_of,
    ends,
    enrolled,
    follow_ups,
    found,
    on,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY
from tests.queries.worlds import reads

BEGAN = date(2026, 8, 31)
DUE = date(2026, 11, 30)


@pytest.fixture
def jonas_case(karin: Vault, jonas: Vault) -> Episode:
    """An episode whose first follow-up, Jonas', is due in six days."""
    return enrolled(karin, day=BEGAN, case_worker_id=contact_of(jonas))


def test_a_row_says_whose_it_is_and_when(jonas: Vault, jonas_case: Episode) -> None:
    [row] = jonas.ask(open_follow_ups(mine=True))
    assert (row.episode_id, row.name, row.number) == (jonas_case.id, "Malin Provlund", "850312-••••")
    assert (row.anchor, row.months, row.due_on, row.days_left) == (Anchor.ENROLMENT, 3, DUE, 6)
    assert (row.state, row.owner, row.commissioner) == (FollowUpState.SNART, "Jonas Vall", "IFO")


def test_the_list_reaches_three_months_ahead_or_to_a_day(jonas: Vault, jonas_case: Episode) -> None:
    assert [row.months for row in jonas.ask(open_follow_ups())] == [3]
    assert [row.months for row in jonas.ask(open_follow_ups(until=date(2027, 3, 1)))] == [3, 6]
    assert jonas.ask(open_follow_ups(until=date(2026, 11, 29))) == []


def test_what_is_late_says_by_how_much(jonas: Vault, jonas_case: Episode) -> None:
    [row] = on(jonas, date(2026, 12, 10)).ask(open_follow_ups(until=DUE))
    assert (row.state, row.days_left) == (FollowUpState.FORFALLEN, -10)


def test_mine_are_those_the_actor_owns(karin: Vault, jonas: Vault, jonas_case: Episode) -> None:
    assert karin.ask(open_follow_ups(mine=True)) == []
    assert [row.months for row in karin.ask(open_follow_ups())] == [3]


def test_a_user_who_is_nobodys_handlaggare_owns_none(karin: Vault) -> None:
    """Nor those that nobody owns, which stand with no owner either."""
    enrolled(karin, day=BEGAN)
    nobody = colleague(karin, "nobody", *karin.actor.roles, unit_id=karin.actor.unit_id, contact_id=None)
    assert nobody.ask(open_follow_ups(mine=True)) == []
    assert len(nobody.ask(open_follow_ups())) == 1


def test_what_is_done_or_cancelled_is_gone(karin: Vault, jonas: Vault, jonas_case: Episode) -> None:
    all_year = open_follow_ups(until=date(2027, 8, 31))
    jonas.do(record_follow_up(follow_ups(jonas, jonas_case)[0].id, found()))
    assert [row.months for row in jonas.ask(all_year)] == [6, 9, 12]
    jonas.do(discharge(jonas_case.id, ends()))
    assert jonas.ask(all_year) == []


def test_a_moved_one_keeps_the_day_it_had(jonas: Vault, jonas_case: Episode) -> None:
    first = follow_ups(jonas, jonas_case)[0]
    jonas.do(move_follow_up(first.id, to=date(2026, 12, 4), why="Bortrest"))
    [row] = jonas.ask(open_follow_ups())
    assert (row.due_on, row.original_due_on) == (date(2026, 12, 4), DUE)


def test_one_who_could_not_be_reached_counts_the_tries(jonas: Vault, jonas_case: Episode) -> None:
    first = follow_ups(jonas, jonas_case)[0]
    jonas.do(not_reached(first.id, tried_on=TODAY, retry_on=date(2026, 12, 4)))
    [row] = jonas.ask(open_follow_ups())
    assert (row.state, row.tries) == (FollowUpState.KUNDE_INTE_NAS, 1)


def test_others_units_follow_ups_are_not_there(lena: Vault, jonas_case: Episode) -> None:
    assert lena.ask(open_follow_ups()) == []


def test_a_protected_person_stands_there_without_a_name(karin: Vault, jonas: Vault) -> None:
    enrolled(karin, waiting(karin, somebody(protected=True)), case_worker_id=contact_of(jonas))
    [row] = jonas.ask(open_follow_ups())
    assert (row.name, row.number) == ("Skyddad", "Skyddad")


def test_the_list_is_logged_as_one_read(jonas: Vault, jonas_case: Episode) -> None:
    jonas.ask(open_follow_ups())
    assert reads(jonas, "follow_ups.listed") == [("", "", 1)]


def test_ledning_sees_no_list(bo: Vault) -> None:
    with refused(bo, NotPermitted):
        bo.ask(open_follow_ups())


# One follow-up


def test_the_first_form_is_prefilled_from_the_entry(jonas: Vault, jonas_case: Episode) -> None:
    page = jonas.ask(one_follow_up(follow_ups(jonas, jonas_case)[0].id))
    assert (page.last_step, page.last_livelihoods, page.last_next_step) == (None, ON_SUPPORT, "")
    assert (page.person.full_name, page.episode) == ("Malin Provlund", jonas_case)


def test_the_next_form_is_prefilled_from_the_last_time(jonas: Vault, jonas_case: Episode) -> None:
    first, second, *_ = follow_ups(jonas, jonas_case)
    jonas.do(record_follow_up(first.id, found(step=3, livelihoods=IN_WORK, next_step="Heltid")))
    page = jonas.ask(one_follow_up(second.id))
    assert (page.last_step, page.last_livelihoods, page.last_next_step) == (3, IN_WORK, "Heltid")


def test_opening_one_is_logged_about_its_person(jonas: Vault, jonas_case: Episode) -> None:
    first = follow_ups(jonas, jonas_case)[0]
    jonas.ask(one_follow_up(first.id))
    assert reads(jonas, "follow_up.opened") == [(first.id, jonas_case.person_id, 1)]


def test_one_beyond_reach_reads_like_one_that_does_not_exist(lena: Vault, jonas_case: Episode) -> None:
    for follow_up_id in (follow_ups(lena, jonas_case)[0].id, FollowUpId("none")):
        with refused(lena, NotFound):
            lena.ask(one_follow_up(follow_up_id))
