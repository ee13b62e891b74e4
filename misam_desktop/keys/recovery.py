"""The recovery key on paper: seven groups of six symbols, the last of each a check symbol.

29 symbols without 0, O, 1, I, L, A and U, 35 of them random: 170 bits. 29 is a prime, so a weighted sum catches every
single wrong symbol and every swap of two in a group; the group's place is in the sum, so swapped groups are caught too.
"""

from __future__ import annotations

import re
import secrets

from misam_desktop.keys.errors import RecoveryKeyMistyped

ALPHABET = "23456789BCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 7
_FREE = 5
_SIZE = _FREE + 1
_WEIGHTS = (2, 3, 4, 5, 6)
_BETWEEN = re.compile(r"[\s‐‑‒–—−_.,-]+")


def new_recovery_key() -> str:
    """A fresh key in its groups, joined by hyphens: «7KM2QX-…»."""
    groups = ["".join(secrets.choice(ALPHABET) for _ in range(_FREE)) for _ in range(GROUPS)]
    return "-".join(group + _check(group, place) for place, group in enumerate(groups))


def parse_recovery_key(text: str) -> bytes:
    """The secret in what somebody typed from the paper, in any case of letters, with any spaces or hyphens.

    Raises RecoveryKeyMistyped with the number of the first group that does not fit.
    """
    groups = _groups_in(text.upper())
    for place in range(GROUPS):
        if place >= len(groups) or not _fits(groups[place], place):
            raise RecoveryKeyMistyped(field="recovery_key", group=place + 1)
    if len(groups) > GROUPS:
        raise RecoveryKeyMistyped(field="recovery_key", group=GROUPS)
    return "".join(group[:_FREE] for group in groups).encode()


def _groups_in(text: str) -> list[str]:
    """Six symbols a group, whatever stands between them.

    Where the user did set groups apart, one that is too short or too long stays alone and moves no other.
    """
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    groups, current = [], ""
    for piece in pieces:
        current += piece
        if len(current) < _SIZE:
            continue
        groups += [current] if len(current) % _SIZE and len(pieces) > 1 else _every_six(current)
        current = ""
    return [*groups, current] if current else groups


def _every_six(symbols: str) -> list[str]:
    return [symbols[start : start + _SIZE] for start in range(0, len(symbols), _SIZE)]


def _fits(group: str, place: int) -> bool:
    return len(group) == _SIZE and set(group) <= set(ALPHABET) and group[-1] == _check(group[:-1], place)


def _check(group: str, place: int) -> str:
    total = sum(weight * ALPHABET.index(symbol) for weight, symbol in zip(_WEIGHTS, group, strict=True))
    return ALPHABET[(total + place) % len(ALPHABET)]
