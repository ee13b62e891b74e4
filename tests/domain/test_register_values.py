"""One row of the list as the values that the store keeps, and the consents of a case as one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.activity import Anchor
from misam_desktop.domain.codes import Agency, Destination, DischargeReason, Outcome, Purpose, Referrer, Sex
from misam_desktop.domain.consent import Consent, valid_between
from misam_desktop.domain.episode import AssignmentRole
from misam_desktop.domain.ids import ContactId, EpisodeId, MeetingId, ReferralId, UnitId, UserId
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.register import RegisterRow
from misam_desktop.domain.register_values import (
    IMPORTED,
    ConsentCells,
    Course,
    Units,
    assessment_of,
    assignments_of,
    changed_episode,
    changed_referral,
    consent_cells,
    consents_of,
    course_of,
    earlier_episode,
    episode_of,
    person_of,
    reanchored,
)
from tests.domain.worlds import (
    AF,
    FK,
    IFO,
    IN_WORK,
    JONAS,
    KARIN,
    MISAM,
    NOW,
    ON_SUPPORT,
    PERSON,
    SARA,
    consent,
    episode,
    follow_up,
    fresh_ids,
    referral,
)

SOLKRAFT, REGION = UnitId("kommun-solkraft"), UnitId("region")
AGENCIES = {AF: Agency.AF, FK: Agency.FK, IFO: Agency.KOMMUN, SOLKRAFT: Agency.KOMMUN, REGION: Agency.REGION}
UNITS = Units(
    defaults={Agency.AF: AF, Agency.FK: FK, Agency.KOMMUN: IFO, Agency.REGION: REGION},
    agencies=AGENCIES,
)


def row(**said: Any) -> RegisterRow:
    """A row from the kommun, enrolled, with all four parties."""
    as_kept = RegisterRow(
        number=made_up_number(date(1985, 3, 12), 983),
        given_name="Anna",
        family_name="Älgträsk",
        sex=Sex.KVINNA,
        activity="MISAM",
        referrer=Referrer.KOMMUN,
        referred_on=date(2026, 2, 2),
        outcome=Outcome.ANTAS,
        enrolled_on=date(2026, 3, 2),
        livelihoods=ON_SUPPORT,
        consent_from=date(2026, 2, 1),
        consent_agencies=tuple(Agency),
    )
    return replace(as_kept, **said)


def course(one: RegisterRow, case_worker_id: ContactId | None = None) -> Course:
    return course_of(
        one,
        person_id=PERSON,
        activity_id=MISAM,
        units=UNITS,
        case_worker_id=case_worker_id,
        taken_in_by=IFO,
        now=NOW,
        new_id=fresh_ids(),
    )


def test_what_no_unit_sent_is_kept_by_the_unit_that_takes_the_list_in() -> None:
    alone = course(row(referrer=Referrer.ANNAN)).referral
    assert (alone.unit_id, alone.home_id) == (None, IFO)
    assert course(row()).referral.kept_by is None


# Which unit a bare authority means


@pytest.mark.parametrize(("held", "unit"), [(None, IFO), (AF, IFO), (SOLKRAFT, SOLKRAFT)])
def test_a_bare_authority_is_its_default_unit_or_the_one_that_holds_the_case(held: UnitId, unit: UnitId) -> None:
    assert UNITS.of(Agency.KOMMUN, held) == unit


def test_of_several_parties_each_keeps_its_own_units() -> None:
    assert UNITS.of_all([Agency.AF, Agency.KOMMUN], [SOLKRAFT, IFO, FK]) == (AF, SOLKRAFT, IFO)


def test_the_referrer_commissions_where_nobody_else_is_named() -> None:
    assert UNITS.commissioning(row()) == IFO
    assert UNITS.commissioning(row(commissioner=Agency.FK)) == FK
    assert UNITS.commissioning(row(referrer=Referrer.ANNAN)) is None


# A new row


def test_an_enrolled_row_is_a_referral_with_its_episode() -> None:
    made = course(row(discharged_on=date(2026, 9, 1), livelihoods_out=IN_WORK, destination=Destination.ARBETE), JONAS)
    assert made.episode is not None
    assert (made.referral.episode_id, made.episode.referral_id) == (made.episode.id, made.referral.id)
    assert (made.episode.commissioner_id, made.episode.case_worker_id) == (IFO, JONAS)
    assert (made.episode.discharged_on, made.episode.destination) == (date(2026, 9, 1), Destination.ARBETE)


def test_its_history_begins_with_who_was_there_at_enrolment() -> None:
    lines = course(row(), JONAS).assignments
    assert [(one.role, one.unit_id, one.contact_id, one.from_on) for one in lines] == [
        (AssignmentRole.COMMISSIONER, IFO, None, date(2026, 3, 2)),
        (AssignmentRole.CASE_WORKER, None, JONAS, date(2026, 3, 2)),
    ]


def test_before_enrolment_the_handlaggare_is_of_the_referral() -> None:
    made = course(row(enrolled_on=None, outcome=None), JONAS)
    assert (made.episode, made.assessment, made.assignments) == (None, None, ())
    assert (made.referral.contact_id, made.referral.episode_id) == (JONAS, None)


def test_it_was_put_to_the_forum_at_noon_of_its_day_with_what_the_list_lacks_said() -> None:
    made = course(row()).referral
    assert made.submitted_at == datetime(2026, 2, 2, 12, tzinfo=UTC)
    assert (made.question, made.outcome_text) == (IMPORTED, IMPORTED)
    assert made.needed_unit_ids == (AF, FK, IFO, REGION)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ({"outcome_on": date(2026, 2, 10)}, date(2026, 2, 10)),
        ({}, date(2026, 3, 2)),
        ({"enrolled_on": None, "outcome": Outcome.ATER}, date(2026, 2, 2)),
        ({"enrolled_on": None, "outcome": None}, None),
    ],
)
def test_the_outcome_is_of_its_day_else_of_enrolment_else_of_the_referral(said: Any, day: date | None) -> None:
    made = course(row(**said))
    assert made.referral.outcome_on == day
    assert (made.assessment.concluded_on if made.assessment else None) == day


def test_an_outcome_without_a_day_is_no_assessment() -> None:
    assert assessment_of(referral(outcome=Outcome.ATER), "assessment") is None


def test_there_is_a_consent_for_each_purpose_the_usual_ones_where_none_is_named() -> None:
    usual, named = course(row()).consents, course(row(consent_purposes=(Purpose.NAFS,))).consents
    assert [one.purpose for one in usual] == [Purpose.SAMVERKAN, Purpose.UPPFOLJNING]
    assert [(one.purpose, one.unit_ids) for one in named] == [(Purpose.NAFS, (AF, FK, IFO, REGION))]


# The person


def test_a_new_person_has_what_the_row_says_and_a_protected_one_belongs_to_who_brought_it() -> None:
    person = person_of(row(protected=True), None, new_id=fresh_ids(), owners=(KARIN,))
    assert (person.full_name, person.sex) == ("Anna Älgträsk", Sex.KVINNA)
    assert (person.protected, person.protected_owners) == (True, (KARIN,))


def test_a_known_person_keeps_what_the_row_does_not_say_and_their_owners() -> None:
    known = Person(
        id=PERSON,
        number=row().number,
        given_name="Ann",
        family_name="Ek",
        sex=Sex.ANNAT,
        protected=True,
        protected_owners=(UserId("lisa"),),
        phone="070-000 00 00",
    )
    said = person_of(row(given_name="", family_name=""), known, new_id=fresh_ids(), owners=(KARIN,))
    assert said == replace(known, sex=Sex.KVINNA)


# A row that changes what is stored


def test_a_changed_row_keeps_the_unit_and_the_forums_own_words() -> None:
    old = referral(
        referrer=Referrer.KOMMUN,
        unit_id=SOLKRAFT,
        referred_on=date(2026, 2, 2),
        outcome=Outcome.ANTAS,
        outcome_on=date(2026, 3, 2),
        outcome_text="Enligt mötet",
        outcome_meeting_id=MeetingId("m"),
        priorities=(),
    )
    new = changed_referral(old, row(sgi0=True), units=UNITS)
    assert new == replace(old, question=IMPORTED, sgi0=True)


def test_another_outcome_takes_the_place_of_the_forums_words() -> None:
    old = referral(referrer=Referrer.KOMMUN, outcome=Outcome.ATER, outcome_on=date(2026, 2, 9), outcome_text="Pröva Af")
    new = changed_referral(old, row(outcome_on=date(2026, 2, 9)), units=UNITS)
    assert (new.outcome, new.outcome_text, new.outcome_meeting_id) == (Outcome.ANTAS, IMPORTED, None)


def test_a_changed_episode_keeps_what_the_list_has_no_column_for() -> None:
    old = episode(commissioner_id=SOLKRAFT, team="Team Nord")
    told = episode_of(
        row(discharged_on=date(2026, 9, 1), discharge_reason=DischargeReason.FLYTTAT),
        referral(),
        old.id,
        units=UNITS,
        case_worker_id=SARA,
        held=SOLKRAFT,
    )
    assert told is not None
    new = changed_episode(old, told)
    assert (new.team, new.case_lead_id, new.commissioner_id) == ("Team Nord", old.case_lead_id, SOLKRAFT)
    assert (new.case_worker_id, new.discharge_reason) == (SARA, DischargeReason.FLYTTAT)


def test_only_who_is_new_becomes_a_line_of_history() -> None:
    before = episode()
    same = assignments_of(before, before, on=date(2026, 11, 24), new_id=fresh_ids())
    changed = assignments_of(replace(before, case_worker_id=SARA), before, on=date(2026, 11, 24), new_id=fresh_ids())
    nobody = assignments_of(
        replace(before, commissioner_id=None, case_worker_id=None), None, on=date(2026, 11, 24), new_id=fresh_ids()
    )
    assert (same, nobody) == ((), ())
    assert [(one.role, one.contact_id, one.from_on) for one in changed] == [
        (AssignmentRole.CASE_WORKER, SARA, date(2026, 11, 24))
    ]


def test_open_follow_ups_count_from_the_corrected_day() -> None:
    planned = follow_up()
    (moved_on,) = reanchored([planned], {Anchor.ENROLMENT: date(2026, 3, 9)})
    assert (moved_on.due_on, moved_on.original_due_on) == (date(2026, 12, 9), date(2026, 12, 9))


def test_what_somebody_has_moved_stays_where_it_was_moved_to() -> None:
    moved = follow_up(due_on=date(2027, 1, 11), moved_why="Semester")
    (one,) = reanchored([moved], {Anchor.ENROLMENT: date(2026, 3, 9)})
    assert (one.due_on, one.original_due_on) == (date(2027, 1, 11), date(2026, 12, 9))


def test_what_is_done_or_counts_from_elsewhere_or_stands_right_stays() -> None:
    done, elsewhere = follow_up(done_on=date(2026, 11, 2)), follow_up(anchor=Anchor.DECISION)
    assert reanchored([done, elsewhere], {Anchor.ENROLMENT: date(2026, 3, 9)}) == []
    assert reanchored([follow_up()], {Anchor.ENROLMENT: date(2026, 3, 2)}) == []


# Re-referral, by the days alone


def ended(on: date, **said: Any) -> Any:
    return episode(
        id=EpisodeId(f"ended-{on}"),
        referral_id=ReferralId("earlier"),
        discharged_on=on,
        livelihoods_out=IN_WORK,
        **said,
    )


@pytest.mark.parametrize(
    ("referred_on", "is_again"),
    [
        (date(2026, 8, 30), False),
        (date(2026, 8, 31), True),
        (date(2027, 2, 28), True),
        (date(2027, 3, 1), False),
    ],
)
def test_who_comes_back_within_six_months_is_a_rereferral(referred_on: date, is_again: bool) -> None:
    earlier = ended(date(2026, 8, 31))
    found = earlier_episode(referral(referred_on=referred_on), [earlier], months=6)
    assert found == (earlier.id if is_again else None)


def test_the_last_of_several_earlier_episodes_counts() -> None:
    episodes = [ended(date(2026, 7, 1)), ended(date(2026, 9, 1)), ended(date(2026, 8, 1))]
    assert earlier_episode(referral(), episodes, months=6) == EpisodeId("ended-2026-09-01")


def test_an_open_episode_its_own_a_mistake_or_an_activity_without_a_window_do_not_count() -> None:
    own = replace(ended(date(2026, 9, 1)), referral_id=ReferralId("referral"))
    mistake = ended(date(2026, 9, 1), discharge_reason=DischargeReason.FELREGISTRERAD)
    assert earlier_episode(referral(), [episode(referral_id=ReferralId("x")), own, mistake], months=6) is None
    assert earlier_episode(referral(), [ended(date(2026, 9, 1))], months=0) is None


# Consents as one row

SAMVERKAN, UPPFOLJNING = Purpose.SAMVERKAN, Purpose.UPPFOLJNING


def cells(*given: Consent) -> ConsentCells:
    return consent_cells(given, AGENCIES)


def test_what_a_list_brought_in_is_told_whole() -> None:
    told = consents_of(row(consent_until=date(2027, 1, 31)), referral(), units=UNITS, now=NOW, new_id=fresh_ids())
    assert cells(*told) == (date(2026, 2, 1), date(2027, 1, 31), tuple(Agency), (SAMVERKAN, UPPFOLJNING), True)


def test_a_consent_until_discharge_has_no_last_day() -> None:
    assert cells(consent(until_on=None)).until is None


def test_a_withdrawn_consent_lasts_to_the_day_before_and_is_more_than_a_row_can_say() -> None:
    told = cells(consent(withdrawn_on=date(2026, 6, 1)))
    assert (told.until, told.tells_all) == (date(2026, 5, 31), False)


def test_a_renewal_lasts_from_the_first_paper_to_the_last() -> None:
    renewed = consent(from_on=date(2026, 12, 1), until_on=date(2027, 6, 1))
    assert cells(consent(), renewed)[:2] == (date(2026, 1, 1), date(2027, 6, 1))
    assert not cells(consent(), renewed).tells_all


def test_the_period_is_that_of_uppfoljning_and_what_ended_before_is_not_named() -> None:
    told = cells(consent(withdrawn_on=date(2026, 6, 1)), consent(purpose=UPPFOLJNING))
    assert (told.until, told.purposes) == (date(2026, 12, 31), (UPPFOLJNING,))


def test_a_purpose_that_holds_longer_is_named_for_as_long_as_uppfoljning() -> None:
    told = cells(consent(until_on=None), consent(purpose=UPPFOLJNING))
    assert (told.until, told.purposes) == (date(2026, 12, 31), (SAMVERKAN, UPPFOLJNING))


def test_parties_are_those_of_every_purpose_that_is_named() -> None:
    assert cells(consent(), consent(purpose=UPPFOLJNING, unit_ids=(SOLKRAFT, FK))).agencies == (Agency.KOMMUN,)


def test_purposes_without_a_party_in_common_leave_uppfoljning_alone() -> None:
    told = cells(consent(), consent(purpose=UPPFOLJNING, unit_ids=(FK,)))
    assert (told.agencies, told.purposes) == ((Agency.FK,), (UPPFOLJNING,))


def test_a_consent_withdrawn_before_it_held_for_a_day_is_no_consent_to_statistics() -> None:
    told = cells(consent(purpose=UPPFOLJNING, withdrawn_on=date(2026, 1, 1)))
    assert told == (date(2026, 1, 1), date(2026, 1, 1), (Agency.AF, Agency.KOMMUN), (SAMVERKAN,), False)


_DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))


@st.composite
def _consents(draw: st.DrawFn) -> Consent:
    begins = draw(_DAYS)
    return consent(
        purpose=draw(st.sampled_from(Purpose)),
        from_on=begins,
        until_on=draw(st.none() | _DAYS.map(lambda day: max(day, begins))),
        withdrawn_on=draw(st.none() | _DAYS),
        unit_ids=tuple(draw(st.lists(st.sampled_from(sorted(AGENCIES)), min_size=1, unique=True))),
    )


def _as_row(told: ConsentCells) -> list[Consent]:
    said = row(
        consent_from=told.begins,
        consent_until=told.until,
        consent_agencies=told.agencies,
        consent_purposes=told.purposes,
    )
    return list(consents_of(said, referral(), units=UNITS, now=NOW, new_id=fresh_ids()))


def _one_a_purpose(given: Sequence[Consent]) -> list[Consent]:
    return list({one.purpose: one for one in given}.values())


@given(st.lists(_consents(), min_size=1, max_size=5), _DAYS, st.integers(0, 20))
def test_an_account_made_from_the_list_counts_the_same_consents(given: list[Consent], first: date, days: int) -> None:
    last = first + timedelta(days=days)

    def counts(consents: Sequence[Consent]) -> bool:
        return any(valid_between(one, first=first, last=last) for one in consents if one.purpose is UPPFOLJNING)

    alone = _one_a_purpose(given)
    assert counts(_as_row(cells(*alone))) == counts(alone)


@given(st.lists(_consents(), min_size=1, max_size=5), _DAYS)
def test_nobodys_consent_is_wider_in_the_list_than_on_paper(given: list[Consent], day: date) -> None:
    def named(consents: Sequence[Consent]) -> set[tuple[Purpose, Agency]]:
        on = [one for one in consents if valid_between(one, first=day, last=day)]
        return {(one.purpose, AGENCIES[unit_id]) for one in on for unit_id in one.unit_ids}

    alone = _one_a_purpose(given)
    told = cells(*alone)
    if any(valid_between(one, first=date.min, last=date.max) for one in alone):
        assert named(_as_row(told)) <= named(alone)
