"""A damaged file is found, wherever the damage is, and told as such."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from misam_desktop.store import checks
from misam_desktop.store.engine import StoreDamaged, reading
from misam_desktop.unlocking import unlock
from misam_desktop.vault import Vault
from tests.commands.worlds import waiting
from tests.conftest import CLOCK, PASSWORD, WEAK_BOUNDS
from tests.store.worlds import engine_of, key_of

PAGE = 4096
SEAL = 80
"""Bytes at the end of each page that hold SQLCipher's nonce and seal."""


@pytest.fixture
def locked(karin: Vault, founded: Path) -> Path:
    """A locked store with a case in it."""
    waiting(karin)
    karin.close()
    return founded


def is_found(path: Path, key: bytes) -> bool:
    """Whether opening the store, or the check of its pages, finds the damage."""
    try:
        with engine_of(path, key) as engine, reading(engine) as conn:
            return not checks.pages_are_whole(conn)
    except StoreDamaged:
        return True


def flipped(content: bytes, bit: int) -> bytes:
    at = bit // 8
    return content[:at] + bytes([content[at] ^ 1 << bit % 8]) + content[at + 1 :]


def _bits(page: int, random: Random) -> Iterator[int]:
    """One bit of the first byte, of the content, of the nonce and of the seal."""
    start, end = page * PAGE, (page + 1) * PAGE
    parts = ((start, start + 1), (start, end - SEAL), (end - SEAL, end - SEAL + 16), (end - 64, end))
    return (random.randrange(8 * first, 8 * last) for first, last in parts)


def test_a_store_that_nothing_has_happened_to_is_whole(locked: Path) -> None:
    assert not is_found(locked, key_of(locked))


def test_one_flipped_bit_is_found_in_every_page(locked: Path) -> None:
    key, content, random = key_of(locked), locked.read_bytes(), Random(4)
    pages = len(content) // PAGE
    missed = []
    for bit in (bit for page in range(pages) for bit in _bits(page, random)):
        locked.write_bytes(flipped(content, bit))
        if not is_found(locked, key):
            missed.append(bit)
    assert pages > 50
    assert missed == []


@pytest.mark.parametrize("left", [0, 1, 100, PAGE - 1, PAGE, PAGE + 1, -PAGE])
def test_a_store_that_was_cut_off_is_damaged(locked: Path, left: int) -> None:
    content = locked.read_bytes()
    locked.write_bytes(content[:left])
    with pytest.raises(StoreDamaged):
        unlock(locked, login="karin", password=PASSWORD, clock=CLOCK, bounds=WEAK_BOUNDS)
    assert locked.read_bytes() == content[:left]


def test_a_last_page_that_was_cut_off_is_found(locked: Path) -> None:
    content = locked.read_bytes()
    locked.write_bytes(content[:-1])
    assert is_found(locked, key_of(locked))


def test_two_pages_that_changed_places_are_found(locked: Path) -> None:
    key, content = key_of(locked), locked.read_bytes()
    first, second = content[PAGE * 10 : PAGE * 11], content[PAGE * 11 : PAGE * 12]
    locked.write_bytes(content[: PAGE * 10] + second + first + content[PAGE * 12 :])
    assert is_found(locked, key)
