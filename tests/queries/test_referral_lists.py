"""Remisser: what waits, what has been answered, and what waits for enrolment."""

from __future__ import annotations

from datetime import date, timedelta

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.forum import record_outcome
from misam_desktop.commands.referrals import confirm_waiting, withdraw_referral
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import Outcome, Purpose, Referrer
from misam_desktop.domain.referral import ReferralState
from misam_desktop.queries.forum import waiting_for_enrolment
from misam_desktop.queries.referrals import answered_referrals, waiting_referrals
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    MISAM,
    accepted,
    agrees,
    all_of,
    draft,
    enrolled,
    meeting,
    on,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY
from tests.queries.worlds import reads


def states(vault: Vault) -> list[ReferralState]:
    return [row.state for row in vault.ask(waiting_referrals())]


def test_a_row_says_who_asks_what_and_since_when(karin: Vault) -> None:
    referral = waiting(karin, sgi0=True, referred_on=date(2026, 11, 2))
    [row] = karin.ask(waiting_referrals())
    assert (row.id, row.person_id, row.version) == (referral.id, referral.person_id, referral.version)
    assert (row.name, row.number, row.unit) == ("Malin Provlund", "850312-••••", "Af")
    assert (row.referred_on, row.state, row.sgi0) == (date(2026, 11, 2), ReferralState.WAITING, True)
    assert row.question == "Vad behövs för att börja arbetsträna?"


def test_what_came_from_no_authority_says_so(karin: Vault) -> None:
    waiting(karin, referrer=Referrer.ANNAN, unit_id=None, needed_unit_ids=(AF, IFO))
    [row] = karin.ask(waiting_referrals())
    assert row.unit == "Annan"


def test_drafts_what_waits_and_what_is_accepted_stand_there(karin: Vault, jonas: Vault) -> None:
    draft(jonas, referred_on=date(2026, 11, 2))
    waiting(jonas, somebody(981), referred_on=date(2026, 11, 3))
    accepted(karin, waiting(jonas, somebody(982), referred_on=date(2026, 11, 4)))
    assert states(jonas) == [ReferralState.DRAFT, ReferralState.WAITING, ReferralState.ACCEPTED]


def test_what_is_to_be_completed_waits_too(karin: Vault) -> None:
    referral, forum = waiting(karin), meeting(karin)
    karin.do(record_outcome(referral.id, Outcome.KOMPLETTERA, meeting_id=forum.id, text="Läkarintyg"))
    assert states(karin) == [ReferralState.COMPLETING]


def test_what_is_answered_withdrawn_or_enrolled_waits_no_longer(karin: Vault) -> None:
    forum = meeting(karin)
    karin.do(record_outcome(waiting(karin).id, Outcome.REGULJAR, meeting_id=forum.id))
    karin.do(withdraw_referral(waiting(karin, somebody(981)).id, why="Flyttat"))
    enrolled(karin, waiting(karin, somebody(982)))
    assert states(karin) == []


def test_a_draft_is_its_units_alone(karin: Vault, jonas: Vault, olle: Vault, lena: Vault) -> None:
    draft(jonas)
    assert [len(states(vault)) for vault in (karin, jonas, olle, lena)] == [0, 1, 1, 0]


def test_a_referral_is_its_units_and_the_koordinators(karin: Vault, jonas: Vault, lena: Vault) -> None:
    waiting(karin)
    assert [len(states(vault)) for vault in (karin, jonas, lena)] == [1, 1, 0]


def test_a_protected_person_is_neither_named_nor_asked_about(karin: Vault, olle: Vault) -> None:
    waiting(karin, somebody(protected=True))
    [row] = olle.ask(waiting_referrals())
    assert (row.name, row.number, row.question) == ("Skyddad", "Skyddad", "")


def test_the_day_it_was_last_gone_through_is_told(jonas: Vault) -> None:
    jonas.do(confirm_waiting(waiting(jonas).id))
    [row] = jonas.ask(waiting_referrals())
    assert row.reviewed_on == TODAY


def test_the_list_is_logged_as_one_read(karin: Vault) -> None:
    karin.ask(waiting_referrals())
    assert reads(karin, "referrals.listed") == [("", "", 1)]


def test_ledning_and_administrator_see_no_list(ada: Vault, bo: Vault) -> None:
    for vault in (ada, bo):
        with refused(vault, NotPermitted):
            vault.ask(waiting_referrals())


# Consent


