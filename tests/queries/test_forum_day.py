"""The forum of a day: its queue, what stands in it once it has ended, and the meetings around it."""

from __future__ import annotations

from datetime import date, timedelta

from misam_desktop.commands.episodes import enrol
from misam_desktop.commands.forum import (
    close_forum,
    open_forum,
    plan_meeting,
    record_attendance,
    record_outcome,
    take_back_outcome,
)
from misam_desktop.commands.forum_items import draw_codes
from misam_desktop.commands.referrals import make_referral
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.domain.codes import Agency, Outcome, Presence, Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.meeting import MeetingState
from misam_desktop.domain.preparation import Lack
from misam_desktop.queries.forum import QueueRow, forum_day
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    AF,
    AME,
    FK,
    IFO,
    MISAM,
    REGION,
    agrees,
    asks,
    colleague,
    contact_of,
    meeting,
    on,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY

DAY = timedelta(days=1)


def queue(vault: Vault, day: date = TODAY) -> list[QueueRow]:
    return list(vault.ask(forum_day(MISAM, on=day)).queue)


def test_an_asked_unit_outside_the_consent_is_told(karin: Vault) -> None:
    waiting(karin, needed_unit_ids=(IFO, AME))
    [row] = queue(karin)
    assert (row.needed, row.outside_consent) == (("IFO", "AME"), ("AME",))


def test_an_authority_that_the_consent_does_not_name_leaves(karin: Vault) -> None:
    karin.do(make_referral(somebody(), asks(), consent=agrees(unit_ids=(AF, IFO)), submit=True))
    [row] = queue(karin)
    assert FK in row.leaving
    assert REGION in row.leaving
    assert not {AF, IFO} & set(row.leaving)


def test_without_a_consent_it_is_not_taken_up_and_nobody_is_sent_out(karin: Vault) -> None:
    consent = agrees(until_on=TODAY + 7 * DAY)
    karin.do(make_referral(somebody(), asks(), consent=consent, submit=True))
    [row] = queue(on(karin, TODAY + 8 * DAY), TODAY + 8 * DAY)
    assert (row.has_consent, row.leaving, row.lacks) == (False, (), (Lack.CONSENT,))


def test_what_was_concluded_stays_in_the_queue_with_its_outcome(karin: Vault) -> None:
    first, forum = waiting(karin), meeting(karin)
    karin.do(record_outcome(first.id, Outcome.ATER, meeting_id=forum.id, text="Af planerar", also_sip=True))
    [row] = queue(karin)
    assert (row.outcome, row.outcome_text, row.also_sip, row.can_be_taken_back) == (
        Outcome.ATER,
        "Af planerar",
        True,
        True,
    )


def test_an_outcome_that_was_taken_back_waits_again(karin: Vault) -> None:
    first, forum = waiting(karin), meeting(karin)
    karin.do(record_outcome(first.id, Outcome.NAFS, meeting_id=forum.id))
    karin.do(take_back_outcome(first.id))
    [row] = queue(karin)
    assert (row.outcome, row.can_be_taken_back) == (None, False)


def test_an_enrolled_person_is_not_taken_back_into_the_queue(karin: Vault) -> None:
    first, forum = waiting(karin), meeting(karin)
    karin.do(record_outcome(first.id, Outcome.ANTAS, meeting_id=forum.id))
    karin.do(enrol(first.id, enrolled_on=TODAY, commissioner_id=IFO))
    [row] = queue(karin)
    assert (row.outcome, row.can_be_taken_back) == (Outcome.ANTAS, False)


def test_a_meeting_that_has_ended_shows_only_what_it_concluded(karin: Vault) -> None:
    first, forum = waiting(karin), meeting(karin)
    waiting(karin, somebody(981))
    karin.do(record_outcome(first.id, Outcome.KOMPLETTERA, meeting_id=forum.id, text="Intyg"))
    karin.do(close_forum(forum.id))
    assert [row.id for row in queue(karin)] == [first.id]
    assert len(queue(karin, TODAY + 7 * DAY)) == 2


def test_an_ended_meeting_keeps_what_a_later_one_concluded_anew(karin: Vault) -> None:
    referral, forum = waiting(karin), meeting(karin)
    karin.do(record_outcome(referral.id, Outcome.KOMPLETTERA, meeting_id=forum.id, text="Intyg"))
    karin.do(close_forum(forum.id))
    later = on(karin, TODAY + 7 * DAY)
    again = meeting(later, TODAY + 7 * DAY)
    later.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=again.id))
    [row] = queue(karin)
    assert (row.outcome, row.can_be_taken_back) == (Outcome.KOMPLETTERA, False)


def test_what_was_referred_after_a_meeting_does_not_wait_for_it(karin: Vault) -> None:
    before = on(karin, TODAY - DAY)
    waiting(before, referred_on=TODAY - DAY)
    meeting(before, TODAY - DAY)
    waiting(karin, somebody(981))
    assert len(queue(karin, TODAY - DAY)) == 1


