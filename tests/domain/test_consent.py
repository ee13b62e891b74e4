"""Samtycke: when it holds, what a paper must say, its renewal and its withdrawal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.codes import Given, InfoKind, Purpose
from misam_desktop.domain.consent import (
    Consent,
    ConsentAlreadyWithdrawn,
    ConsentMissing,
    ConsentNotNew,
    ConsentPeriodBackwards,
    ConsentStands,
    ConsentTooLong,
    ConsentWithoutCoordinator,
    ConsentWithoutKinds,
    ConsentWithoutPurpose,
    ConsentWithoutUnits,
    UnitOutsideConsent,
    goes_with,
    last_day,
    must_be_new,
    must_be_withdrawn,
    must_hold,
    must_name,
    must_name_coordinator,
    needs_guardian,
    of_one_paper,
    renew,
    signed,
    valid_between,
    valid_on,
    withdraw,
)
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ConsentId, ReferralId, WordingId
from misam_desktop.domain.intake import ConsentFacts
from misam_desktop.domain.personal_number import NOT_SHOWN, PersonalNumber, made_up_number
from misam_desktop.domain.referral import FutureDate
from tests.domain.worlds import AF, FK, IFO, NOW, PERSON, TODAY, consent, fresh_ids

DAY = timedelta(days=1)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def paper(**said: Any) -> ConsentFacts:
    facts = ConsentFacts(purposes=(Purpose.SAMVERKAN,), from_on=TODAY, until_on=None, unit_ids=(AF, IFO))
    return replace(facts, **said)


def sign(facts: ConsentFacts, months: int = 24) -> list[Consent]:
    who: Any = {"person_id": PERSON, "case_id": ReferralId("r")}
    return signed(facts, **who, now=NOW, today=TODAY, months=months, new_id=fresh_ids())


def again(old: Consent, months: int = 12, **said: Any) -> Consent:
    """The same consent newly signed today, on paper and with another wording."""
    new = {"until_on": None, "paper_at": "", "given": Given.PAPPER, "wording": None} | said
    return renew(old, consent_id=ConsentId("new"), now=NOW, today=TODAY, months=months, **new)


# When it holds


@pytest.mark.parametrize(
    ("day", "holds"),
    [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 12, 31), True), (date(2027, 1, 1), False)],
)
def test_it_holds_from_its_first_day_to_its_last(day: date, holds: bool) -> None:
    assert valid_on(consent(), day) is holds


def test_without_a_last_day_it_goes_on() -> None:
    assert valid_on(consent(until_on=None), date(2040, 1, 1))


def test_a_withdrawal_counts_from_the_day_it_was_made() -> None:
    taken_back = consent(withdrawn_on=TODAY)
    assert valid_on(taken_back, TODAY - DAY)
    assert not valid_on(taken_back, TODAY)


@given(
    until_on=st.none() | st.dates(date(2026, 1, 1), date(2027, 6, 30)),
    withdrawn_on=st.none() | days,
    first=days,
    length=st.integers(0, 60),
)
def test_it_held_in_a_period_when_it_held_on_a_day_of_it(
    until_on: date | None, withdrawn_on: date | None, first: date, length: int
) -> None:
    held = consent(until_on=until_on, withdrawn_on=withdrawn_on)
    each = [first + n * DAY for n in range(length + 1)]
    assert valid_between(held, first=first, last=each[-1]) is any(valid_on(held, day) for day in each)


def test_without_a_consent_that_holds_nothing_goes_to_others() -> None:
    assert must_hold(consent()) == consent()
    with pytest.raises(ConsentMissing):
        must_hold(None)


def test_a_case_goes_only_to_units_that_the_consent_names() -> None:
    assert must_name(consent(), [AF, IFO]) == consent()
    assert must_name(consent(), []) == consent()
    with pytest.raises(UnitOutsideConsent) as caught:
        must_name(consent(), [AF, FK], field="commissioner_id")
    assert caught.value.params == {"field": "commissioner_id"}
    with pytest.raises(ConsentMissing):
        must_name(None, [AF])


# What a paper must say


def test_a_paper_gives_a_consent_for_each_purpose_once() -> None:
    purposes = (Purpose.SAMVERKAN, Purpose.UPPFOLJNING, Purpose.SAMVERKAN)
    given_ones = sign(paper(purposes=purposes, paper_at="Pärm 3"))
    assert [(one.id, one.purpose) for one in given_ones] == [
        ("id-1", Purpose.SAMVERKAN),
        ("id-2", Purpose.UPPFOLJNING),
    ]
    assert {one.paper_at for one in given_ones} == {"Pärm 3"}


def test_a_consent_without_a_last_day_runs_as_long_as_the_activity_lets_it() -> None:
    assert sign(paper(), months=3)[0].until_on == date(2027, 2, 24)


def test_a_consent_may_run_to_the_last_day_that_the_activity_lets_it() -> None:
    assert last_day(from_on=date(2026, 8, 31), until_on=date(2027, 2, 28), months=6) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"purposes": ()}, ConsentWithoutPurpose),
        ({"unit_ids": ()}, ConsentWithoutUnits),
        ({"kinds": ()}, ConsentWithoutKinds),
        ({"from_on": TODAY + DAY}, FutureDate),
        ({"until_on": TODAY - DAY}, ConsentPeriodBackwards),
        ({"until_on": date(2028, 11, 25)}, ConsentTooLong),
    ],
)
def test_a_paper_that_lacks_something_is_refused_beside_its_field(said: dict[str, Any], error: type[UserError]) -> None:
    with pytest.raises(error) as refused:
        sign(paper(**said))
    assert refused.value.params["field"] in said


# Renewal and withdrawal


def test_a_renewal_begins_today_with_the_same_content() -> None:
    old = consent(kinds=(InfoKind.GRUNDUPPGIFTER,), not_shared="Hälsan", withdrawn_on=TODAY - DAY, version=3)
    new = again(old, paper_at=" Pärm 4 ")
    assert (new.id, new.from_on, new.until_on, new.paper_at) == ("new", TODAY, date(2027, 11, 24), "Pärm 4")
    assert (new.withdrawn_on, new.version, new.recorded_at) == (None, 1, NOW)
    assert (new.kinds, new.not_shared, new.unit_ids) == (old.kinds, old.not_shared, old.unit_ids)


def test_a_renewal_is_a_paper_of_its_own() -> None:
    old = consent(given=Given.PAPPER, wording=WordingId("sv-1"), paper_at="Pärm 3")
    new = again(old, given=Given.ELEKTRONISKT, wording=WordingId("en-2"))
    assert (new.given, new.wording, new.paper_at) == (Given.ELEKTRONISKT, "en-2", "")


def test_a_renewal_runs_no_longer_than_the_activity_lets_it() -> None:
    with pytest.raises(ConsentTooLong):
        again(consent(), until_on=date(2027, 11, 25))


def test_a_consent_can_be_taken_back_at_any_time_and_once() -> None:
    taken_back = withdraw(consent(), on=TODAY, today=TODAY)
    assert taken_back.withdrawn_on == TODAY
    with pytest.raises(ConsentAlreadyWithdrawn):
        withdraw(taken_back, on=TODAY, today=TODAY)


def test_nobody_takes_back_a_consent_tomorrow() -> None:
    with pytest.raises(FutureDate):
        withdraw(consent(), on=TODAY + DAY, today=TODAY)


@pytest.mark.parametrize(
    ("said", "goes"),
    [
        ({}, True),
        ({"until_on": None}, True),
        ({"until_on": TODAY}, True),
        ({"from_on": TODAY}, True),
        ({"purpose": Purpose.UPPFOLJNING}, False),
        ({"withdrawn_on": TODAY - DAY}, False),
        ({"until_on": TODAY - DAY}, False),
        ({"from_on": TODAY + DAY}, False),
    ],
)
def test_what_says_the_same_that_day_is_taken_back_with_it_but_no_later_yes(said: dict[str, Any], goes: bool) -> None:
    assert goes_with(consent(**said), consent(), on=TODAY) is goes


def test_there_is_a_receipt_only_of_what_was_taken_back() -> None:
    assert must_be_withdrawn(consent(withdrawn_on=TODAY)) == TODAY
    with pytest.raises(ConsentStands):
        must_be_withdrawn(consent())


@pytest.mark.parametrize(
    ("number", "needed"),
    [
        (made_up_number(date(2009, 5, 1), 980), True),
        (made_up_number(date(2008, 11, 24), 980), False),
        (NOT_SHOWN, False),
    ],
)
def test_a_guardian_consents_too_before_the_day_that_somebody_is_eighteen(number: PersonalNumber, needed: bool) -> None:
    assert needs_guardian(number, on=TODAY) is needed


# What a paper must say beside its form


def test_a_consent_to_samverkan_names_one_of_those_who_coordinate() -> None:
    with pytest.raises(ConsentWithoutCoordinator):
        must_name_coordinator(paper(unit_ids=(AF,)), Purpose.SAMVERKAN, [IFO])
    must_name_coordinator(paper(unit_ids=(AF,)), Purpose.SAMVERKAN, [IFO, AF])
    must_name_coordinator(paper(unit_ids=(AF,)), Purpose.SAMVERKAN, [])
    must_name_coordinator(paper(unit_ids=(AF,), purposes=(Purpose.UPPFOLJNING,)), Purpose.SAMVERKAN, [IFO])


def test_who_comes_back_signs_on_the_day_of_the_discharge_or_later() -> None:
    with pytest.raises(ConsentNotNew) as caught:
        must_be_new(paper(from_on=TODAY - DAY), since=TODAY)
    assert caught.value.params == {"field": "from_on", "since": TODAY}
    must_be_new(paper(from_on=TODAY), since=TODAY)
    must_be_new(paper(from_on=TODAY - DAY), since=None)


def test_purposes_that_were_signed_together_are_of_one_paper_and_a_later_one_is_not() -> None:
    together, sip = sign(paper(purposes=(Purpose.SAMVERKAN, Purpose.SIP)))
    assert of_one_paper(together, sip)
    assert not of_one_paper(replace(together, recorded_at=NOW + timedelta(minutes=1)), sip)
    assert not of_one_paper(replace(together, case_id=ReferralId("another")), sip)
