"""A page of the log: who, from where, what, which case as far as that may be known; narrowed, and turned."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from misam_desktop.commands.forum import open_forum
from misam_desktop.commands.hand_outs import hand_out
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import Act, EntryKind, InfoKind, Recipient, Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import To
from misam_desktop.domain.ids import PersonId
from misam_desktop.queries import log_page as pages
from misam_desktop.queries.cases import full_number, one_case
from misam_desktop.queries.follow_ups import one_follow_up
from misam_desktop.queries.log import who_has_looked
from misam_desktop.queries.log_page import LogLine, LogPage, Wanted, log_page
from misam_desktop.queries.referrals import one_referral
from misam_desktop.vault import Vault
from tests.commands.test_register import BO, take
from tests.commands.worlds import (
    AF,
    IFO,
    MISAM,
    colleague,
    contact_of,
    draft,
    enrolled,
    entries,
    follow_ups,
    on,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY


def page(vault: Vault, **wanted: object) -> LogPage:
    return vault.ask(log_page(Wanted(**wanted)))  # type: ignore[arg-type]  # as the test says


def lines(vault: Vault, action: str, **wanted: object) -> list[LogLine]:
    return [one for one in page(vault, **wanted).lines if one.action == action]


# What a line says


def test_a_line_says_who_from_where_what_and_of_whom(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin, waiting(jonas))
    jonas.ask(one_case(episode.id))
    [opened] = lines(karin, "case.opened")
    assert (opened.user, opened.unit, opened.kind) == ("Jonas Vall", "Af", EntryKind.READ)
    assert (opened.case, opened.referral_id, opened.episode_id) == (
        "Malin Provlund",
        episode.referral_id,
        episode.id,
    )


def test_a_part_of_a_case_leads_to_the_case(karin: Vault) -> None:
    episode = enrolled(karin, case_worker_id=contact_of(karin))
    karin.ask(one_follow_up(follow_ups(karin, episode)[0].id))
    karin.ask(full_number(episode.person_id))
    assert {one.episode_id for one in lines(karin, "follow_up.opened")} == {episode.id}
    assert {one.episode_id for one in lines(karin, "person.number_shown")} == {episode.id}


def test_what_concerns_no_case_names_none(karin: Vault) -> None:
    karin.do(open_forum(MISAM, on=TODAY))
    [opened] = lines(karin, "meeting.opened")
    assert (opened.case, opened.referral_id, opened.episode_id) == ("", None, None)


def test_of_a_case_beyond_reach_nothing_is_said(karin: Vault, jonas: Vault) -> None:
    theirs = draft(jonas)
    [made] = lines(karin, "referral.made")
    assert (made.user, made.case, made.referral_id) == ("Jonas Vall", "", None)
    assert theirs.id not in str(page(karin))
    assert theirs.person_id not in str(page(karin))


def test_of_another_case_of_the_person_nothing_is_said_either(karin: Vault, jonas: Vault) -> None:
    waiting(karin, consent=None)
    theirs = draft(jonas)
    made = [one for one in lines(karin, "referral.made") if one.user == "Jonas Vall"]
    assert [(one.case, one.referral_id) for one in made] == [("", None)]
    assert theirs.id not in str(made)


def test_a_protected_identity_is_named_to_its_owners_alone(karin: Vault) -> None:
    other = colleague(karin, "kim", Role.KOORDINATOR, unit_id=IFO)
    take(other, {"skyddad": "ja"})
    [hidden, *_] = [one for one in lines(karin, "register.imported") if one.case]
    [owned, *_] = [one for one in lines(other, "register.imported") if one.case]
    assert (hidden.case, hidden.referral_id, hidden.episode_id) == ("Skyddad", None, None)
    assert owned.case != "Skyddad"
    assert owned.referral_id is not None


# Whose lines


def test_a_handlaggare_sees_their_own_lines_and_no_list_of_users(karin: Vault, jonas: Vault) -> None:
    waiting(karin)
    waiting(jonas, somebody(981))
    told = page(jonas)
    assert {one.user for one in told.lines} == {"Jonas Vall"}
    assert told.users == ()
    assert {name for _, name in page(karin).users} >= {"Jonas Vall", "Karin Ekdal"}


def test_who_has_no_part_in_cases_sees_no_log(ada: Vault, bo: Vault) -> None:
    for vault in (ada, bo):
        with refused(vault, NotPermitted):
            page(vault)


def test_a_nafs_koordinator_sees_her_own(karin: Vault, nora: Vault) -> None:
    waiting(karin)
    page(nora)
    assert {one.user for one in page(nora).lines} == {"Nora"}


def test_jav_takes_a_case_out_of_the_log(karin: Vault, jonas: Vault) -> None:
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=IFO)
    mine, other = waiting(karin), waiting(jonas, somebody(981, family_name="Synlig"))
    assert {one.case for one in lines(kim, "referral.made")} == {"Malin Provlund", "Malin Synlig"}
    karin.do(shut_out(mine.id, contact_of(kim)))
    karin.ask(one_referral(mine.id))
    assert {one.referral_id for one in page(kim).lines} == {None, other.id}
    assert "Provlund" not in str(page(kim))
    with refused(kim, NotFound):
        page(kim, person_id=mine.person_id)
    with refused(kim, NotFound):
        kim.ask(who_has_looked(mine.person_id))


# Narrowed


def test_only_some_days(karin: Vault) -> None:
    on(karin, TODAY - timedelta(days=9)).ask(log_page(Wanted()))
    waiting(karin)
    week = page(karin, days=(TODAY - timedelta(days=6), TODAY))
    before = page(karin, days=(date(2026, 1, 1), TODAY - timedelta(days=7)))
    assert {one.at[:10] for one in week.lines} == {TODAY.isoformat()}
    assert {one.at[:10] for one in before.lines} == {(TODAY - timedelta(days=9)).isoformat()}


def test_only_one_user_or_unit(karin: Vault, jonas: Vault) -> None:
    waiting(karin)
    waiting(jonas, somebody(981))
    assert {one.user for one in page(karin, user_id=jonas.actor.user_id).lines} == {"Jonas Vall"}
    assert {one.unit for one in page(karin, unit_id=AF).lines} == {"Af"}


def test_only_one_kind(karin: Vault, jonas: Vault) -> None:
    referral = waiting(karin)
    karin.ask(one_referral(referral.id))
    basics = (InfoKind.GRUNDUPPGIFTER,)
    karin.do(hand_out(referral.id, to=[To(recipient=Recipient.EGEN)], act=Act.URKLIPP, seen=basics))
    with pytest.raises(NotPermitted):
        jonas.do(open_forum(MISAM, on=TODAY))
    page(karin)
    shown = {kind: page(karin, kind=kind).lines for kind in EntryKind}
    assert all({one.kind for one in found} == {kind} for kind, found in shown.items() if found)
    assert sum(map(len, shown.values())) == len(page(karin).lines)
    assert {one.action for one in shown[EntryKind.REFUSED]} == {"meeting.opened"}
    assert {one.action for one in shown[EntryKind.HANDED_OVER]} == {"case.handed_out"}


def test_only_one_person_whose_record_it_then_is(karin: Vault) -> None:
    mine = waiting(karin)
    waiting(karin, somebody(981))
    told = page(karin, person_id=mine.person_id)
    assert {one.referral_id for one in told.lines} == {mine.id}
    assert (entries(karin)[-1].action, entries(karin)[-1].person_id) == ("log.page_listed", mine.person_id)
    with refused(karin, NotFound):
        page(karin, person_id=PersonId("nobody"))


# Turned


def test_a_long_log_is_told_a_page_at_a_time_newest_first(karin: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE", 4)
    for serial in range(980, 984):
        waiting(karin, somebody(serial))
    page(karin)
    seen: list[int] = []
    before = None
    while True:
        told = page(karin, before=before)
        seen += [one.seq for one in told.lines]
        assert len(told.lines) <= 4
        if told.older is None:
            break
        before = told.older
    assert seen == [one.seq for one in reversed(entries(karin))]


# Who has looked


def test_who_has_looked_last_is_told_once_each(karin: Vault, jonas: Vault) -> None:
    referral = waiting(jonas)
    karin.ask(one_referral(referral.id))
    later = on(jonas, TODAY + timedelta(days=1))
    later.ask(one_referral(referral.id))
    found = on(karin, TODAY + timedelta(days=2)).ask(who_has_looked(referral.person_id))
    assert [(one.user, one.unit) for one in found] == [("Jonas Vall", "Af"), ("Karin Ekdal", "IFO")]
    assert found[0].at[:10] == (TODAY + timedelta(days=1)).isoformat()


def test_who_was_refused_has_not_looked(karin: Vault, lena: Vault) -> None:
    episode = enrolled(karin)
    with refused(lena, NotFound):
        lena.ask(one_case(episode.id))
    assert "Lena" not in {one.user for one in karin.ask(who_has_looked(episode.person_id))}


def test_of_another_activity_only_what_concerns_ones_own_persons(karin: Vault) -> None:
    take(karin, {}, BO | {"insats": "Jobbtorg"})
    mia = colleague(karin, "mia", Role.KOORDINATOR, unit_id=AF, activity_ids=(MISAM,))
    told = [one.case for one in page(mia).lines if one.action == "register.imported"]
    assert len(told) == 1
