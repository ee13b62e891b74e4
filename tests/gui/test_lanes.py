"""A lane does one thing at a time, in order; long work goes in steps, and lets what came meanwhile go first."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from misam_desktop.domain.steps import Steps
from misam_desktop.gui.lanes import Lane, raise_it


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    """A lane that has begun, and ends with the test."""
    lane = Lane("test")
    yield lane
    lane.stop()


class Long:
    """Two steps, of which the first waits for a word."""

    def __init__(self) -> None:
        self.has_begun, self.may_go_on = Event(), Event()
        self.done: list[str] = []

    def steps(self) -> Steps[str]:
        self.has_begun.set()
        assert self.may_go_on.wait(10)
        self.done.append("first")
        yield
        self.done.append("last")
        return "answer"


@pytest.fixture
def long() -> Long:
    return Long()


def test_what_comes_between_two_steps_goes_first(qtbot: QtBot, lane: Lane, long: Long) -> None:
    answers: list[str] = []
    lane.run_in_steps(long.steps(), owner=lane, then=answers.append, failed=raise_it)
    assert long.has_begun.wait(10)
    lane.run(lambda: long.done.append("between"), owner=lane, then=lambda _: None, failed=raise_it)
    long.may_go_on.set()
    qtbot.waitUntil(lambda: lane.is_idle)
    assert (long.done, answers) == (["first", "between", "last"], ["answer"])


def test_cancelled_work_takes_no_further_step(qtbot: QtBot, lane: Lane, long: Long) -> None:
    answers: list[str] = []
    job = lane.run_in_steps(long.steps(), owner=lane, then=answers.append, failed=raise_it)
    assert long.has_begun.wait(10)
    job.cancel()
    long.may_go_on.set()
    qtbot.waitUntil(lambda: lane.is_idle)
    assert (long.done, answers) == (["first"], [])


def test_an_answer_for_a_widget_that_has_gone_is_dropped(qtbot: QtBot, lane: Lane, long: Long) -> None:
    answers: list[str] = []
    owner = QObject()
    lane.run_in_steps(long.steps(), owner=owner, then=answers.append, failed=raise_it)
    shiboken6.delete(owner)
    long.may_go_on.set()
    qtbot.waitUntil(lambda: lane.is_idle)
    assert (long.done, answers) == (["first", "last"], [])


def test_what_goes_wrong_in_a_later_step_is_told(qtbot: QtBot, lane: Lane) -> None:
    def fails() -> Steps[str]:
        yield
        raise ValueError("no")

    told: list[Exception] = []
    lane.run_in_steps(fails(), owner=lane, then=lambda _: None, failed=told.append)
    qtbot.waitUntil(lambda: lane.is_idle)
    assert [str(error) for error in told] == ["no"]
