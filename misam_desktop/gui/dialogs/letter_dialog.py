"""One letter as it would leave, whichever case it is of: looked at, and written down once it is let out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from misam_desktop.documents.paper import Paper
from misam_desktop.domain.codes import Act
from misam_desktop.gui.dialogs.leaving import DECIDES
from misam_desktop.gui.dialogs.sending import SendingDialog
from misam_desktop.gui.paper import made_of
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Banner
from misam_desktop.vault import Question, Request, Topic

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A letter that has been written, and how it leaves.

    ``file`` is its neutral name without a suffix, ``words`` say what it is and to whom. ``asks`` writes it anew, to see
    whether it still is the same, and ``give`` is the command for a way. ``mails`` is whether a unit gets it, and not a
    person; ``notice`` is what to know before it is let out, ``beside`` what can be taken besides it, and ``then`` what
    comes once it is on its way.
    """

    paper: Paper
    file: str
    words: str
    asks: Question[Any]
    give: Callable[[Act], Request[Any]]
    mails: bool = False
    decides: frozenset[Topic] = DECIDES
    notice: str = ""
    beside: Callable[[], QWidget | None] = lambda: None
    then: Callable[[], None] | None = None


def draw_letter(work: Workspace, ready: Ready) -> None:
    """Draw it beside the window, and show it."""

    def show(made: tuple[bytes, list[QImage]]) -> None:
        LetterDialog(work, *made, ready=ready).open()

    work.session.beside(partial(made_of, ready.paper), owner=work, then=show)


class LetterDialog(SendingDialog):
    """The letter, for as long as it may leave as it stands."""

    def __init__(self, work: Workspace, content: bytes, pages: Sequence[QImage], *, ready: Ready) -> None:
        notice = Banner()
        if ready.notice:
            notice.tell(ready.notice, Tone.AMBER)
        super().__init__(
            work,
            content,
            pages,
            title=ready.paper.title,
            file=lambda suffix: f"{ready.file}.{suffix}",
            words=ready.words,
            asks=ready.asks,
            holds=lambda again: again.paper.parts == ready.paper.parts,
            give=ready.give,
            mails=ready.mails,
            decides=ready.decides,
            then=ready.then,
            above=(notice,) if ready.notice else (),
            more=tuple(filter(None, [ready.beside()])),
        )
