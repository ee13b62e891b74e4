"""Names are found, sorted and cleaned as a Swedish reader expects."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from misam_desktop.domain.text import clean, fold, initials, prefix_range, sort_key

latin = st.text(st.characters(max_codepoint=0x24F) | st.characters(min_codepoint=0x1E00, max_codepoint=0x1EFF))
anything = st.text(st.characters(max_codepoint=sys.maxunicode))
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\x00\x07\x1b\x7f\x9f\ud800\ufffe\U000e0041"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Anna", "anna"),
        ("ÅSA Öberg", "åsa öberg"),
        ("Ärla", "ärla"),
        ("A\u030asa", "åsa"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Şükrü Yıldırım", "sukru yildirim"),
        ("İbrahim", "ibrahim"),
        ("Nguyễn", "nguyen"),
        ("Søren Ærø", "sören ärö"),
        ("Đorđe", "dorde"),
        ("Þórður", "thordur"),
        ("Œuvre", "oeuvre"),
        ("Straße", "strasse"),
        ("Ǻse", "åse"),
        ("Müller", "muller"),
        ("André", "andre"),
    ],
)
def test_a_name_folds_to_its_plain_letters(name: str, key: str) -> None:
    assert fold(name) == key


def test_a_ring_is_not_found_without_it() -> None:
    assert fold("Åsa") != fold("Asa")


@pytest.mark.parametrize("name", ["Anna-Lena", "Anna  Lena", " Anna\u2011Lena ", "anna–lena", "ANNA\u00a0LENA"])
def test_hyphens_and_spaces_are_the_same_to_a_search(name: str) -> None:
    assert fold(name) == "anna lena"


@pytest.mark.parametrize("name", ["O'Brien", "O’Brien", "OBrien", "O´Brien", "OʼBrien"])
def test_apostrophes_do_not_matter_to_a_search(name: str) -> None:
    assert fold(name) == "obrien"


@given(text=latin | anything)
@example(text="ŉ…")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(text=latin)
def test_the_way_accents_are_encoded_does_not_matter(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(text=st.text("abcåäöÅÄÖ -'", max_size=12))
def test_capitals_do_not_matter_to_a_search(text: str) -> None:
    assert fold(text.upper()) == fold(text)


@given(start=st.text(st.characters(codec="utf-8", categories=["L", "N", "Zs"])), rest=st.text("abcåäö "))
def test_a_prefix_range_holds_every_key_that_begins_so(start: str, rest: str) -> None:
    lower, upper = prefix_range(start)
    assert lower <= start + rest < upper


@given(prefix=st.text("abö", min_size=1, max_size=3), key=st.text("abö", max_size=5))
def test_a_prefix_range_holds_nothing_else(prefix: str, key: str) -> None:
    lower, upper = prefix_range(prefix)
    assert (lower <= key < upper) == key.startswith(prefix)


@given(prefix=st.text("abö", max_size=3), key=st.text("abö€😀", max_size=5))
def test_a_prefix_range_holds_the_same_in_bytes_as_the_store_compares_them(prefix: str, key: str) -> None:
    lower, upper = prefix_range(prefix)
    assert (lower.encode() <= key.encode() < upper.encode()) == (lower <= key < upper)


def test_names_sort_with_the_three_swedish_letters_last() -> None:
    names = ["Öberg", "Zander", "Åberg", "Ärlig", "Andersson", "Östman", "Ängman"]
    expected = ["Andersson", "Zander", "Åberg", "Ängman", "Ärlig", "Öberg", "Östman"]
    assert sorted(names, key=sort_key) == expected


def test_case_and_other_accents_do_not_part_names() -> None:
    names = ["Lund", "andersson", "Łabędź", "Ängman", "Ähn", "Ær"]
    assert sorted(names, key=sort_key) == ["andersson", "Łabędź", "Lund", "Ähn", "Ängman", "Ær"]


def test_a_shorter_name_comes_before_a_longer_one() -> None:
    names = ["Annalena", "Anna-Lena", "Anna"]
    assert sorted(names, key=sort_key) == ["Anna", "Anna-Lena", "Annalena"]


def test_equal_names_with_other_accents_keep_one_order() -> None:
    assert sorted(["Léa", "Lea"], key=sort_key) == sorted(["Lea", "Léa"], key=sort_key)


def test_a_plain_text_is_only_trimmed() -> None:
    assert clean("  Anna Lena ") == "Anna Lena"


@pytest.mark.parametrize("hidden", BIDI + INVISIBLE)
def test_what_cannot_be_seen_is_removed(hidden: str) -> None:
    assert clean(f"{hidden}Åsa{hidden} Öberg{hidden}") == "Åsa Öberg"


def test_a_text_is_stored_composed() -> None:
    assert clean("A\u200b\u030asa") == "Åsa"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\v"])
def test_every_line_break_becomes_one_kind(line_break: str) -> None:
    assert clean(f"ett{line_break}två", multiline=True) == "ett\ntvå"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\u2028", "\t"])
def test_one_line_stays_one_line(line_break: str) -> None:
    assert clean(f"ett{line_break}två") == "ett två"


def test_tabs_become_spaces_in_a_longer_text_too() -> None:
    assert clean("ett\ttvå\n\ntre", multiline=True) == "ett två\n\ntre"


@given(text=anything, multiline=st.booleans())
def test_cleaning_twice_changes_nothing(*, text: str, multiline: bool) -> None:
    once = clean(text, multiline=multiline)
    assert clean(once, multiline=multiline) == once


@given(text=anything)
def test_a_clean_text_holds_no_controls_and_no_formats(text: str) -> None:
    assert not {unicodedata.category(char) for char in clean(text)} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Åsa Öberg", "ÅÖ"),
        ("Anna-Lena öberg", "ALÖ"),
        ("Siobhán O'Brien", "SO"),
        ("A\u030asa", "Å"),
        ("(vikarie) 2 Karin", "VK"),
        ("", ""),
    ],
)
def test_initials_are_the_first_letters_of_a_name(name: str, letters: str) -> None:
    assert initials(name) == letters
