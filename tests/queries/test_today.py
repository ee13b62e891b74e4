"""Idag: what waits for whom, in which order, and what the page says beside it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from misam_desktop.commands.consents import record_consent, renew_consent, withdraw_consent
from misam_desktop.commands.episodes import discharge
from misam_desktop.commands.follow_ups import record_follow_up
from misam_desktop.commands.forum import close_forum, plan_meeting, record_outcome
from misam_desktop.commands.referrals import make_referral, refer_again
from misam_desktop.domain.codes import DischargeReason, Outcome, Referrer, RereferralReason, Role
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.counts import badges
from misam_desktop.queries.task_rows import Task, TodayRow, Urgency
from misam_desktop.queries.today import Today, today
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    MISAM,
    accepted,
    agrees,
    all_of,
    asks,
    colleague,
    contact_of,
    discharged,
    draft,
    ends,
    enrolled,
    follow_ups,
    found,
    meeting,
    on,
    somebody,
    waiting,
)
from tests.conftest import TODAY
from tests.queries.worlds import reads

THURSDAY = date(2026, 11, 26)
"""The next forum."""


def told(vault: Vault, task: Task) -> list[TodayRow]:
    """The rows of one kind."""
    return [row for row in vault.ask(today()).tasks if row.task is task]


def ends_on(vault: Vault, day: date, **said: object) -> Referral:
    """A referral whose consents end on a day."""
    consent = agrees(until_on=day)
    return vault.do(make_referral(somebody(), asks(**said), consent=consent, submit=True)).value


# Follow-ups


def test_a_late_follow_up_is_told_with_its_case(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin, day=date(2026, 8, 20), case_worker_id=contact_of(jonas), case_lead_id=contact_of(jonas))
    [row] = told(jonas, Task.FOLLOW_UP)
    assert (row.what, row.name) == ("Uppföljning 3 månader", "Malin Provlund")
    assert (row.due_on, row.days_left, row.urgency) == (date(2026, 11, 20), -4, (Urgency.LATE, -4))
    assert (row.object_id, row.episode_id) == (follow_ups(karin, episode)[0].id, episode.id)


@pytest.mark.parametrize(("began", "is_told"), [(date(2026, 9, 8), True), (date(2026, 9, 9), False)])
def test_a_follow_up_is_told_of_fourteen_days_before(karin: Vault, jonas: Vault, began: date, is_told: bool) -> None:
    enrolled(karin, day=began, case_worker_id=contact_of(jonas))
    assert bool(told(jonas, Task.FOLLOW_UP)) is is_told


def test_a_follow_up_that_is_done_is_told_no_longer(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin, day=date(2026, 8, 20), case_worker_id=contact_of(jonas))
    jonas.do(record_follow_up(follow_ups(jonas, episode)[0].id, found()))
    assert told(jonas, Task.FOLLOW_UP) == []


def test_a_koordinator_is_told_of_her_own_and_of_those_that_nobody_has(karin: Vault, jonas: Vault) -> None:
    hers = enrolled(karin, waiting(karin, somebody(980)), case_worker_id=contact_of(karin))
    nobodys = enrolled(karin, waiting(karin, somebody(981)))
    enrolled(karin, waiting(karin, somebody(982)), case_worker_id=contact_of(jonas))
    rows_told = told(on(karin, date(2027, 3, 1)), Task.FOLLOW_UP)
    assert {row.episode_id for row in rows_told} == {hers.id, nobodys.id}


def test_a_colleagues_follow_up_is_not_told(karin: Vault, jonas: Vault, olle: Vault) -> None:
    enrolled(karin, day=date(2026, 8, 20), case_worker_id=contact_of(jonas))
    assert told(olle, Task.FOLLOW_UP) == []


# Referrals to complete


@pytest.fixture
def to_complete(karin: Vault, jonas: Vault) -> Referral:
    """A referral of Jonas' that the forum wants more of."""
    referral = waiting(jonas, contact_id=contact_of(jonas))
    forum = meeting(karin)
    karin.do(record_outcome(referral.id, Outcome.KOMPLETTERA, meeting_id=forum.id, text="Läkarintyg"))
    karin.do(close_forum(forum.id))
    return referral


