"""Referrals: made, changed, put before the forum, withdrawn, and the person taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from misam_desktop.commands.episodes import discharge
from misam_desktop.commands.forum import record_outcome
from misam_desktop.commands.referrals import (
    change_referral,
    confirm_waiting,
    make_referral,
    refer_again,
    submit_referral,
    withdraw_referral,
)
from misam_desktop.domain.activity import ActivityClosed, UnitRequired
from misam_desktop.domain.codes import (
    DischargeReason,
    Education,
    Outcome,
    Purpose,
    Referrer,
    RereferralReason,
    Role,
)
from misam_desktop.domain.consent import ConsentMissing, ConsentNotNew, valid_on
from misam_desktop.domain.episode import Episode, NoRereferral, NotDischarged, RereferralTooLate
from misam_desktop.domain.errors import NotFound, Stale, UserError
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.intake import NumberFixed, carried_over, facts_of
from misam_desktop.domain.referral import (
    FutureDate,
    NotEditable,
    NotWithdrawable,
    Referral,
    ReferralState,
    TextRequired,
    state_of,
)
from misam_desktop.domain.target_group import ReasonRequired
from misam_desktop.queries.referrals import waiting_referrals
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Request, Vault
from tests.commands.worlds import (
    AF,
    AME,
    FK,
    IFO,
    IN_WORK,
    REGION,
    agrees,
    all_of,
    asks,
    colleague,
    contact_of,
    discharged,
    draft,
    ends,
    enrolled,
    entries,
    meeting,
    on,
    one,
    refused,
    somebody,
    waiting,
)
from tests.conftest import NOW, TODAY


def add_activity(vault: Vault, activity_id: str, *, open_for_referrals: bool = True) -> ActivityId:
    """Another activity with MISAM's settings."""
    like = founding.reference_activity("misam", activity_id=activity_id, name=activity_id.upper())
    with writing(vault._engine) as conn:
        rows.activities.add(conn, replace(like, open_for_referrals=open_for_referrals))
    return ActivityId(activity_id)


def changed(referral: Referral, *, seen: int | None = None, person: Any = None, **said: Any) -> Request[Referral]:
    facts = replace(facts_of(referral), **said)
    version = referral.version if seen is None else seen
    return change_referral(referral.id, person or somebody(), facts, seen=version)


def again(after: Episode, consent: Any = None, *, not_held: str = "Praktiken", **said: Any) -> Request[Referral]:
    return refer_again(
        after.id,
        asks(**said),
        reason=RereferralReason.INTE_HALLIT,
        not_held=not_held,
        consent=consent or agrees(),
    )


# Making one


def test_a_new_referral_stands_before_the_forum_with_its_person_and_consent(jonas: Vault) -> None:
    referral = waiting(jonas)
    assert state_of(referral) is ReferralState.WAITING
    assert referral.submitted_at == NOW
    assert one(jonas, rows.referrals, referral.id) == referral
    assert one(jonas, rows.persons, referral.person_id).full_name == "Malin Provlund"
    assert {consent.purpose for consent in all_of(jonas, rows.consents)} == {Purpose.SAMVERKAN, Purpose.UPPFOLJNING}


def test_a_draft_needs_neither_consent_nor_question(jonas: Vault) -> None:
    referral = draft(jonas, question="", close_cooperation=None)
    assert state_of(referral) is ReferralState.DRAFT
    assert all_of(jonas, rows.consents) == []


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"question": " "}, TextRequired),
        ({"referred_on": date(2026, 11, 25)}, FutureDate),
        ({"close_cooperation": None}, ReasonRequired),
        ({"needed_unit_ids": ()}, ReasonRequired),
        ({"unit_id": None}, UnitRequired),
    ],
)
def test_a_referral_that_lacks_something_does_not_come_before_the_forum(
    karin: Vault, said: dict[str, Any], error: type[UserError]
) -> None:
    with refused(karin, error):
        karin.do(make_referral(somebody(), asks(**said), consent=agrees(), submit=True))


def test_without_consent_nothing_comes_before_the_forum(jonas: Vault) -> None:
    with refused(jonas, ConsentMissing):
        jonas.do(make_referral(somebody(), asks(), submit=True))
    begun = draft(jonas)
    with refused(jonas, ConsentMissing):
        jonas.do(submit_referral(begun.id))


def test_a_consent_to_statistics_alone_is_not_enough(jonas: Vault) -> None:
    with refused(jonas, ConsentMissing):
        jonas.do(make_referral(somebody(), asks(), consent=agrees(purposes=(Purpose.UPPFOLJNING,)), submit=True))


def test_a_draft_is_submitted_with_the_consent_that_was_missing(jonas: Vault) -> None:
    submitted = jonas.do(submit_referral(draft(jonas).id, consent=agrees())).value
    assert state_of(submitted) is ReferralState.WAITING


