"""The password again, before much is taken out at once: a small dialog, and then what was asked for is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from misam_desktop.domain.errors import MisamError
from misam_desktop.gui.dialog import GrowingDialog
from misam_desktop.gui.forms import Field, Form
from misam_desktop.gui.inputs import Text
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, row
from misam_desktop.keys.errors import WrongPassword
from misam_desktop.keys.passwords import delay_s
from misam_desktop.vault import ProofNeeded, Question, Request

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

T = TypeVar("T")


def do_proven(
    work: Workspace,
    request: Request[T] | Question[T],
    *,
    owner: QWidget,
    then: Callable[[T], None],
    failed: Callable[[MisamError], None],
) -> None:
    """Run what may ask for the password; whoever does not give it gets ``failed``."""

    def ask(error: MisamError) -> None:
        if not isinstance(error, ProofNeeded):
            failed(error)
            return
        dialog = PasswordDialog(work, owner, then=run)
        dialog.rejected.connect(lambda: failed(error))
        dialog.open()

    def run() -> None:
        if isinstance(request, Question):
            work.session.ask(request, owner=owner, then=then, failed=ask)
        else:
            work.session.do(request, owner=owner, then=then, failed=ask)

    run()


class PasswordDialog(GrowingDialog):
    """Asks the user who has unlocked the store; a wrong password makes the next wait longer, as at unlock."""

    def __init__(self, work: Workspace, over: QWidget, *, then: Callable[[], None]) -> None:
        self.password = Text(secret=True)
        self.password.line.returnPressed.connect(self.give)
        self.form = Form([Field(name="password", label=tr("Ditt lösenord"), kind=lambda: self.password, required=True)])
        super().__init__(work, self.form, title=tr("Skriv ditt lösenord igen"))
        self.setParent(over, self.windowFlags())
        self._then = then
        self.primary = button(tr("Fortsätt"), self.give, "primary")
        intro = tr("Det här lämnar programmet. Lösenordet visar att det är du som sitter här.")
        self.lay_out(intro=intro, buttons=row(None, button(tr("Avbryt"), self.reject), self.primary), wide=440)
        self.password.setFocus()

    def give(self) -> None:
        """Check it; the window goes on meanwhile."""
        values = self.form.read() if self.primary.isEnabled() else None
        if values is not None:
            self._let(working=True)
            self.work.session.prove(values["password"], owner=self, then=self._right, failed=self._wrong)

    def _right(self) -> None:
        self.accept()
        self._then()

    def _wrong(self, error: MisamError) -> None:
        self._let(working=False)
        self.password.set_value("")
        self.form.show_error(error)
        wait_s = delay_s(self.work.session.wrong_passwords) if isinstance(error, WrongPassword) else 0
        if wait_s:
            self._let(working=True)
            self.primary.setText(tr("Vänta {seconds} s").format(seconds=round(wait_s)))
            QTimer.singleShot(round(1000 * wait_s), self, lambda: self._let(working=False))

    def _let(self, *, working: bool) -> None:
        self.primary.setEnabled(not working)
        self.primary.setText(tr("Fortsätt"))
        self.password.setEnabled(not working)
