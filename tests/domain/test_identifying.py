"""What in a text can tell who somebody is: found, rather too much than too little, and not in every other word."""

from __future__ import annotations

import pytest

from misam_desktop.domain.identifying import Clue, identifying, like_a_personal_number


def found(text: str, clue: Clue, *, names: tuple[str, ...] = ("Malin Provlund",)) -> list[str]:
    return [one.words for one in identifying(text, names=names, known=("IFO", "Arbetsmarknad")) if one.clue is clue]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("En kusin, Anna Berg, hjälper till", ["Anna Berg"]),
        ("Börjar hos Ica. Praktiken är två dagar", ["Ica"]),
        ("Anna Berg hjälper till", ["Anna Berg"]),
        ("malin vill arbeta", ["malin"]),
        ("Provlunds hyra är betald", ["Provlunds"]),
        ("Praktik två dagar", []),
        ("Tala med Arbetsmarknad och IFO. FK vet", []),
        ("", []),
    ],
)
def test_names_are_words_with_a_capital_inside_a_sentence_or_the_persons_own(text: str, words: list[str]) -> None:
    assert found(text, Clue.NAME) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nås på 070-174 06 05 efter tre", ["070-174 06 05"]),
        ("Född 850312-9838", ["850312-9838"]),
        ("Ärende 48213 hos FK", ["48213"]),
        ("Har väntat 18 månader, 3 av 4 dagar", []),
    ],
)
def test_numbers_are_five_digits_or_more(text: str, words: list[str]) -> None:
    assert found(text, Clue.NUMBER) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Opererades 12 mars", ["12 mars"]),
        ("Opererades den 3:e maj 2025 och 2026-03-12", ["3:e maj 2025", "2026-03-12"]),
        ("Sedan 12/3, åter 1.10.2025", ["12/3", "1.10.2025"]),
        ("Kl. 13.00 varje dag, 6,9 timmar", []),
    ],
)
def test_dates_are_found_as_they_are_written(text: str, words: list[str]) -> None:
    assert found(text, Clue.DATE) == words


def test_the_same_is_told_once() -> None:
    assert len(identifying("Börjar hos Ica. Trivs hos Ica")) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Träffar dr. Karlsson på fredag.", ["Karlsson"]),
        ("Ringer tel. Volvo, Anna-Karin Berg-Ström (Malmö).", ["Volvo", "Anna-Karin Berg-Ström", "Malmö"]),
        ("Vill studera. Behöver hjälp.", []),
    ],
)
def test_a_short_word_with_a_full_stop_ends_no_sentence_and_a_comma_stands_between_names(
    text: str, told: list[str]
) -> None:
    assert [one.words for one in identifying(text)] == told


@pytest.mark.parametrize("text", ["Rum 4, 19800101-9804", "800101 9804", "https://mote.example/800161-9804"])
def test_what_looks_like_a_personal_number_is_seen_in_a_place(text: str) -> None:
    assert like_a_personal_number(text)


@pytest.mark.parametrize("text", ["", "Rum 4", "https://mote.example/123456789", "0910-73 50 00", "801301-9804"])
def test_a_room_a_link_and_a_telephone_do_not(text: str) -> None:
    assert not like_a_personal_number(text)
