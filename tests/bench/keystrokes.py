"""How long the search field waits for its answer after a key, alone and while the yearly account is being made.

By the program's own lanes and session: from the asking to the answer on the window's thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer

from misam_desktop.domain.report import Report
from misam_desktop.gui.lanes import Lane
from misam_desktop.gui.session import Session
from misam_desktop.queries.reports import yearly_account
from misam_desktop.queries.search import search_while_typing
from misam_desktop.vault import Clock, Vault

A_KEY_MS = 120
"""Between two keys of a quick typist."""


def waits(vault: Vault, clock: Clock, names: Sequence[str], *, keys: int, year: int | None = None) -> list[float]:
    """Milliseconds to each answer; with a year, its account is being made all the while."""
    app = QCoreApplication.instance() or QCoreApplication([])
    store, beside = Lane("store"), Lane("beside")
    session = Session(vault, clock, store=store, beside=beside)
    typist = _Typist(session, names, keys)
    if year is not None:
        _Reporter(session, year, typist).begin()
    typist.begin()
    typist.loop.exec()
    store.stop()
    beside.stop()
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
    """Asks for the account, and for it again as soon as it is there."""

    def __init__(self, session: Session, year: int, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._first, self._last = session, date(year, 1, 1), date(year, 12, 31)

    def begin(self, _account: Report | None = None) -> None:
        """Ask for the account."""
        account = yearly_account("MISAM", first=self._first, last=self._last)
        self._session.ask(account, owner=self, then=self.begin)
