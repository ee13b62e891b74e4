"""Which letters a case gives reason for, and who gets each (process.md §2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from misam_desktop.domain.codes import DischargeReason, Outcome, Recipient, Referrer
from misam_desktop.domain.gate import To
from misam_desktop.domain.letter import PERSON, Letter, LetterNotDue, letters_of, must_be_due
from tests.domain.worlds import AF, IFO, TODAY, episode, referral

CONCLUDED = replace(referral(), unit_id=AF, outcome=Outcome.ATER, outcome_on=TODAY)
OPEN = replace(episode(), commissioner_id=IFO)
ENDED = replace(OPEN, discharged_on=TODAY, discharge_reason=DischargeReason.UPPFYLLT)
TO_AF, TO_IFO = (To(recipient=Recipient.ENHET, unit_id=one) for one in (AF, IFO))


def test_before_the_forum_there_is_nothing_to_write() -> None:
    assert letters_of(referral(), None) == {}


def test_an_assessment_goes_to_who_referred_and_to_the_person() -> None:
    assert letters_of(CONCLUDED, None) == {Letter.BEDOMNING: TO_AF, Letter.BESKED: PERSON}


def test_who_came_on_their_own_gets_the_letter_and_no_unit_does() -> None:
    own = replace(CONCLUDED, referrer=Referrer.ANNAN, unit_id=None, kept_by=IFO)
    assert letters_of(own, None) == {Letter.BESKED: PERSON}


def test_while_it_goes_on_the_commissioner_gets_the_enrolment_and_the_follow_up_sheet() -> None:
    found = letters_of(CONCLUDED, OPEN)
    assert (found[Letter.INSKRIVNING], found[Letter.UPPFOLJNING]) == (TO_IFO, TO_IFO)
    assert not found.keys() & {Letter.AVSLUT, Letter.SLUTDOKUMENTATION}


def test_the_end_is_told_to_the_person_and_to_who_referred() -> None:
    found = letters_of(CONCLUDED, ENDED)
    assert (found[Letter.AVSLUT], found[Letter.SLUTDOKUMENTATION]) == (PERSON, TO_AF)
    assert Letter.UPPFOLJNING not in found


@pytest.mark.parametrize("reason", [DischargeReason.AVLIDEN, DischargeReason.FELREGISTRERAD])
def test_after_some_ends_nobody_is_written_to(reason: DischargeReason) -> None:
    assert letters_of(CONCLUDED, replace(ENDED, discharge_reason=reason)) == {}


def test_an_imported_case_without_a_commissioner_has_nobody_to_write_to() -> None:
    found = letters_of(CONCLUDED, replace(OPEN, commissioner_id=None))
    assert not found.keys() & {Letter.INSKRIVNING, Letter.UPPFOLJNING}


def test_a_letter_that_there_is_no_reason_for_is_refused() -> None:
    assert must_be_due(Letter.BESKED, CONCLUDED, None) == PERSON
    with pytest.raises(LetterNotDue):
        must_be_due(Letter.AVSLUT, CONCLUDED, OPEN)


def test_only_the_person_s_letters_are_in_the_person_s_language() -> None:
    assert {one for one in Letter if one.is_for_the_person} == {Letter.BESKED, Letter.AVSLUT}


def test_the_letters_of_a_forum_are_those_that_follow_from_what_it_concluded() -> None:
    assert {one for one in Letter if one.is_of_a_forum} == {Letter.BEDOMNING, Letter.BESKED, Letter.INSKRIVNING}


def test_every_letter_is_a_paper_that_can_be_told_from_the_others() -> None:
    assert len({letter.paper for letter in Letter}) == len(Letter)
