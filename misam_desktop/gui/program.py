"""Starting the graphical program: on the store that was used last, or on the made-up team."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from misam_desktop.gui import appearance
from misam_desktop.gui.bugs import BugCatcher
from misam_desktop.gui.opening import Opening, demo_opening
from misam_desktop.gui.window import Window

_NO_SCREEN = (
    "Det finns ingen skärm här, så fönstret kan inte visas. "
    "Kör «misam-desktop tour MAPP» för att få bilder av alla vyer i stället."
)


def run(
    *,
    demo: bool,
    demo_today: date | None,
    now: Callable[[], datetime],
    today: Callable[[], date],
    settings: Path,
    heads: Path,
) -> int:
    """Show the program's window until it is closed, and give the exit code."""
    if not _has_screen():
        print(_NO_SCREEN, file=sys.stderr)  # noqa: T201 – there is no window to say it in
        return 1
    opening = Opening(now=now, today=today, heads=heads)
    if demo:
        return _run_demo(opening, demo_today or today(), settings)
    return _run(opening, settings)


def _run_demo(opening: Opening, day: date, settings: Path) -> int:
    """The made-up team in a temporary encrypted store that is removed at exit."""
    with tempfile.TemporaryDirectory(prefix="misam-demo-") as folder:
        store = Path(folder) / "demo.misam"
        return _run(
            opening,
            settings,
            begin=lambda window: window.show_demo(lambda: demo_opening(store, day, opening.now), store),
        )


def _run(opening: Opening, settings_file: Path, *, begin: Callable[[Window], None] | None = None) -> int:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    settings = QSettings(str(settings_file), QSettings.Format.IniFormat)
    catcher = BugCatcher()
    catcher.install()
    appearance.dress(settings)
    appearance.follow_system(settings)
    window = Window(opening, settings, store=None if begin else _last_store(settings))
    if begin is not None:
        begin(window)
    _close_when_told(window)
    window.show()
    try:
        return app.exec()
    finally:
        catcher.remove()


def _close_when_told(window: Window) -> None:
    """Whoever ends the program from outside lets it lock, and the made-up team's store be removed, as by its button."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            # by the event loop, which may not have begun: before it there would be nothing to end
            signal.signal(getattr(signal, name), lambda *_: QTimer.singleShot(0, window, window.close))


def _last_store(settings: QSettings) -> Path | None:
    kept = settings.value("store")
    return Path(str(kept)) if kept and Path(str(kept)).is_file() else None


def _has_screen() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
