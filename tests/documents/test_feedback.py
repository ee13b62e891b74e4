"""The letter to the person, in each language, small and large, with an address and without."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter
from typing import Any

import pytest

from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.feedback import FeedbackFacts, feedback_letter
from misam_desktop.documents.minutes import Answer
from misam_desktop.documents.phrases import Language, day_words, phrases
from tests.documents.gatherings import ASKED, UNITS, WEDNESDAY
from tests.documents.worlds import FRAME, read, said

FACTS = FeedbackFacts(
    name="Thị Hương Nguyễn",
    address="Provvägen 1\n931 00 Provstad",
    on=WEDNESDAY,
    took_part=UNITS[:2],
    told="Vi såg att det går bra nu.",
    answers=(
        Answer(unit=UNITS[0], question=ASKED[0], answer="Arbetsprövning från vecka 3."),
        Answer(unit=UNITS[1], question=ASKED[1]),
    ),
    next_step="Möte i januari",
    responsible=UNITS[0],
    sender="Börje Thun",
    unit=UNITS[3],
    phone="0910-00 00 00",
)
HOSTILE = ('<img src="/etc/hostname"/>', "<b", "a & b", "{name} {unit} %s", "Şükrü Łukasz")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
def test_it_tells_what_was_answered_and_what_happens_now(language: Language, *, large: bool) -> None:
    told = said(feedback_letter(FACTS, language, FRAME, large=large))
    for expected in (
        "Thị Hương Nguyễn Provvägen 1 931 00 Provstad", FACTS.told, ASKED[0], "Arbetsprövning från vecka 3.",
        phrases(language)["feedback"]["no_answer"], "Möte i januari", "Börje Thun", "0910-00 00 00",
        day_words(language, WEDNESDAY), ", ".join(UNITS[:2]),
    ):  # fmt: skip
        assert expected in told


@pytest.mark.parametrize("language", Language)
def test_it_says_that_the_meeting_decides_nothing_and_that_a_consent_can_be_taken_back(language: Language) -> None:
    told, wanted = said(feedback_letter(FACTS, language, FRAME)), phrases(language)["feedback"]
    for one in ("decisions", "consent"):
        assert " ".join(wanted[one].split()) in told


@pytest.mark.parametrize("language", Language)
def test_it_works_without_an_address_and_without_anything_agreed(language: Language) -> None:
    bare = replace(FACTS, address="", phone="", told="", answers=(), next_step="", responsible="")
    told = said(feedback_letter(bare, language, FRAME))
    assert phrases(language)["feedback"]["no_next_step"] in told
    assert "Provvägen" not in told
    assert phrases(language)["feedback"]["phone"].partition(":")[0] not in told


def test_a_day_is_said_in_the_language_of_the_letter() -> None:
    assert day_words(Language.SV, WEDNESDAY) == "16 december 2026"
    assert day_words(Language.EN, WEDNESDAY.replace(month=5)) == "16 May 2026"


def test_large_print_is_larger_and_its_title_names_nobody() -> None:
    for language in Language:
        small, large = (feedback_letter(FACTS, language, FRAME, large=one) for one in (False, True))
        assert len(read(to_pdf(large)).pages) >= len(read(to_pdf(small)).pages)
        assert large.large
        about = read(to_pdf(large)).metadata
        assert about is not None
        assert about.title == phrases(language)["feedback"]["title"]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_text_says_is_printed_as_it_stands(text: str) -> None:
    facts = FeedbackFacts(
        name=text, address=text, on=WEDNESDAY, took_part=(text,), told=text, next_step=text, responsible=text,
        answers=(Answer(unit=text, question=text, answer=text),), sender=text, unit=text, phone=text,
    )  # fmt: skip
    assert said(feedback_letter(facts, Language.SV, FRAME)).count(text) == 14


@pytest.mark.parametrize("language", Language)
def test_every_language_has_the_same_keys_with_the_same_places_to_fill_in(language: Language) -> None:
    assert dict(_filled(phrases(language))) == dict(_filled(phrases(Language.SV)))


def _filled(said: dict[str, Any], above: str = "") -> list[tuple[str, object]]:
    """Each key with the fields of its text, or with how many texts it has."""
    found: list[tuple[str, object]] = []
    for key, value in said.items():
        if isinstance(value, dict):
            found += _filled(value, f"{above}{key}.")
        elif isinstance(value, list):
            found.append((above + key, len(value)))
        else:
            found.append((above + key, {name for _, name, _, _ in Formatter().parse(value) if name}))
    return found
