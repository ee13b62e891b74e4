"""Loggkontroll: what of a month is drawn or pointed at, for whom, and what was found about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from misam_desktop.commands.episodes import change_team, reassign
from misam_desktop.commands.forum import cancel_forum, plan_meeting
from misam_desktop.commands.log_review import review_entry
from misam_desktop.commands.shut_outs import let_in, shut_out
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import ReviewGround, ReviewVerdict, Role
from misam_desktop.domain.episode import AssignmentRole
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import EpisodeId
from misam_desktop.domain.review import AlreadyReviewed, OwnEntry, Review
from misam_desktop.domain.steps import all_at_once, step
from misam_desktop.queries.cases import one_case
from misam_desktop.queries.log_review import ToReview, to_review
from misam_desktop.queries.referrals import one_referral, waiting_referrals
from misam_desktop.queries.search import search
from misam_desktop.store import rows
from misam_desktop.vault import Clock, Vault
from tests.commands.worlds import (
    AF,
    IFO,
    MISAM,
    all_of,
    colleague,
    contact_of,
    draft,
    enrolled,
    entries,
    on,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY

OCTOBER, NOVEMBER = "2026-10", "2026-11"
IN_OCTOBER = date(2026, 10, 14)
"""A Wednesday."""


def found(vault: Vault, month: str, ground: ReviewGround | None = None) -> list[ToReview]:
    return [one for one in vault.ask(to_review(month=month)) if ground in (None, one.ground)]


def readers(vault: Vault, month: str, ground: ReviewGround) -> set[str]:
    return {one.line.user for one in found(vault, month, ground)}


def at(vault: Vault, when: datetime) -> Vault:
    """The same user at a local time."""
    now = when.astimezone(UTC)
    return Vault(vault._engine, vault.actor, Clock(now=lambda: now, today=when.date))


@pytest.fixture
def kim(karin: Vault) -> Vault:
    """Another koordinator."""
    return colleague(karin, "kim", Role.KOORDINATOR, unit_id=IFO)


@pytest.fixture
def old(karin: Vault) -> EpisodeId:
    """A case in which nothing has happened since the summer."""
    return enrolled(karin, day=date(2026, 7, 1)).id


def peek(vault: Vault, episode_id: EpisodeId, day: date = IN_OCTOBER) -> None:
    on(vault, day).ask(one_case(episode_id))


# The sample


def test_the_sample_is_drawn_when_the_month_is_over(karin: Vault, jonas: Vault, old: EpisodeId) -> None:
    peek(jonas, old)
    assert found(on(karin, date(2026, 10, 31)), OCTOBER, ReviewGround.SAMPLE) == []
    [drawn] = found(on(karin, date(2026, 11, 1)), OCTOBER, ReviewGround.SAMPLE)
    assert (drawn.line.user, drawn.line.action, drawn.line.episode_id) == ("Jonas Vall", "case.opened", old)


def test_everybody_who_reviews_gets_the_same_sample_also_later(karin: Vault, jonas: Vault, kim: Vault) -> None:
    for serial in range(980, 998):
        peek(jonas, enrolled(karin, waiting(karin, somebody(serial))).id, TODAY + timedelta(days=1))
    december = date(2026, 12, 8)
    drawn = {one.line.seq for one in found(on(karin, december), NOVEMBER, ReviewGround.SAMPLE)}
    assert len([one for one in entries(karin) if one.seq in drawn and one.user_id == jonas.actor.user_id]) == 10
    on(jonas, december).ask(waiting_referrals())
    again = {one.line.seq for one in found(on(kim, december + timedelta(days=20)), NOVEMBER, ReviewGround.SAMPLE)}
    assert again == drawn


# The rules, on real entries


def test_a_case_of_another_without_anything_near_is_pointed_at(karin: Vault, jonas: Vault, old: EpisodeId) -> None:
    peek(jonas, old)
    assert readers(karin, OCTOBER, ReviewGround.NO_REASON) == {"Jonas Vall"}


def test_whoever_works_with_the_case_needs_no_reason(karin: Vault, jonas: Vault) -> None:
    peek(jonas, enrolled(karin, day=date(2026, 7, 1), case_worker_id=contact_of(jonas)).id)
    assert readers(karin, OCTOBER, ReviewGround.NO_REASON) == set()


def test_who_takes_over_the_case_later_needed_one_then(karin: Vault, jonas: Vault, old: EpisodeId) -> None:
    peek(jonas, old)
    karin.do(reassign(old, AssignmentRole.CASE_WORKER, from_on=TODAY, contact_id=contact_of(jonas)))
    assert readers(karin, OCTOBER, ReviewGround.NO_REASON) == {"Jonas Vall"}


def test_a_change_near_is_a_reason_but_looking_oneself_around_is_none(
    karin: Vault, jonas: Vault, old: EpisodeId
) -> None:
    peek(jonas, old)
    on(jonas, IN_OCTOBER).ask(one_referral(all_of(karin, rows.referrals)[0].id))
    assert readers(karin, OCTOBER, ReviewGround.NO_REASON) == {"Jonas Vall"}
    on(karin, IN_OCTOBER + timedelta(days=2)).do(change_team(old, team="Två"))
    assert readers(karin, OCTOBER, ReviewGround.NO_REASON) == set()


def test_a_follow_up_that_is_due_near_is_a_reason(karin: Vault, jonas: Vault, old: EpisodeId) -> None:
    peek(jonas, old, date(2026, 9, 30))
    assert readers(karin, "2026-09", ReviewGround.NO_REASON) == set()


def test_the_forum_that_a_referral_waits_for_is_a_reason(karin: Vault, jonas: Vault) -> None:
    summer = date(2026, 7, 1)
    referral = waiting(on(karin, summer), referred_on=summer)
    meeting = on(karin, summer).do(plan_meeting(MISAM, on=IN_OCTOBER + timedelta(days=1))).value
    on(jonas, IN_OCTOBER).ask(one_referral(referral.id))
    assert readers(karin, OCTOBER, ReviewGround.NO_REASON) == set()
    on(karin, summer).do(cancel_forum(MISAM, on=meeting.on, why="Sjukdom"))
    assert readers(karin, OCTOBER, ReviewGround.NO_REASON) == {"Jonas Vall"}


def test_a_namesake_is_pointed_at(karin: Vault) -> None:
    episode = enrolled(karin, waiting(karin, somebody(family_name="Ek-Berg")))
    berg = colleague(karin, "bea", Role.HANDLAGGARE, unit_id=AF, name="Bea Berg")
    peek(berg, episode.id, TODAY)
    assert readers(karin, NOVEMBER, ReviewGround.SURNAME) == {"Bea Berg"}


def test_a_read_in_the_evening_is_pointed_at(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin)
    at(jonas, datetime(2026, 11, 25, 19)).ask(one_case(episode.id))  # noqa: DTZ001 – local time
    assert readers(karin, NOVEMBER, ReviewGround.ODD_HOUR) == set()
    at(jonas, datetime(2026, 11, 25, 22)).ask(one_case(episode.id))  # noqa: DTZ001 – local time
    assert readers(karin, NOVEMBER, ReviewGround.ODD_HOUR) == {"Jonas Vall"}


def test_whom_a_search_lists_has_not_been_read(karin: Vault, jonas: Vault, old: EpisodeId) -> None:
    assert on(jonas, IN_OCTOBER).ask(search("provl"))
    assert found(karin, OCTOBER) == []


def test_refusals_in_a_row_are_pointed_at(karin: Vault, lena: Vault) -> None:
    for serial in range(980, 985):
        episode = enrolled(karin, waiting(karin, somebody(serial)))
        with refused(lena, NotFound):
            lena.ask(one_case(episode.id))
    [last] = found(karin, NOVEMBER, ReviewGround.REFUSED)
    assert (last.line.user, last.line.kind) == ("Lena", "refused")


def test_many_in_an_hour_are_pointed_at(karin: Vault, jonas: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("misam_desktop.domain.review.MANY", 3)
    for serial in range(980, 984):
        peek(jonas, enrolled(karin, waiting(karin, somebody(serial))).id, TODAY)
    assert readers(karin, NOVEMBER, ReviewGround.MANY) == {"Jonas Vall"}


def test_others_get_at_the_store_while_it_is_gone_through(karin: Vault, jonas: Vault, old: EpisodeId) -> None:
    peek(jonas, old)
    steps = karin.ask_in_steps(to_review(month=OCTOBER))
    assert step(steps) == []
    waiting(karin, somebody(981))
    assert {one.ground for one in all_at_once(steps)} == {ReviewGround.SAMPLE, ReviewGround.NO_REASON}


# Whom it is for


def test_the_review_is_a_koordinators_and_logged(karin: Vault, jonas: Vault) -> None:
    with refused(jonas, NotPermitted):
        found(jonas, NOVEMBER)
    found(karin, NOVEMBER)
    assert entries(karin)[-1].action == "log.review_listed"
    assert found(karin, "2025-01") == []


def test_jav_takes_entries_out_of_the_answer_and_none_in(
    karin: Vault, jonas: Vault, kim: Vault, old: EpisodeId
) -> None:
    peek(jonas, old)
    [drawn, *_] = found(kim, OCTOBER)
    assert drawn.line.episode_id == old
    case = all_of(karin, rows.referrals)[0].id
    karin.do(shut_out(case, contact_of(kim)))
    assert found(kim, OCTOBER) == []
    with refused(kim, NotFound):
        kim.do(review_entry(drawn.line.seq, drawn.ground, ReviewVerdict.UTAN_ANMARKNING))
    karin.do(let_in(case, contact_of(kim)))
    assert found(kim, OCTOBER)


def test_another_units_draft_is_left_out_of_the_answer(karin: Vault, jonas: Vault, olle: Vault) -> None:
    theirs = draft(jonas)
    on(olle, IN_OCTOBER).ask(one_referral(theirs.id))
    assert found(karin, OCTOBER) == []
    asta = colleague(karin, "asta", Role.KOORDINATOR, unit_id=AF)
    assert readers(asta, OCTOBER, ReviewGround.NO_REASON) == {"Olle"}


# What was found


def test_what_was_found_stands_with_who_and_when(karin: Vault, jonas: Vault, kim: Vault, old: EpisodeId) -> None:
    peek(jonas, old)
    [one] = found(karin, OCTOBER, ReviewGround.NO_REASON)
    karin.do(review_entry(one.line.seq, one.ground, ReviewVerdict.FRAGA_STALLD, note=" Ringde Jonas "))
    [same] = found(kim, OCTOBER, ReviewGround.NO_REASON)
    assert isinstance(same.review, Review)
    assert (same.review.verdict, same.review.note, same.review.month) == (
        ReviewVerdict.FRAGA_STALLD, "Ringde Jonas", OCTOBER,
    )  # fmt: skip
    assert (same.reviewed_by, same.review.at.date()) == ("Karin Ekdal", TODAY)
    logged = next(entry for entry in entries(karin) if entry.action == "log.reviewed")
    assert (logged.object_id, logged.purpose) == (str(one.line.seq), "no_reason:fraga_stalld")


def test_what_was_reviewed_stays_in_sight_when_no_rule_points_at_it_any_more(
    karin: Vault, jonas: Vault, old: EpisodeId
) -> None:
    peek(jonas, old)
    [read] = [one for one in entries(karin) if one.action == "case.opened"]
    karin.do(review_entry(read.seq, ReviewGround.MANY, ReviewVerdict.UTAN_ANMARKNING))
    [stays] = found(karin, OCTOBER, ReviewGround.MANY)
    assert stays.reviewed_by == "Karin Ekdal"


def test_who_found_something_can_write_it_anew_and_nobody_else(
    karin: Vault, jonas: Vault, kim: Vault, old: EpisodeId
) -> None:
    peek(jonas, old)
    [one] = found(karin, OCTOBER, ReviewGround.NO_REASON)
    karin.do(review_entry(one.line.seq, one.ground, ReviewVerdict.FRAGA_STALLD))
    with pytest.raises(AlreadyReviewed):
        kim.do(review_entry(one.line.seq, one.ground, ReviewVerdict.UTAN_ANMARKNING))
    karin.do(review_entry(one.line.seq, one.ground, ReviewVerdict.ANMARKNING, note="Svarade inte"))
    [review] = all_of(karin, rows.reviews)
    assert (review.verdict, review.note) == (ReviewVerdict.ANMARKNING, "Svarade inte")


def test_ones_own_reads_are_shown_and_left_to_another(karin: Vault, kim: Vault, old: EpisodeId) -> None:
    peek(karin, old)
    [one] = found(karin, OCTOBER, ReviewGround.NO_REASON)
    assert one.is_own
    with pytest.raises(OwnEntry):
        karin.do(review_entry(one.line.seq, one.ground, ReviewVerdict.UTAN_ANMARKNING))
    assert not found(kim, OCTOBER, ReviewGround.NO_REASON)[0].is_own
