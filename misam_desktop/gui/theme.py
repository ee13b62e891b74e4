"""How everything looks: two palettes, one style sheet, the system's font in the user's text size.

Colours stand in ``resources/style/palettes.toml``; no other file names one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from misam_desktop import assets

_FIELD = re.compile(r"\{([a-z]+)(?:\.(\d+))?\}")
_OWN_FONT = "Noto Sans"
TEXT_SIZES = (100, 125, 150, 200)
"""Per cent that the user can choose among."""


class Look(StrEnum):
    """Light, dark, or as the system has it."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """What a chip or banner says at a glance; a word always says it too."""

    PLAIN = "plain"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Theme:
    """One palette in one text size."""

    mode: str
    percent: int

    def colour(self, name: str) -> QColor:
        """A colour of the palette by its role."""
        return QColor(_palettes()[self.mode][name])

    def px(self, size: int) -> int:
        """A size of the 100 % design in the user's text size."""
        return round(size * self.percent / 100)

    def chip(self, tone: Tone) -> tuple[QColor, QColor]:
        """Ground and text of a chip."""
        if tone is Tone.PLAIN:
            return self.colour("accentbg"), self.colour("accent")
        if tone is Tone.MUTED:
            return self.colour("nav"), self.colour("muted")
        return self.colour(f"{tone}bg"), self.colour(tone)


_current = Theme("light", 100)


def current() -> Theme:
    """The theme in use: for what is painted by hand."""
    return _current


def apply(app: QApplication, look: Look, *, percent: int = 100) -> None:
    """Dress the whole program; can be called again at any time."""
    global _current  # noqa: PLW0603 – one application has one theme, and painting reads it
    _use_own_font_where_there_is_none(app)
    _current = Theme(_mode(look), percent)
    style = _style_sheet(_current)
    if style != app.styleSheet():  # dressing every widget anew takes a while
        app.setPalette(_palette(_current))
        app.setStyleSheet(style)


def _mode(look: Look) -> str:
    if look is not Look.SYSTEM:
        return look.value
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def _use_own_font_where_there_is_none(app: QApplication) -> None:
    """A machine without a screen may have no fonts at all; elsewhere the system's own is used."""
    if QGuiApplication.platformName() != "offscreen" or app.font().family() == _OWN_FONT:
        return
    for path in sorted(assets.resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    app.setFont(QFont(_OWN_FONT))


def _palettes() -> dict[str, dict[str, str]]:
    return assets.toml(assets.resource("style", "palettes.toml"))


def _style_sheet(theme: Theme) -> str:
    colours = _palettes()[theme.mode]
    icons = assets.resource("icons").as_posix()
    words = {**colours, "icons": icons, "mode": theme.mode}

    def filled(match: re.Match[str]) -> str:
        name, number = match.groups()
        return str(theme.px(int(number))) if name == "size" else words[name]

    return _FIELD.sub(filled, assets.resource("style", "misam.qss").read_text(encoding="utf-8"))


def _palette(theme: Theme) -> QPalette:
    """What the style sheet does not reach: native parts and disabled text."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "bg",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "bg",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "onaccent",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
    }
    for role, name in roles.items():
        palette.setColor(role, theme.colour(name))
    return palette
