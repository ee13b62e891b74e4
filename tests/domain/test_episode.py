"""An episode: it begins, changes hands, ends, is opened again, and its person may come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.codes import Destination, DischargeReason, Education
from misam_desktop.domain.episode import (
    QUIET_REASONS,
    AlreadyDischarged,
    AssignmentRole,
    ChangeTooEarly,
    CommissionerRequired,
    DestinationRequired,
    Discharge,
    DischargeBeforeEnrolment,
    EnrolmentBeforeReferral,
    Episode,
    EpisodeOpen,
    EpisodeState,
    HasNewEpisode,
    LivelihoodRequired,
    NoRereferral,
    NotDischarged,
    RereferralTooEarly,
    RereferralTooLate,
    SameAsBefore,
    assignment_of,
    discharge,
    holds_since,
    must_be_alone,
    must_be_last,
    must_be_within_window,
    must_begin_after,
    reassign,
    rereferral_until,
    state_of,
    undo_discharge,
)
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ContactId, EpisodeId, UnitId
from misam_desktop.domain.referral import FutureDate, TextRequired
from tests.domain.worlds import AF, IFO, IN_WORK, JONAS, MISAM, NAFS, SARA, TODAY, episode

DAY = timedelta(days=1)
BEGAN = date(2026, 3, 2)


def facts(**said: Any) -> Discharge:
    ordinary = Discharge(on=TODAY, reason=DischargeReason.UPPFYLLT, destination=Destination.ARBETE, livelihoods=IN_WORK)
    return replace(ordinary, **said)


def ended(**said: Any) -> Episode:
    return discharge(episode(), facts(**said), today=TODAY)


# It begins


def test_an_episode_may_begin_on_the_day_of_its_referral() -> None:
    must_begin_after(TODAY, referred_on=TODAY, today=TODAY)


@pytest.mark.parametrize(
    ("enrolled_on", "error"), [(TODAY - 2 * DAY, EnrolmentBeforeReferral), (TODAY + DAY, FutureDate)]
)
def test_an_episode_begins_between_its_referral_and_today(enrolled_on: date, error: type[UserError]) -> None:
    with pytest.raises(error):
        must_begin_after(enrolled_on, referred_on=TODAY - DAY, today=TODAY)


def test_a_person_has_one_open_episode_in_an_activity() -> None:
    second = episode(id=EpisodeId("second"))
    with pytest.raises(EpisodeOpen):
        must_be_alone(second, [episode()])


def test_ended_episodes_and_those_of_other_activities_stand_in_nobodys_way() -> None:
    must_be_alone(episode(id=EpisodeId("second")), [ended(), episode(activity_id=NAFS)])


# It ends


def test_a_discharge_keeps_what_was_recorded() -> None:
    after = ended(after=" Af följer upp ", text=" Målet nått ", education=Education.GYMNASIUM)
    assert state_of(after) is EpisodeState.DISCHARGED
    assert (after.discharged_on, after.destination, after.livelihoods_out) == (TODAY, Destination.ARBETE, IN_WORK)
    assert (after.planning_after, after.discharge_text) == ("Af följer upp", "Målet nått")
    assert after.education_out is Education.GYMNASIUM


def test_education_is_unchanged_unless_it_is_said() -> None:
    assert ended().education_out is None


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"on": BEGAN - DAY}, DischargeBeforeEnrolment),
        ({"on": TODAY + DAY}, FutureDate),
        ({"livelihoods": None}, LivelihoodRequired),
        ({"destination": None}, DestinationRequired),
        ({"reason": DischargeReason.FELREGISTRERAD, "text": " "}, TextRequired),
    ],
)
def test_a_discharge_that_lacks_something_is_refused(said: dict[str, Any], error: type[UserError]) -> None:
    with pytest.raises(error):
        ended(**said)


@pytest.mark.parametrize("on", [BEGAN, TODAY])
def test_an_episode_may_end_on_its_first_day_and_today(on: date) -> None:
    assert ended(on=on).discharged_on == on


@pytest.mark.parametrize("reason", sorted(QUIET_REASONS))
def test_at_a_quiet_reason_nothing_more_is_asked_and_nothing_kept(reason: DischargeReason) -> None:
    after = ended(reason=reason, text="Fel person", after="Af", education=Education.GYMNASIUM)
    assert (after.destination, after.livelihoods_out, after.education_out, after.planning_after) == (
        None,
        None,
        None,
        "",
    )
    assert ended(reason=reason, text="Fel person", destination=None, livelihoods=None) == after


def test_an_ended_episode_does_not_end_again() -> None:
    with pytest.raises(AlreadyDischarged):
        discharge(ended(), facts(), today=TODAY)


# It is opened again

discharges = st.builds(
    facts,
    on=st.dates(BEGAN, TODAY),
    reason=st.sampled_from(DischargeReason),
    destination=st.sampled_from(Destination),
    education=st.none() | st.sampled_from(Education),
    after=st.text(max_size=5),
    text=st.just("Fel person"),
)


@given(ending=discharges)
def test_an_undone_discharge_restores_the_episode_exactly(ending: Discharge) -> None:
    assert undo_discharge(discharge(episode(), ending, today=TODAY)) == episode()


def test_what_goes_on_has_no_discharge_to_undo() -> None:
    assert state_of(episode()) is EpisodeState.OPEN
    with pytest.raises(NotDischarged):
        undo_discharge(episode())


@pytest.mark.parametrize(
    "other", [{"enrolled_on": TODAY}, {"enrolled_on": BEGAN}, {"enrolled_on": date(2025, 1, 1), "discharged_on": None}]
)
def test_a_discharge_stands_once_the_person_has_another_episode(other: dict[str, Any]) -> None:
    newer = replace(ended(), id=EpisodeId("newer"), **other)
    with pytest.raises(HasNewEpisode):
        must_be_last(ended(), [ended(), newer])


def test_an_earlier_episode_and_another_activity_let_the_undo_be() -> None:
    earlier = replace(ended(), id=EpisodeId("earlier"), enrolled_on=date(2025, 1, 1), discharged_on=date(2025, 6, 1))
    elsewhere = episode(id=EpisodeId("elsewhere"), activity_id=NAFS)
    must_be_last(ended(), [ended(), earlier, elsewhere])


# The person comes back


def window(after: Episode, on: date, *, months: int = 6) -> None:
    must_be_within_window(after, activity_id=MISAM, on=on, months=months)


def test_the_window_of_a_discharge_on_the_last_of_august_closes_on_the_last_of_february() -> None:
    assert rereferral_until(ended(on=date(2026, 8, 31)), months=6) == date(2027, 2, 28)


@given(on=st.dates(date(2026, 8, 1), date(2027, 4, 30)))
def test_a_person_comes_back_from_the_discharge_to_the_windows_last_day(on: date) -> None:
    after = ended(on=date(2026, 8, 31))
    if date(2026, 8, 31) <= on <= date(2027, 2, 28):
        window(after, on)
    else:
        with pytest.raises(RereferralTooEarly if on < date(2026, 8, 31) else RereferralTooLate):
            window(after, on)


def test_too_late_says_which_day_was_the_last() -> None:
    with pytest.raises(RereferralTooLate) as refused:
        window(ended(on=date(2026, 3, 2)), TODAY)
    assert refused.value.params["last"] == date(2026, 9, 2)


def test_nobody_comes_back_to_an_episode_that_goes_on() -> None:
    assert rereferral_until(episode(), months=6) is None
    with pytest.raises(NotDischarged):
        window(episode(), TODAY)


@pytest.mark.parametrize("reason", sorted(QUIET_REASONS))
def test_nobody_comes_back_after_a_quiet_reason(reason: DischargeReason) -> None:
    with pytest.raises(NoRereferral):
        window(ended(reason=reason, text="Fel person"), TODAY)


def test_an_activity_without_a_window_takes_nobody_back() -> None:
    with pytest.raises(NoRereferral):
        window(ended(), TODAY, months=0)


def test_a_person_comes_back_into_the_activity_they_left() -> None:
    with pytest.raises(NoRereferral):
        must_be_within_window(ended(), activity_id=NAFS, on=TODAY, months=6)


# It changes hands


def change(
    role: AssignmentRole, *, unit_id: UnitId | None = None, contact_id: ContactId | None = None, from_on: date = TODAY
) -> Episode:
    since = BEGAN + DAY
    return reassign(episode(), role, unit_id=unit_id, contact_id=contact_id, from_on=from_on, since=since, today=TODAY)


@pytest.mark.parametrize(
    ("role", "to", "name"),
    [
        (AssignmentRole.COMMISSIONER, {"unit_id": AF}, "commissioner_id"),
        (AssignmentRole.CASE_WORKER, {"contact_id": SARA}, "case_worker_id"),
        (AssignmentRole.CASE_LEAD, {"contact_id": SARA}, "case_lead_id"),
        (AssignmentRole.CASE_LEAD, {"contact_id": None}, "case_lead_id"),
    ],
)
def test_a_change_of_hands_changes_that_and_nothing_else(role: AssignmentRole, to: dict[str, Any], name: str) -> None:
    assert change(role, **to) == replace(episode(), **{name: next(iter(to.values()))})


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"role": AssignmentRole.COMMISSIONER, "unit_id": None}, CommissionerRequired),
        ({"role": AssignmentRole.COMMISSIONER, "unit_id": IFO}, SameAsBefore),
        ({"role": AssignmentRole.CASE_WORKER, "contact_id": JONAS}, SameAsBefore),
        ({"role": AssignmentRole.CASE_LEAD, "contact_id": SARA, "from_on": TODAY + DAY}, FutureDate),
        ({"role": AssignmentRole.CASE_LEAD, "contact_id": SARA, "from_on": BEGAN}, ChangeTooEarly),
    ],
)
def test_a_change_of_hands_that_cannot_be_is_refused(said: dict[str, Any], error: type[UserError]) -> None:
    with pytest.raises(error):
        change(**said)


def test_nothing_changes_hands_after_the_discharge() -> None:
    with pytest.raises(AlreadyDischarged):
        reassign(ended(), AssignmentRole.CASE_LEAD, contact_id=SARA, from_on=TODAY, since=BEGAN, today=TODAY)


def test_a_role_is_held_since_its_last_change_or_the_first_day() -> None:
    history = [
        assignment_of(episode(), AssignmentRole.CASE_WORKER, from_on=date(2026, month, 1), assignment_id=f"a{month}")
        for month in (3, 9, 6)
    ]
    assert holds_since(episode(), AssignmentRole.CASE_WORKER, history) == date(2026, 9, 1)
    assert holds_since(episode(), AssignmentRole.CASE_LEAD, history) == BEGAN


@pytest.mark.parametrize(
    ("role", "unit_id", "contact_id"),
    [
        (AssignmentRole.COMMISSIONER, IFO, None),
        (AssignmentRole.CASE_WORKER, None, JONAS),
        (AssignmentRole.CASE_LEAD, None, ContactId("lisa")),
    ],
)
def test_a_line_of_history_names_who_holds_the_role(
    role: AssignmentRole, unit_id: UnitId | None, contact_id: ContactId | None
) -> None:
    line = assignment_of(episode(), role, from_on=TODAY, assignment_id="a")
    assert (line.unit_id, line.contact_id, line.from_on) == (unit_id, contact_id, TODAY)