def test_what_is_to_be_completed_is_told_with_the_day_of_the_next_forum(jonas: Vault, to_complete: Referral) -> None:
    [row] = told(jonas, Task.COMPLETE)
    assert (row.object_id, row.referral_id, row.episode_id) == (to_complete.id, to_complete.id, None)
    assert row.what == "Ska kompletteras"
    assert (row.due_on, row.days_left) == (date(2026, 12, 3), 9)


def test_it_is_told_to_the_one_who_wrote_it_alone(karin: Vault, olle: Vault, to_complete: Referral) -> None:
    assert (told(karin, Task.COMPLETE), told(olle, Task.COMPLETE)) == ([], [])


def test_the_koordinator_completes_what_came_from_no_authority(karin: Vault) -> None:
    referral = waiting(karin, referrer=Referrer.ANNAN, unit_id=None, needed_unit_ids=(AF, IFO))
    karin.do(record_outcome(referral.id, Outcome.KOMPLETTERA, meeting_id=meeting(karin).id, text="Läkarintyg"))
    assert [row.object_id for row in told(karin, Task.COMPLETE)] == [referral.id]


# Consents


@pytest.mark.parametrize(("days", "is_told"), [(0, True), (30, True), (31, False)])
def test_a_consent_is_told_of_thirty_days_before_it_ends(karin: Vault, days: int, is_told: bool) -> None:
    ends_on(karin, TODAY + timedelta(days=days))
    assert [row.what for row in told(karin, Task.CONSENT)] == ["Samtycket går ut"] * is_told


def test_a_consent_that_has_ended_is_told_as_late(karin: Vault) -> None:
    ends_on(karin, TODAY)
    [row] = told(on(karin, TODAY + timedelta(days=2)), Task.CONSENT)
    assert (row.what, row.days_left, row.urgency) == ("Samtycket har gått ut", -2, (Urgency.LATE, -2))


def test_before_enrolment_a_consent_opens_its_referral(karin: Vault) -> None:
    referral = ends_on(karin, TODAY)
    [row] = told(karin, Task.CONSENT)
    assert (row.object_id, row.referral_id, row.episode_id) == (referral.id, referral.id, None)


def test_after_enrolment_a_consent_opens_its_case(karin: Vault) -> None:
    episode = enrolled(karin, ends_on(karin, TODAY))
    [row] = told(karin, Task.CONSENT)
    assert (row.object_id, row.referral_id, row.episode_id) == (episode.id, episode.referral_id, episode.id)


def test_a_consent_that_was_renewed_or_withdrawn_is_not_told(karin: Vault) -> None:
    ends_on(karin, TODAY)
    first, second = all_of(karin, rows.consents)
    later = on(karin, TODAY + timedelta(days=1))
    later.do(renew_consent(first.id, until_on=date(2027, 6, 1), paper_at="Pärm 4"))
    later.do(withdraw_consent(second.id, on=TODAY))
    assert told(later, Task.CONSENT) == []


def test_the_latest_paper_decides_when_it_ends_though_an_older_one_reaches_further(karin: Vault) -> None:
    referral = ends_on(karin, date(2027, 6, 1))
    later, last = on(karin, TODAY + timedelta(days=1)), TODAY + timedelta(days=20)
    later.do(record_consent(referral.id, agrees(from_on=TODAY + timedelta(days=1), until_on=last)))
    [row] = told(later, Task.CONSENT)
    assert row.due_on == last


