"""The lock: who, and which password. Nothing heavy is loaded for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from misam_desktop.domain.errors import MisamError
from misam_desktop.gui.lanes import raise_it
from misam_desktop.gui.opening import load_the_rest
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Banner, Card, button, label, middle, row
from misam_desktop.keys.errors import WrongPassword

if TYPE_CHECKING:
    from misam_desktop.gui.window import Window
    from misam_desktop.vault import Vault


class UnlockPage(QWidget):
    """Choose a user, type the password, go in."""

    help_page = "unlock"

    def __init__(self, window: Window, store: Path) -> None:
        super().__init__()
        self._window, self.store = window, store
        self.setObjectName("page")
        self.who = QComboBox()
        self.who.setAccessibleName(tr("Användare"))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(tr("Lösenord"))
        self.password.textEdited.connect(self._load_the_rest)
        self.password.returnPressed.connect(self.unlock)
        self.banner = Banner()
        self.primary = button(tr("Lås upp"), self.unlock, "primary")
        self._is_loading = False
        middle(self._card(), self, wide=440)
        self.setFocusProxy(self.password)
        self._offer_users()

    def _card(self) -> Card:
        card = Card(tr("Lås upp"))
        name = label(self.store.name, "muted")
        name.setToolTip(str(self.store))
        card.add(name, self.banner)
        if self._window.opening.is_demo:
            card.add(label(tr("Alla i det påhittade laget har lösenordet:"), "muted"))
            card.add(label(self._window.opening.demo_password, "strong", selectable=True))
        card.add(label(tr("Användare"), "strong"), self.who, label(tr("Lösenord"), "strong"), self.password)
        card.add(row(*self._ways_out(), None, self.primary))
        return card

    def _ways_out(self) -> list[QWidget]:
        if self._window.may_leave_demo:
            return [button(tr("Sluta prova"), self._window.leave_demo, "link")]
        if self._window.opening.is_demo:
            return []
        return [button(tr("Öppna ett annat register"), self._window.show_welcome, "link")]

    def _offer_users(self) -> None:
        if self._window.opening.is_demo:
            for one in self._window.opening.demo_logins:
                self.who.addItem(one.words, one.login)
            self.password.setText(self._window.opening.demo_password)
            self._load_the_rest()
            return
        opening, store = self._window.opening, self.store
        # on the store's lane: by then a store that was locked a moment ago is closed, and a slow disk holds nobody up
        self._window.store_lane.run(
            lambda: opening.logins(store), owner=self, then=self._offer, failed=self._offer_nobody
        )

    def _offer(self, logins: list[str]) -> None:
        for login in logins:
            self.who.addItem(login, login)
        last = self._window.settings.value("login")
        self.who.setCurrentIndex(max(self.who.findData(last), 0))

    def _offer_nobody(self, error: Exception) -> None:
        self._failed(error)
        self.primary.setEnabled(False)

    def _load_the_rest(self) -> None:
        if not self._is_loading:
            self._is_loading = True
            self._window.beside_lane.run(load_the_rest, owner=self, then=lambda _none: None, failed=raise_it)

    def unlock(self) -> None:
        """Try the password; the window goes on while it is checked."""
        if not self.primary.isEnabled() or self.who.currentIndex() < 0:
            return
        self.banner.clear()
        self._let(working=True)
        login, password = str(self.who.currentData()), self.password.text()
        opening, store = self._window.opening, self.store
        self._window.store_lane.run(
            lambda: opening.unlock(store, login=login, password=password),
            owner=self,
            then=lambda vault: self._go_in(vault, login),
            failed=self._failed,
        )

    def _let(self, *, working: bool) -> None:
        self.primary.setEnabled(not working)
        self.primary.setText(tr("Låser upp …") if working else tr("Lås upp"))
        self.password.setEnabled(not working)
        self.setCursor(Qt.CursorShape.BusyCursor if working else Qt.CursorShape.ArrowCursor)

    def _go_in(self, vault: Vault, login: str) -> None:
        self.password.clear()
        self._window.wrong_passwords = 0
        if not self._window.opening.is_demo:
            self._window.settings.setValue("login", login)
        self._window.enter(vault, self.store)

    def _failed(self, error: Exception) -> None:
        self._let(working=False)
        if not isinstance(error, MisamError):
            raise error
        self._refuse(error)
        if isinstance(error, WrongPassword):
            self._wait_a_while()

    def _wait_a_while(self) -> None:
        """Each wrong password in a row makes the next wait longer; the window says how long."""
        from misam_desktop.keys.passwords import delay_s

        self._window.wrong_passwords += 1
        wait_s = delay_s(self._window.wrong_passwords)
        if wait_s:
            self.primary.setEnabled(False)
            self.primary.setText(tr("Vänta {seconds} s").format(seconds=round(wait_s)))
            QTimer.singleShot(round(1000 * wait_s), self, lambda: self._let(working=False))

    def _refuse(self, error: MisamError) -> None:
        from misam_desktop.wording import sentence

        self.banner.tell(sentence(error))
        self.password.setFocus()
        self.password.selectAll()
