"""How near a day is: the word always says what the colour says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from misam_desktop.gui.deadlines import days_left, due, tone_of
from misam_desktop.gui.theme import Tone

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (-3, "Försenad 3 dagar", Tone.RED),
        (-1, "Försenad 1 dag", Tone.RED),
        (0, "I dag", Tone.AMBER),
        (1, "1 dag kvar", Tone.AMBER),
        (3, "3 dagar kvar", Tone.AMBER),
        (4, "4 dagar", Tone.PLAIN),
    ],
)
def test_days_are_counted_in_words_and_tones(days: int, words: str, tone: Tone) -> None:
    assert (days_left(days), tone_of(days)) == (words, tone)


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (-1, "23 nov · försenad", Tone.RED),
        (0, "24 nov · i dag", Tone.AMBER),
        (14, "8 dec · snart", Tone.AMBER),
        (15, "9 dec", None),
        (60, "23 jan 2027", None),
    ],
)
def test_a_day_in_a_list_says_how_near_it_is(days: int, words: str, tone: Tone | None) -> None:
    assert due(TODAY + timedelta(days=days), today=TODAY) == (words, tone)
