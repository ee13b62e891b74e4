"""Names and free text: how they are cleaned when typed, folded for search and sorted in Swedish order.

å, ä and ö are letters of their own; other accents and foreign letters fold to their nearest plain letter, so that
«Łukasz» is found by «lukasz» and «Şükrü» by «sukru».
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_KEPT = "åäö"
_FOLDS = str.maketrans(
    {
        "ł": "l", "ı": "i", "ø": "ö", "đ": "d", "ð": "d", "þ": "th", "æ": "ä", "œ": "oe", "ħ": "h", "ŧ": "t",
        "ŋ": "n", "ĸ": "k", "ſ": "s", "ə": "e", "ʼ": "", "’": "", "'": "", "`": "", "´": "", "-": " ", "‐": " ",
        "‑": " ", "–": " ", ".": " ", ",": " ",
    }
)  # fmt: skip
_SPACES = re.compile(r"\s+")
_SORTED = str.maketrans({"å": "{", "ä": "|", "ö": "}"})  # the three characters after z, in their Swedish order
_INVISIBLE = {
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0x00AD,
    0x061C,
    0x180E,
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
}


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The search key of a name: small letters, accents off but for å ä ö, one space between words."""
    if text.isascii():
        plain = text.lower().translate(_FOLDS)
    else:
        composed = unicodedata.normalize("NFC", text.casefold())
        plain = "".join(_plain(char) for char in composed).translate(_FOLDS)
    return _SPACES.sub(" ", plain).strip()


def _plain(char: str) -> str:
    if char in _KEPT or char.isascii():
        return char
    decomposed = unicodedata.normalize("NFKD", char)
    return "".join(part for part in decomposed if not unicodedata.combining(part))


def prefix_range(key: str) -> tuple[str, str]:
    """The range, lower included and upper not, of all keys that begin with ``key``; for an indexed look-up."""
    return key, key + "\U0010ffff"


def sort_key(text: str) -> str:
    """A key that sorts names as a Swedish reader expects: å, ä, ö last, case and other accents aside."""
    return fold(text).translate(_SORTED)


def clean(text: str, *, multiline: bool = False) -> str:
    """Text as it may be stored: composed, without control, bidi or invisible characters, trimmed.

    ``multiline`` keeps line breaks; otherwise they become spaces.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    if not multiline:
        composed = composed.replace("\n", " ")
    return "".join(char for char in composed if char == "\n" or _is_visible(char)).strip()


def _is_visible(char: str) -> bool:
    return ord(char) not in _INVISIBLE and unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"}
