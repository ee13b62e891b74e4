"""Both palettes can be read, and the text can be made twice as large."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from misam_desktop.gui import appearance, theme
from misam_desktop.gui.theme import Look, Theme

ON = {
    "text": ("bg", "surface", "nav", "sel", "accentbg"),
    "muted": ("bg", "surface", "nav"),
    "accent": ("surface", "accentbg", "bg"),
    "onaccent": ("accent",),
    "red": ("redbg", "surface"),
    "amber": ("amberbg", "surface"),
    "green": ("greenbg", "surface"),
}
PAIRS = [(text, ground) for text, grounds in ON.items() for ground in grounds]


def luminance(colour: QColor) -> float:
    shares = (colour.redF(), colour.greenF(), colour.blueF())
    parts = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("mode", "pair"), list(product(("light", "dark"), PAIRS)))
def test_text_stands_out_from_its_ground(mode: str, pair: tuple[str, str]) -> None:
    now = Theme(mode, 100)
    assert contrast(now.colour(pair[0]), now.colour(pair[1])) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_frames_of_fields_stand_out(mode: str) -> None:
    now = Theme(mode, 100)
    assert contrast(now.colour("field"), now.colour("surface")) >= 3


def test_the_choice_is_shown_and_remembered(settings: QSettings, qapp: QApplication) -> None:
    appearance.choose(settings, look=Look.DARK, percent=200)
    assert (theme.current().mode, theme.current().px(14)) == ("dark", 28)
    assert appearance.chosen(settings) == appearance.Appearance(Look.DARK, 200)


def test_nonsense_in_the_settings_counts_as_nothing_chosen(settings: QSettings) -> None:
    settings.setValue("appearance/look", "rosa")
    settings.setValue("appearance/percent", "many")
    assert appearance.chosen(settings) == appearance.Appearance(Look.SYSTEM, 100)