def test_a_paper_that_was_replaced_is_not_told_though_the_latest_was_taken_back(karin: Vault) -> None:
    referral = ends_on(karin, TODAY + timedelta(days=20))
    later = on(karin, TODAY + timedelta(days=1))
    paper = agrees(from_on=TODAY + timedelta(days=1), until_on=date(2027, 6, 1))
    for consent in later.do(record_consent(referral.id, paper)).value:
        later.do(withdraw_consent(consent.id, on=TODAY + timedelta(days=1)))
    assert told(later, Task.CONSENT) == []


def test_of_a_case_that_has_ended_no_consent_is_told(karin: Vault) -> None:
    episode = enrolled(karin, ends_on(karin, TODAY))
    karin.do(discharge(episode.id, ends()))
    assert told(karin, Task.CONSENT) == []


def test_a_consent_is_told_to_who_has_the_case(karin: Vault, jonas: Vault, olle: Vault) -> None:
    enrolled(karin, ends_on(karin, TODAY), commissioner_id=AF, case_worker_id=contact_of(jonas))
    assert [len(told(vault, Task.CONSENT)) for vault in (karin, jonas, olle)] == [1, 1, 0]


def test_while_nobody_has_the_case_it_is_told_to_the_unit(karin: Vault, jonas: Vault, olle: Vault, lena: Vault) -> None:
    enrolled(karin, ends_on(karin, TODAY), commissioner_id=AF)
    assert [len(told(vault, Task.CONSENT)) for vault in (jonas, olle, lena)] == [1, 1, 0]


# Windows of re-referral


@pytest.fixture
def ended(karin: Vault, jonas: Vault) -> Episode:
    """A case of Jonas' that ended on the last day of May: the window closes on the last of November."""
    began = on(karin, date(2026, 3, 2))
    episode = enrolled(
        karin, waiting(began, referred_on=date(2026, 3, 2)), day=date(2026, 3, 2), case_worker_id=contact_of(jonas)
    )
    on(karin, date(2026, 5, 31)).do(discharge(episode.id, ends(on=date(2026, 5, 31))))
    return episode


def test_a_window_that_closes_is_told_with_its_last_day(karin: Vault, jonas: Vault, ended: Episode) -> None:
    for vault in (karin, jonas):
        [row] = told(vault, Task.REREFERRAL)
        assert (row.object_id, row.what, row.due_on) == (ended.id, "Återremiss möjlig till", date(2026, 11, 30))


@pytest.mark.parametrize(
    ("day", "is_told"),
    [(date(2026, 10, 30), False), (date(2026, 10, 31), True), (date(2026, 11, 30), True), (date(2026, 12, 1), False)],
)
def test_a_window_is_told_of_from_thirty_days_before_it_closes(
    karin: Vault, ended: Episode, day: date, is_told: bool
) -> None:
    assert bool(told(on(karin, day), Task.REREFERRAL)) is is_told


def test_who_has_come_back_is_not_told_of(karin: Vault, ended: Episode) -> None:
    again = refer_again(ended.id, asks(), reason=RereferralReason.INTE_HALLIT, not_held="Praktiken", consent=agrees())
    karin.do(again)
    assert told(karin, Task.REREFERRAL) == []


def test_after_a_death_no_window_is_told(karin: Vault) -> None:
    discharged(
        karin,
        began=date(2026, 3, 2),
        day=date(2026, 5, 31),
        reason=DischargeReason.AVLIDEN,
        destination=None,
        livelihoods=None,
    )
    assert told(karin, Task.REREFERRAL) == []


def test_a_colleagues_window_is_not_told(olle: Vault, ended: Episode) -> None:
    assert told(olle, Task.REREFERRAL) == []


# What only a koordinator does


def test_who_was_accepted_waits_for_enrolment(karin: Vault, jonas: Vault) -> None:
    referral = accepted(karin)
    [row] = told(on(karin, TODAY + timedelta(days=3)), Task.ENROL)
    assert (row.object_id, row.what, row.due_on) == (referral.id, "Väntar på inskrivning", None)
    assert row.urgency == (Urgency.ENROL, -3)
    assert told(jonas, Task.ENROL) == []


