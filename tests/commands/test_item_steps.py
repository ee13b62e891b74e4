"""Copies of the consent, and what each unit has documented: ticked off by who may, and taken back by them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from misam_desktop.commands.agenda import put_general, put_on_agenda, take_off
from misam_desktop.commands.forum import close_forum, open_forum, plan_meeting
from misam_desktop.commands.item_steps import take_back_step, tick_step
from misam_desktop.commands.nafs_calendar import cancel_and_move
from misam_desktop.domain.access import NotYourTask
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.item_steps import ItemStep, NotTicked
from misam_desktop.domain.meeting import Meeting, MeetingNotClosed
from misam_desktop.queries.agenda import agenda_of
from misam_desktop.queries.item_steps import StepLine
from misam_desktop.queries.nafs_cases import one_nafs_case
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.nafs_worlds import MEETS, TEAM, leads_the_team, raised
from tests.commands.worlds import AF, AME, FK, IFO, all_of, colleague, on, refused
from tests.conftest import TODAY

AFTER = MEETS + timedelta(days=1)
BROUGHT, POSTED, DOCUMENTED = ItemStep


@pytest.fixture
def nora(karin: Vault) -> Vault:
    """The NAFS-koordinator, at the region."""
    return leads_the_team(karin)


@pytest.fixture
def lena(karin: Vault, nora: Vault) -> Vault:
    """A handläggare at Fk, whom the case asks."""
    return colleague(karin, "lena", Role.HANDLAGGARE, unit_id=FK)


@pytest.fixture
def meeting(nora: Vault) -> Meeting:
    """The team's next."""
    return nora.do(plan_meeting(TEAM, on=MEETS)).value


@pytest.fixture
def item(jonas: Vault, meeting: Meeting) -> AgendaItem:
    """A case of Af on its agenda."""
    return jonas.do(put_on_agenda(meeting.id, raised(jonas).id)).value


def held(nora: Vault, meeting: Meeting) -> None:
    then = on(nora, MEETS)
    then.do(open_forum(TEAM, on=MEETS))
    then.do(close_forum(meeting.id))


def lines(vault: Vault, item: AgendaItem) -> dict[ItemStep, StepLine]:
    assert item.case_id is not None
    return {one.step: one for one in vault.ask(one_nafs_case(item.case_id)).steps[item.id]}


def test_each_unit_documents_for_itself_once_the_meeting_is_over(
    karin: Vault, jonas: Vault, nora: Vault, lena: Vault, meeting: Meeting, item: AgendaItem
) -> None:
    with refused(lena, MeetingNotClosed):
        lena.do(tick_step(item.id, DOCUMENTED))
    assert not lines(lena, item)[DOCUMENTED].may
    held(nora, meeting)
    done = on(lena, AFTER).do(tick_step(item.id, DOCUMENTED)).value
    assert on(lena, AFTER).do(tick_step(item.id, DOCUMENTED)).value == done
    told = lines(on(jonas, AFTER), item)[DOCUMENTED]
    assert [(one.unit_id, one.on, one.by) for one in told.done] == [(FK, AFTER, "Lena")]
    assert (told.mine, told.may) == (False, True)
    mia = on(colleague(karin, "mia", Role.HANDLAGGARE, unit_id=IFO), AFTER)
    assert lines(mia, item)[DOCUMENTED].done == ()
    with refused(jonas, NotTicked):
        on(jonas, AFTER).do(take_back_step(item.id, DOCUMENTED))
    on(lena, AFTER).do(take_back_step(item.id, DOCUMENTED))
    assert lines(on(lena, AFTER), item)[DOCUMENTED].done == ()


def test_the_copies_are_the_unit_s_that_has_the_paper_and_the_koordinator_s(
    jonas: Vault, nora: Vault, lena: Vault, item: AgendaItem
) -> None:
    jonas.do(tick_step(item.id, BROUGHT))
    assert lines(nora, item)[BROUGHT].mine
    nora.do(take_back_step(item.id, BROUGHT))
    nora.do(tick_step(item.id, POSTED))
    assert {one.step for one in all_of(nora, rows.item_steps)} == {POSTED}
    with refused(lena, NotYourTask):
        lena.do(tick_step(item.id, BROUGHT))
    assert not lines(lena, item)[POSTED].may


def test_who_may_not_read_the_case_ticks_nothing(karin: Vault, jonas: Vault, nora: Vault, item: AgendaItem) -> None:
    mia = colleague(karin, "mia", Role.HANDLAGGARE, unit_id=AME)
    with refused(mia, NotFound):
        mia.do(tick_step(item.id, BROUGHT))
    general = nora.do(put_general(item.meeting_id, question="Nya regler?")).value
    with refused(nora, NotFound):
        nora.do(tick_step(general.id, POSTED))


def test_an_item_taken_off_goes_with_what_was_ticked(jonas: Vault, nora: Vault, item: AgendaItem) -> None:
    jonas.do(tick_step(item.id, POSTED))
    nora.do(take_off(item.id))
    assert all_of(nora, rows.item_steps) == []


def test_a_copy_that_was_posted_follows_the_case_to_another_meeting_and_one_that_was_brought_does_not(
    jonas: Vault, nora: Vault, item: AgendaItem
) -> None:
    for step in (BROUGHT, POSTED):
        jonas.do(tick_step(item.id, step))
    moved = nora.do(cancel_and_move(item.meeting_id, why="Sjukdom")).value
    (line,) = nora.ask(agenda_of(moved.to.id)).lines
    assert [one.step for one in line.steps if one.done] == [POSTED]
    assert [(one.unit_id, one.on) for one in line.steps[1].done] == [(AF, TODAY)]
