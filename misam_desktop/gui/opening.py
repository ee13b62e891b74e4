"""How stores are opened here: the clock, what key files may ask for, and who is in the made-up team."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from misam_desktop.keys.primitives import LIMITS, STRONG, Bounds, Cost

if TYPE_CHECKING:
    from misam_desktop.vault import Clock, Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLogin:
    """One user of the made-up team, as the lock shows them."""

    login: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Given by the composition root; tests bring weak keys and a day that stands still."""

    now: Callable[[], datetime]
    today: Callable[[], date]
    cost: Cost = STRONG
    bounds: Bounds = LIMITS
    demo_logins: tuple[DemoLogin, ...] = ()
    demo_password: str = ""

    @property
    def is_demo(self) -> bool:
        """Whether the program shows the made-up team."""
        return bool(self.demo_logins)

    @property
    def clock(self) -> Clock:
        """The clock that the store is opened with."""
        from misam_desktop.vault import Clock

        return Clock(now=self.now, today=self.today)

    def unlock(self, store: Path, *, login: str, password: str) -> Vault:
        """Open a store: slow on purpose, so it belongs on a lane. Raises what ``vault.unlock`` raises."""
        from misam_desktop.vault import unlock

        return unlock(store, login=login, password=password, clock=self.clock, bounds=self.bounds)


def load_the_rest() -> None:
    """Import what the workspace needs, on a lane, while the password is typed."""
    import misam_desktop.gui.workspace
    import misam_desktop.vault  # noqa: F401 – loading is the point
