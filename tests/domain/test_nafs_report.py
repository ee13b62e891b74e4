"""NAFS in figures: cases, meetings, questions, and the answer within seven working days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.codes import Agency
from misam_desktop.domain.counting import Counting, PeriodBackwards
from misam_desktop.domain.meeting import MeetingState
from misam_desktop.domain.meeting_figures import KeptMeeting
from misam_desktop.domain.nafs_report import (
    AskedQuestion,
    OwedFeedback,
    RaisedCase,
    as_nafs_report,
    case_tables,
    feedback_standing,
    feedback_tables,
    meeting_tables,
    question_tables,
)
from misam_desktop.domain.report import Middle, Report, Share
from tests.domain.figures import BACKWARDS, DAYS, DAYS_OR_NONE, LAST, SEXES, YEAR, must_be_behind, told, wrong

MEETING = date(2026, 12, 16)
DUE = date(2026, 12, 29)
AGENCIES = st.sampled_from([agency.value for agency in Agency])


def case(**said: Any) -> RaisedCase:
    """A woman whose case region raised in March and a meeting took up in April."""
    return RaisedCase("case", "kvinna", "region", False, date(2026, 3, 2), date(2026, 4, 7), None)._replace(**said)


def report_of(
    *cases: RaisedCase,
    meetings: tuple[KeptMeeting, ...] = (),
    questions: tuple[AskedQuestion, ...] = (),
    feedback: tuple[OwedFeedback, ...] = (),
) -> Report:
    pairs: list[tuple[Any, Any]] = [
        (case_tables(**YEAR), cases),
        (meeting_tables({"för få": "För få"}), meetings),
        (question_tables(**YEAR), questions),
        (feedback_tables(as_of=LAST), feedback),
    ]
    counting = Counting([table for tables, _ in pairs for table in tables])
    for tables, things in pairs:
        counting.add(tables, things)
    return as_nafs_report(counting, **YEAR)


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ({}, "behandlade"),
        ({"treated_on": None}, "vantar"),
        ({"treated_on": date(2027, 1, 5)}, "vantar"),
        ({"treated_on": None, "withdrawn_on": LAST}, "atertagna"),
        ({"treated_on": None, "withdrawn_on": date(2027, 1, 1)}, "vantar"),
    ],
)
def test_a_case_has_been_taken_up_waits_or_was_taken_back(said: dict[str, Any], stands: str) -> None:
    assert told(report_of(case(**said)).sections[0]) == {"total": 1, stands: 1}


def test_who_raised_a_case_is_told_but_of_protected_persons() -> None:
    report = report_of(case(), case(protected=True, sex="man"), case(raised_on=date(2025, 1, 1)))
    assert told(report.sections[1]) == {"region": 1, "utan_detaljer": 1}


def test_meetings_that_were_cancelled_have_their_reasons() -> None:
    cancelled = KeptMeeting("m", date(2026, 5, 1), MeetingState.CANCELLED, False, "För  få", {})
    report = report_of(meetings=(cancelled,))
    assert told(report.sections[3], "antal") == {"för få": 1}
    assert wrong(report) == []


def test_a_reason_that_is_not_among_the_rows_makes_the_sum_fail() -> None:
    cancelled = KeptMeeting("m", date(2026, 5, 1), MeetingState.CANCELLED, False, "Annat", {})
    assert wrong(report_of(meetings=(cancelled,))) == ["summa_nafs_installda"]


def test_questions_are_of_the_authority_that_was_asked() -> None:
    asked = AskedQuestion("q", "case", "af", date(2026, 3, 2), date(2026, 3, 12))
    later = asked._replace(answered_on=date(2027, 1, 2))
    rows = {row.code: row.figures for row in report_of(questions=(asked, later)).sections[5].rows}
    assert rows["af"]["andel"] == Share(numerator=1, denominator=2)
    assert rows["total"]["median_dagar"] == Middle(value=10, of=1)


@pytest.mark.parametrize(
    ("given_on", "as_of", "stands"),
    [
        (DUE, LAST, "i_tid"),
        (date(2026, 12, 30), LAST, "sena"),
        (None, date(2026, 12, 30), "ej_gjorda"),
        (None, DUE, "vantar"),
        (LAST, date(2026, 12, 30), "ej_gjorda"),
    ],
)
def test_an_answer_is_on_time_until_the_seventh_working_day(given_on: date | None, as_of: date, stands: str) -> None:
    assert feedback_standing(OwedFeedback("i", "c", "fk", MEETING, given_on), as_of) == stands


def test_the_share_on_time_leaves_out_those_that_still_have_time() -> None:
    done = OwedFeedback("i", "c", "fk", MEETING, DUE)
    waits = OwedFeedback("j", "c", "fk", date(2026, 12, 30), None)
    rows = {row.code: row.figures for row in report_of(feedback=(done, waits)).sections[6].rows}
    assert (rows["fk"]["total"], rows["fk"]["andel"]) == (2, Share(numerator=1, denominator=1))


_CASES = st.builds(
    RaisedCase, st.just("c"), SEXES, AGENCIES, st.booleans(), DAYS, treated_on=DAYS_OR_NONE, withdrawn_on=DAYS_OR_NONE
)
_QUESTIONS = st.builds(AskedQuestion, st.just("q"), st.just("c"), AGENCIES, DAYS, answered_on=DAYS_OR_NONE)
_FEEDBACK = st.builds(OwedFeedback, st.just("i"), st.just("c"), AGENCIES, DAYS, given_on=DAYS_OR_NONE)


@given(st.lists(_CASES, max_size=8), st.lists(_QUESTIONS, max_size=8), st.lists(_FEEDBACK, max_size=8))
def test_behind_every_number_stand_as_many_as_it_says(
    cases: list[RaisedCase], questions: list[AskedQuestion], feedback: list[OwedFeedback]
) -> None:
    must_be_behind(case_tables(**YEAR), cases)
    must_be_behind(question_tables(**YEAR), questions)
    must_be_behind(feedback_tables(as_of=LAST), feedback)
    assert wrong(report_of(*cases, questions=tuple(questions), feedback=tuple(feedback))) == []


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PeriodBackwards):
        case_tables(**BACKWARDS)
