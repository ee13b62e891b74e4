"""Every text of the screens passes here: Swedish is the source, other languages are translations of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "misam"


def tr(swedish: str) -> str:
    """The text in the language of the screen."""
    return QCoreApplication.translate(CONTEXT, swedish)
