"""The three fixed parts around the page: navigation to the left, search and user at the top, the line at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout

from misam_desktop.gui import appearance, theme
from misam_desktop.gui.search import SearchField
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import TEXT_SIZES, Look, Tone
from misam_desktop.gui.widgets import ElidedLabel, button, chip, label, row, shortcut_text
from misam_desktop.queries.counts import Badges
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.places import Place
    from misam_desktop.gui.workspace import Workspace

_TOLD_MS = 12_000
_GROWS_WIDE, _STAYS_WIDE = 128, 80
"""The width of the navigation: what grows with the text, and what is air around it."""
_SEARCH_WIDE, _NAME_WIDE = 520, 200


class NavigationBar(QFrame):
    """The places that this user's roles have use for, each with what waits there."""

    def __init__(self, work: Workspace, places: Sequence[Place]) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.suit_text_size()
        inner = QVBoxLayout(self)
        inner.setContentsMargins(10, 14, 10, 12)
        inner.setSpacing(2)
        name = label("MISAM", "section")
        team = label(work.desk.team, "small", wrap=True)
        for words in (name, team):
            words.setContentsMargins(10, 0, 0, 0)
            inner.addWidget(words)
        if work.desk.is_demo:
            inner.addLayout(row(10, chip(tr("Påhittade personer"), Tone.AMBER), None, gap=0))
        inner.addSpacing(10)
        self._places = list(places)
        self.buttons: dict[str, QPushButton] = {}
        for one in places:
            made = button(tr(one.title), partial(work.go, one.name), "nav")
            made.setCheckable(True)
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            made.setToolTip(QKeySequence(one.key).toString(QKeySequence.SequenceFormat.NativeText))
            QShortcut(QKeySequence(one.key), work).activated.connect(made.click)
            self.buttons[one.name] = made
            inner.addWidget(made)
        inner.addStretch(1)

    def suit_text_size(self) -> None:
        """As wide as the places' names need."""
        self.setFixedWidth(theme.current().px(_GROWS_WIDE) + _STAYS_WIDE)

    def mark(self, place_name: str) -> None:
        """Show where the user is; a page of one thing lies under the list that it stands in."""
        for name, one in self.buttons.items():
            one.setChecked(name == place_name)

    def titles(self) -> list[tuple[str, str]]:
        """The places by name and title, for the search field's commands."""
        return [(one.name, tr(one.title)) for one in self._places]

    def show_badges(self, found: Badges) -> None:
        """What waits behind each place."""
        for one in self._places:
            count = one.badge(found) if one.badge else 0
            words = tr(one.title)
            self.buttons[one.name].setText(f"{words}   {count}" if count else words)
            self.buttons[one.name].setAccessibleName(f"{words}, {count}" if count else words)


class TopBar(QFrame):
    """One search field, who I am, and the lock."""

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self.setObjectName("top")
        self._work = work
        inner = QHBoxLayout(self)
        inner.setContentsMargins(24, 12, 24, 8)
        inner.setSpacing(12)
        self.search = SearchField(work)
        inner.addWidget(self.search, 1)
        inner.addStretch()
        self.who = self._user()
        inner.addWidget(self.who)
        self.suit_text_size()
        inner.addWidget(button(f"{tr('Hjälp')}  {shortcut_text('F1')}", work.help_wanted.emit, "link"))
        inner.addWidget(button(f"{tr('Lås')}  {shortcut_text('Ctrl+L')}", work.lock))
        QShortcut(QKeySequence("Ctrl+K"), work).activated.connect(self.search.take_focus)

    def _user(self) -> QPushButton:
        """Who I am; a long name is shortened before the search field is."""
        me = self._work.desk.me
        made = button(me.name, self._open_menu, "link")
        roles = ", ".join(map(word_for, me.roles))
        made.setAccessibleName(f"{me.name}, {roles}")
        made.setToolTip(f"{me.name} · {roles}\n{tr('Utseende och textstorlek')}")
        return made

    def suit_text_size(self) -> None:
        """The search field keeps its share of the line."""
        now = theme.current()
        self.search.setMaximumWidth(now.px(_SEARCH_WIDE))
        self.who.ensurePolished()
        name, words = self._work.desk.me.name, self.who.fontMetrics()
        self.who.setText(words.elidedText(name, Qt.TextElideMode.ElideRight, now.px(_NAME_WIDE)))

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(", ".join(map(word_for, self._work.desk.me.roles))).setEnabled(False)
        menu.addSeparator()
        chosen = appearance.chosen(self._work.settings)
        words = {Look.SYSTEM: tr("Som systemet"), Look.LIGHT: tr("Ljust"), Look.DARK: tr("Mörkt")}
        looks = QActionGroup(menu)
        for look, text in words.items():
            action = looks.addAction(text)
            action.setCheckable(True)
            action.setChecked(look is chosen.look)
            action.triggered.connect(lambda _on, look=look: appearance.choose(self._work.settings, look=look))
        sizes = QActionGroup(menu)
        for percent in TEXT_SIZES:
            action = sizes.addAction(tr("Text {percent} %").format(percent=percent))
            action.setCheckable(True)
            action.setChecked(percent == chosen.percent)
            action.triggered.connect(lambda _on, size=percent: self._choose_text_size(size))
        menu.addActions(looks.actions())
        menu.addSeparator()
        menu.addActions(sizes.actions())
        menu.popup(self.who.mapToGlobal(self.who.rect().bottomLeft()))

    def _choose_text_size(self, percent: int) -> None:
        appearance.choose(self._work.settings, percent=percent)
        self._work.suit_text_size()


class StatusLine(QFrame):
    """Which store is open, what has just been done, and the way to undo it."""

    def __init__(self, work: Workspace, *, store_name: str) -> None:
        super().__init__()
        self.setObjectName("status")
        inner = QHBoxLayout(self)
        inner.setContentsMargins(16, 4, 16, 4)
        inner.setSpacing(16)
        inner.addWidget(ElidedLabel(tr("Register: {name}").format(name=store_name)))
        inner.addStretch(1)
        self.message = ElidedLabel()
        inner.addWidget(self.message)
        self._undo: Callable[[], None] | None = None
        self.undo_button = button(tr("Ångra  Ctrl+Z"), self.undo, "link")
        keeps_room = self.undo_button.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)  # or the whole page would jump when there is something to undo
        self.undo_button.setSizePolicy(keeps_room)
        self.undo_button.hide()
        inner.addWidget(self.undo_button)
        self._until = QTimer(self)
        self._until.setSingleShot(True)
        self._until.setInterval(_TOLD_MS)
        self._until.timeout.connect(self.clear)
        self._work = work

    def tell(self, text: str, *, undo: Callable[[], None] | None = None) -> None:
        """Say something for a while; with something to undo, until the next thing is said."""
        self.message.setText(text)
        self.message.setAccessibleName(text)
        self._undo = undo
        self.undo_button.setVisible(undo is not None)
        self._until.stop()
        if undo is None:
            self._until.start()

    def clear(self) -> None:
        """Say nothing."""
        self.message.clear()
        self._undo = None
        self.undo_button.hide()

    def undo(self) -> None:
        """Take back what was last done, if it can be."""
        if self._undo is not None:
            undo = self._undo
            self.clear()
            undo()
