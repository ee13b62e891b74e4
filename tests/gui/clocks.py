"""A clock that a test moves on, so that nobody sleeps."""

from __future__ import annotations

from datetime import datetime, timedelta

from misam_desktop.gui.driver import Driver
from misam_desktop.vault import Clock
from tests.conftest import NOW, TODAY


class Later:
    """Stands still until it is told how much time has passed."""

    def __init__(self) -> None:
        self.passed = timedelta()

    def now(self) -> datetime:
        return NOW + self.passed

    def at(self, driver: Driver) -> Later:
        """Hung up in a window, before the page that reads it is opened."""
        driver.work.session.clock = driver.work.idle._clock = Clock(now=self.now, today=lambda: TODAY)
        return self
