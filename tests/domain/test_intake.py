"""What a form makes of a person that the store knows, and the earlier picture that a re-referral begins with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from misam_desktop.domain.codes import Education, Sex
from misam_desktop.domain.ids import UserId
from misam_desktop.domain.intake import (
    NumberFixed,
    PersonFacts,
    carried_over,
    corrected,
    facts_of,
    informed,
    new_person,
    told_again,
)
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import NOT_SHOWN, made_up_number
from misam_desktop.domain.protection import covered
from misam_desktop.domain.referral import FutureDate
from tests.domain.worlds import IN_WORK, KARIN, ON_SUPPORT, PERSON, TODAY, episode, referral

NUMBER = made_up_number(date(1985, 3, 12), 980)
JONAS = UserId("jonas")


def form(**said: Any) -> PersonFacts:
    return replace(PersonFacts(number=NUMBER, sex=Sex.KVINNA), **said)


def known(**said: Any) -> Person:
    person = Person(
        id=PERSON, number=NUMBER, given_name="Malin", sex=Sex.KVINNA, phone="070-174 06 05", interpreter=True
    )
    return replace(person, **said)


def test_a_new_person_is_as_the_form_says() -> None:
    person = new_person(form(given_name="Malin", informed_on=TODAY), person_id=PERSON, owners=(KARIN,))
    assert (person.id, person.number, person.given_name, person.informed_on) == (PERSON, NUMBER, "Malin", TODAY)
    assert person.protected_owners == ()


def test_a_protected_identity_belongs_to_those_it_is_given_to() -> None:
    person = new_person(form(protected=True), person_id=PERSON, owners=(JONAS, KARIN))
    assert person.protected_owners == (JONAS, KARIN)


def test_a_new_form_adds_and_takes_nothing_away() -> None:
    told = told_again(known(), form(family_name="Provlund", sex=Sex.ANNAT), owners=(KARIN,))
    assert told == known(family_name="Provlund", sex=Sex.ANNAT)


def test_a_new_form_does_not_lift_a_protected_identity() -> None:
    protected = known(protected=True, protected_owners=(KARIN,))
    assert told_again(protected, form(given_name="Malin"), owners=(JONAS,)) == protected


def test_a_person_who_becomes_protected_belongs_to_them_too() -> None:
    told = told_again(known(), form(protected=True), owners=(JONAS, KARIN))
    assert (told.protected, told.protected_owners) == (True, (JONAS, KARIN))


def test_a_changed_form_can_empty_a_field() -> None:
    assert corrected(known(), form(given_name="Malin"), owners=(KARIN,)) == known(phone="", interpreter=False)


def test_a_changed_form_does_not_lift_a_protected_identity() -> None:
    protected = known(protected=True, protected_owners=(KARIN,))
    told = corrected(protected, form(), owners=(JONAS,))
    assert (told.protected, told.protected_owners) == (True, (KARIN,))


def test_a_changed_form_can_mark_a_protected_identity() -> None:
    told = corrected(known(), form(protected=True), owners=(JONAS, KARIN))
    assert (told.protected, told.protected_owners) == (True, (JONAS, KARIN))


def test_what_was_kept_back_from_a_form_is_not_wiped_by_it() -> None:
    protected = known(protected=True, protected_owners=(KARIN,), address="Provgatan 1")
    told = corrected(protected, form(number=covered(protected).number, given_name="Maj"), owners=(JONAS,))
    assert told == replace(protected, given_name="Maj", interpreter=False)


def test_what_a_consent_withholds_is_no_number_to_write_with() -> None:
    with pytest.raises(NumberFixed):
        corrected(known(protected=True), form(number=NOT_SHOWN), owners=(KARIN,))


def test_a_changed_form_leaves_the_owners_of_a_protected_identity() -> None:
    protected = known(protected=True, protected_owners=(KARIN,))
    assert corrected(protected, form(protected=True), owners=(JONAS,)).protected_owners == (KARIN,)


def test_nobody_is_told_tomorrow_how_their_data_is_processed() -> None:
    assert informed(known(), on=TODAY, today=TODAY).informed_on == TODAY
    assert informed(known(informed_on=TODAY), on=None, today=TODAY).informed_on is None
    with pytest.raises(FutureDate):
        informed(known(), on=TODAY + timedelta(days=1), today=TODAY)


def test_another_number_is_another_person() -> None:
    with pytest.raises(NumberFixed):
        corrected(known(), form(number=made_up_number(date(1985, 3, 12), 982)), owners=(KARIN,))


def test_a_rereferral_begins_with_what_the_discharge_recorded() -> None:
    ended = episode(education_out=Education.GYMNASIUM, livelihoods_out=IN_WORK)
    earlier = referral(education=Education.GRUNDSKOLA, supplied_by="Sara")
    assert carried_over(earlier, ended, on=TODAY) == replace(
        facts_of(earlier), referred_on=TODAY, education=Education.GYMNASIUM, livelihoods=IN_WORK, supplied_by=""
    )


def test_what_the_discharge_left_unsaid_is_as_it_was_at_the_entry() -> None:
    again = carried_over(referral(education=Education.GRUNDSKOLA), episode(), on=TODAY)
    assert (again.education, again.livelihoods) == (Education.GRUNDSKOLA, ON_SUPPORT)
    assert again.question == referral().question
