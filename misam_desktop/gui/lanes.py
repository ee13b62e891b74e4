"""Two lanes of work beside the window: one owns the store, the other derives keys and reads files.

Work goes in as a function and comes back, by a queued signal, as an answer on the window's own thread. An answer for a
widget that has gone is dropped. Long work goes in as steps, and lets what came meanwhile go first. Qt's own thread
classes are not used: a plain thread with a queue says it all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from misam_desktop.domain.steps import Steps, one_step, step

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Job:
    """One piece of work on its way. ``cancelled`` work takes no further step, and never answers."""

    steps: Steps[Any]
    owner: QObject
    then: Callable[[Any], None]
    failed: Callable[[Exception], None]
    cancelled: bool = field(default=False)

    def cancel(self) -> None:
        """Drop the work if it waits, its answer if it runs."""
        self.cancelled = True


class Lane(QObject):
    """One thread that does one thing at a time, in order."""

    _ended = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._under_way = 0
        self._ended.connect(_answer, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._count_down, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    @property
    def is_idle(self) -> bool:
        """Whether everything asked for has been answered."""
        return self._under_way == 0

    def run(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        then: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> Job:
        """Do ``work`` on the lane; ``then`` or ``failed`` is called on the window's thread while ``owner`` lives."""
        return self.run_in_steps(one_step(work), owner=owner, then=then, failed=failed)

    def run_in_steps(
        self,
        steps: Steps[T],
        *,
        owner: QObject,
        then: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> Job:
        """The same for long work: what comes between two of its steps is done before the next."""
        job = Job(steps, owner, then, failed)
        self._under_way += 1
        self._queue.put(job)
        return job

    def stop(self) -> None:
        """End the thread once it has done what was asked before; work in steps goes no further."""
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            outcome = _outcome(job)
            if outcome is None:
                self._queue.put(job)
            else:
                self._ended.emit((job, outcome))

    def _count_down(self, _ended: object) -> None:
        self._under_way -= 1


def _outcome(job: Job) -> Callable[[], None] | None:
    """What is to be called with what the work gave; None while there are more steps."""
    if job.cancelled:
        job.steps.close()
        return lambda: None
    try:
        answer = step(job.steps)
    except Exception as error:  # noqa: BLE001 – every error crosses to the window's thread, which tells it
        caught = error
        return lambda: job.failed(caught)
    return (lambda: job.then(answer[0])) if answer else None


def _answer(ended: tuple[Job, Callable[[], None]]) -> None:
    job, tell = ended
    if not job.cancelled and shiboken6.isValid(job.owner):
        tell()


def raise_it(error: Exception) -> None:
    """For work that cannot fail in a way that the user could mend: an error is a bug, told once."""
    raise error