def test_the_days_around_a_meeting_are_told(karin: Vault) -> None:
    karin.do(plan_meeting(MISAM, on=TODAY - 7 * DAY))
    karin.do(plan_meeting(MISAM, on=TODAY + 9 * DAY))
    day = karin.ask(forum_day(MISAM, on=TODAY))
    assert (day.before, day.after) == (TODAY - 7 * DAY, TODAY + 9 * DAY)


def test_after_an_ended_meeting_comes_the_next_of_the_rhythm(karin: Vault) -> None:
    forum = meeting(karin)
    karin.do(close_forum(forum.id))
    assert karin.ask(forum_day(MISAM, on=TODAY)).after == date(2026, 12, 3)


def test_a_meeting_that_was_never_ended_is_told_on_later_days(karin: Vault) -> None:
    meeting(karin)
    later = on(karin, TODAY + 2 * DAY)
    assert later.ask(forum_day(MISAM)).never_ended == TODAY
    assert karin.ask(forum_day(MISAM, on=TODAY)).never_ended is None


def test_a_meeting_that_was_interrupted_is_the_forum_of_its_day(karin: Vault) -> None:
    karin.do(open_forum(MISAM, on=TODAY))
    day = karin.ask(forum_day(MISAM))
    assert (day.on, day.state) == (TODAY, MeetingState.OPEN)


def test_the_meeting_after_an_earlier_one_is_the_soonest_of_all(karin: Vault) -> None:
    karin.do(plan_meeting(MISAM, on=TODAY - 7 * DAY))
    karin.do(close_forum(meeting(karin).id))
    assert karin.ask(forum_day(MISAM, on=TODAY - 7 * DAY)).after == TODAY


def test_a_day_without_a_meeting_yet_asks_for_consents_that_hold_on_that_day(karin: Vault) -> None:
    karin.do(make_referral(somebody(), asks(), consent=agrees(until_on=TODAY + DAY), submit=True))
    assert [row.has_consent for row in queue(karin, TODAY + DAY)] == [True]
    assert [(row.has_consent, row.lacks) for row in queue(karin, TODAY + 2 * DAY)] == [(False, (Lack.ENDS,))]


def test_a_koordinator_of_another_activity_learns_nothing_of_its_meetings(karin: Vault) -> None:
    meeting(karin)
    nils = colleague(karin, "nils", Role.KOORDINATOR, unit_id=REGION, activity_ids=(ActivityId("annan"),))
    with refused(nils, NotFound):
        nils.ask(forum_day(MISAM, on=TODAY))


def test_what_was_concluded_of_a_protected_person_is_told_to_the_owners_alone(karin: Vault) -> None:
    referral, forum = waiting(karin, somebody(protected=True)), meeting(karin)
    karin.do(record_outcome(referral.id, Outcome.ATER, meeting_id=forum.id, text="Bor hos sin syster"))
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    assert [(row.name, row.outcome_text) for row in queue(kim)] == [("Skyddad", "")]
    assert [row.outcome_text for row in queue(karin)] == ["Bor hos sin syster"]


# What there is to see to before it


def test_what_is_missing_is_told_the_weightiest_first(karin: Vault) -> None:
    waiting(karin, needed_unit_ids=(IFO, AME), needed_why="", referred_on=TODAY - DAY)
    waiting(karin, somebody(981), needed_unit_ids=(), target_reason="Utreds än")
    assert [row.lacks for row in queue(karin)] == [(Lack.ASKED, Lack.WHY), (Lack.NEEDED,)]


def test_the_same_person_twice_in_the_queue_is_told_of_both(karin: Vault) -> None:
    waiting(karin, referred_on=TODAY - 2 * DAY)
    waiting(karin, referred_on=TODAY - DAY)
    waiting(karin, somebody(981))
    assert [row.is_twice for row in queue(karin)] == [True, True, False]


def test_who_is_kept_out_of_a_case_is_told_and_does_not_hear_of_it(karin: Vault) -> None:
    mia = colleague(karin, "mia", Role.HANDLAGGARE, unit_id=FK)
    referral = waiting(karin)
    karin.do(shut_out(referral.id, contact_of(mia)))
    assert [row.shut_out for row in queue(karin)] == [("Mia, FK",)]


def test_who_is_absent_need_not_leave(karin: Vault) -> None:
    waiting(karin)
    forum = meeting(karin)
    karin.do(record_attendance(forum.id, Agency.FK, Presence.FRANVARANDE))
    [row] = queue(karin)
    assert FK not in row.leaving
    assert REGION in row.leaving


def test_a_unit_that_takes_part_in_another_case_leaves_for_one_that_does_not_name_it(karin: Vault) -> None:
    waiting(karin, somebody(981), consent=agrees(unit_ids=(AF, IFO, AME)), needed_unit_ids=(AME,), sgi0=True)
    waiting(karin)
    assert [AME in row.leaving for row in queue(karin)] == [False, True]


def test_who_comes_once_the_codes_are_drawn_is_counted(karin: Vault) -> None:
    forum = meeting(karin)
    waiting(karin)
    assert karin.ask(forum_day(MISAM, on=TODAY)).uncoded == 1
    karin.do(draw_codes(forum.id))
    assert karin.ask(forum_day(MISAM, on=TODAY)).uncoded == 0
