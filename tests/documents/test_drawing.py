"""A paper says what it was given, literally, and nothing of who made it."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import pytest

from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.paper import Boxes, Facts, Heading, Table, Words
from tests.documents.worlds import paper, read, said, words

HOSTILE = (
    '<img src="/etc/hostname"/>',
    '<a href="http://example.org/">här</a>',
    "<b",
    "</para>",
    "a & b &lt; c",
    "<!-- x -->",
    "{page} %s \\n",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_markup_is_printed_as_it_stands(text: str) -> None:
    for part in (Words(text), Facts(((text, text),)), Table(("A",), ((text,),), (1,)), Boxes(((text, True),))):
        assert " ".join(text.split()) in said(paper(part))


@pytest.mark.parametrize("name", ["Şükrü Yıldırım", "Łukasz Wójcik", "Thị Hương Nguyễn", "Åsa Öberg-Ärlig"])
def test_names_from_anywhere_are_printed_right(name: str) -> None:
    assert name in said(paper(Heading(name), Words(name)))


def test_what_the_font_lacks_is_named_and_what_is_invisible_goes() -> None:
    told = said(paper(Words("\u202efel\u202c \U0001f600 och\x07 \u200bmer")))
    assert "fel [U+1F600] och mer" in told


def test_every_page_has_its_number_the_day_the_team_and_the_logs_mark() -> None:
    pages = [page.extract_text() for page in read(to_pdf(paper(Words("rad\n" * 120)))).pages]
    assert len(pages) > 1
    for number, text in enumerate(pages, start=1):
        for expected in (f"Sida {number} av {len(pages)}", "2026-11-26", "Provlaget", "Logg 1234-9F3A22C1"):
            assert expected in text


def test_its_data_about_itself_names_the_program_and_the_title_alone() -> None:
    found = read(to_pdf(paper(Words("Malin Provlund")))).metadata
    assert found is not None
    assert {str(value) for key, value in found.items() if key not in ("/CreationDate", "/ModDate", "/Trapped")} <= {
        "MISAM Desktop", "Provpapper", "", "unspecified", "(unspecified)",
    }  # fmt: skip


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert to_pdf(paper(Words("samma"))) == to_pdf(paper(Words("samma")))


def test_a_word_of_a_hundred_thousand_letters_is_printed_whole() -> None:
    told = said(paper(Words("A" * 100_000), Facts((("fält", "B" * 100_000),)), Table(("C",), (("C" * 9000,),), (1,))))
    assert [told.count(letter) >= least for letter, least in (("A", 100_000), ("B", 100_000), ("C", 9000))] == [
        True
    ] * 3


LINES = "rad\n" * 120
MANY = "ord " * 1400


@pytest.mark.parametrize("text", [LINES, MANY], ids=["lines", "words"])
@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
def test_a_note_longer_than_a_page_goes_on_on_the_next_wherever_it_stands(text: str, *, large: bool) -> None:
    for part in (Facts((("fält", text),)), Table(("A", "B"), ((text, "x"),), (1, 9)), Boxes(((text, True),))):
        one = replace(paper(part), large=large)
        content = to_pdf(one)
        assert len(read(content).pages) > 1
        assert words(content).count(text[:3]) == text.count(text[:3])


def test_boxes_that_there_are_none_of_take_no_room() -> None:
    assert "efter" in said(paper(Boxes(()), Words("efter")))


def test_an_empty_table_says_so() -> None:
    assert "Ingen har läst." in said(paper(Table(("När", "Vem"), (), (1, 1), empty="Ingen har läst.")))


def test_nothing_is_opened_or_fetched_whatever_a_text_says() -> None:
    to_pdf(paper(Words("först")))  # the fonts are read once
    seen: list[tuple[str, Any]] = []

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if is_on and event in {"open", "socket.connect", "urllib.Request", "subprocess.Popen"}:
            seen.append((event, arguments))

    is_on = True
    sys.addaudithook(hook)
    to_pdf(paper(*(Words(text) for text in HOSTILE)))
    is_on = False
    assert seen == []


def test_a_letterhead_stands_above_the_title() -> None:
    headed = said(replace(paper(Words("text")), head=("Provlaget <b>", "Provvägen 4")))
    assert headed.index("Provlaget <b> Provvägen 4") < headed.index("Provpapper")


def test_large_print_is_larger() -> None:
    small = paper(Words("ord " * 900))
    large = replace(small, large=True)
    assert len(read(to_pdf(large)).pages) > len(read(to_pdf(small)).pages)
    assert words(to_pdf(large)).count("ord") == 900
