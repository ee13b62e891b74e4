"""NAFS cases: what they need to enter an agenda, their questions and answers (process.md §3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from misam_desktop.domain.codes import Agency
from misam_desktop.domain.ids import CaseId, QuestionId, UserId
from misam_desktop.domain.nafs import (
    AlreadyAnswered,
    AlreadyPut,
    Fitness,
    NafsCase,
    NafsCaseWithdrawn,
    NafsFacts,
    NafsState,
    NotAnswered,
    NotReady,
    QuestionToOneself,
    Requirement,
    answer,
    ask,
    checklist,
    must_pass,
    must_stay,
    passes,
    put_to_team,
    reword,
    state_of,
    take_back_answer,
    withdraw,
)
from misam_desktop.domain.referral import FutureDate, TextRequired
from tests.domain.worlds import AF, FK, IFO, JONAS, LISA, MISAM, NAFS, NOW, PERSON, TODAY, consent

CASE = NafsCase(
    id=CaseId("n"),
    person_id=PERSON,
    activity_id=NAFS,
    unit_id=AF,
    raised_by=JONAS,
    passed_by=LISA,
    raised_on=TODAY,
)
ASKED = ((FK, Agency.FK), (IFO, Agency.KOMMUN))
FIT = Fitness(
    consent=consent(unit_ids=(AF, FK, IFO)), asked=ASKED, raising=Agency.AF, age=41, age_reason="", protected=False
)
KARIN = UserId("u-karin")


def missing(fitness: Fitness) -> set[Requirement]:
    checked = checklist(fitness, min_age=20, max_age=64, least_agencies=3)
    assert [one for one, _ in checked] == list(Requirement)
    assert passes(checked) is all(is_met for _, is_met in checked)
    return {one for one, is_met in checked if not is_met}


def test_a_case_is_the_units_that_raised_it() -> None:
    assert CASE.home_id == AF


def test_a_case_with_everything_passes() -> None:
    assert missing(FIT) == set()


def test_without_a_consent_on_the_day_nobody_asked_is_named() -> None:
    assert missing(replace(FIT, consent=None)) == {Requirement.CONSENT, Requirement.ASKED_UNITS}


def test_every_asked_unit_stands_in_the_consent() -> None:
    assert missing(replace(FIT, consent=consent(unit_ids=(AF, FK)))) == {Requirement.ASKED_UNITS}


def test_two_other_authorities_are_asked() -> None:
    one_authority = ((FK, Agency.FK), (AF, Agency.AF))
    assert missing(replace(FIT, asked=one_authority)) == {Requirement.QUESTIONS, Requirement.AUTHORITIES}
    assert Requirement.ASKED_UNITS in missing(replace(FIT, asked=()))


def test_units_of_one_kommun_are_one_authority() -> None:
    both_kommun = ((IFO, Agency.KOMMUN), (FK, Agency.KOMMUN))
    assert Requirement.QUESTIONS in missing(replace(FIT, asked=both_kommun))


@pytest.mark.parametrize("age", [19, 65, None])
def test_somebody_outside_the_ages_is_taken_up_for_a_reason(age: int | None) -> None:
    assert missing(replace(FIT, age=age)) == {Requirement.AGE}
    assert missing(replace(FIT, age=age, age_reason=" Fyller 20 i veckan ")) == set()


@pytest.mark.parametrize("age", [20, 64])
def test_both_limits_are_within(age: int) -> None:
    assert missing(replace(FIT, age=age)) == set()


def test_a_protected_person_is_spoken_of_alone() -> None:
    assert missing(replace(FIT, protected=True)) == {Requirement.NOT_PROTECTED}


def test_what_is_missing_keeps_a_case_off_the_agenda_but_protection_alone_does_not() -> None:
    def met(fitness: Fitness) -> frozenset[Requirement]:
        return must_pass(checklist(fitness, min_age=20, max_age=64, least_agencies=3))

    assert met(FIT) == set(Requirement)
    assert met(replace(FIT, protected=True)) == set(Requirement) - {Requirement.NOT_PROTECTED}
    with pytest.raises(NotReady) as caught:
        met(replace(FIT, consent=None))
    assert caught.value.params == {"count": 2}


def test_a_case_is_put_to_the_team_once() -> None:
    put = put_to_team(CASE, now=NOW, today=TODAY)
    assert put.submitted_at == NOW
    assert put_to_team(put, now=NOW + timedelta(hours=1), today=TODAY) == put


@pytest.mark.parametrize(("field", "value"), [("unit_id", FK), ("activity_id", MISAM)])
def test_a_case_that_lies_before_a_team_stays_there_and_its_units(field: str, value: str) -> None:
    same = NafsFacts(activity_id=NAFS, unit_id=AF, raised_by=JONAS, raised_on=TODAY)
    other = replace(same, **{field: value})  # type: ignore[arg-type]  # either field
    must_stay(CASE, other)
    put = put_to_team(CASE, now=NOW, today=TODAY)
    must_stay(put, same)
    with pytest.raises(AlreadyPut) as refusal:
        must_stay(put, other)
    assert refusal.value.params == {"field": field}


def test_nothing_is_raised_tomorrow() -> None:
    with pytest.raises(FutureDate):
        put_to_team(replace(CASE, raised_on=TODAY + timedelta(days=1)), now=NOW, today=TODAY)


def test_who_takes_a_case_back_says_why() -> None:
    with pytest.raises(TextRequired):
        withdraw(CASE, on=TODAY, why=" ")
    back = withdraw(CASE, on=TODAY, why=" Löste sig ")
    assert (back.withdrawn_on, back.withdrawn_why) == (TODAY, "Löste sig")
    for act in (
        lambda: withdraw(back, on=TODAY, why="igen"),
        lambda: put_to_team(back, now=NOW, today=TODAY),
        lambda: ask(back, QuestionId("q"), unit_id=FK, text="Vad gäller?"),
    ):
        with pytest.raises(NafsCaseWithdrawn):
            act()


def test_a_question_goes_to_another_unit_in_words() -> None:
    question = ask(CASE, QuestionId("q"), unit_id=FK, text=" Kan sjukpenning prövas? ")
    assert (question.case_id, question.unit_id, question.text) == (CASE.id, FK, "Kan sjukpenning prövas?")
    with pytest.raises(QuestionToOneself):
        ask(CASE, QuestionId("q"), unit_id=AF, text="Vad tycker vi?")
    with pytest.raises(TextRequired):
        ask(CASE, QuestionId("q"), unit_id=FK, text=" ")


def test_an_answer_can_be_given_changed_and_taken_back() -> None:
    question = ask(CASE, QuestionId("q"), unit_id=FK, text="Kan sjukpenning prövas?")
    answered = answer(question, " Ja ", by=KARIN, on=TODAY)
    assert (answered.answer, answered.answered_on, answered.answered_by) == ("Ja", TODAY, KARIN)
    assert answer(answered, "Nej", by=KARIN, on=TODAY).answer == "Nej"
    assert take_back_answer(answered) == question
    with pytest.raises(NotAnswered):
        take_back_answer(question)
    with pytest.raises(TextRequired):
        answer(question, "", by=KARIN, on=TODAY)


def test_a_question_is_reworded_until_it_is_answered() -> None:
    question = ask(CASE, QuestionId("q"), unit_id=FK, text="Kan sjukpenning prövas?")
    assert reword(question, "Kan sjukpenning prövas på nytt?").text.endswith("nytt?")
    with pytest.raises(AlreadyAnswered):
        reword(answer(question, "Ja", by=KARIN, on=TODAY), "Något annat?")


def test_it_is_a_draft_then_the_teams_until_it_is_taken_back() -> None:
    draft = replace(CASE, submitted_at=None)
    put = put_to_team(draft, now=NOW, today=TODAY)
    back = withdraw(put, on=TODAY, why="Löste sig")
    assert [state_of(one) for one in (draft, put, back)] == [NafsState.DRAFT, NafsState.PUT, NafsState.WITHDRAWN]
