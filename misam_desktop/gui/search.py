"""The one search field (Ctrl+K): a personnummer in any form, the beginning of a name, or a command.

It searches at every key and is logged when the typing settles, or when the list is left before; a newer search replaces
the waiting one, and what the log cannot take is not shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from misam_desktop.domain.access import May
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.text import fold
from misam_desktop.gui import theme
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import label, shortcut_text
from misam_desktop.queries.search import Hit, search, search_while_typing
from misam_desktop.wording import iso

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

SETTLED_MS = 900
_LEAST_WIDE = 400


@dataclass(frozen=True, slots=True)
class _Offer:
    """One line under the field, and what it does."""

    words: str
    does: Callable[[], object]


class SearchField(QWidget):
    """The field and the list that drops down under it."""

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self._work = work
        self._can_search = work.desk.may(May.SEE_CASES)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        self.line = QLineEdit()
        hint = tr("Sök personnummer, namn eller kommando") if self._can_search else tr("Sök kommando")
        self.line.setPlaceholderText(f"{hint}   {shortcut_text('Ctrl+K')}")
        self.line.setAccessibleName(tr("Sök"))
        self.line.setClearButtonEnabled(True)
        self.line.textEdited.connect(self._on_typed)
        self.line.installEventFilter(self)
        inner.addWidget(self.line)
        self.results = _Results(work, self.line, self._leave)
        self._names_shown = False
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self.settle)

    def take_focus(self) -> None:
        """Ctrl+K."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list, Enter opens, Escape leaves."""
        if event.type() == QEvent.Type.FocusOut:
            self.results.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event.key())
        return super().eventFilter(watched, event)

    def _pressed(self, key: int) -> bool:
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.results.isVisible():
            self.results.move_by(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.results.open_current()
            return True
        if key == Qt.Key.Key_Escape:
            self._leave()
            return True
        return False

    def _leave(self) -> None:
        self.settle_now()
        self.line.clear()
        self.results.hide()
        self._work.here.setFocus()

    def _on_typed(self, text: str) -> None:
        self._settled.start()
        self._ask(text, settled=False)

    def settle_now(self) -> None:
        """Whoever goes on before the typing has settled has seen the names all the same."""
        if self._settled.isActive() and self._names_shown:
            self.settle()
        self._settled.stop()
        self._names_shown = False

    def settle(self) -> None:
        """The typing has stopped: search once more, as a logged read."""
        if self._can_search and self.line.text().strip():
            self._ask(self.line.text(), settled=True)

    def _ask(self, text: str, *, settled: bool) -> None:
        if not text.strip():
            self.results.hide()
            return
        if not self._can_search:
            self._show(text, [])
            return
        question = search(text) if settled else search_while_typing(text)
        then = partial(self._show, text)
        self._work.session.ask(question, owner=self, then=then, failed=self._failed, instead_of="search")

    def _failed(self, error: MisamError) -> None:
        """What was found before goes too: nothing stays that could not be logged."""
        self.results.show_offers([])
        self.results.hide()
        self._work.session.told.emit(error)

    def _show(self, text: str, hits: list[Hit]) -> None:
        if text != self.line.text():
            return  # the answer to a search that the user has left behind
        self._names_shown = bool(hits)
        offers = [*map(self._of_hit, hits), *self._commands(text)]
        self.results.show_offers(offers)

    def _of_hit(self, hit: Hit) -> _Offer:
        words = f"{hit.name}   {hit.number}   {hit.what} {iso(hit.on)}"
        opens = partial(
            self._work.open_any,
            episode_id=hit.episode_id,
            referral_id=hit.referral_id,
            nafs_case_id=hit.nafs_case_id,
            sip_id=hit.sip_id,
        )
        return _Offer(words, opens)

    def _commands(self, text: str) -> list[_Offer]:
        offers = [_Offer(tr("Lås"), self._work.lock), _Offer(tr("Hjälp"), self._work.help_wanted.emit)]
        if self._work.desk.may(May.WRITE_REFERRAL):
            offers.insert(0, _Offer(tr("Ny remiss"), self._work.new_referral))
        for name, words in self._work.navigation.titles():
            offers.append(_Offer(words, partial(self._work.go, name)))
        return [offer for offer in offers if fold(offer.words).startswith(fold(text))]


class _Results(QFrame):
    """What was found, under the field; it never takes the focus from it."""

    def __init__(self, work: Workspace, line: QLineEdit, leave: Callable[[], None]) -> None:
        super().__init__(work)
        self._work, self._line, self._leave = work, line, leave
        self.setProperty("role", "card")
        inner = QVBoxLayout(self)
        inner.setContentsMargins(4, 4, 4, 4)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("role", "results")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Sökträffar"))
        self.list.itemClicked.connect(lambda _item: self.open_current())
        self.nothing = label(tr("Ingen träff. Skriv hela personnumret eller början av ett namn."), "muted")
        self.nothing.setContentsMargins(10, 6, 10, 6)
        inner.addWidget(self.list)
        inner.addWidget(self.nothing)
        self._offers: list[_Offer] = []
        self.hide()

    def show_offers(self, offers: list[_Offer]) -> None:
        """Show these lines, the first one current."""
        self._offers = offers
        self.list.clear()
        for offer in offers:
            self.list.addItem(QListWidgetItem(offer.words))
        self.list.setVisible(bool(offers))
        self.nothing.setVisible(not offers)
        self.list.setCurrentRow(0)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        at = self._line.mapTo(self._work, QPoint(0, self._line.height() + 4))
        tall = theme.current().px(30) * max(len(self._offers), 1) + 20
        wide = min(max(self._line.width(), theme.current().px(_LEAST_WIDE)), self._work.width() - at.x())
        self.setGeometry(at.x(), at.y(), wide, min(tall, theme.current().px(420)))

    def move_by(self, step: int) -> None:
        """Another line."""
        count = self.list.count()
        if count:
            self.list.setCurrentRow((self.list.currentRow() + step) % count)

    def open_current(self) -> None:
        """Do what the current line says, and leave the field."""
        at = self.list.currentRow()
        if self.isVisible() and 0 <= at < len(self._offers):
            does = self._offers[at].does
            self._leave()
            does()
