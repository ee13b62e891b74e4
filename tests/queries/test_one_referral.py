"""What the page of one referral and the look-up of a number say, and to whom."""

from __future__ import annotations

from datetime import date

from misam_desktop.domain.codes import Outcome, Referrer
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.queries.desk import desk
from misam_desktop.queries.referrals import NOBODY, look_up_number, one_referral, waiting_referrals
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, IFO, accepted, agrees, discharged, draft, enrolled, waiting

NUMBER = made_up_number(date(1985, 3, 12), 980)


def test_a_second_referral_names_the_first_as_its_duplicate(karin: Vault) -> None:
    first, second = waiting(karin), waiting(karin)
    assert karin.ask(one_referral(second.id)).duplicates == (first,)


def test_a_second_referral_names_the_case_that_goes_on(karin: Vault) -> None:
    episode = enrolled(karin)
    [duplicate] = karin.ask(one_referral(waiting(karin).id)).duplicates
    assert duplicate.episode_id == episode.id


def test_a_case_that_has_ended_is_no_duplicate(karin: Vault) -> None:
    ended, second = discharged(karin, began=date(2026, 3, 2)), waiting(karin)
    assert ended.person_id == second.person_id
    assert karin.ask(one_referral(second.id)).duplicates == ()


def test_a_duplicate_beyond_reach_is_not_named(karin: Vault, jonas: Vault) -> None:
    waiting(karin, consent=agrees(unit_ids=(IFO,)), unit_id=IFO, referrer=Referrer.KOMMUN, needed_unit_ids=(AF,))
    second = waiting(jonas)
    assert jonas.ask(one_referral(second.id)).duplicates == ()


def test_what_was_taken_back_stays_among_the_assessments(karin: Vault) -> None:
    referral = accepted(karin)
    [assessment] = karin.ask(one_referral(referral.id)).assessments
    assert assessment.outcome is Outcome.ANTAS


def test_a_number_leads_to_the_units_own_draft(jonas: Vault) -> None:
    begun = draft(jonas)
    assert jonas.ask(look_up_number(NUMBER)).drafts == (begun.id,)


def test_a_draft_of_another_unit_is_nobody(karin: Vault, jonas: Vault) -> None:
    draft(karin, unit_id=IFO, referrer=Referrer.KOMMUN)
    assert jonas.ask(look_up_number(NUMBER)) == NOBODY


def test_the_list_says_what_the_forum_concluded(karin: Vault) -> None:
    accepted(karin)
    [row] = karin.ask(waiting_referrals())
    assert row.outcome is Outcome.ANTAS


def test_the_desk_knows_the_koordinators_units(jonas: Vault) -> None:
    lies = jonas.ask(desk())
    assert lies.coordinating_units(lies.activities[0].id) == (IFO,)
