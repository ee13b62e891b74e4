"""Papper och utskick: what there is to send, when it was sent, and what must come back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from misam_desktop.commands.agenda import put_general, put_on_agenda, take_off
from misam_desktop.commands.consents import record_consent, withdraw_consent
from misam_desktop.commands.forum import close_forum, open_forum, plan_meeting
from misam_desktop.commands.meeting_papers import give_agenda, give_keys, give_minutes, mark_sent, note_recalled
from misam_desktop.commands.nafs_calendar import cancel_and_move
from misam_desktop.commands.protection import protect
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.domain.agenda import AgendaItem, NothingAdded
from misam_desktop.domain.codes import Act, PaperKind, Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.recall import Recall, Why
from misam_desktop.queries.agenda import agenda_of
from misam_desktop.queries.keys import keys_preview
from misam_desktop.queries.nafs_cases import one_nafs_case
from misam_desktop.queries.outgoing import OutPaper, outgoing
from misam_desktop.store import codes, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import ProofNeeded, Vault
from tests.commands.nafs_worlds import MEETS, TEAM, leads_the_team, raised, to_nafs
from tests.commands.worlds import (
    AF,
    AME,
    FK,
    IFO,
    REGION,
    all_of,
    colleague,
    contact_of,
    entries,
    later,
    on,
    refused,
)
from tests.conftest import CLOCK, TODAY
from tests.documents.worlds import said

ALL = (AF, FK, IFO, REGION)
P = PaperKind


@pytest.fixture
def nora(karin: Vault) -> Vault:
    """The NAFS-koordinator, at the region."""
    return leads_the_team(karin)


@pytest.fixture
def meeting(nora: Vault) -> Meeting:
    """The team's next."""
    return nora.do(plan_meeting(TEAM, on=MEETS)).value


@pytest.fixture
def case(jonas: Vault, nora: Vault) -> NafsCase:
    """One that all may read."""
    return raised(jonas)


@pytest.fixture
def item(jonas: Vault, meeting: Meeting, case: NafsCase) -> AgendaItem:
    """Its place on the agenda."""
    return jonas.do(put_on_agenda(meeting.id, case.id)).value


def there(nora: Vault, meeting: Meeting, to: tuple[UnitId, ...] | None = None) -> list[tuple[PaperKind, str, int]]:
    found = nora.ask(outgoing(meeting.id, receivers=to)).papers
    return [(one.kind, one.unit_id or "", len(one.codes) + one.general) for one in found]


def one(nora: Vault, meeting: Meeting, kind: PaperKind, unit_id: UnitId | None = None) -> OutPaper:
    found = nora.ask(outgoing(meeting.id)).papers
    return next(paper for paper in found if (paper.kind, paper.unit_id) == (kind, unit_id))


def given(nora: Vault, meeting: Meeting, *, unit: UnitId | None = None, added: bool = False) -> str:
    asked = give_agenda(meeting.id, for_unit=unit, addendum=added, act=Act.UTSKRIFT)
    return said(nora.do(asked).value.paper)


def recalled(vault: Vault, meeting: Meeting) -> tuple[Recall, ...]:
    return vault.ask(agenda_of(meeting.id)).recall


def take_back(vault: Vault, case: NafsCase, day: date = TODAY) -> None:
    for consent in all_of(vault, rows.consents):
        if consent.case_id == case.id:
            on(vault, day).do(withdraw_consent(consent.id, on=day))


# What there is


def test_an_empty_meeting_has_a_dagordning_for_whoever_leads_it(nora: Vault, meeting: Meeting) -> None:
    assert there(nora, meeting) == [(P.DAGORDNING, "", 0)]
    assert there(nora, meeting, ()) == []


