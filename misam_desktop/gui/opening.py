"""How stores are opened here: the clock, what key files may ask for, and who is in the made-up team."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from misam_desktop.keys.primitives import LIMITS, STRONG, Bounds, Cost

if TYPE_CHECKING:
    from misam_desktop.vault import Clock, Vault


class DemoLogin(NamedTuple):
    """One user of the made-up team, as the lock shows them."""

    login: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Given by the composition root; tests bring weak keys and a day that stands still.

    ``heads`` is where this profile keeps how far each store's log had come.
    """

    now: Callable[[], datetime]
    today: Callable[[], date]
    cost: Cost = STRONG
    bounds: Bounds = LIMITS
    heads: Path | None = None
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

    def logins(self, store: Path) -> list[str]:
        """Who can unlock a store, by the key file beside it. Raises the errors of ``keys.errors``."""
        from misam_desktop.keys import key_file

        return key_file.logins(key_file.read_key_file_of(store, bounds=self.bounds))

    def unlock(self, store: Path, *, login: str, password: str) -> Vault:
        """Open a store: slow on purpose, so it belongs on a lane. Raises what ``unlocking.unlock`` raises."""
        from misam_desktop.unlocking import unlock

        return unlock(store, login=login, password=password, clock=self.clock, bounds=self.bounds, heads=self.heads)


def demo_opening(store: Path, day: date, now: Callable[[], datetime]) -> Opening:
    """Make the made-up team's store, and say how it is opened."""
    from misam_desktop.commands.demo import make_demo
    from misam_desktop.wording import label

    team = make_demo(store, today=day)
    logins = tuple(
        DemoLogin(login=user.login, words=f"{user.name} · {', '.join(map(label, user.roles))} · {user.unit}")
        for user in team.users
    )
    return Opening(
        now=lambda: datetime.combine(day, now().timetz()),
        today=lambda: day,
        demo_logins=logins,
        demo_password=team.password,
    )


def load_the_rest() -> None:
    """Import what the workspace needs, on a lane, while the password is typed."""
    import misam_desktop.gui.workspace
    import misam_desktop.unlocking  # noqa: F401 – loading is the point
