"""NAFS as lists: the meetings within reach, what a number already means, and the feedback that is owed."""

from __future__ import annotations

from datetime import date

import pytest

from misam_desktop.commands.forum import close_forum, open_forum
from misam_desktop.commands.nafs_cases import withdraw_case
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.domain.codes import Role
from misam_desktop.queries.nafs_cases import look_up_for_nafs
from misam_desktop.queries.nafs_meetings import nafs_meetings
from misam_desktop.queries.task_rows import Task, Urgency
from misam_desktop.queries.today import today
from misam_desktop.vault import Vault
from tests.commands.worlds import FK, IFO, colleague, contact_of, somebody
from tests.conftest import TODAY
from tests.gui.nafs_worlds import TEAM, on_agenda, owing, planned, raised, team


@pytest.fixture
def nora(karin: Vault) -> Vault:
    return team(karin)


@pytest.fixture
def lena(karin: Vault, nora: Vault) -> Vault:
    return colleague(karin, "lena", Role.HANDLAGGARE, unit_id=FK)


def test_meetings_to_come_stand_before_those_that_have_been(nora: Vault) -> None:
    days = [date(2026, 12, 16), date(2026, 11, 10), TODAY, date(2026, 11, 20)]
    for day in days:
        planned(nora, day)
    assert [one.on for one in nora.ask(nafs_meetings())] == [TODAY, days[0], days[3], days[1]]


def test_who_leads_sees_every_meeting_and_others_only_theirs(
    nora: Vault, jonas: Vault, lena: Vault, karin: Vault
) -> None:
    meeting = planned(nora)
    planned(nora, date(2027, 1, 13))
    on_agenda(jonas, meeting, raised(jonas))
    assert [(one.cases, one.leads) for one in nora.ask(nafs_meetings())] == [(1, True), (0, True)]
    for other in (jonas, lena):
        assert [(one.id, one.cases, one.leads) for one in other.ask(nafs_meetings())] == [(meeting.id, 1, False)]
    mia = colleague(karin, "mia", Role.HANDLAGGARE, unit_id=IFO)
    assert [one.id for one in mia.ask(nafs_meetings())] == [meeting.id]


def test_who_has_jav_sees_no_meeting_by_that_case(nora: Vault, jonas: Vault, lena: Vault) -> None:
    case = raised(jonas)
    on_agenda(jonas, planned(nora), case)
    jonas.do(shut_out(case.id, contact_of(lena)))
    assert lena.ask(nafs_meetings()) == []


def test_a_number_tells_of_the_cases_within_reach(nora: Vault, jonas: Vault, lena: Vault) -> None:
    case = raised(jonas)
    number = somebody().number
    assert [one.case_id for one in jonas.ask(look_up_for_nafs(number)).cases] == [case.id]
    assert [one.case_id for one in nora.ask(look_up_for_nafs(number)).cases] == [case.id]
    assert lena.ask(look_up_for_nafs(number)).cases == ()
    assert lena.ask(look_up_for_nafs(number)).match.person is None


def test_feedback_is_owed_by_one_until_it_is_given(nora: Vault, jonas: Vault, lena: Vault) -> None:
    item = owing(jonas, nora)
    [row] = [one for one in jonas.ask(today()).tasks if one.task is Task.FEEDBACK]
    assert (row.object_id, row.nafs_case_id, row.name) == (item.id, item.case_id, "Malin Provlund")
    assert (row.due_on, row.days_left, row.urgency) == (date(2026, 12, 1), 7, (Urgency.THIS_WEEK, 7))
    for other in (nora, lena):
        assert [one for one in other.ask(today()).tasks if one.task is Task.FEEDBACK] == []


def test_no_answer_is_waited_for_of_a_case_that_its_meeting_did_not_take_up(nora: Vault, jonas: Vault) -> None:
    item = on_agenda(jonas, planned(nora, TODAY), raised(jonas))
    assert item.case_id is not None
    jonas.do(withdraw_case(item.case_id, why="Löste sig"))
    nora.do(open_forum(TEAM, on=TODAY))
    nora.do(close_forum(item.meeting_id))
    assert [one for one in jonas.ask(today()).tasks if one.task is Task.FEEDBACK] == []
