"""What a password must be: twelve characters and not put together from what is tried first; no other rules.

A password counts as common when little is left of it once each common word, run on the keyboard and year counts as
one piece: «Sommar2026!!» is a word, a year and a run. Case, accents and p@ssw0rd spelling make no difference.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cache

from misam_desktop import assets
from misam_desktop.keys.errors import PasswordCommon, PasswordTooShort

LEAST = 12
_LEAST_POINTS = 6
_WORD_POINTS = 2
_LEAST_WORD = 4
_LONGEST_WORD = 32
_LEAST_RUN = 3
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPELLED_WITH_SIGNS = (str.maketrans("@4301$57!", "aaeoisstl"), str.maketrans("@4301$57!", "aaeolssti"))
_WALKS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiopa",
    "asdfghjkloa",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol",
    "qazwsxedcrfvtgbyhnujmikol",
    "1q2w3e4r5t6y7u8i9o0p",
    '!"#¤%&/()=',
    "!@#$%^&*()",
)


def delay_s(failures: int) -> float:
    """How long to wait after so many wrong passwords in a row: none at first, then doubling up to a minute."""
    return 0.0 if failures < 2 else min(60.0, 2.0 ** min(failures - 2, 6))


def check_password_strength(password: str, *, login: str = "") -> None:
    """Raises PasswordTooShort or PasswordCommon; the user's own login counts as a common word."""
    if len(unicodedata.normalize("NFC", password)) < LEAST:
        raise PasswordTooShort(field="password", least=LEAST)
    plain = _plain(password)
    words = _common_words() | {_plain(login)}
    if min(_points(_repeated_part(plain), words), _points(plain, words)) < _LEAST_POINTS:
        raise PasswordCommon(field="password")


def _plain(text: str) -> str:
    """Small letters without accents, å, ä and ö included: «LÖSENORD» and «losenord» are tried alike."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _repeated_part(plain: str) -> str:
    """«hej» of «hejhejhejhej»; all of it when nothing repeats."""
    for length in range(1, len(plain) // 2 + 1):
        if plain.startswith(plain[length:]):
            return plain[:length]
    return plain


def _points(plain: str, words: frozenset[str]) -> int:
    """The fewest points that the text can be put together for."""
    spellings = (plain, *(plain.translate(table) for table in _SPELLED_WITH_SIGNS))
    least = [0] + [len(plain)] * len(plain)
    for start in range(len(plain)):
        for length, points in _pieces(plain, spellings, start, words):
            end = start + length
            least[end] = min(least[end], least[start] + points)
    return least[-1]


def _pieces(plain: str, spellings: tuple[str, ...], start: int, words: frozenset[str]) -> list[tuple[int, int]]:
    """The lengths and points of what can begin here."""
    pieces = [(1, 1)]
    if (run := _run_length(plain, start)) > 1:
        pieces.append((run, 1))
    if _YEAR.match(plain, start):
        pieces.append((4, 1))
    for length in range(_LEAST_WORD, min(_LONGEST_WORD, len(plain) - start) + 1):
        if any(spelling[start : start + length] in words for spelling in spellings):
            pieces.append((length, _WORD_POINTS))
    return pieces


def _run_length(plain: str, start: int) -> int:
    """How long one character repeats here, or the keyboard or alphabet is followed in either direction."""
    rest = plain[start:]
    same = len(rest) - len(rest.lstrip(rest[0]))
    return max(same, _walk_length(rest))


def _walk_length(rest: str) -> int:
    longest = 0
    for walk in _walks():
        length = _LEAST_RUN
        while length <= len(rest) and rest[:length] in walk:
            longest = max(longest, length)
            length += 1
    return longest


@cache
def _walks() -> tuple[str, ...]:
    return _WALKS + tuple(walk[::-1] for walk in _WALKS)


@cache
def _common_words() -> frozenset[str]:
    lines = assets.resource("passwords", "common.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(_plain(line) for line in lines if line and not line.startswith("#"))


_UNAMBIGUOUS = "23456789BCDFGHJKLMNPQRSTVWXYZ"


def new_paper_password() -> str:
    """A password for one encrypted paper, to be read out on the telephone: «K7MQ2-XF4RT-…», 97 bits."""
    groups = ("".join(secrets.choice(_UNAMBIGUOUS) for _ in range(5)) for _ in range(4))
    return "-".join(groups)
