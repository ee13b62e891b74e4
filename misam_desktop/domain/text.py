"""Names and free text: how they are cleaned when typed, folded for search and sorted in Swedish order.

å, ä and ö are letters of their own; other accents and foreign letters fold to their nearest plain letter, so that
«Łukasz» is found by «lukasz» and «Şükrü» by «sukru», but «Åsa» not by «asa».
"""

from __future__ import annotations

import re
import unicodedata

from misam_desktop.domain.errors import UserError

_APOSTROPHES = dict.fromkeys("'’‘ʼʻ`´′", "")
_BREAKS = dict.fromkeys("-‐‑–—−.,", " ")
_LETTERS = {
    "ł": "l", "ı": "i", "ø": "ö", "đ": "d", "ð": "d", "þ": "th", "æ": "ä", "œ": "oe", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ĸ": "k", "ə": "e",
}  # fmt: skip
_FOLDS = str.maketrans(_APOSTROPHES | _BREAKS | _LETTERS)
_KEPT = {"a\u030a": "å", "a\u0308": "ä", "o\u0308": "ö"}
_SORTED = str.maketrans({"å": "{", "ä": "|", "ö": "}"})  # the three characters after z, in their Swedish order
_DECIMAL = re.compile(r"\d{1,4}(\.\d{1,3})?", re.ASCII)
_INITIAL = re.compile(r"(?<![\w'’])[^\W\d_]")


def fold(text: str) -> str:
    """The search key of a name: small letters, accents off but for å ä ö, one space between words."""
    plain = text.lower() if text.isascii() else _without_accents(text)
    return " ".join(plain.translate(_FOLDS).split())


def _without_accents(text: str) -> str:
    apart = text.replace("´", "'")  # an accent on its own would decompose into a space and an accent
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", apart).casefold())
    for pair, letter in _KEPT.items():
        plain = plain.replace(pair, letter)
    return "".join(char for char in plain if not unicodedata.combining(char))


def prefix_range(key: str) -> tuple[str, str]:
    """The range, lower included and upper not, of all keys that begin with ``key``; for an indexed look-up."""
    return key, key + "\U0010ffff"


def sort_key(text: str) -> str:
    """A key that sorts names as a Swedish reader expects: å, ä, ö last; case and accents decide only between equals."""
    return f"{fold(text).translate(_SORTED)}\0{text}"


def clean(text: str, *, multiline: bool = False) -> str:
    """Text as it may be stored: composed, without control, bidi or invisible characters, trimmed.

    ``multiline`` keeps line breaks; otherwise they become spaces, as tabs always do.
    """
    if text.isprintable():  # most texts, and much faster: neither breaks nor anything invisible
        return unicodedata.normalize("NFC", text).strip()
    lines = text.replace("\t", " ").splitlines()
    kept = ("".join(filter(_is_visible, line)) for line in lines)
    return unicodedata.normalize("NFC", ("\n" if multiline else " ").join(kept)).strip()


def _is_visible(char: str) -> bool:
    # controls, formats (bidi, zero-width, soft hyphen, BOM), lone surrogates, and the noncharacters that no file takes
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"} and ord(char) & 0xFFFE != 0xFFFE


def initials(name: str) -> str:
    """«ALÖ» for «Anna-Lena Öberg»: the first letter of each part of a name."""
    return "".join(_INITIAL.findall(unicodedata.normalize("NFC", name))).upper()


class NotADecimal(UserError):
    """A number was asked for, whole or with a decimal comma."""

    code = "not_a_decimal"


def parse_decimal(text: str) -> float:
    """A number without sign, with comma or point: «6,9». Raises NotADecimal."""
    tidy = text.strip().replace(",", ".")
    if _DECIMAL.fullmatch(tidy) is None:
        raise NotADecimal
    return float(tidy)
