"""The help: a window of its own beside the program's, with the contents to the left and one page to the right.

It holds nothing but the texts that ship with the program, so that it can be read before unlock too.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from misam_desktop.gui import theme
from misam_desktop.gui.help_pages import CONTENTS, help_pages
from misam_desktop.gui.help_text import HelpText
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, column, holding, label, row

_LIST_WIDE = 230
_NAME = Qt.ItemDataRole.UserRole


class HelpWindow(QWidget):
    """Beside everything else, in front of a dialog too: it stops nobody from going on."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(tr("Hjälp – MISAM Desktop"))
        self.pages = list(help_pages())
        self.text = HelpText()
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Sök i hjälpen"))
        self.line.setAccessibleName(tr("Sök i hjälpen"))
        self.line.setClearButtonEnabled(True)
        self.contents = QListWidget()
        self.contents.setAccessibleName(tr("Hjälpens sidor"))
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = label(tr("Ingen sida har de orden."), "muted", wrap=True)
        self._left = holding(column(self.line, self.nothing, self.contents))
        self._lay_out()
        self._listen()
        self._list("")

    def _lay_out(self) -> None:
        self.back = button(f"{tr('Tillbaka')}  Alt+←", self.text.backward, "link")
        self.all = button(tr("Innehåll"), lambda: self.show_page(CONTENTS), "link")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(12, 12, 12, 12)
        outer.setSpacing(12)
        outer.addWidget(self._left)
        outer.addLayout(column(row(self.back, self.all, None, label(tr("Esc stänger"), "small")), self.text), 1)
        self._suit()
        self.resize(max(1000, self.minimumSizeHint().width()), 720)

    def _suit(self) -> None:
        self._left.setFixedWidth(theme.current().px(_LIST_WIDE))

    def _listen(self) -> None:
        self.line.textChanged.connect(self._narrow)
        self.line.returnPressed.connect(self._find_on)
        self.contents.itemClicked.connect(lambda _item: self._open_current())
        self.text.sourceChanged.connect(lambda _url: self._mark())
        self.text.backwardAvailable.connect(self.back.setEnabled)
        self.back.setEnabled(False)
        for watched in (self.text, self.contents, self.line):
            watched.installEventFilter(self)
        QShortcut(QKeySequence("Escape"), self).activated.connect(self.close)
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self.text.backward)

    def show_page(self, name: str) -> None:
        """Open the help at a page, in front."""
        self.line.clear()
        self.text.open_page(name)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._suit()
            self._list(self.line.text().strip())

    # The contents, and finding in them

    def _narrow(self, words: str) -> None:
        self._list(words.strip())
        self.text.mark(words.strip())

    def _list(self, words: str) -> None:
        """The pages that have the words, each under its group."""
        self.contents.clear()
        group = ""
        found = [page for page in self.pages if page.holds(words)]
        for page in found:
            if page.group != group:
                group = page.group
                heading = QListWidgetItem(group)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setForeground(theme.current().colour("muted"))
                self.contents.addItem(heading)
            item = QListWidgetItem(f"   {page.title}")
            item.setData(_NAME, page.name)
            self.contents.addItem(item)
        self.contents.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self._mark()

    def listed(self) -> list[str]:
        """The names of the pages in the list."""
        items = [self.contents.item(at) for at in range(self.contents.count())]
        return [str(item.data(_NAME)) for item in items if item.data(_NAME)]

    def _mark(self) -> None:
        """The page in sight is the current line."""
        for at in range(self.contents.count()):
            if self.contents.item(at).data(_NAME) == self.text.page:
                self.contents.setCurrentRow(at)
                return
        self.contents.setCurrentRow(-1)

    def _open_current(self) -> None:
        for item in self.contents.selectedItems():
            self._open(str(item.data(_NAME)))

    def _open(self, name: str) -> None:
        self.text.open_page(name)
        self.text.mark(self.line.text().strip())

    def _find_on(self) -> None:
        """Enter: the first page that has the words, or the next place on the page in sight."""
        found, words = self.listed(), self.line.text().strip()
        if self.text.page in found:
            self.text.find_next(words)
        elif found:
            self._open(found[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever types seeks; arrows go from the field to the list, and Enter opens what is current there."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.line and event.key() == Qt.Key.Key_Down:
                self.contents.setFocus()
                return True
            if watched is self.contents and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._open_current()
                return True
            if watched is not self.line and event.text().isalnum():
                self.line.setFocus()
                self.line.insert(event.text())
                return True
        return super().eventFilter(watched, event)
