"""A paper that can leave in more ways than on paper: in a mail draft, or as a PDF that its password alone opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.encrypted import encrypted
from misam_desktop.documents.paper import Paper
from misam_desktop.domain.codes import Act
from misam_desktop.gui.dialogs.leaving import DECIDES, LeavingDialog
from misam_desktop.gui.dialogs.mail_draft import tell_password
from misam_desktop.gui.saving import choose_where
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.keys.passwords import new_paper_password
from misam_desktop.transfer.files import write_file
from misam_desktop.transfer.mail import mail_draft
from misam_desktop.vault import Question, Request, Topic

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class HasAddresses(Protocol):
    """What a command gives that lets a paper out to units."""

    @property
    def paper(self) -> Paper:
        """The paper as it now leaves."""

    @property
    def addresses(self) -> Sequence[str]:
        """The function addresses of those that get it."""

    @property
    def without_address(self) -> Sequence[str]:
        """The units of which none is known, by their short names."""


def drafted(given: HasAddresses, password: str) -> bytes:
    """A mail draft with the paper encrypted: done beside the window."""
    return mail_draft(given.addresses, encrypted(to_pdf(given.paper), password))


class SendingDialog(LeavingDialog):
    """One paper, for as long as it may leave as it stands, and every way out that it has.

    ``file`` gives its neutral name for a suffix, ``give`` the command for a way, ``words`` say what it is and to whom.
    ``mails`` is whether units get it, and not a person.
    """

    def __init__(
        self,
        work: Workspace,
        content: bytes,
        pages: Sequence[QImage],
        *,
        title: str,
        file: Callable[[str], str],
        words: str,
        asks: Question[Any],
        holds: Callable[[Any], bool],
        give: Callable[[Act], Request[Any]],
        mails: bool = True,
        decides: frozenset[Topic] = DECIDES,
        then: Callable[[], None] | None = None,
        above: Sequence[QWidget] = (),
        more: Sequence[QWidget] = (),
    ) -> None:
        self._file, self._words, self._give = file, words, give
        self.mail = button(tr("Mejlutkast …"), self._choose_draft)
        self.locked = button(tr("Krypterad PDF …"), self._choose_locked)
        super().__init__(
            work,
            content,
            pages,
            title=title,
            name=file("pdf"),
            asks=asks,
            holds=holds,
            gives=give(Act.UTSKRIFT),
            decides=decides,
            then=then,
            above=above,
            ways=(*more, self.mail, self.locked),
        )
        for one in (self.mail, self.locked):
            one.setVisible(mails)

    def _choose_draft(self) -> None:
        self._ask_where(tr("Spara mejlutkastet"), tr("Mejl (*.eml)"), "eml", self.save_draft)

    def _choose_locked(self) -> None:
        self._ask_where(tr("Spara krypterad"), tr("PDF (*.pdf)"), "pdf", self.save_locked)

    def _ask_where(self, title: str, kind: str, suffix: str, then: Callable[[Path], None]) -> None:
        """Nothing is given out before the place is chosen."""
        choose_where(self, title=title, kind=kind, suffix=suffix, name=self._file(suffix), then=then)

    def save_draft(self, path: Path) -> None:
        """Write the encrypted paper in a mail draft to the units' function addresses."""
        self._save(path, Act.MEJLUTKAST, drafted, saved=tr("Mejlutkastet är sparat. Öppna det i ditt mejlprogram."))

    def save_locked(self, path: Path) -> None:
        """Write it as a PDF that opens only with its password."""

        def locked(given: HasAddresses, password: str) -> bytes:
            return encrypted(to_pdf(given.paper), password)

        self._save(path, Act.UTSKRIFT, locked, saved=tr("Den krypterade filen är sparad."))

    def _save(self, path: Path, act: Act, content: Callable[[HasAddresses, str], bytes], *, saved: str) -> None:
        password = new_paper_password()

        def write(given: HasAddresses) -> None:
            write_file(path, content(given, password), replace=True)

        def told(given: HasAddresses) -> None:
            self.accept()
            without = given.without_address if act is Act.MEJLUTKAST else ()
            tell_password(self.work, password, without_address=without, saved=f"{self._words} {saved}")

        def handed(given: HasAddresses) -> None:
            self.work.session.beside(partial(write, given), owner=self, then=lambda _done: told(given))

        self.let_out(self._give(act), handed)
