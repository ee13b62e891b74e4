"""A walk through the program with the made-up team: numbered pictures of every screen and dialog, light and dark.

The windows are the real ones, driven as a person does; the help's pictures are made the same way.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMessageLogContext, QSettings, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from misam_desktop.gui import appearance, theme
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.opening import Opening, demo_opening
from misam_desktop.gui.theme import Look
from misam_desktop.gui.tour_stop import Stop
from misam_desktop.gui.tour_stops import FIRST_START, WEEK
from misam_desktop.gui.window import Window

DAY = date(2026, 11, 26)
"""The day of the tour: a Thursday with a forum, so that the pictures are the same each time."""
NOW = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)
LOOKS = (Look.LIGHT, Look.DARK)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the index."""

    file: str
    title: str
    who: str


def run(folder: Path) -> int:
    """Leave the pictures and their index in a folder, and give the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    qInstallMessageHandler(_tell)
    with tempfile.TemporaryDirectory(prefix="misam-tour-") as aside:
        pictures = list(_Tour(app, folder, Path(aside)).walk())
    (folder / "index.html").write_text(_index(pictures), encoding="utf-8")
    return 0


def _tell(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """What Qt complains of, but for what it says of every window that has no screen."""
    if "propagateSizeHints" not in text:
        print(text, file=sys.stderr)  # noqa: T201 – the tour is run from a terminal


class _Tour:
    def __init__(self, app: QApplication, folder: Path, aside: Path) -> None:
        self._app, self._folder, self._aside = app, folder, aside
        self._settings = QSettings(str(aside / "program.ini"), QSettings.Format.IniFormat)
        self._number, self._looks = 0, LOOKS

    def walk(self) -> Iterable[Picture]:
        """Every stop, in order."""
        appearance.dress(self._settings)
        yield from self._visit(FIRST_START, self._open(Opening(now=lambda: NOW, today=lambda: DAY)))
        store = self._aside / "demo.misam"
        opening = demo_opening(store, DAY, lambda: NOW)
        yield from self._visit(WEEK, self._open(opening, store))

    def _open(self, opening: Opening, store: Path | None = None) -> Driver:
        window = Window(opening, self._settings, store=store)
        window.show()
        return Driver(window)

    def _visit(self, stops: Iterable[Stop], driver: Driver) -> Iterable[Picture]:
        for stop in stops:
            stop.act(driver, self._aside)
            driver.settle()
            if stop.title:
                yield from self._take(driver, stop)
        driver.window.close()

    def _take(self, driver: Driver, stop: Stop) -> Iterable[Picture]:
        self._number += 1
        files = {look: f"{self._number:02}-{stop.name}-{look}.png" for look in LOOKS}
        for look in self._looks:
            theme.apply(self._app, look, percent=appearance.chosen(self._settings).percent)
            driver.picture(self._folder / files[look])
        self._looks = self._looks[::-1]  # dressing takes longest, so the next stop begins in the look of this one
        yield from (Picture(files[look], stop.title, stop.who) for look in LOOKS)


def _index(pictures: Iterable[Picture]) -> str:
    """A page that shows the pictures in their order."""
    figures = "\n".join(
        f'<figure><img src="{escape(one.file)}" width="640" alt="{escape(one.title)}">'
        f"<figcaption>{escape(one.file.split('-')[0])}. {escape(one.title)} – {escape(one.who)}</figcaption></figure>"
        for one in pictures
    )
    return (
        '<!doctype html><html lang="sv"><meta charset="utf-8"><title>MISAM Desktop i bilder</title>'
        "<style>body{font-family:sans-serif;display:flex;flex-wrap:wrap;gap:16px;margin:24px}"
        "figure{margin:0}figcaption{padding:4px 0 16px}h1{width:100%}</style>"
        f"<h1>MISAM Desktop i bilder</h1>\n{figures}\n</html>\n"
    )
