"""What may be seen of an item by everybody in the room."""

from __future__ import annotations

from itertools import product

import pytest

from misam_desktop.domain.projected import Asked, Sight, Slide, sight, without_names

ASKED = Asked("FK", "Kan sjukpenning prövas?")
SLIDE = Slide(sight=Sight.CASE, at=1, asked=(ASKED,), next_step="Nytt intyg")


@pytest.mark.parametrize(
    ("spoken", "holds", "for_all", "how"),
    [
        (False, True, True, Sight.CASE),
        (False, False, True, Sight.ENDED),
        (False, True, False, Sight.HELD_BACK),
        (False, False, False, Sight.HELD_BACK),
        (True, True, True, Sight.SPOKEN),
        (True, False, False, Sight.SPOKEN),
    ],
)
def test_a_case_is_shown_when_everybody_may_read_it(spoken: bool, holds: bool, for_all: bool, how: Sight) -> None:
    assert sight(is_case=True, spoken=spoken, holds=holds, for_all=for_all) is how


def test_a_general_question_is_shown_to_all() -> None:
    for spoken, holds, for_all in product((True, False), repeat=3):
        assert sight(is_case=False, spoken=spoken, holds=holds, for_all=for_all) is Sight.GENERAL


def test_texts_that_name_nobody_are_shown() -> None:
    assert without_names(SLIDE, name="Malin Provlund") == SLIDE
    assert without_names(SLIDE, name="") is SLIDE


@pytest.mark.parametrize("text", ["Hur mår Malin?", "malins läkare?", "Ring 070-123 45 67"])
def test_a_text_that_tells_whom_it_concerns_is_read_out(text: str) -> None:
    slide = Slide(sight=Sight.CASE, at=1, asked=(ASKED, Asked("IFO", text)), next_step=text)
    shown = without_names(slide, name="Malin Provlund")
    assert shown.asked == (ASKED, Asked("IFO", None))
    assert shown.next_step is None
    assert without_names(shown, name="Malin Provlund") == shown
