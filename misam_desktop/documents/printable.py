"""Text as paper can show it: nothing is interpreted, nothing is invisible, and nothing is left out silently."""

from __future__ import annotations

from functools import cache
from html import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from misam_desktop import assets
from misam_desktop.domain.text import clean

REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"


@cache
def load_fonts() -> frozenset[int]:
    """Make the fonts known to ReportLab, once, and tell which characters the regular one has."""
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, assets.resource("fonts", f"{name}.ttf")))
    return frozenset(pdfmetrics.getFont(REGULAR).face.charToGlyph)


def printable(words: str) -> str:
    """The text with every character that the font has, and «[U+1F600]» for one that it lacks; lines are kept."""
    known = load_fonts()
    kept = clean(words, multiline=True)
    return "".join(char if char == "\n" or ord(char) in known else f"[U+{ord(char):04X}]" for char in kept)


def marked_up(words: str) -> str:
    """The same for a ReportLab paragraph: what looks like markup stays what it is."""
    return escape(printable(words), quote=False)
