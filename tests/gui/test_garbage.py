"""Cycles are collected, and never on a lane."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from misam_desktop.gui.driver import Driver


class Knot:
    """Refers to itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def driver(open_window: Callable[[Path | None], Driver]) -> Driver:
    return open_window(None)


@pytest.fixture
def collecting() -> Iterator[list[threading.Thread]]:
    """The threads on which Python has collected."""
    threads: list[threading.Thread] = []

    def note(phase: str, _info: dict[str, int]) -> None:
        threads.append(threading.current_thread())

    gc.callbacks.append(note)
    yield threads
    gc.callbacks.remove(note)


def test_a_lane_never_collects(driver: Driver, collecting: list[threading.Thread]) -> None:
    lane = driver.window.store_lane

    def tie() -> int:
        return len([Knot() for _ in range(10 * gc.get_threshold()[0])])

    lane.run(tie, owner=driver.window, then=lambda _count: None, failed=lambda error: None)
    driver.settle()
    assert set(collecting) <= {threading.main_thread()}


def test_the_window_collects_what_a_lane_left(driver: Driver) -> None:
    knots = [Knot() for _ in range(2 * gc.get_threshold()[0])]
    last = weakref.ref(knots[-1])
    knots.clear()
    driver.wait_for(lambda: last() is None)


def test_python_collects_by_itself_when_the_window_has_closed(driver: Driver) -> None:
    assert not gc.isenabled()
    driver.window.close()
    assert gc.isenabled()