def test_an_open_case_without_samordnare_is_told(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin, case_worker_id=contact_of(jonas))
    [row] = told(karin, Task.CASE_LEAD)
    assert (row.object_id, row.what, row.days_left) == (episode.id, "Saknar samordnare", None)
    assert told(jonas, Task.CASE_LEAD) == []


def test_a_case_with_samordnare_or_one_that_has_ended_is_not(karin: Vault) -> None:
    enrolled(karin, waiting(karin, somebody(980)), case_lead_id=contact_of(karin))
    gone = enrolled(karin, waiting(karin, somebody(981)))
    karin.do(discharge(gone.id, ends()))
    assert told(karin, Task.CASE_LEAD) == []


# Order, names and the log


def test_what_is_late_comes_first_and_what_has_no_day_last(karin: Vault) -> None:
    enrolled(karin, waiting(karin, somebody(980)), case_worker_id=contact_of(karin))
    accepted(karin, waiting(karin, somebody(981)))
    ends_on(karin, date(2027, 3, 20))
    later = on(karin, date(2027, 3, 1))
    assert [row.task for row in later.ask(today()).tasks] == [
        Task.FOLLOW_UP, Task.ENROL, Task.CONSENT, Task.CASE_LEAD,
    ]  # fmt: skip


def test_a_protected_person_is_told_of_without_a_name(karin: Vault, olle: Vault) -> None:
    """Karin owns the identity; the case is in Olle's hands."""
    enrolled(karin, waiting(karin, somebody(protected=True)), day=TODAY, case_worker_id=contact_of(olle))
    later = on(olle, date(2027, 2, 20))
    assert [row.name for row in told(later, Task.FOLLOW_UP)] == ["Skyddad"]


def test_the_page_is_logged_as_one_read(karin: Vault) -> None:
    karin.ask(today())
    assert reads(karin, "today.shown") == [("", "", 1)]


# Beside the tasks


def page(vault: Vault, day: date = TODAY) -> Today:
    return on(vault, day).ask(today())


def test_the_next_forum_says_what_is_in_its_queue(karin: Vault) -> None:
    waiting(karin, somebody(980))
    accepted(karin, waiting(karin, somebody(981)))
    referral = waiting(karin, somebody(982))
    karin.do(record_outcome(referral.id, Outcome.KOMPLETTERA, meeting_id=meeting(karin).id, text="Läkarintyg"))
    karin.do(close_forum(meeting(karin).id))
    forum = page(karin).forum
    assert forum is not None
    assert (forum.name, forum.on, forum.starts) == ("Samverkansforum", date(2026, 12, 3), "13.00")
    assert (forum.waiting, forum.to_complete, forum.accepted, forum.without_consent) == (2, 1, 1, 0)


def test_the_next_forum_is_the_one_that_is_planned(karin: Vault) -> None:
    karin.do(plan_meeting(MISAM, on=date(2026, 11, 25)))
    forum = page(karin).forum
    assert forum is not None
    assert forum.on == date(2026, 11, 25)


def test_a_consent_that_ends_before_the_forum_is_missing_there(karin: Vault) -> None:
    ends_on(karin, TODAY)
    forum = page(karin).forum
    assert forum is not None
    assert (forum.on, forum.without_consent) == (THURSDAY, 1)


def test_a_handlaggare_sees_the_forum_with_what_is_hers_in_it(karin: Vault, jonas: Vault, lena: Vault) -> None:
    waiting(karin)
    hers, others = page(jonas), page(lena)
    assert (hers.forum, others.forum) == (None, None)
    assert [one.waiting for one in hers.next_meetings] == [1]
    assert [one.waiting for one in others.next_meetings] == [0]