def test_outside_the_target_group_a_reason_lets_the_referral_through(jonas: Vault) -> None:
    older = somebody(born=date(1958, 3, 12))
    with refused(jonas, ReasonRequired):
        waiting(jonas, older)
    assert state_of(waiting(jonas, older, target_reason="Fyllde 65 medan den skrevs")) is ReferralState.WAITING


def test_two_units_of_one_kommun_are_not_two_authorities(karin: Vault) -> None:
    said: dict[str, Any] = {"referrer": Referrer.KOMMUN, "unit_id": IFO}
    with refused(karin, ReasonRequired):
        waiting(karin, needed_unit_ids=(AME,), **said)
    waiting(karin, needed_unit_ids=(AME, FK), **said)


def test_an_activity_that_only_came_with_a_list_takes_no_referrals(jonas: Vault) -> None:
    closed = add_activity(jonas, "arkiv", open_for_referrals=False)
    with refused(jonas, ActivityClosed):
        draft(jonas, activity_id=closed)


def test_nobody_refers_in_the_name_of_another_unit(jonas: Vault) -> None:
    with refused(jonas, NotFound):
        draft(jonas, unit_id=FK, referrer=Referrer.FK)


def test_the_draft_of_somebody_who_comes_alone_stays_with_the_unit_that_took_it_in(jonas: Vault, lena: Vault) -> None:
    begun = draft(jonas, referrer=Referrer.ANNAN, unit_id=None)
    assert (begun.contact_id, begun.home_id) == (contact_of(jonas), AF)
    with refused(lena, NotFound):
        lena.do(withdraw_referral(begun.id, why="Fel"))
    assert jonas.do(withdraw_referral(begun.id, why="Personen ångrade sig")).value.contact_id == contact_of(jonas)


# A person who is known


def test_a_person_is_stored_once_however_many_referrals(jonas: Vault) -> None:
    first, second = waiting(jonas), draft(jonas, somebody(phone="070-174 06 05"))
    assert first.person_id == second.person_id
    assert [person.phone for person in all_of(jonas, rows.persons)] == ["070-174 06 05"]


def test_an_empty_form_takes_nothing_from_a_known_person(jonas: Vault) -> None:
    waiting(jonas, somebody(phone="070-174 06 05", informed_on=TODAY))
    draft(jonas, somebody(given_name=""))
    (person,) = all_of(jonas, rows.persons)
    assert (person.given_name, person.phone, person.informed_on) == ("Malin", "070-174 06 05", TODAY)


def test_a_protected_person_stays_so_when_their_owner_refers_them_again(karin: Vault) -> None:
    from_ifo: dict[str, Any] = {"referrer": Referrer.KOMMUN, "unit_id": IFO, "needed_unit_ids": (AF,)}
    first = waiting(karin, somebody(protected=True), **from_ifo)
    assert draft(karin, **from_ifo).person_id == first.person_id
    assert [person.protected for person in all_of(karin, rows.persons)] == [True]


def test_a_protected_referral_is_answered_by_one_koordinator(karin: Vault, jonas: Vault) -> None:
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    referral, forum = waiting(jonas, somebody(protected=True)), meeting(karin)
    with refused(kim, NotFound):
        kim.do(record_outcome(referral.id, Outcome.REGULJAR, meeting_id=forum.id))
    karin.do(record_outcome(referral.id, Outcome.REGULJAR, meeting_id=forum.id))


def test_who_becomes_protected_while_a_referral_waits_can_be_answered_too(karin: Vault, jonas: Vault) -> None:
    referral, forum = waiting(jonas), meeting(karin)
    jonas.do(changed(referral, person=somebody(protected=True)))
    karin.do(record_outcome(referral.id, Outcome.REGULJAR, meeting_id=forum.id))


def test_no_koordinator_of_another_activity_is_let_in_to_a_protected_person(karin: Vault, jonas: Vault) -> None:
    colleague(karin, "anna", Role.KOORDINATOR, unit_id=REGION, activity_ids=(ActivityId("annan"),))
    colleague(karin, "bea", Role.KOORDINATOR, unit_id=REGION, active=False)
    person_id = waiting(jonas, somebody(protected=True)).person_id
    assert one(karin, rows.persons, person_id).protected_owners == (jonas.actor.user_id, karin.actor.user_id)


# Changing one


def test_a_change_is_kept_and_counted(jonas: Vault) -> None:
    before = waiting(jonas)
    after = jonas.do(changed(before, question="Vad återstår?", person=somebody(phone="070-174 06 05"))).value
    assert (after.question, after.version) == ("Vad återstår?", before.version + 1)
    assert one(jonas, rows.persons, before.person_id).phone == "070-174 06 05"


