"""Who was asked what in NAFS and when it was answered, and which meetings were held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from misam_desktop.commands.agenda import put_on_agenda
from misam_desktop.commands.forum import close_forum, open_forum, plan_meeting, record_attendance
from misam_desktop.commands.nafs_calendar import cancel_and_move, plan_outside
from misam_desktop.commands.nafs_cases import answer_question, ask_unit, withdraw_case
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import Agency, InfoKind, Presence
from misam_desktop.domain.meeting import MeetingState
from misam_desktop.queries.nafs_ledger import meeting_register, question_ledger
from misam_desktop.queries.shown import WITHHELD
from misam_desktop.vault import Vault
from tests.commands.nafs_worlds import MEETS, TEAM, leads_the_team, questions, raised, to_nafs
from tests.commands.worlds import FK, IFO, on
from tests.conftest import TODAY


@pytest.fixture
def nora(karin: Vault) -> Vault:
    return leads_the_team(karin)


def test_a_question_is_asked_on_a_day_and_answered_on_another(jonas: Vault, nora: Vault) -> None:
    case = raised(jonas)
    later = TODAY + timedelta(days=9)
    jonas.do(put_on_agenda(nora.do(plan_meeting(TEAM, on=MEETS)).value.id, case.id))
    asked = next(one for one in questions(jonas, case) if one.unit_id == FK)
    on(nora, later).do(answer_question(asked.id, "Ja"))
    added = on(jonas, later).do(ask_unit(case.id, IFO, "När?")).value
    found = {one.id: one for one in on(nora, later).ask(question_ledger())}
    told = found[asked.id]
    assert (told.agency, told.asked_on, told.answered_on, told.days) == (Agency.FK, TODAY, later, 9)
    assert told.answered_by == "Nora"
    assert told.asked_by.startswith("Jonas")
    assert (found[added.id].asked_on, found[added.id].days, found[added.id].answered_by) == (later, None, "")


def test_a_case_that_was_taken_back_is_in_no_ledger(jonas: Vault, nora: Vault) -> None:
    case = raised(jonas)
    assert len(nora.ask(question_ledger())) == 2
    jonas.do(withdraw_case(case.id, why="Ångrade sig"))
    assert nora.ask(question_ledger()) == []


def test_a_question_that_may_not_be_read_says_so(jonas: Vault, nora: Vault) -> None:
    case = raised(jonas, consent=replace(to_nafs(), kinds=(InfoKind.GRUNDUPPGIFTER,)))
    nora.do(plan_meeting(TEAM, on=MEETS))
    assert {one.text for one in nora.ask(question_ledger()) if one.case_id == case.id} == {WITHHELD}
    assert WITHHELD not in {one.text for one in jonas.ask(question_ledger())}


def test_the_register_tells_held_cancelled_and_outside_with_who_came(jonas: Vault, nora: Vault) -> None:
    meeting = nora.do(plan_outside(TEAM, on=TODAY)).value
    case = raised(jonas)
    jonas.do(put_on_agenda(meeting.id, case.id))
    nora.do(open_forum(TEAM, on=TODAY))
    nora.do(record_attendance(meeting.id, Agency.AF, Presence.VIDEO))
    nora.do(close_forum(meeting.id))
    other = nora.do(plan_meeting(TEAM, on=MEETS)).value
    nora.do(cancel_and_move(other.id, why="Sjukdom"))
    found = {one.on: one for one in nora.ask(meeting_register())}
    held, cancelled = found[TODAY], found[MEETS]
    assert (held.state, held.outside, held.cases) == (MeetingState.CLOSED, True, frozenset({case.id}))
    assert held.present == {Agency.AF: Presence.VIDEO}
    assert (cancelled.state, cancelled.why, cancelled.cases) == (MeetingState.CANCELLED, "Sjukdom", frozenset())


def test_who_leads_no_team_counts_no_meetings(karin: Vault, jonas: Vault, nora: Vault) -> None:
    nora.do(plan_meeting(TEAM, on=date(2026, 12, 16)))
    assert karin.ask(meeting_register()) == []
    with pytest.raises(NotPermitted):
        jonas.ask(meeting_register())