def has_consent(vault: Vault) -> bool:
    [row] = vault.ask(waiting_referrals())
    return row.has_consent


def test_a_consent_to_samverkan_holds_from_its_first_day_to_its_last(karin: Vault) -> None:
    waiting(karin)
    [last] = {consent.until_on for consent in all_of(karin, rows.consents)}
    assert last is not None
    days = (TODAY - timedelta(days=1), TODAY, last, last + timedelta(days=1))
    assert [has_consent(on(karin, day)) for day in days] == [False, True, True, False]


def test_a_consent_that_was_withdrawn_does_not_hold(karin: Vault) -> None:
    waiting(karin)
    for consent in all_of(karin, rows.consents):
        if consent.purpose is Purpose.SAMVERKAN:
            karin.do(withdraw_consent(consent.id, on=TODAY))
    assert not has_consent(karin)


def test_a_draft_without_a_paper_has_none(jonas: Vault) -> None:
    draft(jonas)
    assert not has_consent(jonas)


# The person's other cases


def has_open_case(vault: Vault, referral_id: str) -> bool:
    return next(row.has_open_case for row in vault.ask(waiting_referrals()) if row.id == referral_id)


def test_a_second_referral_is_told_of_the_first(karin: Vault) -> None:
    first, second = waiting(karin), waiting(karin)
    assert has_open_case(karin, first.id)
    assert has_open_case(karin, second.id)


def test_a_referral_is_told_of_the_case_that_goes_on(karin: Vault) -> None:
    enrolled(karin)
    assert has_open_case(karin, waiting(karin).id)


def test_a_referral_alone_is_told_of_none(karin: Vault) -> None:
    assert not has_open_case(karin, waiting(karin).id)


def test_a_case_beyond_reach_is_not_told_of(karin: Vault, jonas: Vault) -> None:
    """Even that somebody is known at another authority is secret."""
    without_af = agrees(unit_ids=(FK, IFO))
    enrolled(karin, waiting(karin, consent=without_af, unit_id=FK, referrer=Referrer.FK), commissioner_id=IFO)
    second = waiting(jonas)
    assert (has_open_case(jonas, second.id), has_open_case(karin, second.id)) == (False, True)


# Answered


def test_what_was_answered_or_withdrawn_since_a_day_is_listed(karin: Vault) -> None:
    forum = meeting(karin)
    karin.do(record_outcome(waiting(karin).id, Outcome.ATER, meeting_id=forum.id, text="Af planerar"))
    karin.do(withdraw_referral(waiting(karin, somebody(981)).id, why="Flyttat"))
    listed = [row.state for row in karin.ask(answered_referrals(since=TODAY))]
    assert sorted(listed) == [ReferralState.CONCLUDED, ReferralState.WITHDRAWN]
    assert on(karin, date(2026, 11, 25)).ask(answered_referrals(since=date(2026, 11, 25))) == []


def test_what_waits_or_was_accepted_is_not_answered(karin: Vault) -> None:
    waiting(karin)
    accepted(karin, waiting(karin, somebody(981)))
    assert karin.ask(answered_referrals(since=TODAY)) == []


def test_answers_to_other_units_are_not_there(karin: Vault, lena: Vault) -> None:
    karin.do(withdraw_referral(waiting(karin).id, why="Flyttat"))
    assert lena.ask(answered_referrals(since=TODAY)) == []


# Waiting for enrolment


def test_what_was_accepted_waits_for_enrolment_the_oldest_first(karin: Vault) -> None:
    later = accepted(karin, waiting(karin))
    earlier = accepted(
        on(karin, date(2026, 11, 19)),
        waiting(on(karin, date(2026, 11, 16)), somebody(981), referred_on=date(2026, 11, 16)),
        day=date(2026, 11, 19),
    )
    listed = karin.ask(waiting_for_enrolment(MISAM))
    assert [(row.id, row.accepted_on) for row in listed] == [(earlier.id, date(2026, 11, 19)), (later.id, TODAY)]
    assert (listed[1].name, listed[1].unit_id, listed[1].unit) == ("Malin Provlund", AF, "Af")


def test_who_is_enrolled_waits_no_longer(karin: Vault) -> None:
    enrolled(karin)
    assert karin.ask(waiting_for_enrolment(MISAM)) == []


def test_only_a_koordinator_sees_who_waits_for_enrolment(jonas: Vault) -> None:
    with refused(jonas, NotPermitted):
        jonas.ask(waiting_for_enrolment(MISAM))
