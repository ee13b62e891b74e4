"""The next meeting of each NAFS team on Idag, for who leads it."""

from __future__ import annotations

from datetime import date

from misam_desktop.commands.agenda import put_on_agenda
from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.forum import plan_meeting
from misam_desktop.commands.nafs_calendar import cancel_and_move
from misam_desktop.domain.codes import Role
from misam_desktop.queries.today import today
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.nafs_worlds import MEETS, TEAM, leads_the_team, raised, to_nafs
from tests.commands.worlds import AF, FK, IFO, REGION, all_of, colleague
from tests.conftest import TODAY


def test_who_leads_sees_how_full_the_next_meeting_is_and_what_waits(karin: Vault, jonas: Vault) -> None:
    nora = leads_the_team(karin)
    meeting = nora.do(plan_meeting(TEAM, on=MEETS)).value
    nora.do(plan_meeting(TEAM, on=date(2027, 1, 13)))
    jonas.do(put_on_agenda(meeting.id, raised(jonas).id))
    raised(jonas, 981)
    raised(jonas, 982, consent=to_nafs(AF, FK, REGION))
    [found] = nora.ask(today()).nafs
    assert (found.meeting.id, found.team, found.cases, found.capacity) == (meeting.id, "NAFS Norr", 1, 10)
    assert (found.waiting, found.lacking, found.out) == (2, 1, 0)
    assert IFO not in to_nafs(AF, FK, REGION).unit_ids


def test_a_case_whose_consent_was_taken_back_counts_as_not_taken_up(karin: Vault, jonas: Vault) -> None:
    nora = leads_the_team(karin)
    meeting = nora.do(plan_meeting(TEAM, on=MEETS)).value
    jonas.do(put_on_agenda(meeting.id, raised(jonas).id))
    for consent in all_of(jonas, rows.consents):
        jonas.do(withdraw_consent(consent.id, on=TODAY))
    [found] = nora.ask(today()).nafs
    assert (found.cases, found.out) == (1, 1)


def test_a_cancelled_meeting_is_not_the_next(karin: Vault) -> None:
    nora = leads_the_team(karin)
    meeting = nora.do(plan_meeting(TEAM, on=MEETS)).value
    moved = nora.do(cancel_and_move(meeting.id, why="Sjukdom")).value.to
    assert [one.meeting.id for one in nora.ask(today()).nafs] == [moved.id]


def test_who_only_leads_nafs_is_told_of_no_forum_and_others_of_no_nafs(karin: Vault, jonas: Vault) -> None:
    nora = leads_the_team(karin)
    nora.do(plan_meeting(TEAM, on=MEETS))
    hers = nora.ask(today())
    assert (len(hers.nafs), hers.next_meetings) == (1, ())
    for other in (karin, jonas):
        assert other.ask(today()).nafs == ()
        assert other.ask(today()).next_meetings


def test_who_holds_both_roles_is_told_of_both(karin: Vault) -> None:
    leads_the_team(karin).do(plan_meeting(TEAM, on=MEETS))
    both = colleague(karin, "berit", Role.KOORDINATOR, Role.NAFS_KOORDINATOR, unit_id=IFO)
    found = both.ask(today())
    assert (len(found.nafs), found.forum is not None) == (1, True)
