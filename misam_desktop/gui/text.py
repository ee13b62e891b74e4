"""Every text of the screens passes here: Swedish is the source, other languages are translations of it."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

CONTEXT = "misam"
_LONG_WORD = re.compile(r"(\S{40})(?=\S)")


def tr(swedish: str) -> str:
    """The text in the language of the screen."""
    return QCoreApplication.translate(CONTEXT, swedish)


def breakable(text: str) -> str:
    """The text with places where a very long word may be broken: in one piece it would widen the page."""
    return _LONG_WORD.sub("\\1\u200b", text)
