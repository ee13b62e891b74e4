"""What the door's tests share: a clock that can be moved, and a store made and opened in the usual way."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from misam_desktop.domain.codes import Role
from misam_desktop.domain.ids import UnitId
from misam_desktop.store import founding
from misam_desktop.unlocking import Founder, create, unlock
from misam_desktop.vault import Clock, Vault
from tests.conftest import CLOCK, NOW, PASSWORD, TODAY, WEAK, WEAK_BOUNDS

KARIN = Founder(
    login="karin",
    name="Karin Ekdal",
    password=PASSWORD,
    unit_id=UnitId("kommun-ifo"),
    roles=(Role.ADMINISTRATOR, Role.KOORDINATOR),
)
JONAS = Founder(login="jonas", name="Jonas Vall", password=PASSWORD, unit_id=UnitId("af"), roles=(Role.HANDLAGGARE,))


class Hands:
    """The hands of a clock that the test moves."""

    def __init__(self) -> None:
        self.at = NOW
        self.clock = Clock(now=self._now, today=lambda: TODAY)

    def move(self, by: timedelta) -> None:
        """Move them on, or back."""
        self.at += by

    def _now(self) -> datetime:
        return self.at


def make(path: Path, *founders: Founder, clock: Clock = CLOCK) -> str:
    """Make a store, of Karin's unless others are named, and give its recovery key."""
    activity = founding.reference_activity("misam", activity_id="misam")
    people = founders or (KARIN,)
    return create(path, team="Provlaget", founders=people, activities=[activity], clock=clock, cost=WEAK)


def open_up(path: Path, login: str = "karin", password: str = PASSWORD, clock: Clock = CLOCK) -> Vault:
    """Unlock a store, as Karin unless somebody else is named."""
    return unlock(path, login=login, password=password, clock=clock, bounds=WEAK_BOUNDS)
