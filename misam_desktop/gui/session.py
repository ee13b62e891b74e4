"""An unlocked store as the windows see it: requests and questions go to the one worker, answers come back by signal.

A command that succeeds says what it touched; screens that show that reload. Nobody has to remember to tell anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from misam_desktop.domain.errors import MisamError
from misam_desktop.gui.lanes import Job, Lane, raise_it
from misam_desktop.keys.errors import WrongPassword
from misam_desktop.keys.heads import Gap
from misam_desktop.vault import Clock, Done, Question, Request, Topic, Vault

T = TypeVar("T")
Explained = Callable[[MisamError], None]
LISTENS_MS = 3000
"""How often a window asks whether another program has changed the store, in milliseconds."""


class Session(QObject):
    """One user's time in one store, from unlock to lock."""

    touched = Signal(object)
    """The topics (``frozenset[Topic]``) that a command has just changed."""
    told = Signal(object)
    """A ``MisamError`` that no form takes care of: the frame shows its sentence."""

    def __init__(self, vault: Vault, clock: Clock, *, store: Lane, beside: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vault, self._store, self._beside = vault, store, beside
        self._waiting: dict[tuple[int, str], Job] = {}
        self.actor, self.clock = vault.actor, clock
        self.wrong_passwords = 0  # in a row
        self._gathered: frozenset[Topic] | None = None
        self._listening = QTimer(self, interval=LISTENS_MS)
        self._listening.timeout.connect(self.listen)
        self._listening.start()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return self._store.is_idle and self._beside.is_idle

    def do(
        self,
        request: Request[T],
        *,
        owner: QObject,
        then: Callable[[T], None] | None = None,
        failed: Explained | None = None,
    ) -> None:
        """Run a command; ``then`` gets its value. What went wrong goes to ``failed``, or to the frame.

        What was done, or was not, is told also when the owner has gone meanwhile.
        """

        def done(answer: Done[T]) -> None:
            if then is not None and shiboken6.isValid(owner):
                then(answer.value)
            self._tell_touched(answer.touched)

        def refused(error: MisamError) -> None:
            if failed is not None and shiboken6.isValid(owner):
                failed(error)
            else:
                self.told.emit(error)

        self._store.run(lambda: self._vault.do(request), owner=self, then=done, failed=self._failing(refused))

    def gather(self) -> None:
        """Many commands follow one upon the other: what they touch is told once, when it is ``let_go``."""
        self._gathered = self._gathered or frozenset()

    def let_go(self) -> None:
        """Tell what has been touched meanwhile, and from now on at once."""
        gathered, self._gathered = self._gathered, None
        if gathered:
            self.touched.emit(gathered)

    def _tell_touched(self, topics: frozenset[Topic]) -> None:
        if self._gathered is None:
            self.touched.emit(topics)
        else:
            self._gathered |= topics

    def ask(
        self,
        question: Question[T],
        *,
        owner: QObject,
        then: Callable[[T], None],
        failed: Explained | None = None,
        instead_of: str = "",
    ) -> None:
        """Ask a question. With ``instead_of``, an earlier one of that name by the same owner is dropped."""
        steps = self._vault.ask_in_steps(question)
        job = self._store.run_in_steps(steps, owner=owner, then=then, failed=self._failing(failed))
        if instead_of:
            key = (id(owner), instead_of)
            if key in self._waiting:
                self._waiting[key].cancel()
            self._waiting[key] = job

    def beside(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        then: Callable[[T], None],
        failed: Explained | None = None,
    ) -> None:
        """Do heavy work that has nothing to do with the store: reading a file, making a document."""
        self._beside.run(work, owner=owner, then=then, failed=self._failing(failed))

    def prove(self, password: str, *, owner: QObject, then: Callable[[], None], failed: Explained) -> None:
        """Give the password again, for a command that asks for it."""

        def right(_none: None) -> None:
            self.wrong_passwords = 0
            then()

        def wrong(error: MisamError) -> None:
            self.wrong_passwords += isinstance(error, WrongPassword)
            failed(error)

        self._store.run(lambda: self._vault.prove(password), owner=owner, then=right, failed=self._failing(wrong))

    @property
    def gap(self) -> Gap | None:
        """What was missed at the end of the log when the store was unlocked."""
        return self._vault.gap

    def close_gap(self) -> None:
        """Somebody who may has said why."""
        self._store.run(self._vault.close_gap, owner=self, then=_nothing, failed=raise_it)

    def listen(self) -> None:
        """Hear of what another program has changed: everything that is shown is read anew, or is gone."""
        if self.is_idle:
            heard = self._vault.was_changed_elsewhere
            self._store.run(heard, owner=self, then=self._heard, failed=self._failing(None))

    def _heard(self, changed: bool) -> None:  # noqa: FBT001 – the answer is what it is about
        if changed:
            self.touched.emit(frozenset(Topic))

    def close(self) -> None:
        """Close the store once what was asked before is done; the key goes with it."""
        self._listening.stop()
        self._store.run(self._vault.close, owner=self._store, then=_nothing, failed=raise_it)

    def _failing(self, failed: Explained | None) -> Callable[[Exception], None]:
        def tell(error: Exception) -> None:
            if not isinstance(error, MisamError):
                raise error  # a bug: the crash dialog takes it
            if failed is not None:
                failed(error)
            else:
                self.told.emit(error)

        return tell


def _nothing(_value: object) -> None:
    """Nothing remains to be done."""
