"""The recovery key: forgiving of how it is typed, exact about what."""

from __future__ import annotations

import math

import pytest

from misam_desktop.keys.errors import RecoveryKeyMistyped
from misam_desktop.keys.key_file import unlock_with_recovery
from misam_desktop.keys.recovery import ALPHABET, GROUPS, new_recovery_key, parse_recovery_key
from tests.keys.worlds import Keys


@pytest.fixture
def paper() -> str:
    """A fresh recovery key."""
    return new_recovery_key()


def wrong_group(text: str) -> object:
    with pytest.raises(RecoveryKeyMistyped) as caught:
        parse_recovery_key(text)
    return caught.value.params["group"]


def test_it_opens_the_store(keys: Keys) -> None:
    assert unlock_with_recovery(keys.file, keys.recovery_text) == keys.key


def test_it_has_at_least_160_random_bits(paper: str) -> None:
    assert math.log2(len(ALPHABET)) * len(parse_recovery_key(paper)) >= 160


def test_no_two_are_alike() -> None:
    assert len({new_recovery_key() for _ in range(200)}) == 200


def test_symbols_that_look_alike_are_not_used() -> None:
    assert set("01OILU").isdisjoint(ALPHABET)


@pytest.mark.parametrize("between", ["", " ", " - ", "\n", "–", "_", ".", "\u00a0\t"])
def test_case_and_what_stands_between_groups_do_not_matter(paper: str, between: str) -> None:
    typed = f" {paper.lower().replace('-', between)} "
    assert parse_recovery_key(typed) == parse_recovery_key(paper)


def test_spaces_within_groups_do_not_matter(paper: str) -> None:
    assert parse_recovery_key(" ".join(paper.replace("-", ""))) == parse_recovery_key(paper)


def test_every_single_wrong_symbol_is_found_with_its_group(paper: str) -> None:
    for place, symbol in enumerate(paper):
        for other in (set(ALPHABET) | set("01OILUÅ?")) - {symbol} if symbol != "-" else ():
            mistyped = paper[:place] + other + paper[place + 1 :]
            assert wrong_group(mistyped) == paper[:place].count("-") + 1


def test_a_hyphen_typed_for_a_symbol_is_found_with_its_group(paper: str) -> None:
    for place, symbol in enumerate(paper):
        if symbol != "-":
            mistyped = paper[:place] + "-" + paper[place + 1 :]
            assert wrong_group(mistyped) == paper[:place].count("-") + 1


def test_every_swap_of_two_symbols_in_a_group_is_found(paper: str) -> None:
    for number, group in enumerate(groups := paper.split("-")):
        for place in range(5):
            swapped = group[:place] + group[place + 1] + group[place] + group[place + 2 :]
            if swapped != group:
                assert wrong_group("-".join([*groups[:number], swapped, *groups[number + 1 :]])) == number + 1


def test_swapped_groups_are_found(paper: str) -> None:
    groups = paper.split("-")
    assert wrong_group("-".join([groups[0], groups[2], groups[1], *groups[3:]])) == 2


def test_a_symbol_left_out_or_typed_twice_is_found_with_its_group(paper: str) -> None:
    groups = paper.split("-")
    assert wrong_group("-".join([*groups[:3], groups[3][:-1], *groups[4:]])) == 4
    assert wrong_group("-".join([*groups[:3], groups[3] + groups[3][-1], *groups[4:]])) == 4


def test_a_group_left_out_is_the_one_that_is_named(paper: str) -> None:
    groups = paper.split("-")
    assert wrong_group("-".join(groups[:4])) == 5
    assert wrong_group("-".join(groups[1:])) == 1


def test_too_many_groups_are_refused(paper: str) -> None:
    assert wrong_group(f"{paper}-{paper[:6]}") == GROUPS


@pytest.mark.parametrize("text", ["", "   ", "ß" * 42, "💥", "\ud800"])
def test_nonsense_is_a_mistyped_first_group(text: str) -> None:
    assert wrong_group(text) == 1
