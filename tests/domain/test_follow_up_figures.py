"""Follow-ups in figures: on time, late, open, moved; by uppdragsgivare and handläggare."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.counting import PeriodBackwards
from misam_desktop.domain.follow_up_figures import PlannedFollowUp, as_follow_up_report, standing, tables
from misam_desktop.domain.report import Share
from tests.domain.figures import BACKWARDS, DAYS, DAYS_OR_NONE, LAST, YEAR, counted, must_be_behind, told, wrong

DUE = date(2026, 6, 1)
TODAY = date(2026, 9, 1)
WORKERS = {"jonas": "Jonas Vall", "lotta": "Lotta Hedlund"}


def one(**said: Any) -> PlannedFollowUp:
    """Due in June after three months, done on the day."""
    return PlannedFollowUp("f", "e", "af", "jonas", 3, DUE, DUE, DUE, None)._replace(**said)


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ({}, "i_tid"),
        ({"done_on": DUE - timedelta(days=3)}, "i_tid"),
        ({"done_on": DUE + timedelta(days=1)}, "sena"),
        ({"done_on": None}, "forfallna"),
        ({"done_on": None, "due_on": TODAY}, "kommande"),
        ({"done_on": None, "cancelled_on": DUE}, "installda"),
        ({"done_on": TODAY + timedelta(days=1)}, "forfallna"),
        ({"done_on": None, "cancelled_on": TODAY + timedelta(days=1)}, "forfallna"),
    ],
)
def test_on_time_is_by_the_current_date(said: dict[str, Any], stands: str) -> None:
    assert standing(one(**said), TODAY) == stands


def test_each_stands_by_month_authority_and_worker_and_moved_ones_apart() -> None:
    moved = one(original_due_on=DUE - timedelta(days=9), months=15, agency=None, owner_id=None, done_on=None)
    report = as_follow_up_report(counted(tables(**YEAR, as_of=TODAY, workers=WORKERS), [one(), moved]), **YEAR)
    months, agencies, workers = report.sections
    assert told(months) == {"total": 2, "m3": 1, "ovriga_manader": 1}
    assert told(months, "flyttade") == {"total": 1, "ovriga_manader": 1}
    assert months.rows[0].figures["andel"] == Share(numerator=1, denominator=2)
    assert told(agencies) == {"af": 1, "okand": 1}
    assert [(row.code, row.label) for row in workers.rows] == [("jonas", "Jonas Vall"), ("okand", "")]
    assert told(workers) == {"jonas": 1, "okand": 1}


def test_who_may_not_know_the_workers_is_told_of_none() -> None:
    assert [table.id for table in tables(**YEAR, as_of=TODAY, workers={})] == ["uppf", "uppf_myndighet"]


def test_what_is_due_outside_the_period_does_not_count() -> None:
    found = counted(tables(**YEAR, as_of=TODAY, workers=WORKERS), [one(due_on=LAST + timedelta(days=1))])
    assert told(found.section("uppf")) == {}


def test_a_worker_who_is_not_among_the_rows_makes_the_sum_fail() -> None:
    found = counted(tables(**YEAR, as_of=TODAY, workers=WORKERS), [one(owner_id="eva")])
    assert wrong(as_follow_up_report(found, **YEAR)) == ["summa_uppf_handlaggare"]


_ANY = st.builds(
    PlannedFollowUp,
    st.just("f"),
    st.just("e"),
    st.sampled_from(["af", "fk", "kommun", "region", None]),
    st.sampled_from(["jonas", None]),
    st.integers(1, 24),
    DAYS,
    DAYS,
    done_on=DAYS_OR_NONE,
    cancelled_on=DAYS_OR_NONE,
)


@given(st.lists(_ANY, max_size=10))
def test_behind_every_number_stand_as_many_as_it_says(found: list[PlannedFollowUp]) -> None:
    of = tables(**YEAR, as_of=TODAY, workers=WORKERS)
    must_be_behind(of, found)
    assert wrong(as_follow_up_report(counted(of, found), **YEAR)) == []


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PeriodBackwards):
        tables(**BACKWARDS, as_of=TODAY, workers={})
