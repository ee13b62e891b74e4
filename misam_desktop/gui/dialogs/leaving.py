"""A paper that the gate lets out: looked at from memory, logged and written when it is saved.

A consent that is taken back meanwhile, here or in another program, closes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.paper import Paper
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.gate import GateChanged
from misam_desktop.gui.paper import PaperDialog
from misam_desktop.gui.password import do_proven
from misam_desktop.vault import ProofNeeded, Question, Request, Topic

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

DECIDES = frozenset({Topic.CONSENTS, Topic.CASES, Topic.PERSONS})
"""What can change what may leave."""
F = TypeVar("F")
T = TypeVar("T")


class HasPaper(Protocol):
    """What a command gives that lets a paper out."""

    @property
    def paper(self) -> Paper:
        """The paper as it now leaves."""


class LeavingDialog(PaperDialog):
    """The paper, for as long as all of it may leave.

    Whenever something of ``decides`` is touched, ``asks`` is asked again, and ``holds`` says whether its answer lets
    the paper stand. ``gives`` is the command that writes down who gets what.
    """

    def __init__(
        self,
        work: Workspace,
        content: bytes,
        pages: Sequence[QImage],
        *,
        title: str,
        name: str,
        asks: Question[F],
        holds: Callable[[F], bool],
        gives: Request[Any],
        decides: frozenset[Topic] = DECIDES,
        then: Callable[[], None] | None = None,
        above: Sequence[QWidget] = (),
        ways: Sequence[QWidget] = (),
    ) -> None:
        super().__init__(work, content, pages, title=title, name=name, then=then, above=above, ways=ways)
        self._asks, self._holds, self._gives, self._decides = asks, holds, gives, decides
        work.session.touched.connect(self._touched)

    def _touched(self, topics: frozenset[Topic]) -> None:
        if topics & self._decides:
            self.work.session.ask(self._asks, owner=self, then=self._look_again, failed=self.stop)

    def _look_again(self, found: Any) -> None:
        if not self._holds(found):
            self.stop(GateChanged())

    def stop(self, error: MisamError) -> None:
        """Nothing of it stays in sight; the frame says why."""
        self.reject()
        self.work.session.told.emit(error)

    def leaves(self, then: Callable[[bytes], None]) -> None:
        """Ask the gate a last time, and write down who gets what."""

        def handed(given: HasPaper) -> None:
            self.work.session.beside(partial(to_pdf, given.paper), owner=self, then=then, failed=self.stop)

        self.let_out(self._gives, handed)

    def let_out(self, gives: Request[T], then: Callable[[T], None]) -> None:
        """Run a command that lets it out; whoever does not give the password that it may ask for goes on looking."""
        do_proven(self.work, gives, owner=self, then=then, failed=self._not_given)

    def _not_given(self, error: MisamError) -> None:
        if not isinstance(error, ProofNeeded):
            self.stop(error)