def test_of_two_who_edit_the_same_referral_the_second_is_told_and_overwrites_nothing(jonas: Vault, olle: Vault) -> None:
    read_by_both = waiting(jonas)
    olle.do(changed(read_by_both, question="Olles fråga"))
    with refused(jonas, Stale):
        jonas.do(changed(read_by_both, question="Jonas fråga"))
    kept = one(jonas, rows.referrals, read_by_both.id)
    assert kept.question == "Olles fråga"
    assert jonas.do(changed(kept, question="Jonas fråga")).value.question == "Jonas fråga"


def test_a_person_who_was_changed_elsewhere_is_not_overwritten(jonas: Vault, olle: Vault) -> None:
    mine, other = waiting(jonas), waiting(olle)
    person = one(jonas, rows.persons, mine.person_id)
    olle.do(changed(other, person=somebody(phone="070-174 06 05")))
    request = change_referral(mine.id, somebody(), facts_of(mine), seen=mine.version, person_seen=person.version)
    with refused(jonas, Stale):
        jonas.do(request)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"question": ""}, TextRequired),
        ({"close_cooperation": False}, ReasonRequired),
        ({"unit_id": None}, UnitRequired),
        ({"unit_id": FK, "referrer": Referrer.FK}, NotFound),
    ],
)
def test_what_waits_cannot_be_changed_into_what_could_not_have_been_sent(
    jonas: Vault, said: dict[str, Any], error: type[UserError]
) -> None:
    referral = waiting(jonas)
    with refused(jonas, error):
        jonas.do(changed(referral, **said))


def test_a_draft_may_still_lack_things_after_a_change(jonas: Vault) -> None:
    assert jonas.do(changed(draft(jonas), question="", close_cooperation=False)).value.question == ""


def test_another_number_is_another_referral(jonas: Vault) -> None:
    referral = waiting(jonas)
    with refused(jonas, NumberFixed):
        jonas.do(changed(referral, person=somebody(982)))


def test_what_the_forum_has_answered_is_not_changed(karin: Vault) -> None:
    referral = waiting(karin)
    answered = karin.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=meeting(karin).id)).value
    with refused(karin, NotEditable):
        karin.do(changed(answered, question="Annat"))


# Waiting and withdrawing


def test_a_withdrawn_referral_keeps_its_reason_and_leaves_the_queue(karin: Vault) -> None:
    gone = karin.do(withdraw_referral(waiting(karin).id, why=" Dubblett ")).value
    assert (state_of(gone), gone.withdrawn_why, gone.withdrawn_on) == (ReferralState.WITHDRAWN, "Dubblett", TODAY)
    assert karin.ask(waiting_referrals()) == []


def test_a_withdrawal_without_a_reason_is_refused(karin: Vault) -> None:
    referral = waiting(karin)
    with refused(karin, TextRequired):
        karin.do(withdraw_referral(referral.id, why=" "))


def test_what_leads_to_an_episode_is_not_withdrawn(karin: Vault) -> None:
    episode = enrolled(karin)
    with refused(karin, NotWithdrawable):
        karin.do(withdraw_referral(episode.referral_id, why="Dubblett"))


def test_a_reviewed_referral_goes_on_waiting(jonas: Vault) -> None:
    reviewed = jonas.do(confirm_waiting(waiting(jonas).id)).value
    assert (reviewed.reviewed_on, state_of(reviewed)) == (TODAY, ReferralState.WAITING)


# A second referral for an open case


def from_fk(lena: Vault) -> Referral:
    asked, signed = asks(referrer=Referrer.FK, unit_id=FK), agrees(unit_ids=(FK, IFO))
    return lena.do(make_referral(somebody(), asked, consent=signed, submit=True)).value


def test_a_unit_that_knows_nothing_of_an_open_case_can_refer_and_learns_nothing(karin: Vault, lena: Vault) -> None:
    enrolled(karin)
    second = from_fk(lena)
    assert [(row.id, row.has_open_case) for row in lena.ask(waiting_referrals())] == [(second.id, False)]


def test_the_koordinator_sees_the_duplicate_and_resolves_it_by_withdrawing(karin: Vault, lena: Vault) -> None:
    enrolled(karin)
    second = from_fk(lena)
    assert [(row.id, row.has_open_case) for row in karin.ask(waiting_referrals())] == [(second.id, True)]
    karin.do(withdraw_referral(second.id, why="Personen har redan ett ärende"))
    assert karin.ask(waiting_referrals()) == []


# Taking a person back


def test_a_rereferral_links_to_the_episode_and_goes_before_the_next_forum(karin: Vault, jonas: Vault) -> None:
    after = discharged(karin, began=date(2026, 2, 2), day=date(2026, 11, 2))
    back = jonas.do(again(after)).value
    assert (back.earlier_episode_id, back.not_held, back.person_id) == (after.id, "Praktiken", after.person_id)
    assert (back.is_rereferral, state_of(back)) == (True, ReferralState.WAITING)
    assert one(karin, rows.episodes, after.id) == after


