"""A page of the log: who, from where, what, which case as far as that may be known; narrowed, and turned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from misam_desktop.commands.consents import record_consent
from misam_desktop.commands.extracts import make_extract, make_log_extract
from misam_desktop.commands.forum import open_forum
from misam_desktop.commands.hand_outs import hand_out
from misam_desktop.commands.protection import protect
from misam_desktop.commands.referrals import submit_referral
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import Act, EntryKind, InfoKind, Recipient, Referrer, Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import To
from misam_desktop.domain.ids import PersonId, ReferralId
from misam_desktop.domain.shut_out import ShutOut
from misam_desktop.queries import log_page as pages
from misam_desktop.queries.cases import full_number, one_case
from misam_desktop.queries.follow_ups import one_follow_up
from misam_desktop.queries.log import log_entries, person_extract, who_has_looked
from misam_desktop.queries.log_page import LogLine, LogPage, Wanted, log_page
from misam_desktop.queries.owners import protection
from misam_desktop.queries.referrals import one_referral
from misam_desktop.store import rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Question, Vault
from tests.commands.test_register import BO, take
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    MISAM,
    agrees,
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


def test_another_units_draft_is_not_seen_to_exist(karin: Vault, jonas: Vault) -> None:
    theirs = draft(jonas)
    jonas.ask(one_referral(theirs.id))
    told = {one.action for one in page(karin).lines} | {row.action for row in karin.ask(log_entries())}
    assert {one for one in told if one.startswith("referral.")} == set()
    assert [one.referral_id for one in lines(jonas, "referral.made")] == [theirs.id]


def test_once_it_is_put_to_the_forum_all_that_was_done_with_it_is_seen(karin: Vault, jonas: Vault) -> None:
    theirs = draft(jonas)
    jonas.do(record_consent(theirs.id, agrees()))
    jonas.do(submit_referral(theirs.id))
    assert [(one.user, one.referral_id) for one in lines(karin, "referral.made")] == [("Jonas Vall", theirs.id)]


def test_of_another_case_of_the_person_nothing_is_said_either(karin: Vault, jonas: Vault) -> None:
    mine = waiting(karin, consent=None)
    draft(jonas)
    assert [(one.user, one.referral_id) for one in lines(karin, "referral.made")] == [("Karin Ekdal", mine.id)]
    told = page(karin, person_id=mine.person_id).lines
    assert {one.user for one in told} == {"Karin Ekdal"}


def test_ones_own_entries_stay_when_the_case_is_beyond_reach(jonas: Vault, karin: Vault) -> None:
    theirs = draft(jonas)
    with refused(karin, NotFound):
        karin.ask(one_referral(theirs.id))
    [tried] = lines(karin, "referral.opened")
    assert (tried.kind, tried.case, tried.referral_id) == (EntryKind.REFUSED, "", None)


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


def test_a_list_with_holes_is_not_told(karin: Vault, jonas: Vault, lena: Vault) -> None:
    """Kept from one of the person's cases, a koordinator gets nothing rather than a list that leaves some out."""
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=IFO)
    mine = waiting(jonas)
    theirs = waiting(lena, referrer=Referrer.FK, unit_id=FK, consent=agrees(unit_ids=(FK, IFO)))
    kim.ask(who_has_looked(mine.person_id))
    karin.do(shut_out(theirs.id, contact_of(kim)))
    questions: tuple[Question[Any], ...] = (
        log_page(Wanted(person_id=mine.person_id)),
        who_has_looked(mine.person_id),
        person_extract(mine.person_id),
    )
    for question in questions:
        with refused(kim, NotFound):
            kim.ask(question)
    with refused(kim, NotFound):
        kim.do(make_log_extract(mine.person_id))
    assert {one.user for one in page(karin, person_id=mine.person_id).lines} >= {"Jonas Vall", "Lena"}


def test_ones_own_entries_are_told_whatever_another_unit_keeps_of_the_person(
    karin: Vault, jonas: Vault, lena: Vault
) -> None:
    """A refusal would say that there is such a case."""
    mine = waiting(jonas, contact_id=contact_of(jonas))
    theirs = waiting(
        lena, referrer=Referrer.FK, unit_id=FK, contact_id=contact_of(lena), consent=agrees(unit_ids=(FK, IFO))
    )
    karin.do(shut_out(theirs.id, contact_of(jonas)))
    assert {one.referral_id for one in page(jonas, person_id=mine.person_id).lines} == {mine.id}
    marked = karin.ask(protection(mine.id))
    karin.do(protect(mine.id, [jonas.actor.user_id, karin.actor.user_id], seen=marked.version))
    assert {one.referral_id for one in page(jonas, person_id=mine.person_id).lines} == {mine.id}


def test_jav_in_what_has_not_been_put_to_the_forum_leaves_no_hole(karin: Vault, jonas: Vault, lena: Vault) -> None:
    mine = waiting(jonas)
    theirs = draft(lena, referrer=Referrer.FK, unit_id=FK)
    with writing(karin._engine) as conn:
        kept = ShutOut(id="k", case_id=theirs.id, contact_id=contact_of(karin), by=lena.actor.user_id, on=TODAY)
        rows.shut_outs.add(conn, kept)
    assert {one.user for one in karin.ask(who_has_looked(mine.person_id))} == {"Jonas Vall"}


def test_an_extract_of_the_register_does_not_tell_of_another_units_draft(
    karin: Vault, jonas: Vault, lena: Vault
) -> None:
    mine = waiting(jonas)
    with writing(karin._engine) as conn:
        theirs = replace(rows.referrals.get(conn, mine.id), id=ReferralId("theirs"), unit_id=FK, submitted_at=None)
        rows.referrals.add(conn, theirs)
    lena.ask(one_referral(theirs.id))
    told = str(jonas.do(make_extract(mine.person_id)).value.data)
    assert "Arbetsförmedlingen" in told
    assert "Försäkringskassan" not in told
