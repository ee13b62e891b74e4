"""Brevhuvud: what is printed of it, and how much it may hold."""

from __future__ import annotations

import pytest

from misam_desktop.domain.letterhead import Letterhead, LetterheadLong, cleaned


def test_what_is_left_empty_is_not_printed() -> None:
    assert Letterhead(place="Provköping").head() == ()
    assert Letterhead(lines="Laget\nGatan 1", contact="0910-00 00 00").head() == ("Laget", "Gatan 1", "0910-00 00 00")


def test_it_is_kept_without_empty_lines_and_what_cannot_be_seen() -> None:
    kept = cleaned(Letterhead(lines=" Laget \n\n\u202eGatan 1\n", place=" Provköping\n", contact="a\x07b"))
    assert kept == Letterhead(lines="Laget\nGatan 1", place="Provköping", contact="ab")


@pytest.mark.parametrize(
    ("field", "said"), [("lines", "rad\n" * 7), ("lines", "a" * 91), ("place", "a" * 91), ("contact", "a" * 91)]
)
def test_more_than_stands_at_the_top_of_a_letter_is_refused_beside_its_field(field: str, said: str) -> None:
    with pytest.raises(LetterheadLong) as caught:
        cleaned(Letterhead(**{field: said}))
    assert caught.value.params["field"] == field
