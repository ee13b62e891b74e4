"""Where the user is, and the way back: each page keeps its place and scroll while it lies in the history."""

from __future__ import annotations

from dataclasses import dataclass

MOST_STEPS = 30


@dataclass(frozen=True, slots=True)
class Spot:
    """A page: the name of its place, and the id of what it is about."""

    place: str
    subject: str = ""


class History:
    """The spots that were visited, the newest last."""

    def __init__(self) -> None:
        self._spots: list[Spot] = []

    @property
    def here(self) -> Spot | None:
        """Where the user is."""
        return self._spots[-1] if self._spots else None

    def go(self, spot: Spot) -> None:
        """Visit a spot; the same again is no step."""
        if spot != self.here:
            self._spots = [*self._spots, spot][-MOST_STEPS:]

    def back(self) -> Spot | None:
        """Take one step back, if there is one."""
        if len(self._spots) < 2:
            return None
        self._spots.pop()
        return self.here

    def forget(self, spot: Spot) -> None:
        """Take a spot out of the way back: its page is of no use any more."""
        self._spots = [one for one in self._spots if one != spot]

    def __contains__(self, spot: object) -> bool:
        return spot in self._spots
