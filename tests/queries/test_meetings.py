"""The list of meetings: which team, when, where it stands, how many cases, and nothing personal."""

from __future__ import annotations

from datetime import date

from misam_desktop.commands.agenda import put_on_agenda
from misam_desktop.commands.forum import (
    cancel_forum,
    close_forum,
    open_forum,
    plan_meeting,
    record_outcome,
    take_back_outcome,
)
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.codes import Outcome, Role
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.meeting import MeetingState
from misam_desktop.queries.meetings import MeetingRow, meetings
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.nafs_worlds import MEETS, TEAM, leads_the_team, raised
from tests.commands.worlds import IFO, MISAM, colleague, entries, on, refused, somebody, waiting
from tests.conftest import TODAY


def test_a_meeting_says_its_team_day_state_and_cases(karin: Vault) -> None:
    first, _second = waiting(karin), waiting(karin, somebody(981))
    meeting = karin.do(open_forum(MISAM, on=TODAY)).value
    karin.do(record_outcome(first.id, Outcome.ANTAS, meeting_id=meeting.id))
    assert karin.ask(meetings()) == [
        MeetingRow(meeting.id, Kind.FORUM, "MISAM", TODAY, MeetingState.OPEN, cases=2, codes=True)
    ]


def test_the_newest_stand_first(karin: Vault) -> None:
    for day in (date(2026, 11, 10), date(2026, 11, 24), date(2026, 11, 17)):
        on(karin, day).do(open_forum(MISAM, on=day))
    assert [row.on.day for row in karin.ask(meetings())] == [24, 17, 10]


def test_what_waits_is_counted_to_the_next_meeting_alone(karin: Vault) -> None:
    waiting(karin)
    for day in (date(2026, 11, 10), TODAY):
        on(karin, day).do(open_forum(MISAM, on=day))
    assert [row.cases for row in karin.ask(meetings())] == [0, 1]


def test_of_a_nafs_meeting_the_cases_on_its_agenda_are_counted(karin: Vault, jonas: Vault) -> None:
    nora = leads_the_team(karin)
    meeting = nora.do(plan_meeting(TEAM, on=MEETS)).value
    jonas.do(put_on_agenda(meeting.id, raised(jonas).id))
    assert [(row.kind, row.cases) for row in nora.ask(meetings())] == [(Kind.NAFS, 1)]


def test_an_outcome_that_was_taken_back_waits_again(karin: Vault) -> None:
    referral = waiting(karin)
    meeting = karin.do(open_forum(MISAM, on=TODAY)).value
    karin.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=meeting.id))
    karin.do(take_back_outcome(referral.id))
    karin.do(close_forum(meeting.id))
    [row] = karin.ask(meetings())
    assert (row.state, row.cases) == (MeetingState.CLOSED, 0)


def test_a_cancelled_meeting_has_no_agenda_and_after_90_days_no_other_has(karin: Vault) -> None:
    karin.do(cancel_forum(MISAM, on=date(2026, 12, 1), why="Sjukdom"))
    old = date(2026, 8, 25)
    on(karin, old).do(open_forum(MISAM, on=old))
    assert [(row.on, row.codes) for row in karin.ask(meetings())] == [(date(2026, 12, 1), False), (old, False)]
    assert [row.codes for row in on(karin, date(2026, 11, 23)).ask(meetings())] == [False, True]


def test_a_koordinator_sees_the_meetings_of_her_activities(karin: Vault) -> None:
    nafs = founding.reference_activity("nafs", activity_id="nafs-1", name="NAFS Byske")
    with writing(karin._engine) as conn:
        rows.activities.add(conn, nafs)
    byske = colleague(karin, "mia", Role.NAFS_KOORDINATOR, unit_id=IFO, activity_ids=(ActivityId("nafs-1"),))
    karin.do(open_forum(MISAM, on=TODAY))
    byske.do(open_forum(nafs.id, on=TODAY))
    assert [(row.team, row.kind) for row in byske.ask(meetings())] == [("NAFS Byske", Kind.NAFS)]


def test_only_a_koordinator_sees_them_and_that_she_looked_is_logged(karin: Vault, jonas: Vault) -> None:
    karin.ask(meetings())
    assert entries(karin)[-1].action == "meetings.listed"
    with refused(jonas, NotPermitted):
        jonas.ask(meetings())
