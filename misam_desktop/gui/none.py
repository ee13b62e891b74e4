"""Keeps Python's None alive.

PySide6 6.12 gives back one reference to None too many each time a model's ``data`` or ``headerData`` answers None:
measured, some thousand a repaint of a table. With none left, Python 3.11 stops; later Pythons do not count them.
"""

from __future__ import annotations

import ctypes
import sys

ENOUGH = 1 << 40
"""References: more than a run of any length gives back."""


def keep_none_alive() -> None:
    """Give None references to lose, once for the whole run."""
    if sys.version_info < (3, 12) and sys.getrefcount(None) < ENOUGH:
        ctypes.c_ssize_t.from_address(id(None)).value += ENOUGH
