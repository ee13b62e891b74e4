"""Skyddade personuppgifter: what is kept back, and what is shown for a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.codes import Sex
from misam_desktop.domain.gate import let_through
from misam_desktop.domain.ids import PersonId
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import NOT_SHOWN, kept_back, made_up_number
from misam_desktop.domain.protection import ReasonNeeded, covered, facts_of, must_not_be_protected, uncovered
from tests.domain.worlds import KARIN, PERSON, TODAY

BORN = date(1985, 3, 12)
NUMBER = made_up_number(BORN, 980)


def known(**said: Any) -> Person:
    person = Person(
        id=PERSON,
        number=NUMBER,
        given_name="Malin",
        sex=Sex.KVINNA,
        phone="070-174 06 05",
        address="Provgatan 1",
        protected=True,
        protected_owners=(KARIN,),
    )
    return replace(person, **said)


def test_number_telephone_and_address_are_kept_back() -> None:
    person = covered(known())
    assert (person.number.is_shown, person.phone, person.address) == (False, "", "")
    assert (person.full_name, person.protected_owners) == ("Malin", (KARIN,))
    for words in (person.number.long, person.number.short, person.number.masked, repr(person)):
        assert "8503" not in words


def test_nothing_is_kept_back_of_anybody_else() -> None:
    assert covered(known(protected=False)) == known(protected=False)


def test_what_may_not_be_read_stays_withheld() -> None:
    withheld = let_through(known(), frozenset())
    assert covered(withheld, days=[TODAY]) == withheld


def test_the_age_is_told_on_the_days_that_matter() -> None:
    number = covered(known(), days=[TODAY]).number
    assert (number.age_on(TODAY), number.birth_date) == (41, None)
    assert covered(known()).number.age_on(TODAY) is None
    assert kept_back(NOT_SHOWN, [TODAY]).age_on(TODAY) is None


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)))
def test_the_age_on_another_day_is_a_year_off_at_most(day: date) -> None:
    told = kept_back(NUMBER, [TODAY, TODAY - timedelta(days=400)]).age_on(day)
    age = day.year - BORN.year - ((day.month, day.day) < (BORN.month, BORN.day))
    assert told is not None
    assert abs(told - age) <= 1


def test_what_is_shown_for_a_reason_stands_in_its_place() -> None:
    assert uncovered(covered(known()), facts_of(known())) == known()
    assert uncovered(covered(known()), None) == covered(known())


def test_what_was_shown_of_somebody_else_stands_nowhere() -> None:
    other = covered(known(id=PersonId("other")))
    assert uncovered(other, facts_of(known())) == other


def test_what_was_shown_of_an_earlier_version_is_covered_again() -> None:
    changed = covered(known(version=2))
    assert uncovered(changed, facts_of(known())) == changed


def test_the_number_of_a_protected_person_takes_a_reason() -> None:
    must_not_be_protected(known(protected=False))
    with pytest.raises(ReasonNeeded):
        must_not_be_protected(known())
