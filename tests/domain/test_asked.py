"""What a participant has been offered or asked: days alone, and when it is time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from misam_desktop.domain.activity import Questionnaires, settings_as_data, settings_from
from misam_desktop.domain.asked import (
    AFTER,
    AT_EXIT,
    AnswerNeverKept,
    Asked,
    AskedBeforeStart,
    AskedFacts,
    AskedWhat,
    DoneBeforeOffered,
    OfferedOrNot,
    noted,
    occasions,
    shown_with,
    waiting,
)
from misam_desktop.domain.codes import DischargeReason, InfoKind
from misam_desktop.domain.ids import AskedId, EpisodeId
from misam_desktop.domain.referral import FutureDate
from tests.domain.worlds import TODAY, episode, settings

BEGAN = date(2026, 8, 24)
"""Three months before today."""
AT_THREE = Questionnaires(months=(3,))
DAY = timedelta(days=1)


def asked(**said: Any) -> Asked:
    one = {"id": AskedId("a"), "episode_id": EpisodeId("e"), "what": AskedWhat.ENKAT, "occasion": "3"}
    return Asked(**(one | said))


def test_what_was_offered_and_answered_is_two_days() -> None:
    facts = AskedFacts(offered_on=TODAY - DAY, done_on=TODAY)
    now = noted(asked(), facts, episode(enrolled_on=BEGAN), today=TODAY)
    assert (now.offered_on, now.done_on, now.is_noted) == (TODAY - DAY, TODAY, True)


def test_what_is_taken_back_says_nothing() -> None:
    now = noted(asked(offered_on=TODAY), AskedFacts(), episode(enrolled_on=BEGAN), today=TODAY)
    assert (now.offered_on, now.is_noted) == (None, False)


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (AskedFacts(offered_on=TODAY, not_offered_on=TODAY), OfferedOrNot),
        (AskedFacts(done_on=TODAY), DoneBeforeOffered),
        (AskedFacts(offered_on=TODAY, done_on=TODAY - DAY), DoneBeforeOffered),
        (AskedFacts(offered_on=TODAY + DAY), FutureDate),
        (AskedFacts(not_offered_on=BEGAN - DAY), AskedBeforeStart),
    ],
)
def test_days_that_cannot_be_are_refused(facts: AskedFacts, error: type[Exception]) -> None:
    with pytest.raises(error):
        noted(asked(), facts, episode(enrolled_on=BEGAN), today=TODAY)


def test_no_answer_is_kept_of_the_question_of_violence() -> None:
    facts = AskedFacts(offered_on=TODAY, done_on=TODAY)
    with pytest.raises(AnswerNeverKept):
        noted(asked(what=AskedWhat.VALD), facts, episode(enrolled_on=BEGAN), today=TODAY)


def test_who_may_not_read_of_the_social_situation_is_not_told_of_that_question() -> None:
    both = (asked(), asked(what=AskedWhat.VALD))
    assert shown_with(both, frozenset({InfoKind.PLANERING})) == both[:1]
    assert shown_with(both, frozenset({InfoKind.SOCIAL})) == both


def told(on: date, *, offers: Questionnaires = AT_THREE, noted: tuple[Asked, ...] = (), **said: Any) -> list[str]:
    """The occasions that wait on a day, with the step."""
    of = episode(**({"enrolled_on": BEGAN} | said))
    return [f"{one.code} {one.step.value}" for one in waiting(offers, of, noted, today=on)]


@pytest.mark.parametrize(
    ("on", "waits"),
    [
        (TODAY - timedelta(days=15), []),
        (TODAY - timedelta(days=14), ["3 offer"]),
        (TODAY, ["3 offer"]),
        (TODAY + AFTER, ["3 offer"]),
        (TODAY + AFTER + DAY, []),
    ],
)
def test_a_questionnaire_is_offered_around_its_day(on: date, waits: list[str]) -> None:
    assert told(on) == waits


def test_its_day_is_a_working_day() -> None:
    [one] = occasions(AT_THREE, episode(enrolled_on=date(2026, 9, 25)), until=date(2027, 1, 1))
    assert one.due_on == date(2026, 12, 28)


def test_once_offered_it_waits_for_its_answer_and_is_then_let_go_of() -> None:
    offered = (asked(offered_on=TODAY),)
    assert told(TODAY, noted=offered) == ["3 answer"]
    assert told(TODAY + AFTER, noted=offered) == ["3 answer"]
    assert told(TODAY + AFTER + DAY, noted=offered) == []
    assert told(TODAY, noted=(asked(offered_on=TODAY, done_on=TODAY),)) == []


def test_what_will_not_be_offered_or_was_taken_back_is_as_it_was_said() -> None:
    assert told(TODAY, noted=(asked(not_offered_on=TODAY),)) == []
    assert told(TODAY, noted=(asked(),)) == ["3 offer"]


def test_another_thing_noted_answers_for_nothing() -> None:
    assert told(TODAY, noted=(asked(what=AskedWhat.SAMTAL, offered_on=TODAY),)) == ["3 offer"]


def test_after_the_discharge_that_of_the_exit_alone_waits() -> None:
    ended: dict[str, Any] = {"discharged_on": TODAY, "discharge_reason": DischargeReason.UPPFYLLT}
    both = Questionnaires(months=(3,), at_exit=True)
    assert told(TODAY, offers=both, **ended) == [f"{AT_EXIT} offer"]
    assert told(TODAY, offers=both, **(ended | {"discharged_on": TODAY - DAY})) == [f"{AT_EXIT} offer"]
    assert told(TODAY + AFTER + DAY, offers=both, **ended) == []
    assert told(TODAY, offers=AT_THREE, **(ended | {"discharged_on": TODAY + DAY})) == []


def test_nothing_is_asked_of_somebody_who_died() -> None:
    ended: dict[str, Any] = {"discharged_on": TODAY, "discharge_reason": DischargeReason.AVLIDEN}
    assert told(TODAY, offers=Questionnaires(at_exit=True), **ended) == []


@pytest.mark.parametrize(
    ("on", "waits"),
    [
        (date(2026, 9, 30), []),
        (date(2026, 10, 1), ["2026-10 offer"]),
        (date(2026, 10, 31), ["2026-10 offer"]),
        (date(2026, 11, 1), []),
        (date(2027, 10, 5), ["2027-10 offer"]),
    ],
)
def test_a_campaign_lasts_its_month_every_year(on: date, waits: list[str]) -> None:
    assert told(on, offers=Questionnaires(campaigns=(10,))) == waits


def test_a_campaign_before_the_enrolment_or_after_the_discharge_is_not_theirs() -> None:
    offers = Questionnaires(campaigns=(8, 11))
    found = occasions(offers, episode(enrolled_on=BEGAN, discharged_on=date(2026, 10, 31)), until=date(2027, 3, 1))
    assert [(one.code, one.from_on) for one in found] == [("2026-08", BEGAN)]


def test_occasions_stand_in_the_order_of_their_days() -> None:
    offers = Questionnaires(months=(3, 6), campaigns=(10,))
    found = occasions(offers, episode(enrolled_on=BEGAN), until=date(2027, 3, 1))
    assert [one.code for one in found] == ["2026-10", "3", "6"]


def test_the_setting_goes_to_the_store_and_back() -> None:
    like = settings(questionnaires=Questionnaires(months=(3,), at_exit=True, campaigns=(10,)))
    assert settings_from(settings_as_data(like)) == like
    assert like.questionnaires.are_offered
    assert not replace(like, questionnaires=Questionnaires()).questionnaires.are_offered
