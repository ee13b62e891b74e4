"""Keeps alive what Python 3.12 made immortal: None, True, False, the small numbers and the empty values.

PySide6 6.12 does not count its references to them right: measured, a model's ``data`` that answers None costs one
reference to it, some thousand a repaint of a table, and False is lost too, more slowly. With none left, Python 3.11
stops in the middle of the day; later Pythons do not count them.
"""

from __future__ import annotations

import ctypes
import sys

ENOUGH = 1 << 40
"""References: more than a run of any length gives back."""
_IMMORTALS: tuple[object, ...] = (None, True, False, *range(-5, 257), (), "", b"")


def keep_alive() -> None:
    """Give them references to lose, once for the whole run."""
    if sys.version_info >= (3, 12) or sys.getrefcount(None) > ENOUGH:
        return
    for one in _IMMORTALS:
        ctypes.c_ssize_t.from_address(id(one)).value += ENOUGH
