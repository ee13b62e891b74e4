"""A NAFS team is set by who leads it: its rhythm, its days, and who comes from each unit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from misam_desktop.commands.forum import plan_meeting
from misam_desktop.commands.nafs_teams import set_nafs_team
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.ids import ActivityId, ContactId
from misam_desktop.domain.nafs_team import ContactElsewhere, NameTaken, facts_of
from misam_desktop.queries.desk import desk
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.nafs_worlds import MEETS, TEAM, leads_the_team
from tests.commands.worlds import AF, FK, IFO, MISAM, contact_of, refused


@pytest.fixture
def nora(karin: Vault) -> Vault:
    return leads_the_team(karin)


def team_of(vault: Vault) -> Activity:
    return vault.ask(desk()).activity(TEAM)


def test_a_team_is_set_and_what_is_planned_stays(nora: Vault, jonas: Vault) -> None:
    before = nora.do(plan_meeting(TEAM, on=MEETS)).value
    team = team_of(nora)
    facts = replace(facts_of(team), name="NAFS Kust", starts="10.00", stop_days=3)
    saved = nora.do(set_nafs_team(TEAM, facts, parts={AF: contact_of(jonas), FK: None}, seen=team.version)).value
    assert (saved.name, saved.settings.rhythm.starts, saved.version) == ("NAFS Kust", "10.00", team.version + 1)
    assert nora.ask(desk()).parts_of(TEAM) == {AF: contact_of(jonas), FK: None}
    again = nora.do(plan_meeting(TEAM, on=MEETS)).value
    assert (again.starts, again.stop_on) == (before.starts, before.stop_on)


def test_who_comes_is_said_anew_each_time(nora: Vault) -> None:
    facts = facts_of(team_of(nora))
    nora.do(set_nafs_team(TEAM, facts, parts={AF: None, FK: None}, seen=1))
    nora.do(set_nafs_team(TEAM, facts, parts={IFO: None}, seen=2))
    assert nora.ask(desk()).parts_of(TEAM) == {IFO: None}


def test_a_contact_person_comes_for_their_own_unit(nora: Vault, jonas: Vault) -> None:
    facts = facts_of(team_of(nora))
    with refused(nora, ContactElsewhere):
        nora.do(set_nafs_team(TEAM, facts, parts={FK: contact_of(jonas)}, seen=1))
    with refused(nora, NotFound):
        nora.do(set_nafs_team(TEAM, facts, parts={FK: ContactId("nobody")}, seen=1))
    assert nora.ask(desk()).parts_of(TEAM) == {}


def test_another_teams_name_is_taken(karin: Vault, nora: Vault) -> None:
    with writing(karin._engine) as conn:
        other = founding.reference_activity("nafs", activity_id=ActivityId("nafs-syd"), name="NAFS Syd")
        rows.activities.add(conn, other)
    with refused(nora, NameTaken):
        nora.do(set_nafs_team(TEAM, replace(facts_of(team_of(nora)), name="NAFS syd"), parts={}, seen=1))
    with refused(nora, NotFound):
        nora.do(set_nafs_team(other.id, facts_of(other), parts={}, seen=1))


def test_two_who_set_it_at_once_never_overwrite_each_other(nora: Vault) -> None:
    facts = facts_of(team_of(nora))
    nora.do(set_nafs_team(TEAM, facts, parts={}, seen=1))
    with refused(nora, Stale):
        nora.do(set_nafs_team(TEAM, facts, parts={}, seen=1))


def test_a_koordinator_sets_no_nafs_team_and_this_sets_no_forum(karin: Vault, nora: Vault) -> None:
    facts = facts_of(team_of(nora))
    for team_id in (TEAM, MISAM):
        with refused(karin, NotFound):
            karin.do(set_nafs_team(team_id, facts, parts={}, seen=1))
