"""The time for each item of a meeting: it runs while the item is taken up, blocks nothing, and is stored nowhere."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from misam_desktop.domain.timing import Hurry, Watch, hurry, paused, running
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import button, dress_chip, retone, row
from misam_desktop.vault import Clock

_TICK_MS = 500
_TONES = {Hurry.PLENTY: Tone.PLAIN, Hurry.SHORT: Tone.AMBER, Hurry.OVER: Tone.RED}


class ItemTimer(QObject):
    """One stopwatch an item; an item that is taken up again goes on where it was left."""

    ticked = Signal()
    """What it shows may be another."""

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._watches: dict[str, Watch] = {}
        self._key: str | None = None
        self._share = timedelta()
        self._ticking = QTimer(self, interval=_TICK_MS)
        self._ticking.timeout.connect(self.ticked)

    def take(self, key: str, share: timedelta) -> None:
        """An item is taken up, which may take so long; the one before it stands still."""
        self._share = share
        if key != self._key:
            self._stop()
            self._key = key
            self.go_on()
        self.ticked.emit()

    def rest(self) -> None:
        """No item is taken up."""
        self._stop()
        self._key = None
        self.ticked.emit()

    def pause(self) -> None:
        """Stand still until somebody goes on, or takes up another item."""
        self._stop()
        self.ticked.emit()

    def go_on(self) -> None:
        """Count on after a pause."""
        if self._key is not None:
            self._watches[self._key] = running(self._watch, self._clock.now())
            self._ticking.start()
        self.ticked.emit()

    def _stop(self) -> None:
        self._ticking.stop()
        if self._key is not None:
            self._watches[self._key] = paused(self._watch, self._clock.now())

    @property
    def _watch(self) -> Watch:
        return self._watches.get(self._key or "", Watch())

    @property
    def is_running(self) -> bool:
        """Whether it counts."""
        return self._watch.since is not None

    @property
    def left(self) -> timedelta | None:
        """What is left for the item, less than nothing when it is over its time; None when none is taken up."""
        return None if self._key is None else self._share - self._watch.counted(self._clock.now())

    @property
    def words(self) -> str:
        """«4:12 kvar», «0:48 över tiden»."""
        if self.left is None:
            return ""
        over = self.left < timedelta()
        seconds = int(abs(self.left).total_seconds())
        time = f"{seconds // 60}:{seconds % 60:02}"
        return (tr("{time} över tiden") if over else tr("{time} kvar")).format(time=time)

    @property
    def tone(self) -> Tone:
        """Amber in the last minute, red after it."""
        return Tone.MUTED if self.left is None else _TONES[hurry(self.left)]


class TimeChip(QLabel):
    """What is left for the item, wherever it is shown."""

    def __init__(self, timer: ItemTimer) -> None:
        super().__init__()
        dress_chip(self)
        self._timer = timer
        self._was: tuple[str, Tone] | None = None
        timer.ticked.connect(self.show_time)
        self.show_time()

    def show_time(self) -> None:
        """As it is now."""
        now = (self._timer.words, self._timer.tone)
        if now == self._was:
            return
        self._was = now
        self.setText(now[0])
        retone(self, now[1])
        self.setVisible(bool(now[0]))

    def set_size(self, pixels: int) -> None:
        """As large as letters of this height, for those who sit far away."""
        tall = round(pixels * 1.4)
        self.setStyleSheet(
            f"font-size: {max(pixels, 1)}px; min-height: {tall}px; max-height: {tall}px;"
            f" border-radius: {tall // 2}px; padding: 0 {pixels}px;"
        )


class TimerBar(QWidget):
    """The chip with the way to pause it."""

    def __init__(self, timer: ItemTimer) -> None:
        super().__init__()
        self._timer = timer
        self.chip = TimeChip(timer)
        self.pause = button("", self._turn, "link")
        inside = row(self.chip, self.pause)
        self.setLayout(inside)
        timer.ticked.connect(self._show)
        self._show()

    def _turn(self) -> None:
        if self._timer.is_running:
            self._timer.pause()
        else:
            self._timer.go_on()

    def _show(self) -> None:
        words = tr("Pausa tiden") if self._timer.is_running else tr("Låt tiden gå")
        if words != self.pause.text():
            self.pause.setText(words)
        self.setVisible(self._timer.left is not None)
