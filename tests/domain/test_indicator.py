"""Indicators: a newer wording, and totals that hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from misam_desktop.domain.counting import PeriodBackwards
from misam_desktop.domain.ids import IndicatorId
from misam_desktop.domain.indicator import Indicator, Line, MoreThanAnswered, TotalMissing, Typed, must_hold, renewed

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
ONE = IndicatorId("i-1")


def indicator(code: str = "1", **said: Any) -> Indicator:
    known: dict[str, Any] = {
        "id": IndicatorId(f"i-{code}"),
        "code": code,
        "text": "Jag har bestämt",
        "group": "Individ",
        "place": 1,
    }
    return Indicator(**(known | said))


def test_a_newer_list_changes_the_wording_and_keeps_the_code() -> None:
    new, changed = renewed([indicator()], [Line("2", "Vi har en plan", "Team"), Line("1", "Jag bestämmer", "Individ")])
    assert new == [Line("2", "Vi har en plan", "Team")]
    assert [(one.id, one.text, one.place) for one in changed] == [("i-1", "Jag bestämmer", 2)]


def test_what_a_newer_list_lacks_is_put_away_and_comes_back_with_the_next() -> None:
    _, [away] = renewed([indicator()], [])
    assert not away.active
    _, [back] = renewed([away], [Line("1", "Jag har bestämt", "Individ")])
    assert back.active


def test_the_same_list_changes_nothing() -> None:
    assert renewed([indicator()], [Line("1", "Jag har bestämt", "Individ")]) == ([], [])


@pytest.mark.parametrize(
    ("typed", "error", "field"),
    [
        (Typed(5, None), TotalMissing, "agreed i-1"),
        (Typed(None, 5), TotalMissing, "answers i-1"),
        (Typed(5, 6), MoreThanAnswered, "agreed i-1"),
    ],
)
def test_a_total_that_cannot_be_is_told_beside_its_indicator(
    typed: Typed, error: type[TotalMissing], field: str
) -> None:
    with pytest.raises(error) as told:
        must_hold({ONE: typed}, first=FIRST, last=LAST)
    assert told.value.params["field"] == field


def test_a_total_holds_when_no_more_agree_than_answered() -> None:
    must_hold(
        {ONE: Typed(5, 5), IndicatorId("i-2"): Typed(None, None), IndicatorId("i-3"): Typed(0, 0)},
        first=FIRST,
        last=LAST,
    )


def test_a_period_runs_forwards() -> None:
    with pytest.raises(PeriodBackwards):
        must_hold({}, first=LAST, last=FIRST)
