"""The flow through an activity: full, begun, ended, how long, back again, and who waits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.bands import length_band
from misam_desktop.domain.counting import Counting, PeriodBackwards
from misam_desktop.domain.flow_figures import (
    Stay,
    Waiting,
    as_flow_report,
    month_code,
    months_between,
    months_of,
    stay_tables,
    waiting_tables,
)
from misam_desktop.domain.report import Middle, Report, Share
from tests.domain.figures import BACKWARDS, DAYS, FIRST, LAST, SEXES, YEAR, must_be_behind, told, wrong

TODAY = date(2026, 11, 26)
NO_WORDS: dict[str, str] = {}


def stay(**said: Any) -> Stay:
    """A woman enrolled in February."""
    return Stay("e", "kvinna", date(2026, 2, 2), None, None)._replace(**said)


def report_of(*stays: Stay, waiting: tuple[Waiting, ...] = (), today: date = TODAY) -> Report:
    of_stays = stay_tables(**YEAR, today=today, rereferral_months=6, month_words=NO_WORDS)
    of_waiting = waiting_tables(as_of=min(LAST, today))
    counting = Counting([*of_stays, *of_waiting])
    counting.add(of_stays, stays)
    counting.add(of_waiting, waiting)
    return as_flow_report(counting, **YEAR, capacity=138)


def test_the_open_ones_stand_against_how_many_there_is_room_for() -> None:
    full = report_of(stay(), stay(discharged_on=TODAY), stay(enrolled_on=date(2026, 12, 1))).sections[0]
    assert full.columns == ("antal", "av_kapacitet")
    assert full.rows[0].figures == {"antal": 1, "av_kapacitet": Share(numerator=1, denominator=138)}


def test_a_month_has_those_who_began_ended_and_went_on_at_its_end() -> None:
    months = report_of(stay(discharged_on=date(2026, 4, 30))).sections[1]
    assert told(months, "nya") == {"2026-02": 1}
    assert told(months, "avslutade") == {"2026-04": 1}
    assert told(months, "oppna") == {"2026-02": 1, "2026-03": 1}


def test_a_month_to_come_has_nobody() -> None:
    assert "2026-12" not in told(report_of(stay()).sections[1], "oppna")


def test_how_long_it_took_is_told_in_months_with_bands_without_gaps() -> None:
    length, bands = report_of(stay(discharged_on=date(2026, 8, 2)), stay()).sections[2:4]
    of_ended = months_between(date(2026, 2, 2), date(2026, 8, 2))
    assert length.rows[0].figures["median_manader"] == Middle(value=of_ended, of=1)
    assert told(length, "antal") == {"avslutade": 1, "oppna": 1}
    assert told(bands) == {"6_12": 1}


@pytest.mark.parametrize(
    ("last", "band"),
    [
        (date(2026, 4, 30), "3_6"),
        (date(2026, 4, 29), "under_3"),
        (date(2027, 1, 31), "12_18"),
        (date(2028, 1, 31), "24_"),
        (date(2035, 1, 1), "24_"),
    ],
)
def test_a_band_is_of_whole_months_from_the_day(last: date, band: str) -> None:
    assert length_band(date(2026, 1, 31), last) == band


@pytest.mark.parametrize(
    ("again_on", "today", "columns"),
    [
        (None, date(2026, 8, 28), {"avslutade", "pagar"}),
        (date(2026, 8, 28), date(2026, 8, 28), {"avslutade", "pagar"}),
        (date(2026, 8, 28), date(2026, 8, 29), {"avslutade", "matta", "ater"}),
        (date(2026, 8, 29), date(2026, 8, 30), {"avslutade", "matta"}),
        (None, date(2026, 8, 29), {"avslutade", "matta"}),
    ],
)
def test_who_comes_back_within_six_months_is_counted_once_they_have_gone(
    again_on: date | None, today: date, columns: set[str]
) -> None:
    back = report_of(stay(discharged_on=date(2026, 2, 28), again_on=again_on), today=today).sections[4]
    assert {column for column, figure in back.rows[0].figures.items() if figure == 1} == columns
    assert told(back, "avslutade") == {"total": 1, "kvinna": 1}


def test_who_waits_is_told_by_referrer_and_for_how_long_but_of_the_protected() -> None:
    both = (Waiting("r", "af", False, date(2026, 11, 16)), Waiting("s", "fk", True, date(2026, 11, 6)))
    waiting = report_of(waiting=both).sections[5]
    assert told(waiting, "antal") == {"total": 2, "af": 1, "utan_detaljer": 1}
    assert waiting.rows[0].figures["median_dagar"] == Middle(value=15, of=2)


def test_the_months_of_a_period_are_those_that_it_holds_a_day_of() -> None:
    assert [month_code(one) for one in months_of(date(2025, 12, 31), date(2026, 2, 1))] == [
        "2025-12",
        "2026-01",
        "2026-02",
    ]


@st.composite
def _stays(draw: st.DrawFn) -> Stay:
    began = draw(DAYS)
    ends = draw(st.none() | DAYS.map(lambda day: max(day, began)))
    return Stay("e", draw(SEXES), began, ends, draw(st.none() | DAYS))


_WAITING = st.builds(Waiting, st.just("r"), st.sampled_from(["af", "annan"]), st.booleans(), st.just(FIRST))


@given(st.lists(_stays(), max_size=10), st.lists(_WAITING, max_size=5))
def test_behind_every_number_stand_as_many_as_it_says(stays: list[Stay], waiting: list[Waiting]) -> None:
    must_be_behind(stay_tables(**YEAR, today=TODAY, rereferral_months=6, month_words=NO_WORDS), stays)
    must_be_behind(waiting_tables(as_of=TODAY), waiting)
    assert wrong(report_of(*stays, waiting=tuple(waiting))) == []


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PeriodBackwards):
        stay_tables(**BACKWARDS, today=TODAY, rereferral_months=6, month_words=NO_WORDS)