def test_each_unit_has_its_own_papers_and_its_key(
    jonas: Vault, nora: Vault, meeting: Meeting, item: AgendaItem
) -> None:
    to = (*ALL, AME)
    jonas.do(put_on_agenda(meeting.id, raised(jonas, 981, consent=to_nafs(*to)).id))
    nora.do(put_general(meeting.id, question="Vad gäller för studier?"))
    found = there(nora, meeting, to)
    assert found[0] == (P.DAGORDNING, "", 2)
    assert found[1:3] == [(P.DAGORDNING, AF, 1), (P.KODNYCKEL, AF, 2)]
    assert found[-1] == (P.KODNYCKEL, AME, 1)


def test_after_the_meeting_the_minutes_come_first(nora: Vault, meeting: Meeting, item: AgendaItem) -> None:
    then = on(nora, MEETS)
    then.do(open_forum(TEAM, on=MEETS))
    then.do(close_forum(meeting.id))
    kinds = [kind for kind, unit, _ in there(then, meeting) if not unit]
    assert kinds == [P.MINNESANTECKNINGAR, P.DAGORDNING]
    assert there(on(nora, MEETS + timedelta(days=91)), meeting) == []


def test_a_paper_says_when_and_how_it_last_left(nora: Vault, meeting: Meeting, item: AgendaItem) -> None:
    assert one(nora, meeting, P.KODNYCKEL, FK).last_on is None
    nora.do(give_keys(meeting.id, FK, act=Act.MEJLUTKAST))
    given(nora, meeting)
    key = one(nora, meeting, P.KODNYCKEL, FK)
    assert (key.last_on, key.last_act) == (TODAY, Act.MEJLUTKAST)
    assert one(nora, meeting, P.KODNYCKEL, IFO).last_on is None
    assert one(nora, meeting, P.DAGORDNING).last_act is Act.UTSKRIFT


def test_only_who_leads_the_meeting_sees_what_is_sent(karin: Vault, nora: Vault, meeting: Meeting) -> None:
    with pytest.raises(NotFound):
        karin.ask(outgoing(meeting.id))


# A key is looked at


