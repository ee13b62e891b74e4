"""All papers of a forum of twelve in the program's own window: how long they take, and how long it stands still.

Minutes and letters to units become encrypted mail drafts in a folder; letters to persons go to a printer to file.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QObject, QSettings, Qt, QTimer
from PySide6.QtPrintSupport import QPrinter

from misam_desktop.commands.forum import close_forum, open_forum, record_outcome
from misam_desktop.commands.referrals import make_referral
from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.ids import MeetingId
from misam_desktop.gui import appearance
from misam_desktop.gui.dialogs.batch import AllDrafts, AllPrinted
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.opening import Opening
from misam_desktop.gui.screens.forum_papers import ForumPapersScreen
from misam_desktop.gui.window import Window
from misam_desktop.vault import Clock, Vault
from tests.commands.worlds import AF, FK, IFO, MISAM, REGION, agrees, asks, somebody
from tests.conftest import PASSWORD, WEAK, WEAK_BOUNDS
from tests.vault.worlds import JONAS, KARIN, make, open_up

CASES = 12
MOST_MS = 3000
MOST_BLOCK_MS = 50
_DAY = date(2026, 11, 26)
_NOW = datetime.combine(_DAY, time(12), UTC)
_TICK_MS = 1


class Sent(NamedTuple):
    """How many papers were made, how long they took, and for how long at a time the window did not answer."""

    papers: int
    took_ms: float
    blocked_p99_ms: float
    blocked_most_ms: float


def measured(folder: Path) -> Sent:
    """Hold the forum, and let everything of it out; there must be an application with windows."""
    clock = Clock(now=lambda: _NOW, today=lambda: _DAY)
    store = folder / "forum-of-twelve.misam"
    for old in folder.glob("forum-of-twelve.misam*"):
        old.unlink()
    make(store, KARIN, JONAS, clock=clock)
    karin, jonas = (open_up(store, login, clock=clock) for login in ("karin", "jonas"))
    meeting_id = _held(karin, jonas)
    for one in (karin, jonas):
        one.close()
    settings = QSettings(str(folder / "forum-of-twelve.ini"), QSettings.Format.IniFormat)
    appearance.dress(settings)
    opening = Opening(now=clock.now, today=clock.today, cost=WEAK, bounds=WEAK_BOUNDS)
    window = Window(opening, settings, store=store)
    window.show()
    found = _sent(Driver(window), meeting_id, folder)
    window.close()
    return found


def _held(karin: Vault, jonas: Vault) -> MeetingId:
    """A closed forum with twelve cases, each with an outcome of its own kind and consents that name everybody."""
    offered = (Outcome.ANTAS, Outcome.ATER, Outcome.REGULJAR, Outcome.EJ_BEHOV)
    referrals = []
    for at in range(CASES):
        referred_on = _DAY - timedelta(days=at + 1)
        consent = agrees(from_on=referred_on, unit_ids=(AF, FK, IFO, REGION))
        facts = asks(referred_on=referred_on, needed_unit_ids=(FK, IFO, REGION))
        referrals.append(jonas.do(make_referral(somebody(980 + at), facts, consent=consent, submit=True)).value)
    meeting = karin.do(open_forum(MISAM, on=_DAY)).value
    for at, one in enumerate(referrals):
        outcome = offered[at % len(offered)]
        karin.do(record_outcome(one.id, outcome, meeting_id=meeting.id, text="Praktik via Af i åtta veckor."))
    karin.do(close_forum(meeting.id))
    return meeting.id


def _sent(driver: Driver, meeting_id: MeetingId, folder: Path) -> Sent:
    driver.unlock(PASSWORD, login="karin")
    driver.work.go("forum_papers", meeting_id)
    driver.settle()
    page = driver.work.here
    assert isinstance(page, ForumPapersScreen)
    drafts = folder / "forum-of-twelve"
    drafts.mkdir(exist_ok=True)
    for old in drafts.iterdir():
        old.unlink()
    ticks = _Ticks()
    began = perf_counter()
    papers = _drafted(driver, page, drafts) + _printed(driver, page, drafts / "skrivare.pdf")
    took = (perf_counter() - began) * 1000
    return Sent(papers, took, quantiles(ticks.stop(), n=100)[-1], max(ticks.gaps))


def _drafted(driver: Driver, page: ForumPapersScreen, folder: Path) -> int:
    driver.click(page.all_letters)
    dialog = driver.dialog
    assert isinstance(dialog, AllDrafts)
    dialog.save_in(folder)
    driver.wait_for(lambda: driver.dialog is not dialog)
    driver.settle()
    driver.click_text("Klart")
    return dialog.made


def _printed(driver: Driver, page: ForumPapersScreen, file: Path) -> int:
    driver.click(page.all_printed)
    dialog = driver.dialog
    assert isinstance(dialog, AllPrinted)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    dialog.print_on(printer)
    driver.wait_for(lambda: driver.dialog is not dialog)
    driver.settle()
    return dialog.made


class _Ticks(QObject):
    """Notes how long it is between two turns of the window's loop, less the tick itself."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = perf_counter()
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = perf_counter()
        self.gaps.append((now - self._last) * 1000 - _TICK_MS)
        self._last = now

    def stop(self) -> list[float]:
        """The gaps, in milliseconds."""
        self._timer.stop()
        return self.gaps