def test_a_koordinator_sees_what_is_open_against_what_the_staff_carries(karin: Vault) -> None:
    discharged(karin, began=date(2026, 5, 4), day=date(2026, 11, 4))
    enrolled(karin, waiting(karin, somebody(981)), day=TODAY)
    capacity = page(karin).capacity
    assert capacity is not None
    assert (capacity.open, capacity.capacity, capacity.began, capacity.ended) == (1, 138, 1, 1)
    assert capacity.median_months == 6.0


def test_what_was_registered_by_mistake_is_no_figure(karin: Vault) -> None:
    discharged(
        karin, began=TODAY, reason=DischargeReason.FELREGISTRERAD, destination=None, livelihoods=None, text="Fel person"
    )
    capacity = page(karin).capacity
    assert capacity is not None
    assert (capacity.open, capacity.began, capacity.ended, capacity.median_months) == (0, 0, 0, None)


def test_a_koordinator_sees_what_is_late_by_unit(karin: Vault, jonas: Vault) -> None:
    enrolled(karin, waiting(karin, somebody(980)), commissioner_id=AF, case_worker_id=contact_of(jonas))
    enrolled(karin, waiting(karin, somebody(981)), commissioner_id=IFO)
    assert page(karin).late_by_unit == ()
    assert page(karin, date(2027, 2, 25)).late_by_unit == (("Af", 1), ("IFO", 1))
    assert page(jonas, date(2027, 2, 25)).late_by_unit == ()


def test_the_next_follow_up_is_told_however_far_ahead(karin: Vault, jonas: Vault) -> None:
    assert page(jonas).next_follow_up_on is None
    enrolled(karin, case_worker_id=contact_of(jonas))
    assert page(jonas).next_follow_up_on == date(2027, 2, 24)


def test_who_has_no_cases_has_an_empty_page(bo: Vault, ada: Vault) -> None:
    for vault in (bo, ada):
        assert vault.ask(today()) == Today(tasks=(), capacity=None, late_by_unit=(), forum=None)


def test_a_koordinator_of_another_activity_sees_nothing_of_this_one(karin: Vault) -> None:
    accepted(karin)
    other = founding.reference_activity("misam", activity_id="jobbtorg", name="Jobbtorg")
    with writing(karin._engine) as conn:
        rows.activities.add(conn, other)
    siv = colleague(karin, "siv", Role.KOORDINATOR, unit_id=FK, activity_ids=(ActivityId("jobbtorg"),))
    seen = page(siv)
    assert (seen.tasks, [forum.activity_id for forum in seen.next_meetings]) == ((), ["jobbtorg"])


# The numbers of the navigation


def test_the_numbers_are_those_of_the_lists(karin: Vault, jonas: Vault) -> None:
    enrolled(karin, waiting(karin, somebody(980)), case_worker_id=contact_of(jonas))
    waiting(karin, somebody(981))
    later = on(karin, date(2027, 2, 25))
    counts = later.ask(badges())
    assert counts == (len(later.ask(today()).tasks), 1, 1, 1)
    assert counts.today > 0


def test_a_handlaggare_counts_what_is_soon_and_a_koordinator_what_is_late(karin: Vault, jonas: Vault) -> None:
    enrolled(karin, case_worker_id=contact_of(jonas))
    soon = date(2027, 2, 20)
    assert [on(vault, soon).ask(badges()).follow_ups for vault in (karin, jonas)] == [0, 1]


def test_drafts_are_not_counted_as_waiting(jonas: Vault) -> None:
    draft(jonas)
    assert jonas.ask(badges()).referrals == 0


def test_the_numbers_leave_nothing_in_the_log(karin: Vault) -> None:
    karin.ask(badges())
    assert reads(karin, "asked") == []


def test_who_has_no_cases_counts_nothing(karin: Vault, bo: Vault) -> None:
    waiting(karin)
    assert bo.ask(badges()) == (0, 0, 0, 0)