def test_looking_at_a_key_asks_for_the_password_names_whom_it_tells_and_gives_it_to_nobody(
    nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    with pytest.raises(ProofNeeded):
        Vault(nora._engine, nora.actor, CLOCK).ask(keys_preview(meeting.id, FK))
    assert "Malin Provlund" in said(nora.ask(keys_preview(meeting.id, FK)))
    assert [(e.action, e.person_id) for e in entries(nora)][-1] == ("keys.previewed", case.person_id)
    assert not [act for act in all_of(nora, rows.disclosures) if act.paper]


def test_the_key_of_another_unit_is_not_looked_at(
    karin: Vault, nora: Vault, meeting: Meeting, item: AgendaItem
) -> None:
    lena = colleague(karin, "lena", Role.HANDLAGGARE, unit_id=FK)
    assert "Provlund" in said(lena.ask(keys_preview(meeting.id, FK)))
    with pytest.raises(NotFound):
        lena.ask(keys_preview(meeting.id, IFO))


# When it was sent


def test_what_came_between_the_printing_and_the_marking_is_added(
    jonas: Vault, nora: Vault, meeting: Meeting, item: AgendaItem
) -> None:
    given(nora, meeting)
    later(jonas, minutes=5).do(put_on_agenda(meeting.id, raised(jonas, 981).id))
    after = later(nora, minutes=9)
    assert after.ask(outgoing(meeting.id)).unsent
    after.do(mark_sent(meeting.id))
    assert not after.ask(outgoing(meeting.id)).unsent
    assert (P.TILLAGG, "", 1) in there(after, meeting)


def test_a_second_tillaggsdagordning_does_not_repeat_the_first(
    jonas: Vault, nora: Vault, meeting: Meeting, item: AgendaItem
) -> None:
    given(nora, meeting)
    nora.do(mark_sent(meeting.id))
    first = later(nora, minutes=5)
    first.do(put_general(meeting.id, question="Nya regler för studier?"))
    assert "Nya regler" in given(first, meeting, added=True)
    first.do(mark_sent(meeting.id))
    with refused(first, NothingAdded):
        given(first, meeting, added=True)
    second = later(nora, minutes=10)
    second.do(put_general(meeting.id, question="Vem bokar rummet?"))
    told = given(second, meeting, added=True)
    assert "Vem bokar rummet?" in told
    assert "Nya regler" not in told


def test_marked_twice_with_nothing_new_that_left_it_keeps_its_day(nora: Vault, meeting: Meeting) -> None:
    given(nora, meeting)
    nora.do(mark_sent(meeting.id))
    general = later(nora, minutes=5)
    general.do(put_general(meeting.id, question="Nya regler för studier?"))
    general.do(mark_sent(meeting.id))
    assert (P.TILLAGG, "", 1) in there(general, meeting)


def test_an_addition_for_one_unit_waits_until_it_has_left(
    jonas: Vault, nora: Vault, meeting: Meeting, item: AgendaItem
) -> None:
    to = (*ALL, AME)
    nora.do(give_agenda(meeting.id, receivers=to, act=Act.UTSKRIFT))
    nora.do(mark_sent(meeting.id))
    later(jonas, minutes=5).do(put_on_agenda(meeting.id, raised(jonas, 981).id))
    after = later(nora, minutes=6)
    assert after.ask(outgoing(meeting.id, receivers=to)).waiting == ALL
    added = give_agenda(meeting.id, receivers=to, for_unit=FK, addendum=True, act=Act.UTSKRIFT)
    assert after.do(added).value.receivers == (FK,)
    found = after.ask(outgoing(meeting.id, receivers=to))
    assert (found.unsent, found.waiting) == (True, (AF, IFO, REGION))


# What must come back


def test_a_consent_taken_back_lists_who_got_which_paper_how_and_when(
    jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    given(nora, meeting)
    nora.do(give_keys(meeting.id, FK, act=Act.MEJLUTKAST))
    assert recalled(nora, meeting) == ()
    take_back(jonas, case)
    (found,) = recalled(nora, meeting)
    assert (found.code, found.why, found.case_id) == (item.code, Why.ENDED, case.id)
    acts = {(act.paper, act.unit_id, act.act, act.on) for act in found.given}
    assert acts == {(P.DAGORDNING, unit, Act.UTSKRIFT, TODAY) for unit in ALL} | {
        (P.KODNYCKEL, FK, Act.MEJLUTKAST, TODAY)
    }
    assert nora.ask(outgoing(meeting.id)).recall == (found,)


def test_the_case_lists_them_too(jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem) -> None:
    given(nora, meeting)
    take_back(jonas, case)
    ((of, found),) = jonas.ask(one_nafs_case(case.id)).recall
    assert (of.id, found.why, len(found.given)) == (meeting.id, Why.ENDED, 4)


def test_minutes_that_have_left_come_back_too(
    jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    then = on(nora, MEETS)
    then.do(open_forum(TEAM, on=MEETS))
    then.do(close_forum(meeting.id))
    then.do(give_minutes(meeting.id, act=Act.UTSKRIFT))
    take_back(jonas, case, MEETS + timedelta(days=1))
    (found,) = recalled(on(nora, MEETS + timedelta(days=1)), meeting)
    assert {act.paper for act in found.given} == {P.MINNESANTECKNINGAR}


def test_an_item_taken_off_after_its_paper_left_does_not_vanish(
    jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    given(nora, meeting)
    nora.do(take_off(item.id))
    (found,) = recalled(nora, meeting)
    assert (found.code, found.why) == (item.code, Why.TAKEN_OFF)
    again = jonas.do(put_on_agenda(meeting.id, case.id)).value
    assert again.code != item.code
    assert [one.code for one in recalled(nora, meeting)] == [item.code]


def test_an_item_taken_off_before_any_paper_left_is_just_gone(nora: Vault, meeting: Meeting, item: AgendaItem) -> None:
    nora.do(take_off(item.id))
    assert recalled(nora, meeting) == ()


def test_a_new_consent_without_a_unit_calls_back_what_that_unit_got(
    jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    given(nora, meeting)
    later(jonas, minutes=1).do(record_consent(case.id, to_nafs(AF, IFO, REGION)))
    (found,) = recalled(nora, meeting)
    assert (found.why, [act.unit_id for act in found.given]) == (Why.NARROWED, [FK])


def test_of_a_person_who_is_protected_since_only_the_owners_are_told(
    karin: Vault, jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    nils = colleague(karin, "nils", Role.NAFS_KOORDINATOR, unit_id=REGION, activity_ids=(TEAM,))
    given(nora, meeting)
    (person,) = all_of(jonas, rows.persons)
    jonas.do(protect(case.id, (jonas.actor.user_id, nils.actor.user_id), seen=person.version))
    assert recalled(nora, meeting) == ()
    for owner in (nils, jonas):
        assert [found.why for _, found in owner.ask(one_nafs_case(case.id)).recall] == [Why.PROTECTED]


def test_who_is_kept_out_of_a_case_is_not_told_of_its_papers(
    karin: Vault, jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    colleague(karin, "nils", Role.NAFS_KOORDINATOR, unit_id=REGION, activity_ids=(TEAM,))
    given(nora, meeting)
    jonas.do(shut_out(case.id, contact_of(nora)))
    take_back(jonas, case)
    assert recalled(nora, meeting) == ()


def test_a_unit_that_is_not_told_of_the_consent_learns_nothing_of_its_papers(
    karin: Vault, jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    lena = colleague(karin, "lena", Role.HANDLAGGARE, unit_id=FK)
    given(nora, meeting)
    assert lena.ask(agenda_of(meeting.id)).recall == ()
    take_back(jonas, case)
    with pytest.raises(NotFound):
        lena.ask(agenda_of(meeting.id))


def test_of_a_cancelled_meeting_only_a_consent_calls_papers_back(
    jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    given(nora, meeting)
    nora.do(cancel_and_move(meeting.id, why="Sjukdom"))
    assert recalled(nora, meeting) == ()
    take_back(jonas, case)
    assert [one.code for one in recalled(nora, meeting)] == [item.code]


def test_papers_that_have_come_back_are_listed_no_more_and_each_case_stands_in_the_log(
    jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    given(nora, meeting)
    standing = [act.id for act in all_of(nora, rows.disclosures) if act.paper]
    nora.do(note_recalled(meeting.id, standing))
    assert {act.recalled_on for act in all_of(nora, rows.disclosures)} == {None}
    take_back(jonas, case)
    (found,) = recalled(nora, meeting)
    nora.do(note_recalled(meeting.id, [act.id for act in found.given if act.unit_id != FK]))
    (left,) = recalled(nora, meeting)
    assert [act.unit_id for act in left.given] == [FK]
    assert ("papers.recalled", case.person_id) in [(one.action, one.person_id) for one in entries(nora)]
    nora.do(note_recalled(meeting.id, [act.id for act in left.given]))
    assert recalled(nora, meeting) == ()


def test_only_who_leads_the_meeting_notes_what_has_come_back(karin: Vault, nora: Vault, meeting: Meeting) -> None:
    with refused(karin, NotFound):
        karin.do(note_recalled(meeting.id, []))


def test_codes_of_old_leave_what_was_given_too(nora: Vault, meeting: Meeting, item: AgendaItem) -> None:
    given(nora, meeting)
    with writing(nora._engine) as conn:
        codes.forget_old(conn, MEETS + timedelta(days=91))
    acts = [act for act in all_of(nora, rows.disclosures) if act.paper]
    assert len(acts) == len(ALL)
    assert {act.code for act in acts} == {None}
