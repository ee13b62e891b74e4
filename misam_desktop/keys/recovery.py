"""The recovery key on paper: eight groups of five symbols, the last of each a check symbol.

32 symbols of five bits without 0, O, 1, I: 160 random bits. Each group is checked alone, so that a slip of the pen is
told with its group.
"""

from __future__ import annotations

import secrets

from misam_desktop.keys.errors import RecoveryKeyMistyped

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS = 8
_FREE = 4
_WEIGHTS = (3, 5, 7, 11)


def new_recovery_key() -> str:
    """A fresh key in its groups: «AB2C-D… …» joined by hyphens."""
    groups = ["".join(secrets.choice(ALPHABET) for _ in range(_FREE)) for _ in range(GROUPS)]
    return "-".join(group + _check(group, place) for place, group in enumerate(groups))


def parse_recovery_key(text: str) -> bytes:
    """The secret in what somebody typed from the paper, in any case of letters, with any spaces or hyphens.

    Raises RecoveryKeyMistyped with the number of the first group that does not fit.
    """
    symbols = "".join(char for char in text.upper() if char.isalnum())
    size = _FREE + 1
    groups = [symbols[start : start + size] for start in range(0, max(len(symbols), size * GROUPS), size)]
    for place, group in enumerate(groups[: GROUPS + 1]):
        if place == GROUPS or not _fits(group, place):
            raise RecoveryKeyMistyped(group=min(place + 1, GROUPS))
    return "".join(groups).encode()


def _fits(group: str, place: int) -> bool:
    if len(group) != _FREE + 1 or any(char not in ALPHABET for char in group):
        return False
    return group[-1] == _check(group[:-1], place)


def _check(group: str, place: int) -> str:
    # odd weights over 32 symbols: every single wrong symbol changes the sum; the place catches swapped groups
    total = sum(weight * ALPHABET.index(char) for weight, char in zip(_WEIGHTS, group, strict=True))
    return ALPHABET[(total + place) % len(ALPHABET)]