def test_a_rereferral_carries_the_earlier_picture_over(karin: Vault) -> None:
    after = discharged(
        karin, began=date(2026, 2, 2), day=date(2026, 11, 2), livelihoods=IN_WORK, education=Education.HOGSKOLA_1
    )
    earlier = one(karin, rows.referrals, after.referral_id)
    facts = carried_over(earlier, after, on=TODAY)
    back = karin.do(
        refer_again(after.id, facts, reason=RereferralReason.NY_SITUATION, not_held="Anställningen", consent=agrees())
    ).value
    assert (back.question, back.needed_unit_ids, back.support_months) == (earlier.question, (IFO,), 30)
    assert (back.education, back.livelihoods, back.referred_on) == (Education.HOGSKOLA_1, IN_WORK, TODAY)


def test_a_rereferral_stands_on_a_consent_of_its_own(karin: Vault) -> None:
    after = discharged(karin, began=date(2026, 2, 2), day=date(2026, 11, 2))
    earlier = [consent for consent in all_of(karin, rows.consents) if valid_on(consent, TODAY)]
    assert earlier, "the consent of the earlier episode still holds, and is not taken for the new one"
    with refused(karin, ConsentMissing):
        karin.do(again(after, agrees(purposes=(Purpose.UPPFOLJNING,))))
    back = karin.do(again(after)).value
    assert {one.case_id for one in all_of(karin, rows.consents)} == {after.referral_id, back.id}


def test_the_paper_of_the_earlier_episode_is_no_new_consent(karin: Vault) -> None:
    after = discharged(karin, began=date(2026, 2, 2), day=date(2026, 11, 2))
    with refused(karin, ConsentNotNew):
        karin.do(again(after, agrees(from_on=date(2026, 11, 1))))
    karin.do(again(after, agrees(from_on=date(2026, 11, 2))))


def test_what_did_not_hold_is_asked_for(karin: Vault) -> None:
    after = discharged(karin, began=date(2026, 2, 2), day=date(2026, 11, 2))
    with refused(karin, TextRequired):
        karin.do(again(after, not_held=" "))


def test_the_window_is_open_to_its_last_day_and_no_longer(karin: Vault) -> None:
    after = discharged(karin, began=date(2025, 2, 3), day=date(2026, 5, 22))
    last, late = on(karin, date(2026, 11, 22)), on(karin, date(2026, 11, 23))
    with refused(late, RereferralTooLate):
        late.do(again(after, agrees(from_on=date(2026, 11, 23)), referred_on=date(2026, 11, 23)))
    last.do(again(after, agrees(from_on=date(2026, 11, 22)), referred_on=date(2026, 11, 22)))


def test_a_change_cannot_carry_a_rereferral_out_of_its_window(karin: Vault) -> None:
    after = discharged(karin, began=date(2025, 2, 3), day=date(2026, 5, 24))
    back = karin.do(again(after)).value
    later = on(karin, date(2026, 12, 1))
    with refused(later, RereferralTooLate):
        later.do(changed(back, referred_on=date(2026, 12, 1)))


def test_nobody_is_taken_back_to_an_open_episode_or_after_a_quiet_reason(karin: Vault) -> None:
    goes_on = enrolled(karin, day=date(2026, 11, 2))
    with refused(karin, NotDischarged):
        karin.do(again(goes_on))
    after = karin.do(discharge(goes_on.id, ends(reason=DischargeReason.AVLIDEN))).value
    with refused(karin, NoRereferral):
        karin.do(again(after))


def test_nobody_is_taken_back_into_another_activity(karin: Vault) -> None:
    after = discharged(karin, began=date(2026, 2, 2), day=date(2026, 11, 2))
    other = add_activity(karin, "jobbtorg")
    with refused(karin, NoRereferral):
        karin.do(again(after, activity_id=other))


def test_nobody_takes_back_in_the_name_of_another_unit(karin: Vault) -> None:
    after = discharged(karin, began=date(2026, 2, 2), day=date(2026, 11, 2))
    sara = colleague(karin, "sara", Role.HANDLAGGARE, unit_id=IFO)  # of the unit that commissioned it
    with refused(sara, NotFound):
        sara.do(again(after))


def test_a_refusal_names_the_referral_that_somebody_tried(jonas: Vault, lena: Vault) -> None:
    referral = waiting(jonas)
    with refused(lena, NotFound):
        lena.do(withdraw_referral(referral.id, why="Dubblett"))
    entry = entries(lena)[-1]
    assert (entry.action, entry.object_id, entry.person_id) == ("referral.withdrawn", referral.id, referral.person_id)
