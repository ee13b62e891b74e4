"""The bands of the report, without gaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.bands import AGE_BANDS, MONTHS_BANDS, age_band, months_band


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (None, "ovrig"),
        (15, "ovrig"),
        (16, "16-29"),
        (29, "16-29"),
        (30, "30-44"),
        (44, "30-44"),
        (45, "45-59"),
        (59, "45-59"),
        (60, "60-64"),
        (64, "60-64"),
        (65, "ovrig"),
    ],
)
def test_an_age_falls_in_its_band(age: int | None, band: str) -> None:
    assert age_band(age) == band


@pytest.mark.parametrize(
    ("months", "band"),
    [
        (None, "okand"),
        (0, "under_1"),
        (11, "under_1"),
        (12, "1_2"),
        (23, "1_2"),
        (24, "2_5"),
        (59, "2_5"),
        (60, "5_10"),
        (119, "5_10"),
        (120, "10_"),
        (600, "10_"),
    ],
)
def test_a_time_falls_in_its_band(months: int | None, band: str) -> None:
    assert months_band(months) == band


@given(age=st.none() | st.integers(0, 130), months=st.none() | st.integers(0, 1000))
def test_every_band_has_its_row_in_the_report(age: int | None, months: int | None) -> None:
    assert age_band(age) in AGE_BANDS
    assert months_band(months) in MONTHS_BANDS


@given(months=st.integers(0, 1000))
def test_a_longer_time_never_falls_in_a_shorter_band(months: int) -> None:
    assert MONTHS_BANDS.index(months_band(months)) <= MONTHS_BANDS.index(months_band(months + 1))
