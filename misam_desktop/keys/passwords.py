"""What a password must be: twelve characters and not one of those that are tried first; no other rules."""

from __future__ import annotations

from functools import cache

from misam_desktop import assets
from misam_desktop.keys.errors import PasswordCommon, PasswordTooShort

LEAST = 12
_LEAST_DIFFERENT = 5
_WALKS = (
    "abcdefghijklmnopqrstuvwxyzåäö",
    "01234567890123456789",
    "qwertyuiopåasdfghjklöäzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
)


def check_password(password: str) -> None:
    """Raises PasswordTooShort or PasswordCommon."""
    if len(password) < LEAST:
        raise PasswordTooShort(field="password", least=LEAST)
    plain = password.casefold()
    if plain in _common() or len(set(plain)) < _LEAST_DIFFERENT or _is_walk(plain) or _is_padded(plain):
        raise PasswordCommon(field="password")


def delay_s(failures: int) -> float:
    """How long to wait after so many wrong passwords in a row: none at first, then doubling up to a minute."""
    return 0.0 if failures < 2 else float(min(60, 2 ** (failures - 2)))


def _is_walk(plain: str) -> bool:
    return any(plain in walk or plain in walk[::-1] for walk in _WALKS)


def _is_padded(plain: str) -> bool:
    """A common word made long with digits or signs: «sommar2026!!»."""
    word = plain.strip("0123456789!?.,-_*#@ ")
    return len(word) < LEAST and (word in _common() or word * 2 in plain or not word)


@cache
def _common() -> frozenset[str]:
    lines = assets.resource("passwords", "common.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
