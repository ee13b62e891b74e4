"""Episodes: enrolled, handed over with their follow-ups, ended, and opened again exactly as they were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.episodes import change_team, complete_entry, discharge, enrol, reassign, undo_discharge
from misam_desktop.commands.follow_ups import move_follow_up, record_follow_up
from misam_desktop.commands.referrals import refer_again, withdraw_referral
from misam_desktop.domain.activity import Anchor, FollowUpOwner, Schedule
from misam_desktop.domain.codes import DischargeReason, Education, RereferralReason
from misam_desktop.domain.consent import UnitOutsideConsent
from misam_desktop.domain.episode import (
    AlreadyDischarged,
    AssignmentRole,
    ChangeTooEarly,
    CommissionerRequired,
    DestinationRequired,
    EnrolmentBeforeReferral,
    Episode,
    EpisodeOpen,
    HasNewEpisode,
    LivelihoodRequired,
    NotDischarged,
    SameAsBefore,
)
from misam_desktop.domain.errors import Stale, UserError
from misam_desktop.domain.follow_up import FollowUp, is_open
from misam_desktop.domain.referral import FutureDate, NotAccepted, Referral, ReferralState, TextRequired
from misam_desktop.domain.referral import state_of as referral_state
from misam_desktop.queries.cases import one_case
from misam_desktop.store import rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Request, Vault
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    IN_WORK,
    MISAM,
    accepted,
    agrees,
    all_of,
    asks,
    contact_of,
    discharged,
    ends,
    enrolled,
    follow_ups,
    found,
    on,
    one,
    refused,
    waiting,
)
from tests.conftest import TODAY

BEGAN = date(2026, 2, 2)
AFTERWARDS = Schedule(anchor=Anchor.DISCHARGE, months=(3, 6), then_every=0, by=FollowUpOwner.CASE_WORKER)


def dues(each: Iterable[FollowUp]) -> list[tuple[int, date]]:
    return [(one.months, one.due_on) for one in each]


def as_they_were(each: Iterable[FollowUp]) -> list[FollowUp]:
    """Follow-ups but for how many times they were saved."""
    return [replace(one, version=1) for one in each]


def follow_up_afterwards(vault: Vault) -> None:
    """Let MISAM follow up three and six months after the discharge too."""
    activity = one(vault, rows.activities, MISAM)
    schedules = (*activity.settings.schedules, AFTERWARDS)
    with writing(vault._engine) as conn:
        rows.activities.save(conn, replace(activity, settings=replace(activity.settings, schedules=schedules)))


# Enrolment


def test_an_enrolment_begins_the_episode_and_ends_the_waiting(karin: Vault, jonas: Vault) -> None:
    referral = waiting(jonas)
    episode = enrolled(karin, referral, case_worker_id=contact_of(jonas))
    assert one(karin, rows.episodes, episode.id) == episode
    assert (episode.enrolled_on, episode.commissioner_id, episode.case_lead_id) == (TODAY, IFO, None)
    after = one(karin, rows.referrals, referral.id)
    assert (referral_state(after), after.episode_id) == (ReferralState.ENROLLED, episode.id)


def test_the_first_year_of_follow_ups_is_planned_for_the_handlaggare(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin, day=date(2026, 8, 31), case_worker_id=contact_of(jonas))
    assert dues(follow_ups(karin, episode)) == [
        (3, date(2026, 11, 30)),
        (6, date(2027, 3, 1)),
        (9, date(2027, 5, 31)),
        (12, date(2027, 8, 31)),
    ]
    assert {one.owner_id for one in follow_ups(karin, episode)} == {contact_of(jonas)}


def test_what_was_settled_at_the_enrolment_is_dated_from_it(karin: Vault, jonas: Vault) -> None:
    enrolled(karin, case_worker_id=contact_of(jonas))
    said = {one.role: (one.unit_id, one.contact_id, one.from_on) for one in all_of(karin, rows.assignments)}
    assert said == {
        AssignmentRole.COMMISSIONER: (IFO, None, TODAY),
        AssignmentRole.CASE_WORKER: (None, contact_of(jonas), TODAY),
    }


@pytest.mark.parametrize(
    ("enrolled_on", "error"), [(date(2026, 11, 23), EnrolmentBeforeReferral), (date(2026, 11, 25), FutureDate)]
)
def test_an_enrolment_lies_between_the_referral_and_today(
    karin: Vault, enrolled_on: date, error: type[UserError]
) -> None:
    referral = accepted(karin)
    with refused(karin, error):
        karin.do(enrol(referral.id, enrolled_on=enrolled_on, commissioner_id=IFO))


def test_only_what_the_forum_accepted_is_enrolled_and_once(karin: Vault) -> None:
    referral = waiting(karin)
    with refused(karin, NotAccepted):
        karin.do(enrol(referral.id, enrolled_on=TODAY, commissioner_id=IFO))
    enrolled(karin, referral)
    with refused(karin, NotAccepted):
        karin.do(enrol(referral.id, enrolled_on=TODAY, commissioner_id=IFO))


def test_a_person_has_one_open_episode_however_many_referrals_are_accepted(karin: Vault) -> None:
    enrolled(karin)
    second = accepted(karin)
    with refused(karin, EpisodeOpen):
        karin.do(enrol(second.id, enrolled_on=TODAY, commissioner_id=IFO))


# Changing hands


def test_a_change_of_handlaggare_is_dated_and_hands_over_the_open_follow_ups(
    karin: Vault, jonas: Vault, lena: Vault
) -> None:
    episode = enrolled(karin, day=BEGAN, case_worker_id=contact_of(jonas), named=(AF, FK, IFO))
    first, *rest = follow_ups(karin, episode)
    karin.do(record_follow_up(first.id, found()))
    after = karin.do(reassign(episode.id, AssignmentRole.CASE_WORKER, from_on=TODAY, contact_id=contact_of(lena))).value
    assert after.case_worker_id == contact_of(lena)
    owners = [one.owner_id for one in follow_ups(karin, episode)]
    assert owners == [contact_of(jonas)] + [contact_of(lena)] * len(rest)
    assert (contact_of(lena), TODAY) in {(one.contact_id, one.from_on) for one in all_of(karin, rows.assignments)}


def test_the_first_handlaggare_gets_what_nobody_had(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin)
    karin.do(reassign(episode.id, AssignmentRole.CASE_WORKER, from_on=TODAY, contact_id=contact_of(jonas)))
    assert {one.owner_id for one in follow_ups(karin, episode)} == {contact_of(jonas)}


def test_a_new_samordnare_takes_over_no_follow_ups(karin: Vault, jonas: Vault, lena: Vault) -> None:
    episode = enrolled(karin, case_worker_id=contact_of(jonas), case_lead_id=contact_of(jonas), named=(AF, FK, IFO))
    karin.do(reassign(episode.id, AssignmentRole.CASE_LEAD, from_on=TODAY, contact_id=contact_of(lena)))
    assert {one.owner_id for one in follow_ups(karin, episode)} == {contact_of(jonas)}


def test_a_new_uppdragsgivare_keeps_enough_to_close_the_case_when_the_consent_is_taken_back(
    karin: Vault, lena: Vault
) -> None:
    episode = enrolled(karin, named=(AF, FK, IFO))
    karin.do(reassign(episode.id, AssignmentRole.COMMISSIONER, from_on=TODAY, unit_id=FK))
    assert lena.ask(one_case(episode.id)).referral.question != ""
    for consent in all_of(karin, rows.consents):
        karin.do(withdraw_consent(consent.id, on=TODAY))
    assert lena.ask(one_case(episode.id)).referral.question == ""


def test_who_gets_the_case_must_stand_in_the_consent(karin: Vault, lena: Vault) -> None:
    episode = enrolled(karin)
    for role, who in (
        (AssignmentRole.COMMISSIONER, {"unit_id": FK}),
        (AssignmentRole.CASE_LEAD, {"contact_id": contact_of(lena)}),
    ):
        with refused(karin, UnitOutsideConsent):
            karin.do(reassign(episode.id, role, from_on=TODAY, **who))


def test_a_second_change_from_the_same_day_corrects_the_first(karin: Vault, jonas: Vault, lena: Vault) -> None:
    episode = enrolled(karin, day=BEGAN, case_worker_id=contact_of(jonas), named=(AF, FK, IFO))
    for vault in (karin, lena):
        karin.do(reassign(episode.id, AssignmentRole.CASE_WORKER, from_on=TODAY, contact_id=contact_of(vault)))
    history = [one for one in all_of(karin, rows.assignments) if one.role is AssignmentRole.CASE_WORKER]
    assert {one.from_on: one.contact_id for one in history} == {BEGAN: contact_of(jonas), TODAY: contact_of(lena)}
    assert len(history) == 2


def test_a_role_that_nobody_holds_any_more_is_dated_too(karin: Vault, lena: Vault) -> None:
    episode = enrolled(karin, day=BEGAN, case_lead_id=contact_of(lena), named=(AF, FK, IFO))
    karin.do(reassign(episode.id, AssignmentRole.CASE_LEAD, from_on=TODAY, contact_id=None))
    last = max(all_of(karin, rows.assignments), key=lambda one: one.from_on)
    assert (last.role, last.contact_id, last.from_on) == (AssignmentRole.CASE_LEAD, None, TODAY)


@pytest.mark.parametrize(("from_on", "error"), [(date(2026, 11, 25), FutureDate), (date(2026, 9, 30), ChangeTooEarly)])
def test_a_change_lies_between_the_one_before_and_today(
    karin: Vault, jonas: Vault, lena: Vault, from_on: date, error: type[UserError]
) -> None:
    episode = enrolled(karin, day=BEGAN)
    earlier = reassign(episode.id, AssignmentRole.CASE_WORKER, from_on=date(2026, 10, 1), contact_id=contact_of(jonas))
    karin.do(earlier)
    with refused(karin, error):
        karin.do(reassign(episode.id, AssignmentRole.CASE_WORKER, from_on=from_on, contact_id=contact_of(lena)))


def test_a_change_to_what_already_holds_or_to_no_uppdragsgivare_is_refused(karin: Vault) -> None:
    episode = enrolled(karin)
    with refused(karin, SameAsBefore):
        karin.do(reassign(episode.id, AssignmentRole.COMMISSIONER, from_on=TODAY, unit_id=IFO))
    with refused(karin, CommissionerRequired):
        karin.do(reassign(episode.id, AssignmentRole.COMMISSIONER, from_on=TODAY))


# Discharge


def test_a_discharge_ends_the_episode_and_cancels_what_was_to_be_followed_up(karin: Vault) -> None:
    episode = enrolled(karin, day=BEGAN)
    first, *rest = follow_ups(karin, episode)
    karin.do(record_follow_up(first.id, found()))
    ended = karin.do(discharge(episode.id, ends())).value
    assert (ended.discharged_on, ended.livelihoods_out, ended.planning_after) == (
        TODAY,
        IN_WORK,
        "Af följer upp anställningen",
    )
    after = follow_ups(karin, episode)
    assert after[0].done_on == TODAY
    assert [one.cancelled_on for one in after[1:]] == [TODAY] * len(rest)


@pytest.mark.parametrize(
    ("said", "error"), [({"livelihoods": None}, LivelihoodRequired), ({"destination": None}, DestinationRequired)]
)
def test_an_ordinary_discharge_asks_for_what_the_account_needs(
    karin: Vault, said: dict[str, None], error: type[UserError]
) -> None:
    episode = enrolled(karin)
    with refused(karin, error):
        karin.do(discharge(episode.id, ends(**said)))


def test_a_misregistration_says_why(karin: Vault) -> None:
    episode = enrolled(karin)
    with refused(karin, TextRequired):
        karin.do(discharge(episode.id, ends(reason=DischargeReason.FELREGISTRERAD)))
    karin.do(discharge(episode.id, ends(reason=DischargeReason.FELREGISTRERAD, text="Fel person")))


def test_what_begins_at_the_discharge_is_planned_then_and_not_after_a_death(karin: Vault) -> None:
    follow_up_afterwards(karin)
    ended = discharged(karin, began=BEGAN)
    assert dues(filter(is_open, follow_ups(karin, ended))) == [(3, date(2027, 2, 24)), (6, date(2027, 5, 24))]
    karin.do(undo_discharge(ended.id))
    karin.do(discharge(ended.id, ends(reason=DischargeReason.AVLIDEN)))
    assert not any(map(is_open, follow_ups(karin, ended)))


def test_what_began_at_the_discharge_is_done_after_it_and_nothing_comes_of_it(karin: Vault) -> None:
    follow_up_afterwards(karin)
    ended = discharged(karin, began=BEGAN)
    first = next(filter(is_open, follow_ups(karin, ended)))
    later = on(karin, first.due_on)
    later.do(record_follow_up(first.id, found(done_on=first.due_on)))
    assert dues(filter(is_open, follow_ups(karin, ended))) == [(6, date(2027, 5, 24))]


def test_an_ended_episode_is_read_only(karin: Vault, lena: Vault) -> None:
    ended = discharged(karin, began=BEGAN)
    with refused(karin, AlreadyDischarged):
        karin.do(discharge(ended.id, ends()))
    with refused(karin, AlreadyDischarged):
        karin.do(change_team(ended.id, team="Af"))
    with refused(karin, AlreadyDischarged):
        karin.do(reassign(ended.id, AssignmentRole.CASE_LEAD, from_on=TODAY, contact_id=contact_of(lena)))


# Undo


def test_an_undo_opens_the_episode_and_its_follow_ups_exactly_as_they_were(karin: Vault) -> None:
    episode = enrolled(karin, day=BEGAN)
    done, moved, *_ = follow_ups(karin, episode)
    karin.do(record_follow_up(done.id, found()))
    karin.do(move_follow_up(moved.id, to=date(2026, 12, 7), why="Semester"))
    before, planned = one(karin, rows.episodes, episode.id), follow_ups(karin, episode)
    karin.do(discharge(episode.id, ends(text="Avslutat för tidigt")))
    reopened = karin.do(undo_discharge(episode.id)).value
    assert reopened == replace(before, version=reopened.version)
    assert as_they_were(follow_ups(karin, episode)) == as_they_were(planned)


def test_a_discharge_can_be_undone_and_done_again_any_number_of_times(karin: Vault) -> None:
    follow_up_afterwards(karin)
    episode = enrolled(karin, day=BEGAN)
    planned = follow_ups(karin, episode)
    for day in (date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8)):
        vault = on(karin, day)
        vault.do(discharge(episode.id, ends(on=day)))
        begun = [each for each in follow_ups(karin, episode) if is_open(each)]
        assert [(each.anchor, each.months) for each in begun] == [(Anchor.DISCHARGE, 3), (Anchor.DISCHARGE, 6)]
        vault.do(undo_discharge(episode.id))
        assert as_they_were(filter(is_open, follow_ups(karin, episode))) == as_they_were(planned)


def test_what_goes_on_has_no_discharge_to_undo(karin: Vault) -> None:
    episode = enrolled(karin)
    with refused(karin, NotDischarged):
        karin.do(undo_discharge(episode.id))


def taken_back(karin: Vault) -> tuple[Episode, str]:
    """An ended episode, and the referral that takes its person back."""
    ended = discharged(karin, began=BEGAN, day=date(2026, 11, 2))
    request = refer_again(ended.id, asks(), reason=RereferralReason.INTE_HALLIT, not_held="Praktiken", consent=agrees())
    return ended, karin.do(request).value.id


def test_a_discharge_stands_while_the_person_is_on_the_way_back(karin: Vault) -> None:
    ended, back = taken_back(karin)
    with refused(karin, HasNewEpisode):
        karin.do(undo_discharge(ended.id))
    karin.do(withdraw_referral(back, why="Avslutet var fel"))  # type: ignore[arg-type]  # ids are text
    karin.do(undo_discharge(ended.id))


def test_a_discharge_stands_once_the_person_has_a_new_episode(karin: Vault) -> None:
    ended = discharged(karin, began=BEGAN, day=date(2026, 11, 2))
    new = enrolled(karin)  # an ordinary referral, not one that takes back
    with refused(karin, HasNewEpisode):
        karin.do(undo_discharge(ended.id))
    karin.do(discharge(new.id, ends()))
    with refused(karin, HasNewEpisode):
        karin.do(undo_discharge(ended.id))
    karin.do(undo_discharge(new.id))
    assert new.commissioner_id != AF


def test_what_was_not_known_at_the_start_is_completed_after_the_end_too(karin: Vault) -> None:
    ended = discharged(karin, began=BEGAN)
    before = one(karin, rows.referrals, ended.referral_id)

    def mended() -> Request[Referral]:
        return complete_entry(
            ended.id, education=Education.GYMNASIUM, livelihoods=IN_WORK, support_months=30, seen=before.version
        )

    after = karin.do(mended()).value
    assert (after.education, after.livelihoods, after.support_months) == (Education.GYMNASIUM, IN_WORK, 30)
    assert after.question == before.question
    with refused(karin, Stale):
        karin.do(mended())
