"""How long the search field waits for its answer after a key, alone and while a report is being made.

By the program's own lanes and session: from the asking to the answer on the window's thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer

from misam_desktop.domain.report import Report
from misam_desktop.gui.garbage import Garbage
from misam_desktop.gui.lanes import Lane
from misam_desktop.gui.session import Session
from misam_desktop.queries.search import search_while_typing
from misam_desktop.vault import Clock, Question, Vault

A_KEY_MS = 120
"""Between two keys of a quick typist."""
A_REPORT_MS = 60_000
"""How long a report is waited for at most."""


def waits(
    vault: Vault, clock: Clock, names: Sequence[str], *, keys: int, report: Question[Report] | None = None
) -> list[float]:
    """Milliseconds to each answer; with a report, that is being made all the while."""
    app = QCoreApplication.instance() or QCoreApplication([])
    store, beside = Lane("store"), Lane("beside")
    session = Session(vault, clock, store=store, beside=beside)
    typist = _Typist(session, names, keys)
    garbage = Garbage(typist)
    reporter = None if report is None else _Reporter(session, report, typist)
    if reporter is not None:
        reporter.begin()
    typist.begin()
    typist.loop.exec()
    if reporter is not None:
        reporter.end()
    store.stop()
    beside.stop()
    garbage.stop()
    app.processEvents()
    return typist.waits


class _Typist(QObject):
    """Types names letter by letter, without waiting for the answers to be read."""

    def __init__(self, session: Session, names: Sequence[str], keys: int) -> None:
        super().__init__()
        self._session, self._texts, self._keys = session, _typed(names), keys
        self.waits: list[float] = []
        self.loop = QEventLoop()

    def begin(self) -> None:
        """Press the first key."""
        QTimer.singleShot(A_KEY_MS, self._press)

    def _press(self) -> None:
        began = perf_counter()

        def answered(_hits: object) -> None:
            self.waits.append((perf_counter() - began) * 1000)
            if len(self.waits) == self._keys:
                self.loop.quit()
            else:
                self.begin()

        self._session.ask(search_while_typing(next(self._texts)), owner=self, then=answered)


def _typed(names: Sequence[str]) -> Iterator[str]:
    for name in cycle(names):
        for letters in range(2, len(name) + 1):
            yield name[:letters]


class _Reporter(QObject):
    """Asks for a report, and for it again as soon as it is there: at every moment one is being made."""

    def __init__(self, session: Session, report: Question[Report], parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._report, self._last = session, report, QEventLoop()

    def begin(self) -> None:
        """Ask for the report."""
        self._session.ask(self._report, owner=self, then=self._made)

    def end(self) -> None:
        """Wait for the one that is being made: if any before it had failed, there would be none."""
        QTimer.singleShot(A_REPORT_MS, lambda: self._last.exit(1))
        assert self._last.exec() == 0, "no report was being made"

    def _made(self, _report: Report) -> None:
        if self._last.isRunning():
            self._last.quit()
        else:
            self.begin()
