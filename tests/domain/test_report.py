"""What every report is made of."""

from __future__ import annotations

from misam_desktop.domain.report import Share


def test_a_share_is_told_in_percent() -> None:
    assert Share(numerator=3, denominator=8).percent == 37.5


def test_a_share_of_nothing_has_no_percentage() -> None:
    assert Share(numerator=0, denominator=0).percent is None
