"""The user's choice of light or dark and of text size, remembered on this machine."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from misam_desktop.gui import theme
from misam_desktop.gui.theme import TEXT_SIZES, Look


@dataclass(frozen=True, slots=True)
class Appearance:
    """What was chosen."""

    look: Look
    percent: int


def chosen(settings: QSettings) -> Appearance:
    """What was chosen before; anything unknown in the file counts as nothing chosen."""
    look = str(settings.value("appearance/look", Look.SYSTEM.value))
    percent = str(settings.value("appearance/percent", "100"))
    known = percent.isdigit() and int(percent) in TEXT_SIZES
    return Appearance(Look(look) if look in set(Look) else Look.SYSTEM, int(percent) if known else 100)


def choose(settings: QSettings, *, look: Look | None = None, percent: int | None = None) -> None:
    """Choose, remember and show at once."""
    if look is not None:
        settings.setValue("appearance/look", look.value)
    if percent is not None:
        settings.setValue("appearance/percent", percent)
    dress(settings)


def dress(settings: QSettings) -> None:
    """Dress the program as chosen."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    now = chosen(settings)
    theme.apply(app, now.look, percent=now.percent)


def follow_system(settings: QSettings) -> None:
    """Change with the system between light and dark, as long as that is what was chosen."""
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: dress(settings))
