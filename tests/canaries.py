"""Finds what must never stand in a file: names, numbers and free text, in every spelling bytes can hold them in."""

from __future__ import annotations

import json
import unicodedata
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.text import fold

LEAST = 5
"""Shorter needles turn up by chance in a megabyte of encrypted pages."""
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
_CHARS_BEFORE = (0, 2, 3)  # of base64, that also hold bits of the 0, 1 or 2 bytes in front of the needle


@dataclass(frozen=True, slots=True)
class Hit:
    """A needle that was found; ``offset`` is None when it stands in the file's name."""

    needle: str
    spelling: str
    path: Path
    offset: int | None


def of_number(number: PersonalNumber) -> list[str]:
    """A personal number with 12 and 10 digits, with and without its hyphen."""
    long, short = number.digits, number.digits[2:]
    return [form for digits in (long, short) for form in (digits, f"{digits[:-4]}-{digits[-4:]}")]


def of_name(given: str, family: str) -> list[str]:
    """A person's name in both orders, and each part that is long enough to mean something."""
    parts = [name for name in (given, family) if len(name) >= LEAST]
    return [f"{given} {family}", f"{family} {given}", f"{family}, {given}", *parts]


def search(needles: Iterable[str], *places: Path) -> list[Hit]:
    """Every needle in every file, its content and its name, in the places: files, or folders with all below them.

    Raises FileNotFoundError for a place that is not there: nothing found would mean nothing.
    """
    wanted = list(needles)
    if any(len(needle) < LEAST for needle in wanted):
        raise ValueError("a needle is too short to mean anything")
    return [hit for path in _files(places) for hit in _hits(wanted, path)]


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if not place.exists():
            raise FileNotFoundError(place)
        yield from (place,) if place.is_file() else (path for path in sorted(place.rglob("*")) if path.is_file())


def _hits(needles: Iterable[str], path: Path) -> Iterator[Hit]:
    content, name = path.read_bytes(), path.name.encode("utf-8", "surrogateescape")
    unwrapped = content.translate(None, b"\r\n")  # base64 comes in lines
    for needle in needles:
        for spelling, pattern in _spellings(needle):
            where = (unwrapped if spelling.startswith("base64") else content).find(pattern)
            if where >= 0:
                yield Hit(needle, spelling, path, where)
            if pattern in name:
                yield Hit(needle, spelling, path, None)


@cache
def _spellings(needle: str) -> tuple[tuple[str, bytes], ...]:
    found: dict[bytes, str] = {}
    for text in _as_written(needle):
        for encoding in _ENCODINGS:
            try:
                plain = text.encode(encoding)
            except UnicodeEncodeError:  # not every name is Latin
                continue
            found.setdefault(plain, encoding)
            for pattern in _in_base64(plain):
                found.setdefault(pattern, f"base64 of {encoding}")
    return tuple((spelling, pattern) for pattern, spelling in found.items())


def _as_written(needle: str) -> set[str]:
    """As it is, in small and capital letters, as a search key, taken apart, and as JSON and TOML escape it."""
    plain = {needle, needle.lower(), needle.upper(), fold(needle), unicodedata.normalize("NFD", needle)}
    return plain | {json.dumps(text)[1:-1] for text in plain}


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """What surely stands in any base64 text whose content holds these bytes, at each of the three places they can."""
    for shift, skipped in enumerate(_CHARS_BEFORE):
        whole = (shift + len(plain)) * 8 // 6
        for encode in (b64encode, urlsafe_b64encode):
            yield encode(bytes(shift) + plain)[skipped:whole]
